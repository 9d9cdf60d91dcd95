"""What the results of a year bind in a coming budget, unit by unit."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, Final

from sqlmodel import JSON, BigInteger, Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.evaluation.domain.linkage import events as fact
from services.evaluation.domain.linkage.states import LinkageStatus as Status
from services.evaluation.projections import Table
from shared.domain.money import Money
from shared.messages import AnyRecorded
from shared.projections import Change, Projection, Put, Set


class LinkageRow(Table, table=True):
    """One unit and evaluated year; without a cap nothing binds."""

    __tablename__ = "linkage_board"

    linkage_id: str = Field(primary_key=True)
    unit_code: str = Field(index=True)
    region_code: str = Field(index=True)
    department_code: str
    basis_fiscal_year: int
    budget_year: int = Field(index=True)
    grade: str
    previous_budget_fen: int = Field(sa_type=BigInteger)
    cap_factor: Decimal | None = None
    cap_fen: int | None = Field(default=None, sa_type=BigInteger)
    priority: bool
    rule_set_version: int
    decided_on: date
    status: str = Status.COMPUTED.value
    base: str = "INITIAL"
    disposition: str = ""
    legal_basis: str = ""
    document_no: str = ""
    answer_by: date | None = None
    agrees: bool | None = None
    answer: str = ""
    exempted: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    confirmed_on: date | None = None
    confirmed_version: int | None = None
    remark: str = ""
    approved_fen: int | None = Field(default=None, sa_type=BigInteger)
    exempt_fen: int | None = Field(default=None, sa_type=BigInteger)
    excess_fen: int | None = Field(default=None, sa_type=BigInteger)
    streams: list[str] = Field(default_factory=list, sa_type=JSON)
    version: int = 0


def _fold(recorded: AnyRecorded) -> Iterable[Change]:
    match recorded.event:
        case fact.BudgetLinkageDecided() as event:
            yield Put(LinkageRow, _decided(recorded, event))
        case fact.LinkageNotified() as event:
            told = {"document_no": event.document_no, "answer_by": event.answer_by}
            yield _set(recorded, Status.NOTIFIED, **told)
        case fact.LinkageAnswered() as event:
            yield _set(recorded, Status.ANSWERED, agrees=event.agrees, answer=event.text)
        case fact.LinkageUnanswered():
            yield _set(recorded, Status.UNANSWERED, agrees=True)
        case fact.SpendingExempted():
            yield _set(recorded)
        case fact.LinkageConfirmed() as event:
            yield _set(
                recorded,
                Status.CONFIRMED,
                confirmed_on=event.confirmed_on,
                confirmed_version=recorded.version,
                remark=event.remark,
                exempted={one.project_code: _exempted(one) for one in event.exemptions},
            )
        case fact.LinkageApplied():
            yield _set(recorded, Status.APPLIED)
        case fact.LinkageVerified() as event:
            yield _set(
                recorded,
                Status.VERIFIED if event.obeys else Status.BREACHED,
                approved_fen=event.approved.fen,
                exempt_fen=event.exempted.fen,
                excess_fen=event.excess.fen,
            )
        case fact.LinkageClosed() as event:
            more = {"remark": event.remark} if event.remark else {}
            yield _set(recorded, Status.CLOSED, **more)
        case _:
            return


def _set(recorded: AnyRecorded, status: Status | None = None, **values: object) -> Change:
    moved = {"status": status.value} if status else {}
    key = {"linkage_id": recorded.id}
    return Set(LinkageRow, key, {**values, **moved, "version": recorded.version})


def _exempted(one: fact.SpendingExempted) -> dict[str, str]:
    return {
        "kind": one.kind.value,
        "amount": str(one.amount),
        "reason": one.reason,
        "document_no": one.document_no,
    }


def _fen(amount: Money | None) -> int | None:
    return None if amount is None else amount.fen


def _decided(recorded: AnyRecorded, event: fact.BudgetLinkageDecided) -> dict[str, object]:
    return {
        "linkage_id": recorded.id,
        "unit_code": event.unit_code,
        "region_code": event.region_code,
        "department_code": event.department_code,
        "basis_fiscal_year": event.basis_fiscal_year,
        "budget_year": event.budget_year,
        "grade": event.grade.value,
        "previous_budget_fen": event.previous_budget.fen,
        "cap_factor": event.cap_factor,
        "cap_fen": _fen(event.cap),
        "priority": event.priority,
        "rule_set_version": event.rule_set_version,
        "decided_on": event.decided_on,
        "status": (Status.CONFIRMED if event.binding else Status.COMPUTED).value,
        "base": event.base,
        "disposition": event.disposition.value if event.disposition else "",
        "legal_basis": event.grounds.legal_basis,
        "confirmed_on": event.decided_on if event.binding else None,
        "confirmed_version": recorded.version if event.binding else None,
        "streams": list(event.grounds.streams),
        "version": recorded.version,
    }


linkage_board: Final = Projection(
    name="linkage_board", streams=frozenset({"linkage"}), tables=(LinkageRow,), project=_fold
)


def linkage(linkage_id: str) -> SelectOfScalar[LinkageRow]:
    """One unit and year: `<unit>-<evaluated year>`."""
    return select(LinkageRow).where(LinkageRow.linkage_id == linkage_id)


def linkages(*, budget_year: int | None, status: str | None = None) -> SelectOfScalar[LinkageRow]:
    """All of a coming budget."""
    query = select(LinkageRow)
    if budget_year is not None:
        query = query.where(col(LinkageRow.budget_year) == budget_year)
    return query if status is None else query.where(col(LinkageRow.status) == status)


def constraints(*, budget_year: int) -> SelectOfScalar[LinkageRow]:
    """What binds a coming budget: everything that was confirmed."""
    confirmed = col(LinkageRow.confirmed_on).is_not(None)
    return linkages(budget_year=budget_year).where(confirmed)
