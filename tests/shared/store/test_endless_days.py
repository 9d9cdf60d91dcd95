"""The first and the last day mean no end, however many rows they travel with."""

from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlmodel import Field

from shared.eventstore.gathering import Batch, gather
from shared.eventstore.statements import Statement, copied
from shared.eventstore.travelling import MANY
from shared.projections import Fresh, Put
from shared.tables import service_table

if TYPE_CHECKING:
    from sqlmodel import SQLModel as Table
else:
    Table = service_table("endless")

DAY = date(2021, 3, 1)


class Term(Table, table=True):
    """From when until when something holds."""

    __tablename__ = "terms"

    term: int = Field(primary_key=True)
    from_on: date = Field(primary_key=True)
    until_on: date | None = None


def only(change: Put | Fresh, *more: Put) -> Batch:
    [[batch]] = gather([change, *more])
    return batch


@pytest.mark.parametrize("end", [date.min, date.max])
def test_many_rows_with_an_endless_day_travel_as_few_do(end: date) -> None:
    rows = [Put(Term, {"term": n, "from_on": DAY, "until_on": DAY}) for n in range(MANY)]
    assert Statement(only(*rows), DAY).key.literal
    rows[7] = Put(Term, {"term": 7, "from_on": DAY, "until_on": end})
    told = Statement(only(*rows), DAY)
    assert not told.key.literal
    last = told.arguments[2]
    assert isinstance(last, list)
    assert end in last


@pytest.mark.parametrize("end", [date.min, date.max])
def test_fresh_rows_with_an_endless_day_are_not_copied(end: date) -> None:
    def fresh(last: date) -> Batch:
        days = [DAY] * (MANY - 1) + [last]
        return only(Fresh(Term, ("term", "from_on"), list(enumerate(days))))

    assert copied(fresh(DAY), DAY) is not None
    assert copied(fresh(end), DAY) is None
