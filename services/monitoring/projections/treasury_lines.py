"""The register of what came in: messages, how their lines ended, lines that have no ledger."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from sqlmodel import JSON, BigInteger, Column, Field, Index, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.monitoring.domain.ledger import events as money
from services.monitoring.domain.payment_order import events as order
from services.monitoring.domain.statement import events as fact
from services.monitoring.domain.statement.kept import KeptLine, RefusedLine
from services.monitoring.domain.statement.lines import HOME_CURRENCY, DaySum
from services.monitoring.domain.statement.naming import statement_of
from services.monitoring.projections import Table
from shared.domain.money import FEN_PER_YUAN
from shared.domain.workdays import business_date
from shared.messages import Recorded
from shared.projections import Add, Change, Projection, Put, Set

OPEN: Final = "OPEN"


class StatementRow(Table, table=True):
    """One message that was taken. Duplicates are the lines that nobody counts otherwise."""

    __tablename__ = "treasury_statements"

    statement_id: str = Field(primary_key=True)
    system: str = ""
    message_id: str = ""
    region_code: str = Field(default="", index=True)
    form: str = ""
    taken_on: date | None = None
    taken_by: str = ""
    parts: int = 1
    parts_taken: int = 0
    lines: int = 0
    booked: int = 0
    breaks: int = 0
    kept: int = 0
    refused: int = 0
    heard: int = 0
    paid_fen: int = Field(default=0, sa_type=BigInteger)
    returned_fen: int = Field(default=0, sa_type=BigInteger)
    version: int = 0


class StatementLineRow(Table, table=True):
    """A line that is in no ledger: a break with owner and resolution, or refused."""

    __tablename__ = "statement_lines"
    __table_args__ = (Index("ix_statement_lines_reason", "region_code", "reason", "state"),)

    statement_id: str = Field(primary_key=True)
    line_no: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    region_code: str = Field(index=True)
    row: int
    outcome: str
    reason: str
    detail: str = ""
    direction: str = ""
    amount: str = ""
    currency: str = ""
    booked_on: date | None = None
    end_to_end_id: str = ""
    payment_no: str = ""
    bank_ref: str = ""
    return_id: str = ""
    account: str = ""
    project_code: str = ""
    purpose: str = ""
    proposals: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    owner: str = ""
    opened_on: date | None = None
    state: str = ""
    ledger_id: str = ""
    note: str = ""
    resolved_on: date | None = None


class BankDayRow(Table, table=True):
    """What one account moved on one day, as one whole-day statement of its bank says it.

    Of a statement in pages each page is a row; `series` holds them together.
    """

    __tablename__ = "bank_days"

    statement_id: str = Field(primary_key=True)
    account: str = Field(primary_key=True)
    day: date = Field(primary_key=True)
    region_code: str = Field(index=True)
    taken_on: date
    debits_fen: int = Field(sa_type=BigInteger)
    credits_fen: int = Field(sa_type=BigInteger)
    series: str = ""
    page: int = 1
    last: bool = True


def _fold(recorded: Recorded[Any]) -> Iterable[Change]:
    match recorded.event:
        case fact.StatementTaken() as event:
            yield from _taken(event, recorded)
        case fact.LinesKept() as event:
            yield _counted(recorded.id, kept=len(event.kept), version=1)
            for one in event.kept:
                yield Put(StatementLineRow, _kept(one, event, recorded.id))
        case fact.LinesRefused() as event:
            yield _counted(recorded.id, refused=len(event.refused), version=1)
            for line in event.refused:
                yield Put(StatementLineRow, _refused(line, event.region_code, recorded.id))
        case fact.LineAssigned() | fact.LineRejected() | fact.LineTransferred() as event:
            yield _counted(recorded.id, version=1)
            yield Set(
                StatementLineRow, _line(recorded.id, event.line_no), _changed(event, recorded)
            )
        case _:
            yield from _ended(recorded.event)


def _ended(event: object) -> Iterable[Change]:
    """How a line ended, as its ledger or its order tells."""
    match event:
        case money.LinesBooked(lines=lines):
            yield from _of_file(lines[0].source_id, booked=len(lines))
        case money.PaymentSettled(source_id=source) | money.PaymentReturned(source_id=source) if (
            source
        ):
            yield from _of_file(source, booked=1)
        case money.BreakOpened(source_id=source) if source:
            yield from _of_file(source, breaks=1)
        case order.PaymentOrderBreakOpened(source_id=source) if source:
            yield from _of_file(source, breaks=1)
        case (
            order.PaymentOrderAccepted(source_id=source)
            | order.PaymentOrderRejected(source_id=source)
            | order.PaymentRecallAccepted(source_id=source)
            | order.PaymentRecallRefused(source_id=source)
        ) if source:
            yield from _of_file(source, heard=1)
        case _:
            return


def _taken(event: fact.StatementTaken, recorded: Recorded[Any]) -> Iterable[Change]:
    key = recorded.id
    if event.first:
        row = StatementRow(
            statement_id=key,
            system=event.system,
            message_id=event.message_id,
            region_code=event.region_code,
            form=event.form,
            taken_on=event.taken_on,
            taken_by=recorded.actor,
            parts=event.parts,
        )
        yield Put(StatementRow, row.model_dump())
    yield _counted(
        key,
        parts_taken=1,
        lines=event.lines,
        paid_fen=event.paid.fen,
        returned_fen=event.returned.fen,
        version=1,
    )
    for day in event.days:
        if day.currency == HOME_CURRENCY:
            yield Put(BankDayRow, _day(day, key, event))


def _counted(statement: str, **deltas: int) -> Add:
    return Add(StatementRow, {"statement_id": statement}, deltas)


def _of_file(source_id: str, **deltas: int) -> Iterable[Change]:
    """The line of a ledger came in a message; one that came alone has none."""
    if statement := statement_of(source_id):
        yield _counted(statement, **deltas)


def _line(statement: str, number: int) -> dict[str, object]:
    return {"statement_id": statement, "line_no": number}


def _kept(one: KeptLine, event: fact.LinesKept, statement: str) -> dict[str, object]:
    line = one.line
    return {
        **_line(statement, line.number),
        "region_code": event.region_code,
        "row": line.row,
        "outcome": "BREAK",
        "reason": one.why.value,
        "detail": line.flaw,
        "direction": line.direction.value,
        "amount": format(line.amount, "f"),
        "currency": line.currency,
        "booked_on": line.booked_on,
        "end_to_end_id": line.end_to_end_id,
        "payment_no": line.payment_no,
        "bank_ref": line.bank_ref,
        "return_id": line.return_id,
        "account": line.account,
        "project_code": line.project_code,
        "purpose": line.purpose,
        "proposals": list(one.proposals),
        "owner": event.owner,
        "opened_on": event.opened_on,
        "state": OPEN,
    }


def _refused(line: RefusedLine, region: str, statement: str) -> dict[str, object]:
    return {
        **_line(statement, line.number),
        "region_code": region,
        "row": line.row,
        "outcome": "REFUSED",
        "reason": line.why.value,
        "detail": line.detail,
    }


def _changed(
    event: fact.LineAssigned | fact.LineRejected | fact.LineTransferred, recorded: Recorded[Any]
) -> dict[str, object]:
    if isinstance(event, fact.LineTransferred):
        return {"owner": event.owner}
    done = {"note": event.note, "resolved_on": business_date(recorded.occurred_at)}
    if isinstance(event, fact.LineRejected):
        return {**done, "state": "REJECTED"}
    return {
        **done,
        "state": "ASSIGNED",
        "ledger_id": f"{event.project_code}-{event.fiscal_year}",
    }


def _day(day: DaySum, statement: str, event: fact.StatementTaken) -> dict[str, object]:
    return {
        "statement_id": statement,
        "account": day.account,
        "day": day.day,
        "region_code": event.region_code,
        "taken_on": event.taken_on,
        "debits_fen": int(day.debits * FEN_PER_YUAN),
        "credits_fen": int(day.credits * FEN_PER_YUAN),
        "series": day.series,
        "page": day.page,
        "last": day.last,
    }


treasury_lines: Final = Projection(
    name="treasury_lines",
    streams=frozenset({"ledger", "payment_order", "statement"}),
    tables=(StatementRow, StatementLineRow, BankDayRow),
    project=_fold,
    money=True,
)


def statements(system: str | None = None, form: str | None = None) -> SelectOfScalar[StatementRow]:
    """Messages that were taken, of one system or form if asked for."""
    query = select(StatementRow)
    if system is not None:
        query = query.where(StatementRow.system == system)
    return query if form is None else query.where(StatementRow.form == form)


def statement(statement_id: str) -> SelectOfScalar[StatementRow]:
    """One message."""
    return select(StatementRow).where(StatementRow.statement_id == statement_id)


def lines(
    statement_id: str | None, outcome: str | None, state: str | None, owner: str | None
) -> SelectOfScalar[StatementLineRow]:
    """Lines that are in no ledger, narrowed as asked."""
    query = select(StatementLineRow)
    asked = {"statement_id": statement_id, "outcome": outcome, "state": state, "owner": owner}
    for name, value in asked.items():
        if value is not None:
            query = query.where(col(getattr(StatementLineRow, name)) == value)
    return query
