"""The statement of one ledger: every booking in the order of its day, and balances on any date.

Bookings of one day stand in the order in which the ledger booked them: by the version of its
stream, and within one fact by the line of the file. It is the order in which each was covered,
so the running balance never falls below zero, and it never changes afterwards.

A balance is a sum over days, a page is three short index scans put together: neither depends
on how many payments a project has. A page, its balances and whose it is come with one question:
more time goes on the way to the database and back than there.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

from sqlmodel import (
    BigInteger,
    Date,
    Integer,
    String,
    bindparam,
    cast,
    col,
    func,
    literal,
    literal_column,
    null,
    nulls_first,
    tuple_,
    union_all,
)
from sqlmodel import select as sqlmodel_select

from services.monitoring.domain.ledger.kinds import Account
from services.monitoring.projections.ledger_statement import LedgerRow
from services.monitoring.projections.payment_list import PaymentRow, ReturnRow
from services.monitoring.projections.postings import COLUMNS, LedgerDayRow, PostingKind, PostingRow

select: Final[Any] = sqlmodel_select  # its types end at four columns
SUMS: Final = (*COLUMNS.values(), "committed_fen")
_LINE: Final = ("booked_on", "version", "line", "kind", "document", *COLUMNS.values())


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


class Whose(NamedTuple):
    """The ledger of a statement: who may see it, and how far it has come."""

    ledger_id: str
    project_code: str
    fiscal_year: int
    region_code: str
    department_code: str
    unit_code: str
    version: int


class Around(NamedTuple):
    """Whose it is, and what every account held before the first day and at the end of the last.

    `so_far` is what was available after the last booking of the page before; all of it in fen.
    """

    whose: Whose
    opening: dict[str, int]
    closing: dict[str, int]
    so_far: int


class Part(NamedTuple):
    """One list that holds bookings: its columns in the order of `Booking`, and whose it is."""

    ledger_id: Any
    columns: tuple[Any, ...]


def _payments() -> Part:
    row, amount, none = (
        PaymentRow,
        col(PaymentRow.amount_fen),
        literal_column("CAST(0 AS bigint)", BigInteger),
    )
    kind = literal(PostingKind.PAID.value)
    moved = (none, -amount, none, amount, none, none)
    place = (col(row.settled_on), col(row.version), col(row.line))
    return Part(col(row.ledger_id), (*place, kind, col(row.payment_id), *moved))


def _returns() -> Part:
    row, amount, none = (
        ReturnRow,
        col(ReturnRow.amount_fen),
        literal_column("CAST(0 AS bigint)", BigInteger),
    )
    kind = literal(PostingKind.RETURNED.value)
    moved = (none, amount, none, none, -amount, none)
    place = (col(row.returned_on), col(row.version), col(row.line))
    return Part(col(row.ledger_id), (*place, kind, col(row.return_id), *moved))


def _others() -> Part:
    row, none = PostingRow, literal_column("CAST(0 AS bigint)", BigInteger)
    held = (col(row.treasury_fen), col(row.appropriated_fen), col(row.frozen_fen))
    place = (col(row.booked_on), col(row.version), none)
    moved = (*held, none, none, col(row.withdrawn_fen))
    return Part(col(row.ledger_id), (*place, col(row.kind), col(row.document), *moved))


_PARTS: Final = (_payments(), _returns(), _others())


@dataclass(frozen=True, slots=True)
class Question:
    """A query that was built once, and what is asked with it this time.

    To build one takes longer than PostgreSQL takes to answer it.
    """

    query: Any
    values: Mapping[str, object]


_LEDGER: Final = bindparam("ledger_id", type_=String)
_FIRST: Final = bindparam("first", type_=Date)
_LAST: Final = bindparam("last", type_=Date)
_LIMIT: Final = bindparam("limit", type_=Integer)
_DAY: Final = bindparam("day", type_=Date)
_VERSION: Final = bindparam("version", type_=Integer)
_PLACE: Final = bindparam("place", type_=Integer)


def _sums() -> list[Any]:
    """Every account before the first day, then at the end of the last."""
    day, row = col(LedgerDayRow.booked_on), LedgerDayRow
    sums = [func.sum(getattr(row, name)) for name in SUMS]
    found = [one.filter(day < _FIRST) for one in sums] + sums
    return [func.coalesce(one, literal_column("0")) for one in found]


def _until_last(query: Any) -> Any:  # noqa: ANN401 - a query is what it is
    row = LedgerDayRow
    return query.where(col(row.ledger_id) == _LEDGER, col(row.booked_on) <= _LAST)


def _around() -> Any:  # noqa: ANN401
    return _until_last(select(*_sums()))


def _scan(part: Part, *, continued: bool) -> Any:  # noqa: ANN401
    """One list, in the order of the statement: as far as a page can reach, from an index."""
    day, version, line = part.columns[:3]
    named = [column.label(name) for name, column in zip(_LINE, part.columns, strict=True)]
    query = select(*named).where(part.ledger_id == _LEDGER, day >= _FIRST, day <= _LAST)
    if continued:
        query = query.where(tuple_(day, version, line) > tuple_(_DAY, _VERSION, _PLACE))
    return query.order_by(day, version, line).limit(_LIMIT).subquery()


def _next(*, continued: bool) -> Any:  # noqa: ANN401
    parts = (select(_scan(part, continued=continued)) for part in _PARTS)
    every = union_all(*parts).subquery()
    return select(every).order_by(every.c[0], every.c[1], every.c[2]).limit(_LIMIT)


def _page(*, continued: bool) -> Any:  # noqa: ANN401
    """A row without a day, what is around in the place of the document; then the bookings."""
    before = _sums()[SUMS.index(COLUMNS[Account.APPROPRIATED])]
    so_far = _so_far().scalar_subquery() if continued else before
    sums = _until_last(select(func.json_build_array(*_sums(), so_far))).scalar_subquery()
    whose = (col(getattr(LedgerRow, name)) for name in Whose._fields)
    told = cast(func.json_build_array(*whose, sums), String)
    no_day, number = cast(null(), Date), literal_column("0", Integer)
    nothing = (literal_column("CAST(0 AS bigint)", BigInteger) for _ in COLUMNS)
    row = (no_day, number, number, literal(""), told, *nothing)
    named: list[Any] = [one.label(name) for name, one in zip(_LINE, row, strict=True)]
    around = select(*named).where(col(LedgerRow.ledger_id) == _LEDGER)
    every = union_all(around, select(_next(continued=continued).subquery())).subquery()
    return select(every).order_by(nulls_first(every.c[0]), every.c[1], every.c[2])


def _so_far() -> Any:  # noqa: ANN401
    row = LedgerDayRow
    days = select(func.coalesce(func.sum(col(row.appropriated_fen)), 0)).where(
        col(row.ledger_id) == _LEDGER, col(row.booked_on) < _DAY
    )
    total: Any = days.scalar_subquery()
    for part in _PARTS:
        day, version, line = part.columns[:3]
        moved = part.columns[_LINE.index(COLUMNS[Account.APPROPRIATED])]
        before = tuple_(version, line) <= tuple_(_VERSION, _PLACE)
        mine = (part.ledger_id == _LEDGER, day == _DAY, before)
        total += select(func.coalesce(func.sum(moved), 0)).where(*mine).scalar_subquery()
    return select(total)


_AROUND: Final = _around()
_FROM_THE_FIRST: Final = _next(continued=False)
_CONTINUED: Final = _next(continued=True)
_FIRST_PAGE: Final = _page(continued=False)
_NEXT_PAGE: Final = _page(continued=True)


def balances(ledger_id: str, first: date, last: date) -> Question:
    """What every account held before one day and at the end of another, in one row."""
    return Question(_AROUND, {"ledger_id": ledger_id, "first": first, "last": last})


def bookings(
    ledger_id: str, between: tuple[date, date], after: Place | None, limit: int
) -> Question:
    """The next bookings between two days, both included."""
    first, last = between
    values = {"ledger_id": ledger_id, "first": first, "last": last, "limit": limit}
    if after is None:
        return Question(_FROM_THE_FIRST, values)
    return Question(_CONTINUED, {**values, **_at(after)})


def page(ledger_id: str, between: tuple[date, date], after: Place | None, limit: int) -> Question:
    """The next bookings as above, after a row that tells the balances."""
    question = bookings(ledger_id, between, after, limit)
    return Question(_FIRST_PAGE if after is None else _NEXT_PAGE, question.values)


def paged(rows: Sequence[Any]) -> tuple[Around, list[Booking]] | None:
    """What a page says: what is around it, and its bookings; nothing where there is no ledger."""
    if not rows:
        return None
    told, *found = (Booking(*row) for row in rows)
    *whose, sums = json.loads(told.document)
    *held, so_far = (int(one) for one in sums)
    middle = len(SUMS)
    opening = dict(zip(SUMS, held[:middle], strict=True))
    closing = dict(zip(SUMS, held[middle:], strict=True))
    return Around(Whose(*whose), opening, closing, so_far), found


def _at(place: Place) -> Mapping[str, object]:
    return {"day": place.booked_on, "version": place.version, "place": place.line}
