"""The real-name ledger: every line with its sealed box, and who looked into one.

There is no name and no number in these tables, not even a masked one: what is shown is opened and
masked when somebody asks, so it is gone for everybody in the moment a key is destroyed.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from sqlmodel import BigInteger, Field, cast, col, func, select
from sqlmodel.sql.expression import Select, SelectOfScalar

from services.monitoring.domain.beneficiary import events as fact
from services.monitoring.domain.beneficiary.values import Counting, PayeeKind, township
from services.monitoring.projections import Table
from shared.messages import Recorded
from shared.projections import Change, Projection, Put, Set


class BeneficiaryRow(Table, table=True):
    """One line of the real-name ledger."""

    __tablename__ = "key_fund_beneficiaries"

    ledger_id: str = Field(primary_key=True)
    payment_id: str = Field(primary_key=True)
    line_id: str = Field(primary_key=True)
    project_code: str
    fiscal_year: int = Field(index=True)
    region_code: str = Field(index=True)
    department_code: str
    unit_code: str
    month: str
    place_code: str
    township: str
    payee_kind: str
    counting: str
    persons: int
    amount_fen: int = Field(sa_type=BigInteger)
    subject: str = Field(index=True)
    key_id: str
    box: str
    duplicate_of: str = ""
    withdrawn: bool = False
    recorded_on: date


class RevealRow(Table, table=True):
    """One look into one line: who, when, what for."""

    __tablename__ = "key_fund_reveals"

    reveal_id: str = Field(primary_key=True)
    project_code: str
    fiscal_year: int
    region_code: str = Field(index=True)
    payment_id: str
    line_id: str
    subject: str
    key_id: str
    box: str
    purpose: str
    reason: str
    revealed_by: str
    revealed_at: str


def _fold(recorded: Recorded[Any]) -> Iterable[Change]:
    match recorded.event:
        case fact.BeneficiaryPaid() as event:
            yield Put(BeneficiaryRow, _paid(event))
        case fact.BeneficiaryWithdrawn() as event:
            key = {
                "ledger_id": event.project.id,
                "payment_id": event.payment_id,
                "line_id": event.line_id,
            }
            yield Set(BeneficiaryRow, key, {"withdrawn": True})
        case fact.DataRevealed() as event:
            yield Put(RevealRow, _looked(event, recorded.id))
        case _:
            return


def _paid(event: fact.BeneficiaryPaid) -> dict[str, object]:
    project, sealed = event.project, event.sealed
    # Tens of thousands a year: a plain row costs a tenth of a SQLModel instance.
    return {
        "ledger_id": project.id,
        "payment_id": event.payment_id,
        "line_id": event.line_id,
        "project_code": project.code,
        "fiscal_year": project.fiscal_year,
        "region_code": project.region_code,
        "department_code": project.department_code,
        "unit_code": project.unit_code,
        "month": event.month,
        "place_code": event.place_code,
        "township": township(event.place_code),
        "payee_kind": event.payee_kind.value,
        "counting": event.counting.value,
        "persons": event.persons,
        "amount_fen": event.amount.fen,
        "subject": sealed.subject,
        "key_id": sealed.key_id,
        "box": sealed.box,
        "duplicate_of": event.duplicate_of,
        "withdrawn": False,
        "recorded_on": event.recorded_on,
    }


def _looked(event: fact.DataRevealed, reveal_id: str) -> dict[str, object]:
    row = RevealRow(
        reveal_id=reveal_id,
        project_code=event.project_code,
        fiscal_year=event.fiscal_year,
        region_code=event.region_code,
        payment_id=event.payment_id,
        line_id=event.line_id,
        subject=event.sealed.subject,
        key_id=event.sealed.key_id,
        box=event.sealed.box,
        purpose=event.purpose.value,
        reason=event.reason,
        revealed_by=event.revealed_by,
        revealed_at=event.revealed_at.isoformat(),
    )
    return row.model_dump()


key_fund_beneficiaries: Final = Projection(
    name="key_fund_beneficiaries",
    streams=frozenset({"beneficiaries", "reveal"}),
    tables=(BeneficiaryRow, RevealRow),
    project=_fold,
)


def lines(
    *,
    fiscal_year: int | None = None,
    project_code: str | None = None,
    payment_id: str | None = None,
    month: str | None = None,
    duplicates: bool = False,
) -> SelectOfScalar[BeneficiaryRow]:
    """The lines that match everything asked for."""
    query = select(BeneficiaryRow)
    wanted = {
        "fiscal_year": fiscal_year,
        "project_code": project_code,
        "payment_id": payment_id,
        "month": month,
    }
    for column, value in wanted.items():
        if value is not None:
            query = query.where(col(getattr(BeneficiaryRow, column)) == value)
    return query.where(BeneficiaryRow.duplicate_of != "") if duplicates else query


def reveal(reveal_id: str) -> SelectOfScalar[RevealRow]:
    """One look."""
    return select(RevealRow).where(RevealRow.reveal_id == reveal_id)


def reveals() -> SelectOfScalar[RevealRow]:
    """Every look."""
    return select(RevealRow)


type Grouped = Select[str, int]
"""A name and a figure."""


def counting_lines(query: Any, *, fiscal_year: int, region: Any) -> Any:  # noqa: ANN401 - any select
    """Only lines that count, of a year, in the regions that `region` is a condition on."""
    row = BeneficiaryRow
    of_year = query.where(row.fiscal_year == fiscal_year, col(row.withdrawn).is_(False))
    return of_year.where(region)


def proved(ledger_ids: Iterable[str]) -> Select[str, str, int]:
    """How much of each payment has reached somebody: ledger, payment, fen."""
    row = BeneficiaryRow
    query = select(col(row.ledger_id), col(row.payment_id), _fen())
    query = query.where(col(row.ledger_id).in_(list(ledger_ids)), col(row.withdrawn).is_(False))
    return query.group_by(row.ledger_id, row.payment_id)


def reached(ledger_ids: Iterable[str]) -> Grouped:
    """How much of the money of each project has reached somebody: ledger, fen."""
    row = BeneficiaryRow
    query = select(col(row.ledger_id), _fen())
    query = query.where(col(row.ledger_id).in_(list(ledger_ids)), col(row.withdrawn).is_(False))
    return query.group_by(row.ledger_id)


def households(ledger_ids: Iterable[str]) -> Grouped:
    """Different payees of each project, a household as one: ledger, payees."""
    row = BeneficiaryRow
    query = select(col(row.ledger_id), _payees())
    query = query.where(col(row.ledger_id).in_(list(ledger_ids)), col(row.withdrawn).is_(False))
    return query.group_by(row.ledger_id)


def money_by_township() -> Grouped:
    """Township, fen."""
    return select(col(BeneficiaryRow.township), _fen()).group_by(col(BeneficiaryRow.township))


def payees_by_township(kind: PayeeKind | None = None, counting: Counting | None = None) -> Grouped:
    """Township, different payees; of one kind, or counted in one way."""
    row = BeneficiaryRow
    query = select(col(row.township), _payees()).group_by(col(row.township))
    if kind is not None:
        query = query.where(row.payee_kind == kind.value)
    return query if counting is None else query.where(row.counting == counting.value)


def persons_by_township(*, fiscal_year: int, region: Any) -> Grouped:  # noqa: ANN401 - a condition
    """Township, persons: the members of a household once, however many lines it has."""
    row = BeneficiaryRow
    query = select(col(row.township), col(row.subject), func.max(row.persons).label("persons"))
    query = query.where(row.payee_kind == PayeeKind.PERSON.value)
    query = counting_lines(query, fiscal_year=fiscal_year, region=region)
    once = query.group_by(col(row.township), col(row.subject)).subquery()
    members: Grouped = select(once.c.township, func.sum(once.c.persons)).group_by(once.c.township)
    return members


def _fen() -> Any:  # noqa: ANN401 - an expression
    # A sum of whole numbers is exact and whole, but PostgreSQL answers it as a decimal.
    return cast(func.coalesce(func.sum(BeneficiaryRow.amount_fen), 0), BigInteger)


def _payees() -> Any:  # noqa: ANN401 - an expression
    return func.count(func.distinct(BeneficiaryRow.subject))
