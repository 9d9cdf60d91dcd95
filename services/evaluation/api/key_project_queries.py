"""Questions about key projects: those designated, and those whose evaluation falls due."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query
from sqlmodel import col, or_

from services.evaluation.api.evaluation_views import DueView
from services.evaluation.api.rules_in_force import rules_in_force
from services.evaluation.api.views import View
from services.evaluation.domain.judging.key_project import KeyGround
from services.evaluation.projections import evaluation_register, self_evaluation_register
from services.evaluation.projections import key_projects as register
from services.evaluation.projections.evaluation_register import EvaluationRow
from services.evaluation.projections.key_projects import KeyProjectRow
from services.evaluation.projections.self_evaluation_register import SelfEvaluationRow
from shared.domain.money import Money
from shared.http.pages import Page, PageRequest
from shared.http.reading import Read, Reading
from shared.http.routes import refusals

router: Final = APIRouter(tags=["Evaluations"])
Year = Annotated[int | None, Query(ge=2000, le=2100)]
YearAsked = Annotated[int, Query(ge=2000, le=2100)]
AMOUNT: Final = "AMOUNT"


class KeyProjectView(View):
    """A project that is a key project for what it means."""

    project_code: str
    project_name: str
    since_year: int
    region_code: str
    department_code: str
    unit_code: str
    ground: str
    reason: str
    document_no: str
    designated_on: date
    version: int


def _mine(read: Read, row: Any) -> Any:  # noqa: ANN401 - any row with an owner
    return read.scope.where(
        region=row.region_code, department=row.department_code, unit=row.unit_code
    )


@router.get("/key-projects", operation_id="list_key_projects")
async def list_key_projects(
    read: Reading,
    page: PageRequest,
    *,
    fiscal_year: Year = None,
    ground: KeyGround | None = None,
) -> Page[KeyProjectView]:
    """The key projects that were designated and stand; of a year, those since then or before."""
    query = register.designated(fiscal_year=fiscal_year, ground=ground)
    return await read.page(query.where(_mine(read, KeyProjectRow)), page, into=KeyProjectView.of)


@router.get("/evaluations/due", operation_id="list_evaluations_due", responses=refusals(409))
async def list_evaluations_due(read: Reading, fiscal_year: YearAsked) -> list[DueView]:
    """Key projects of a year that their department has not evaluated within the cycle.

    A key project has at least the amount of the rule set, or was designated for what it means;
    the cycle is five years (10号 art. 9).
    """
    region = read.scope.region_code or ""
    rules = (await rules_in_force(read, region, fiscal_year)).rule_set
    named = register.designated(fiscal_year=fiscal_year, ground=None)
    meant = {
        one.project_code: one for one in await read.all(named.where(_mine(read, KeyProjectRow)))
    }
    cycle, key = rules.judging.cycle_years, rules.monitoring.key_project
    since = fiscal_year - cycle + 1
    done = await read.all(
        evaluation_register.department_evaluations(since).where(_mine(read, EvaluationRow))
    )
    latest: dict[str, int] = {}
    for row in done:
        latest[row.project_code] = max(row.fiscal_year, latest.get(row.project_code, 0))
    query = self_evaluation_register.self_evaluations(fiscal_year=None, unit=None, status=None)
    rows = await read.all(
        query.where(
            _mine(read, SelfEvaluationRow),
            col(SelfEvaluationRow.fiscal_year) <= fiscal_year,
            or_(
                col(SelfEvaluationRow.budget_fen) >= key.fen,
                col(SelfEvaluationRow.project_code).in_(list(meant)),
            ),
        ).order_by(col(SelfEvaluationRow.project_code), col(SelfEvaluationRow.fiscal_year))
    )
    first: dict[str, SelfEvaluationRow] = {}
    current: dict[str, SelfEvaluationRow] = {}
    for seen in rows:
        first.setdefault(seen.project_code, seen)
        if seen.fiscal_year == fiscal_year:
            current[seen.project_code] = seen
    return [
        _due(row, first[code].fiscal_year + cycle - 1, fiscal_year, _grounds(row, key, meant))
        for code, row in current.items()
        if code not in latest
    ]


def _grounds(row: SelfEvaluationRow, key: Money, meant: Mapping[str, KeyProjectRow]) -> list[str]:
    """By its amount, and by what it means."""
    by_amount = [AMOUNT] if row.budget_fen >= key.fen else []
    named = meant.get(row.project_code)
    return [*by_amount, *([named.ground] if named else [])]


def _due(row: SelfEvaluationRow, due_year: int, fiscal_year: int, grounds: list[str]) -> DueView:
    return DueView(
        project_code=row.project_code,
        project_name=row.project_name,
        unit_code=row.unit_code,
        department_code=row.department_code,
        budget=Money(row.budget_fen),
        last_evaluated_year=None,
        grounds=grounds,
        due_year=due_year,
        overdue=due_year < fiscal_year,
    )
