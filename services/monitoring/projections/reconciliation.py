"""What was paid and came back by region and day, as the ledgers say; and every tie-out."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from sqlmodel import JSON, BigInteger, Column, Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.monitoring.domain.ledger import events as money
from services.monitoring.domain.tie_out import TieOutPublished
from services.monitoring.domain.treasury_line import LineKind
from services.monitoring.projections import Table
from services.monitoring.projections.showing import shown
from shared.domain.workdays import business_date
from shared.messages import Recorded
from shared.projections import Add, Change, Projection, Put, Sums


class DailyMoneyRow(Table, table=True):
    """One day of one region, summed up as the facts of its ledgers came."""

    __tablename__ = "daily_money"

    region_code: str = Field(primary_key=True)
    day: date = Field(primary_key=True)
    paid_fen: int = Field(default=0, sa_type=BigInteger)
    returned_fen: int = Field(default=0, sa_type=BigInteger)


class TieOutRow(Table, table=True):
    """How one day of a region stands, as it was last said."""

    __tablename__ = "tie_outs"

    tie_out_id: str = Field(primary_key=True)
    region_code: str = Field(index=True)
    from_on: date
    until_on: date
    ledger_paid_fen: int = Field(sa_type=BigInteger)
    ledger_returned_fen: int = Field(sa_type=BigInteger)
    listed_paid_fen: int = Field(sa_type=BigInteger)
    listed_returned_fen: int = Field(sa_type=BigInteger)
    bank_debits_fen: int | None = Field(default=None, sa_type=BigInteger)
    bank_credits_fen: int | None = Field(default=None, sa_type=BigInteger)
    equal: bool
    differences: list[dict[str, str]] = Field(
        default_factory=list, sa_column=Column(JSON, nullable=False)
    )
    breaks_open: int
    published_on: date
    version: int


def _fold(recorded: Recorded[Any]) -> Iterable[Change]:
    match recorded.event:
        case money.LinesBooked() as event:
            yield from _lines(event)
        case money.PaymentSettled(project=project, settled_on=day, amount=amount):
            yield _moved(project.region_code, day, paid_fen=amount.fen)
        case money.PaymentReturned(project=project, returned_on=day, amount=amount):
            yield _moved(project.region_code, day, returned_fen=amount.fen)
        case TieOutPublished() as event:
            yield Put(TieOutRow, _told(event, recorded))
        case _:
            return


def _lines(event: money.LinesBooked) -> Iterable[Change]:
    """Summed before it is written: a file has few days, however many lines."""
    sums: dict[date, list[int]] = defaultdict(lambda: [0, 0])
    for line in event.lines:
        sums[line.booked_on][line.kind is LineKind.RETURN] += line.amount.fen
    region = event.project.region_code
    days: dict[tuple[object, ...], list[int]] = {}
    for day, moved in sums.items():
        days[region, day] = moved
    yield Sums(DailyMoneyRow, ("paid_fen", "returned_fen"), days)


def _moved(region: str, day: date, **deltas: int) -> Add:
    return Add(DailyMoneyRow, {"region_code": region, "day": day}, deltas)


def _told(event: TieOutPublished, recorded: Recorded[Any]) -> dict[str, object]:
    figures = event.figures
    bank = figures.bank
    return {
        "tie_out_id": recorded.id,
        "region_code": event.region_code,
        "from_on": event.from_on,
        "until_on": event.until_on,
        "ledger_paid_fen": figures.ledger.paid.fen,
        "ledger_returned_fen": figures.ledger.returned.fen,
        "listed_paid_fen": figures.listed.paid.fen,
        "listed_returned_fen": figures.listed.returned.fen,
        "bank_debits_fen": None if bank is None else bank.paid.fen,
        "bank_credits_fen": None if bank is None else bank.returned.fen,
        "equal": event.equal,
        "differences": shown(event.differences),
        "breaks_open": figures.breaks_open,
        "published_on": business_date(recorded.occurred_at),
        "version": recorded.version,
    }


reconciliation: Final = Projection(
    name="reconciliation",
    streams=frozenset({"ledger", "tieout"}),
    tables=(DailyMoneyRow, TieOutRow),
    project=_fold,
    money=True,
)


def tie_outs(
    from_on: date | None, until_on: date | None, *, equal: bool | None
) -> SelectOfScalar[TieOutRow]:
    """Tie-outs of some days, only those that are equal or not if asked for."""
    query = select(TieOutRow)
    if from_on is not None:
        query = query.where(TieOutRow.until_on >= from_on)
    if until_on is not None:
        query = query.where(TieOutRow.until_on <= until_on)
    return query if equal is None else query.where(col(TieOutRow.equal) == equal)


def tie_out(tie_out_id: str) -> SelectOfScalar[TieOutRow]:
    """One tie-out."""
    return select(TieOutRow).where(TieOutRow.tie_out_id == tie_out_id)
