"""A read model that counts how often each word had its effect: once is right."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlmodel import Field

from shared.manifest import Service
from shared.messages import AnyHeard
from shared.projections import Add, Change, Projection
from shared.tables import service_table

if TYPE_CHECKING:
    from sqlmodel import SQLModel as Table
else:
    Table = service_table("simulation")


class Tally(Table, table=True):
    """One line per word."""

    __tablename__ = "tally"

    producer: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    times: int = 0


def _count(heard: AnyHeard) -> Iterable[Change]:
    return [Add(Tally, {"producer": heard.producer, "number": heard.number}, {"times": 1})]


def counting(service: Service) -> Service:
    """The same service, which counts in the transaction of the effect."""
    tally = Projection(name="tally", tables=(Tally,), hear=_count)
    return replace(service, projections=(*service.projections, tally))
