"""What units ask for coming years, what they get, and what binds them."""

from collections.abc import Iterable
from typing import Final

from sqlmodel import BigInteger, Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.targets.domain.events.budget_request import (
    BudgetDecided,
    BudgetRequested,
    BudgetRequestEvent,
    ConstraintBreached,
    ProjectCut,
    UnitCapSet,
)
from services.targets.projections import Table
from shared.messages import AnyRecorded
from shared.projections import Add, Change, Projection, Put, Set

KNOWN: Final = (UnitCapSet, ProjectCut, BudgetRequested, BudgetDecided, ConstraintBreached)


class UnitBudgetRow(Table, table=True):
    """The coming budget of a unit: its cap, where one binds, and the version of its stream."""

    __tablename__ = "unit_budgets"

    unit_code: str = Field(primary_key=True)
    budget_year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    region_code: str = ""
    grade: str | None = None
    basis_fiscal_year: int | None = None
    previous_budget_fen: int | None = Field(default=None, sa_type=BigInteger)
    cap_fen: int | None = Field(default=None, sa_type=BigInteger)
    priority: bool = False
    rule_set_version: int | None = None
    breach_granted_fen: int | None = Field(default=None, sa_type=BigInteger)
    breach_exempted_fen: int | None = Field(default=None, sa_type=BigInteger)
    breach_excess_fen: int | None = Field(default=None, sa_type=BigInteger)
    version: int = 0


class BudgetRequestRow(Table, table=True):
    """A project's request."""

    __tablename__ = "budget_requests"

    request_id: str = Field(primary_key=True)
    unit_code: str = Field(index=True)
    budget_year: int = Field(index=True)
    project_code: str
    region_code: str = Field(index=True)
    department_code: str
    status: str = "REQUESTED"
    requested_fen: int = Field(sa_type=BigInteger)
    at_cap: bool = False
    exemption: str = "NONE"
    exemption_reason: str = ""
    requested_by: str = ""
    granted_fen: int | None = Field(default=None, sa_type=BigInteger)
    cap_fen: int | None = Field(default=None, sa_type=BigInteger)
    granted_to_others_fen: int = Field(default=0, sa_type=BigInteger)
    similar_cut_fen: int = Field(default=0, sa_type=BigInteger)
    reasons: str = ""
    remark: str = ""


class ProjectCutRow(Table, table=True):
    """A confirmed cut of an application, for a similar project."""

    __tablename__ = "project_cuts"

    request_id: str = Field(primary_key=True)
    cut_id: str
    basis_project_code: str
    basis_fiscal_year: int
    grade: str
    amount_fen: int = Field(sa_type=BigInteger)


def request_id(unit_code: str, budget_year: int, project_code: str) -> str:
    """The name of a request: unit, year and project."""
    return f"{unit_code}-{budget_year}-{project_code}"


def project(recorded: AnyRecorded) -> Iterable[Change]:
    """What a fact changes."""
    event = recorded.event
    if not isinstance(event, KNOWN):
        return
    key = {"unit_code": event.unit_code, "budget_year": event.budget_year}
    # Each fact of the stream adds one, so the row always carries the version for `If-Match`.
    yield Add(UnitBudgetRow, key, {"version": 1})
    yield Set(UnitBudgetRow, key, {"region_code": event.region_code})
    yield _change(event, key)


def _change(event: BudgetRequestEvent, key: dict[str, object]) -> Change:
    match event:
        case UnitCapSet():
            return Set(UnitBudgetRow, key, _capped(event))
        case ProjectCut():
            return Put(ProjectCutRow, _cut(event))
        case BudgetRequested():
            return Put(BudgetRequestRow, _requested(event))
        case BudgetDecided():
            named = request_id(event.unit_code, event.budget_year, event.project_code)
            return Set(BudgetRequestRow, {"request_id": named}, _decided(event))
        case ConstraintBreached():
            return Set(UnitBudgetRow, key, _breached(event))


def _capped(event: UnitCapSet) -> dict[str, object]:
    return {
        "grade": event.grade.value,
        "basis_fiscal_year": event.basis_fiscal_year,
        "previous_budget_fen": event.previous_budget.fen,
        "cap_fen": event.cap.fen if event.cap is not None else None,
        "priority": event.priority,
        "rule_set_version": event.rule_set_version,
    }


def _breached(event: ConstraintBreached) -> dict[str, object]:
    return {
        "breach_granted_fen": event.granted.fen,
        "breach_exempted_fen": event.exempted.fen,
        "breach_excess_fen": event.excess.fen,
    }


def _cut(event: ProjectCut) -> dict[str, object]:
    return {
        "request_id": request_id(event.unit_code, event.budget_year, event.project_code),
        "cut_id": event.cut_id,
        "basis_project_code": event.basis_project_code,
        "basis_fiscal_year": event.basis_fiscal_year,
        "grade": event.grade.value,
        "amount_fen": event.amount.fen,
    }


def _requested(event: BudgetRequested) -> dict[str, object]:
    return {
        "request_id": request_id(event.unit_code, event.budget_year, event.project_code),
        "unit_code": event.unit_code,
        "budget_year": event.budget_year,
        "project_code": event.project_code,
        "region_code": event.region_code,
        "department_code": event.department_code,
        "requested_fen": event.amount.fen,
        "at_cap": event.at_cap,
        "exemption": event.exemption.value,
        "exemption_reason": event.exemption_reason,
        "requested_by": event.requested_by,
    }


def _decided(event: BudgetDecided) -> dict[str, object]:
    return {
        "status": "DECIDED",
        "granted_fen": event.granted.fen,
        "cap_fen": event.cap.fen if event.cap is not None else None,
        "granted_to_others_fen": event.granted_to_others.fen,
        "similar_cut_fen": event.similar_cut.fen,
        "reasons": ",".join(event.reasons),
        "remark": event.remark,
    }


budget_requests = Projection(
    name="budget_requests",
    streams=frozenset({"budget_request"}),
    tables=(UnitBudgetRow, BudgetRequestRow, ProjectCutRow),
    project=project,
)


def request_row(named: str) -> SelectOfScalar[BudgetRequestRow]:
    """One request."""
    return select(BudgetRequestRow).where(col(BudgetRequestRow.request_id) == named)


def unit_budget(unit_code: str, budget_year: int) -> SelectOfScalar[UnitBudgetRow]:
    """What binds a unit in a year."""
    return select(UnitBudgetRow).where(
        col(UnitBudgetRow.unit_code) == unit_code, col(UnitBudgetRow.budget_year) == budget_year
    )


def cut_of(named: str) -> SelectOfScalar[ProjectCutRow]:
    """The confirmed cut of a request."""
    return select(ProjectCutRow).where(col(ProjectCutRow.request_id) == named)


def of_year(
    rows: SelectOfScalar[BudgetRequestRow], budget_year: int | None
) -> SelectOfScalar[BudgetRequestRow]:
    """Only the requests of a year, where one is given."""
    if budget_year is None:
        return rows
    return rows.where(col(BudgetRequestRow.budget_year) == budget_year)
