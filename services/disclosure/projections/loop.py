"""Questions across the registers: what is open in a year, and what happened to one project."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, cast

from sqlmodel import col, func, literal, select
from sqlmodel.sql.expression import SelectOfScalar

from services.disclosure.projections.bulletin_register import BulletinRow
from services.disclosure.projections.disclosure_register import UNTOLD, DisclosureRow
from services.disclosure.projections.evaluation_register import EvaluationRow
from services.disclosure.projections.ex_ante_register import ExAnteRow
from services.disclosure.projections.project_register import ProjectRow
from services.disclosure.projections.project_watch import ProjectWatchRow
from services.disclosure.projections.recovery_register import BOOKED, RecoveryRow
from services.disclosure.projections.self_evaluation_register import SelfEvaluationRow
from services.disclosure.projections.span import Span
from services.disclosure.projections.warning_register import WarningRow

type Conditions = Sequence[bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectKey:
    """A project of a fiscal year."""

    project_code: str
    fiscal_year: int


def _open_warnings(span: Span) -> Conditions:
    return (
        span.regions(WarningRow.region_code),
        WarningRow.fiscal_year == span.fiscal_year,
        _is_null(WarningRow.closed_on),
    )


def _unbooked(span: Span) -> Conditions:
    return (
        span.regions(RecoveryRow.region_code),
        span.in_year(RecoveryRow.approved_on),
        RecoveryRow.status != BOOKED,
    )


def _overdue_items(span: Span) -> Conditions:
    return (
        span.regions(DisclosureRow.region_code),
        DisclosureRow.fiscal_year == span.fiscal_year,
        span.before(DisclosureRow.due_on),
        cast("bool", col(DisclosureRow.status).in_(UNTOLD)),
    )


def _overdue_bulletins(span: Span) -> Conditions:
    return (
        span.regions(BulletinRow.region_code),
        BulletinRow.year == span.fiscal_year,
        span.before(BulletinRow.due_on),
        _is_null(BulletinRow.issued_on),
    )


def _without_target(span: Span) -> Conditions:
    return (
        span.regions(ProjectRow.region_code),
        ProjectRow.fiscal_year == span.fiscal_year,
        ProjectRow.arranged,
        _is_null(ProjectRow.approved_on),
    )


def _without_self_evaluation(span: Span) -> Conditions:
    """Asked only when the year is over: before, there is nothing to evaluate."""
    evaluated = select(SelfEvaluationRow.project_code).where(
        SelfEvaluationRow.project_code == ProjectRow.project_code,
        SelfEvaluationRow.fiscal_year == ProjectRow.fiscal_year,
    )
    return (
        span.regions(ProjectRow.region_code),
        ProjectRow.fiscal_year == span.fiscal_year,
        span.told(ProjectRow.approved_on),
        cast("bool", literal(span.as_of > span.year_end)),
        cast("bool", ~evaluated.exists()),
    )


def _is_null(column: date | None) -> bool:
    return cast("bool", col(column).is_(None))


@dataclass(frozen=True, slots=True)
class Open:
    """A kind of loose end: the column that names one, and when it is one."""

    name: str
    when: Callable[[Span], Conditions]

    def count(self, span: Span) -> SelectOfScalar[int]:
        """How many there are."""
        return select(func.count(col(self.name))).where(*self.when(span))

    def first(self, span: Span, limit: int) -> SelectOfScalar[str]:
        """The names of the first ones."""
        return select(self.name).where(*self.when(span)).order_by(col(self.name)).limit(limit)


OPEN: Final[Mapping[str, Open]] = {
    "WARNING_OPEN": Open(WarningRow.warning_id, _open_warnings),
    "RECOVERY_NOT_BOOKED": Open(RecoveryRow.recovery_id, _unbooked),
    "DISCLOSURE_OVERDUE": Open(DisclosureRow.item_id, _overdue_items),
    "BULLETIN_OVERDUE": Open(BulletinRow.bulletin_id, _overdue_bulletins),
    "TARGET_MISSING": Open(ProjectRow.project_code, _without_target),
    "SELF_EVALUATION_MISSING": Open(ProjectRow.project_code, _without_self_evaluation),
}


def project(key: ProjectKey) -> SelectOfScalar[ProjectRow]:
    """The project itself."""
    return select(ProjectRow).where(
        ProjectRow.project_code == key.project_code, ProjectRow.fiscal_year == key.fiscal_year
    )


def ex_ante(key: ProjectKey) -> SelectOfScalar[ExAnteRow]:
    """Its assessment before."""
    return select(ExAnteRow).where(
        ExAnteRow.project_code == key.project_code, ExAnteRow.fiscal_year == key.fiscal_year
    )


def watch(key: ProjectKey) -> SelectOfScalar[ProjectWatchRow]:
    """Its money."""
    return select(ProjectWatchRow).where(
        ProjectWatchRow.project_code == key.project_code,
        ProjectWatchRow.fiscal_year == key.fiscal_year,
    )


def warnings(key: ProjectKey) -> SelectOfScalar[WarningRow]:
    """Its warnings."""
    return (
        select(WarningRow)
        .where(
            WarningRow.project_code == key.project_code, WarningRow.fiscal_year == key.fiscal_year
        )
        .order_by(col(WarningRow.issued_on))
    )


def self_evaluation(key: ProjectKey) -> SelectOfScalar[SelfEvaluationRow]:
    """Its self-evaluation."""
    return select(SelfEvaluationRow).where(
        SelfEvaluationRow.project_code == key.project_code,
        SelfEvaluationRow.fiscal_year == key.fiscal_year,
    )


def evaluations(key: ProjectKey) -> SelectOfScalar[EvaluationRow]:
    """Its evaluations by others."""
    return select(EvaluationRow).where(
        EvaluationRow.project_code == key.project_code,
        EvaluationRow.fiscal_year == key.fiscal_year,
    )


def recoveries(key: ProjectKey) -> SelectOfScalar[RecoveryRow]:
    """The money taken back from it."""
    return select(RecoveryRow).where(
        RecoveryRow.project_code == key.project_code, RecoveryRow.fiscal_year == key.fiscal_year
    )


def disclosures(key: ProjectKey) -> SelectOfScalar[DisclosureRow]:
    """What the public is owed about it."""
    return select(DisclosureRow).where(
        DisclosureRow.project_code == key.project_code,
        DisclosureRow.fiscal_year == key.fiscal_year,
    )


def missing(row: ProjectRow, *, judged: bool, told: Sequence[DisclosureRow]) -> list[str]:
    """The links of the loop that this project lacks."""
    links = {
        "TARGET": row.approved_on is not None or not row.arranged,
        "SELF_EVALUATION": judged or row.approved_on is None,
        "DISCLOSURE": not any(one.status in UNTOLD for one in told),
    }
    return [name for name, there in links.items() if not there]
