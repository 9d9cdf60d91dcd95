"""Which day a fact moves money on, what it is called, and by which paper: for the statement.

Payments and returns lie in their own lists; the statement reads all of them in one order.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, Final

from sqlmodel import BigInteger, Field, Index

from services.monitoring.domain.ledger import commitment_events as contract
from services.monitoring.domain.ledger import events as fact
from services.monitoring.domain.ledger.entries import entries
from services.monitoring.domain.ledger.kinds import Account
from services.monitoring.domain.treasury_line import LineKind
from services.monitoring.projections import Table
from shared.domain.workdays import business_date
from shared.messages import Recorded
from shared.projections import Add, Change, Projection, Put, Sums


class PostingKind(StrEnum):
    """What a line of the statement is."""

    ISSUED = "ISSUED"
    AMENDED = "AMENDED"
    ADJUSTED = "ADJUSTED"
    FROZEN = "FROZEN"
    RELEASED = "RELEASED"
    WITHDRAWN = "WITHDRAWN"
    RECALLED = "RECALLED"
    PAID = "PAID"
    RETURNED = "RETURNED"


class PostingRow(Table, table=True):
    """One booking that is neither a payment nor a return."""

    __tablename__ = "ledger_postings"
    __table_args__ = (Index("ix_ledger_postings_in_order", "ledger_id", "booked_on", "version"),)

    ledger_id: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    booked_on: date
    kind: str
    document: str
    treasury_fen: int = Field(default=0, sa_type=BigInteger)
    appropriated_fen: int = Field(default=0, sa_type=BigInteger)
    frozen_fen: int = Field(default=0, sa_type=BigInteger)
    withdrawn_fen: int = Field(default=0, sa_type=BigInteger)


class LedgerDayRow(Table, table=True):
    """What one day moved: a balance on any date is a sum of a few hundred rows."""

    __tablename__ = "ledger_days"

    ledger_id: str = Field(primary_key=True)
    booked_on: date = Field(primary_key=True)
    postings: int = 0
    treasury_fen: int = Field(default=0, sa_type=BigInteger)
    appropriated_fen: int = Field(default=0, sa_type=BigInteger)
    frozen_fen: int = Field(default=0, sa_type=BigInteger)
    paid_fen: int = Field(default=0, sa_type=BigInteger)
    returned_fen: int = Field(default=0, sa_type=BigInteger)
    withdrawn_fen: int = Field(default=0, sa_type=BigInteger)
    committed_fen: int = Field(default=0, sa_type=BigInteger)


COLUMNS: Final = {account: f"{account.lower()}_fen" for account in Account}
type Deltas = dict[str, int]


def deltas(event: fact.LedgerEvent) -> Deltas:
    """What a fact adds to the columns of the accounts."""
    found: Deltas = {}
    for entry in entries(event):
        if entry.amount:
            column = COLUMNS[entry.account]
            found[column] = found.get(column, 0) + entry.amount.fen
    return found


def committed(event: fact.LedgerEvent) -> int:
    """What a fact adds to the sum of the verified commitments."""
    match event:
        case contract.CommitmentVerified(committed=amount):
            return amount.fen
        case contract.CommitmentReleased(released=amount):
            return -amount.fen
        case fact.PaymentSettled() | fact.PaymentReturned() | fact.LinesBooked():
            return sum(one.change.fen for one in event.drawn)
        case _:
            return 0


def _fold(recorded: Recorded[Any]) -> Iterable[Change]:
    if not recorded.stream.startswith("ledger-"):
        return
    event = recorded.event
    if isinstance(event, fact.LinesBooked):
        yield from _file(event, recorded.id)
        return
    day = _day(event, recorded)
    moved = deltas(event)
    named = _named(event)
    if named is not None:
        kind, document = named
        row = {"booked_on": day, "kind": kind.value, "document": document}
        yield Put(
            PostingRow, {"ledger_id": recorded.id, "version": recorded.version, **row, **moved}
        )
    if moved:
        moved["postings"] = 1
    if owed := committed(event):
        moved["committed_fen"] = owed
    if moved:
        yield _on(recorded.id, day, moved)


def _on(ledger_id: str, day: date, moved: Mapping[str, int]) -> Change:
    return Add(LedgerDayRow, {"ledger_id": ledger_id, "booked_on": day}, moved)


def _file(event: fact.LinesBooked, ledger_id: str) -> Iterable[Change]:
    """A file has few days and many lines: one change for all of them."""
    days: dict[tuple[object, ...], list[int]] = {}
    for line in event.lines:
        key = (ledger_id, line.booked_on)
        day = days.get(key)
        if day is None:
            day = days[key] = [0, 0, 0, 0]
        fen = line.amount.fen
        day[0] += 1
        if line.kind is LineKind.PAYMENT:
            day[1] -= fen
            day[2] += fen
        else:
            day[1] += fen
            day[3] -= fen
    yield Sums(LedgerDayRow, _MOVED, days)
    for one in event.drawn:
        yield _on(ledger_id, one.drawn_on, {"committed_fen": one.change.fen})


_MOVED: Final = ("postings", "appropriated_fen", "paid_fen", "returned_fen")


def _day(event: fact.LedgerEvent, recorded: Recorded[Any]) -> date:  # noqa: PLR0911 - one per fact
    """The booking date: what the paper says, else the day on which it takes effect."""
    match event:
        case fact.QuotaIssued(issued_on=day):
            return day
        case fact.QuotaAmended(amended_on=day):
            return day
        case fact.QuotaRecalled(recalled_on=day):
            return day
        case fact.QuotaWithdrawn(withdrawn_on=day):
            return day
        case fact.PaymentSettled(settled_on=day):
            return day
        case fact.PaymentReturned(returned_on=day):
            return day
        case _:
            return business_date(recorded.effective_at)


def _named(event: fact.LedgerEvent) -> tuple[PostingKind, str] | None:  # noqa: PLR0911 - one per fact
    match event:
        case fact.QuotaIssued(document_no=key):
            return PostingKind.ISSUED, key
        case fact.QuotaAmended(document_no=key):
            return PostingKind.AMENDED, key
        case fact.QuotaAdjusted(adjustment_id=key):
            return PostingKind.ADJUSTED, key
        case fact.QuotaFrozen(freeze_id=key):
            return PostingKind.FROZEN, key
        case fact.QuotaReleased(freeze_id=key):
            return PostingKind.RELEASED, key
        case fact.QuotaWithdrawn(document_no=key):
            return PostingKind.WITHDRAWN, key
        case fact.QuotaRecalled(document_no=key):
            return PostingKind.RECALLED, key
        case _:
            return None


postings: Final = Projection(
    name="postings",
    streams=frozenset({"ledger"}),
    tables=(PostingRow, LedgerDayRow),
    project=_fold,
    money=True,
)
