"""Monitoring rounds: their cut-off days, and the days of the analysis before."""

from collections.abc import Iterable
from datetime import date

from sqlmodel import Field, select
from sqlmodel.sql.expression import SelectOfScalar

from services.disclosure.projections import Table
from services.disclosure.projections.span import Span
from shared.contracts import monitoring
from shared.messages import AnyHeard
from shared.projections import Change, Projection, Put, Set


class RoundRow(Table, table=True):
    """A node of the year in a region."""

    __tablename__ = "round_register"

    region_code: str = Field(primary_key=True)
    fiscal_year: int = Field(primary_key=True)
    node: str = Field(primary_key=True)
    cut_off_on: date
    pre_analysis_on: date
    reviewed: int = 0
    missed: int = 0
    closed: bool = False


def _hear(heard: AnyHeard) -> Iterable[Change]:
    match heard.word:
        case monitoring.RoundPlanned() as said:
            yield Put(
                RoundRow,
                {
                    **_key(said),
                    "cut_off_on": said.cut_off_on,
                    "pre_analysis_on": said.pre_analysis_on,
                },
            )
        case monitoring.RoundClosed() as said:
            outcome = {"reviewed": said.reviewed, "missed": said.missed, "closed": True}
            yield Set(RoundRow, _key(said), outcome)
        case _:
            return


def _key(said: monitoring.RoundPlanned | monitoring.RoundClosed) -> dict[str, object]:
    return {
        "region_code": said.region_code,
        "fiscal_year": said.fiscal_year,
        "node": said.node,
    }


round_register = Projection(name="round_register", tables=(RoundRow,), hear=_hear)


def rounds(span: Span) -> SelectOfScalar[RoundRow]:
    """The rounds of the year."""
    return select(RoundRow).where(
        span.regions(RoundRow.region_code), RoundRow.fiscal_year == span.fiscal_year
    )
