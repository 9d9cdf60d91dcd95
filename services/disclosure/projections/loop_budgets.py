"""What became of results in later budgets: the linkage of a unit, the decision on a request."""

from collections.abc import Iterable
from datetime import date

from sqlmodel import BigInteger, Field

from services.disclosure.projections import Table
from shared.contracts import evaluation, targets
from shared.domain.workdays import business_date
from shared.messages import AnyHeard
from shared.projections import Change, Projection, Put


class LinkageRow(Table, table=True):
    """The result of a unit's year that binds a later budget of it."""

    __tablename__ = "loop_linkages"

    unit_code: str = Field(primary_key=True)
    basis_fiscal_year: int = Field(primary_key=True)
    region_code: str = Field(index=True)
    budget_year: int
    grade: str
    decided_on: date


class BudgetDecisionRow(Table, table=True):
    """What a unit asked for a coming year, as it was decided."""

    __tablename__ = "loop_budget_decisions"

    project_code: str = Field(primary_key=True)
    budget_year: int = Field(primary_key=True)
    region_code: str = Field(index=True)
    unit_code: str
    granted_fen: int = Field(sa_type=BigInteger)
    decided_on: date


def _hear(heard: AnyHeard) -> Iterable[Change]:
    day = business_date(heard.said_at)
    match heard.word:
        case evaluation.BudgetLinkageDecided() as said:
            yield Put(
                LinkageRow,
                {
                    "unit_code": said.unit_code,
                    "basis_fiscal_year": said.basis_fiscal_year,
                    "region_code": said.region_code,
                    "budget_year": said.budget_year,
                    "grade": said.grade,
                    "decided_on": day,
                },
            )
        case targets.BudgetRequestDecided() as said:
            yield Put(
                BudgetDecisionRow,
                {
                    "project_code": said.project_code,
                    "budget_year": said.budget_year,
                    "region_code": said.region_code,
                    "unit_code": said.unit_code,
                    "granted_fen": said.granted.fen,
                    "decided_on": day,
                },
            )
        case _:
            return


loop_budgets = Projection(
    name="loop_budgets", tables=(LinkageRow, BudgetDecisionRow), hear=_hear, money=True
)
