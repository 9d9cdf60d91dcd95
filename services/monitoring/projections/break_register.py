"""The break register: what does not agree, who has to act, since when, and how it ended.

The late returns of a closed year are a part of it: each ends as income of the year in which
it came, by slip, or goes back (`domain` §7.2).
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from sqlmodel import BigInteger, Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.monitoring.domain.ledger import events as fact
from services.monitoring.domain.ledger.kinds import FIRST_OWNER, BreakKind
from services.monitoring.projections import Table
from shared.domain.workdays import business_date
from shared.messages import Recorded
from shared.projections import Change, Projection, Put, Set


class BreakRow(Table, table=True):
    """One disagreement between the treasury and a ledger, until somebody resolved it."""

    __tablename__ = "reconciliation_breaks"

    ledger_id: str = Field(primary_key=True)
    break_id: str = Field(primary_key=True)
    region_code: str = Field(index=True)
    department_code: str
    unit_code: str
    project_code: str = ""
    fiscal_year: int = 0
    kind: str
    line_id: str
    amount_fen: int = Field(sa_type=BigInteger)
    booked_on: date
    opened_on: date
    owner: str = ""
    source_id: str = ""
    payment_id: str = ""
    opening_note: str = ""
    known_fen: int | None = Field(default=None, sa_type=BigInteger)
    available_fen: int | None = Field(default=None, sa_type=BigInteger)
    resolution: str | None = None
    note: str = ""
    resolved_on: date | None = None
    resolved_by: str = ""
    slip_no: str = ""


def _fold(recorded: Recorded[Any]) -> Iterable[Change]:
    match recorded.event:
        case fact.BreakOpened() as event:
            yield Put(BreakRow, _opened(event, recorded).model_dump())
        case fact.BreakAssigned(break_id=key, owner=owner):
            yield Set(BreakRow, {"ledger_id": recorded.id, "break_id": key}, {"owner": owner})
        case fact.BreakResolved() as event:
            values = {
                "resolution": event.resolution.value,
                "note": event.note,
                "resolved_on": business_date(recorded.occurred_at),
                "resolved_by": event.resolved_by,
                "slip_no": event.slip_no,
            }
            yield Set(BreakRow, {"ledger_id": recorded.id, "break_id": event.break_id}, values)
        case _:
            return


def _opened(event: fact.BreakOpened, recorded: Recorded[Any]) -> BreakRow:
    return BreakRow(
        ledger_id=recorded.id,
        break_id=event.break_id,
        region_code=event.project.region_code,
        department_code=event.project.department_code,
        unit_code=event.project.unit_code,
        project_code=event.project.code,
        fiscal_year=event.project.fiscal_year,
        kind=event.kind.value,
        line_id=event.line_id,
        amount_fen=event.amount.fen,
        booked_on=event.booked_on,
        opened_on=business_date(recorded.occurred_at),
        owner=event.owner or FIRST_OWNER[event.kind],
        source_id=event.source_id,
        payment_id=event.payment_id,
        opening_note=event.note,
        known_fen=None if event.known is None else event.known.fen,
        available_fen=None if event.available is None else event.available.fen,
    )


break_register: Final = Projection(
    name="break_register",
    streams=frozenset({"ledger"}),
    tables=(BreakRow,),
    project=_fold,
    money=True,
)


def breaks(*, resolved: bool = False) -> SelectOfScalar[BreakRow]:
    """Every disagreement that waits for somebody, or those that were ended."""
    is_open = col(BreakRow.resolution).is_(None)
    return select(BreakRow).where(~is_open if resolved else is_open)


def break_of(ledger_id: str, break_id: str) -> SelectOfScalar[BreakRow]:
    """One of them."""
    return select(BreakRow).where(BreakRow.ledger_id == ledger_id, BreakRow.break_id == break_id)


def late_returns(fiscal_year: int) -> SelectOfScalar[BreakRow]:
    """What came back after the year it was paid in, resolved or not."""
    return select(BreakRow).where(
        BreakRow.kind == BreakKind.LATE_RETURN.value, BreakRow.fiscal_year == fiscal_year
    )
