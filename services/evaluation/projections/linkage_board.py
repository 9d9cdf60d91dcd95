"""What the results of a year bind in a coming budget, unit by unit."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Final

from sqlmodel import BigInteger, Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.evaluation.domain.linkage import BudgetLinkageDecided
from services.evaluation.projections import Table
from shared.messages import AnyRecorded
from shared.projections import Change, Projection, Put


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
    version: int = 0


def _fold(recorded: AnyRecorded) -> Iterable[Change]:
    event = recorded.event
    if not isinstance(event, BudgetLinkageDecided):
        return
    yield Put(
        LinkageRow,
        {
            "linkage_id": recorded.id,
            "unit_code": event.unit_code,
            "region_code": event.region_code,
            "department_code": event.department_code,
            "basis_fiscal_year": event.basis_fiscal_year,
            "budget_year": event.budget_year,
            "grade": event.grade.value,
            "previous_budget_fen": event.previous_budget.fen,
            "cap_factor": event.cap_factor,
            "cap_fen": None if event.cap is None else event.cap.fen,
            "priority": event.priority,
            "rule_set_version": event.rule_set_version,
            "decided_on": event.decided_on,
            "version": recorded.version,
        },
    )


linkage_board: Final = Projection(name="linkage_board", tables=(LinkageRow,), project=_fold)


def linkage(linkage_id: str) -> SelectOfScalar[LinkageRow]:
    """One unit and year: `<unit>-<evaluated year>`."""
    return select(LinkageRow).where(LinkageRow.linkage_id == linkage_id)


def linkages(*, budget_year: int | None) -> SelectOfScalar[LinkageRow]:
    """All of a coming budget."""
    query = select(LinkageRow)
    return query if budget_year is None else query.where(col(LinkageRow.budget_year) == budget_year)
