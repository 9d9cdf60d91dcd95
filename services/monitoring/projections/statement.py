"""The statement of one ledger: every booking in the order of its day, and balances on any date.

A balance is a sum over days, a page is three short index scans put together: neither depends
on how many payments a project has.
"""

from datetime import date
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Subquery, func, literal, select, tuple_, union_all
from sqlmodel import col
from sqlmodel.sql.expression import Select

from services.monitoring.domain.ledger.kinds import Account
from services.monitoring.projections.payment_list import PaymentRow, ReturnRow
from services.monitoring.projections.postings import COLUMNS, LedgerDayRow, PostingKind, PostingRow

SUMS: Final = (*COLUMNS.values(), "committed_fen")
_LINE: Final = ("booked_on", "version", "line", "kind", "document", *COLUMNS.values())


type Rows = Select[*tuple[Any, ...]]


class Place(NamedTuple):
    """Where a booking stands in the statement."""

    booked_on: date
    version: int
    line: int


class Booking(NamedTuple):
    """One line of the statement: what it moves on each account, in fen."""

    booked_on: date
    version: int
    line: int
    kind: str
    document: str
    treasury_fen: int
    appropriated_fen: int
    frozen_fen: int
    paid_fen: int
    returned_fen: int
    withdrawn_fen: int

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(self.booked_on, self.version, self.line)


class Part(NamedTuple):
    """One list that holds bookings: its columns in the order of `Booking`, and whose it is."""

    ledger_id: Any
    columns: tuple[Any, ...]


def _payments() -> Part:
    row, amount, none = PaymentRow, col(PaymentRow.amount_fen), literal(0)
    kind = literal(PostingKind.PAID.value)
    moved = (none, -amount, none, amount, none, none)
    place = (col(row.settled_on), col(row.version), col(row.line))
    return Part(col(row.ledger_id), (*place, kind, col(row.payment_id), *moved))


def _returns() -> Part:
    row, amount, none = ReturnRow, col(ReturnRow.amount_fen), literal(0)
    kind = literal(PostingKind.RETURNED.value)
    moved = (none, amount, none, none, -amount, none)
    place = (col(row.returned_on), col(row.version), col(row.line))
    return Part(col(row.ledger_id), (*place, kind, col(row.return_id), *moved))


def _others() -> Part:
    row, none = PostingRow, literal(0)
    held = (col(row.treasury_fen), col(row.appropriated_fen), col(row.frozen_fen))
    place = (col(row.booked_on), col(row.version), none)
    moved = (*held, none, none, col(row.withdrawn_fen))
    return Part(col(row.ledger_id), (*place, col(row.kind), col(row.document), *moved))


_PARTS: Final = (_payments(), _returns(), _others())


def balances(ledger_id: str, opening: date, closing: date) -> Rows:
    """What every account held before one day and at the end of another, in one row."""
    day = col(LedgerDayRow.booked_on)
    sums = [func.coalesce(func.sum(getattr(LedgerDayRow, name)), 0) for name in SUMS]
    before = [
        func.coalesce(func.sum(getattr(LedgerDayRow, name)).filter(day < opening), 0)
        for name in SUMS
    ]
    mine = col(LedgerDayRow.ledger_id) == ledger_id
    found: Any = select(*before, *sums).where(mine, day <= closing)
    return found  # type: ignore[no-any-return]


def bookings(ledger_id: str, between: tuple[date, date], after: Place | None, limit: int) -> Rows:
    """The next bookings between two days, both included."""
    first, last = between
    parts = [_scan(part, ledger_id, first, last, after, limit) for part in _PARTS]
    every = union_all(*(select(part) for part in parts)).subquery()
    found: Any = select(every).order_by(every.c[0], every.c[1], every.c[2]).limit(limit)
    return found  # type: ignore[no-any-return]


def _scan(  # noqa: PLR0913, PLR0917 - one list of a statement
    part: Part, ledger_id: str, first: date, last: date, after: Place | None, limit: int
) -> Subquery:
    day, version, line = part.columns[:3]
    named = [column.label(name) for name, column in zip(_LINE, part.columns, strict=True)]
    query = select(*named).where(part.ledger_id == ledger_id, day >= first, day <= last)
    if after is not None:
        query = query.where(tuple_(day, version, line) > tuple_(*after))
    return query.order_by(day, version, line).limit(limit).subquery()


def available_at(ledger_id: str, place: Place) -> Rows:
    """What was available after a booking: the days before its day, and its day up to it."""
    days = select(func.coalesce(func.sum(col(LedgerDayRow.appropriated_fen)), 0)).where(
        col(LedgerDayRow.ledger_id) == ledger_id, col(LedgerDayRow.booked_on) < place.booked_on
    )
    parts = [days.scalar_subquery(), *(_within(part, ledger_id, place) for part in _PARTS)]
    total: ColumnElement[int] = literal(0)
    for part in parts:
        total += part
    found: Any = select(total)
    return found  # type: ignore[no-any-return]


def _within(part: Part, ledger_id: str, place: Place) -> ColumnElement[int]:
    day, version, line = part.columns[:3]
    moved = part.columns[_LINE.index(COLUMNS[Account.APPROPRIATED])]
    so_far = tuple_(version, line) <= tuple_(place.version, place.line)
    mine = (part.ledger_id == ledger_id, day == place.booked_on, so_far)
    return select(func.coalesce(func.sum(moved), 0)).where(*mine).scalar_subquery()
