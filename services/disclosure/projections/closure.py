"""How many loops are closed: per unit, department or region, and where the others are open."""

from typing import Any, Final, cast

from sqlmodel import and_, col, func, literal, or_, select
from sqlmodel.sql.expression import Select

from services.disclosure.projections.disclosure_register import DisclosureRow, open_on
from services.disclosure.projections.ex_ante_register import ExAnteRow
from services.disclosure.projections.project_register import ProjectRow, goes_on, needs_target
from services.disclosure.projections.project_watch import ProjectWatchRow
from services.disclosure.projections.self_evaluation_register import SelfEvaluationRow
from services.disclosure.projections.span import Span
from services.disclosure.projections.warning_register import WarningRow

GROUPS: Final = {
    "unit": "unit_code",
    "department": "department_code",
    "region": "region_code",
}
LINKS: Final = ("EX_ANTE", "TARGET", "PAYMENTS", "WARNINGS", "SELF_EVALUATION", "DISCLOSURE")


def _in(query: Any) -> Any:  # noqa: ANN401 - conditions are typed as SQLModel types comparisons
    return col(ProjectRow.project_code).in_(query)


def _missing(span: Span) -> dict[str, Any]:
    """The condition under which each link of a project is missing."""
    year = span.fiscal_year
    over = literal(span.as_of > span.year_end)
    has_target = col(ProjectRow.approved_on) <= span.as_of
    promised = and_(has_target, over)
    assessed = select(ExAnteRow.project_code).where(
        ExAnteRow.fiscal_year == year, ExAnteRow.assessed_on <= span.as_of
    )
    paid = select(ProjectWatchRow.project_code).where(
        ProjectWatchRow.fiscal_year == year, ProjectWatchRow.payments > 0
    )
    warned = select(WarningRow.project_code).where(
        WarningRow.fiscal_year == year,
        span.told(WarningRow.issued_on),
        or_(col(WarningRow.closed_on).is_(None), col(WarningRow.closed_on) > span.as_of),
    )
    judged = select(SelfEvaluationRow.project_code).where(
        SelfEvaluationRow.fiscal_year == year, span.told(SelfEvaluationRow.accepted_on)
    )
    untold = select(DisclosureRow.project_code).where(
        DisclosureRow.fiscal_year == year,
        span.before(DisclosureRow.due_on),
        open_on(span),
    )
    return {
        "EX_ANTE": and_(col(ProjectRow.needs_ex_ante), ~_in(assessed), goes_on(span)),
        "TARGET": and_(needs_target(span), or_(col(ProjectRow.approved_on).is_(None), ~has_target)),
        "PAYMENTS": and_(promised, ~_in(paid)),
        "WARNINGS": _in(warned),
        "SELF_EVALUATION": and_(promised, ~_in(judged)),
        "DISCLOSURE": _in(untold),
    }


def closure(span: Span, group: str) -> Select[Any]:
    """Group by group: projects, closed loops, and how many lack each link, in their order."""
    conditions = _missing(span)
    key = getattr(ProjectRow, GROUPS[group])
    open_ones = or_(*conditions.values())
    columns: tuple[Any, ...] = (
        key,
        func.count(),
        func.count().filter(~open_ones),
        *(func.count().filter(conditions[link]) for link in LINKS),
    )
    found = select(*columns).where(
        span.regions(ProjectRow.region_code), ProjectRow.fiscal_year == span.fiscal_year
    )
    return cast("Select[Any]", found.group_by(key).order_by(key))
