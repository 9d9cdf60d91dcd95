"""What the portal shows of a region and a year at one look: sums of the registers, by region.

One pass over each register; a region's own row is `区本级`, the tree is the sum of the rows. The
portal keeps what it has made of them until a new fact comes (`portal.kept`).
"""

from decimal import Decimal
from typing import Any, Final, cast

from sqlmodel import and_, case, col, func, literal_column, select
from sqlmodel.sql.expression import Select, SelectOfScalar

from services.disclosure.projections.bulletin_register import BulletinRow
from services.disclosure.projections.disclosure_register import (
    DisclosureRow,
    open_on,
    told_on,
    withheld_on,
)
from services.disclosure.projections.project_register import ProjectRow, needs_target
from services.disclosure.projections.project_watch import ProjectWatchRow
from services.disclosure.projections.recovery_register import RecoveryRow
from services.disclosure.projections.self_evaluation_register import SelfEvaluationRow
from services.disclosure.projections.span import Span
from services.disclosure.projections.unit_register import UnitRow
from services.disclosure.projections.warning_register import WarningRow


def promised_by_region(span: Span) -> Any:  # noqa: ANN401 - its overloads end at four columns
    """Region by region: projects that need a target, that have one, and their money.

    Approved with the targets; quota in force, paid and withdrawn of all projects.
    """
    has_target = col(ProjectRow.approved_on) <= span.as_of
    columns: Any = (
        ProjectRow.region_code,
        func.count().filter(needs_target(span)),
        func.count().filter(has_target),
        func.coalesce(func.sum(ProjectRow.approved_fen).filter(has_target), 0),
        func.coalesce(func.sum(ProjectWatchRow.quota_fen), 0),
        func.coalesce(func.sum(ProjectWatchRow.paid_fen), 0),
        func.coalesce(func.sum(ProjectWatchRow.withdrawn_fen), 0),
    )
    same = and_(
        ProjectWatchRow.project_code == ProjectRow.project_code,
        ProjectWatchRow.fiscal_year == ProjectRow.fiscal_year,
    )
    rows: Any = select(*columns).select_from(ProjectRow)
    return (
        rows.outerjoin(ProjectWatchRow, same)
        .where(span.regions(ProjectRow.region_code), ProjectRow.fiscal_year == span.fiscal_year)
        .group_by(col(ProjectRow.region_code))
    )


def warned_by_region(span: Span) -> Any:  # noqa: ANN401 - its overloads end at four columns
    """Region by region, month and level: warnings issued in the year, and those of them closed."""
    month = func.extract("month", col(WarningRow.issued_on))
    closed = func.count().filter(col(WarningRow.closed_on) <= span.as_of)
    columns: Any = (WarningRow.region_code, month, WarningRow.issued_level, func.count(), closed)
    rows: Any = select(*columns)
    of_year = span.regions(WarningRow.region_code), span.in_year(WarningRow.issued_on)
    return rows.where(*of_year).group_by(*columns[:3])


def graded_by_region(span: Span) -> Select[str, str, int, Decimal]:
    """Region by region and grade: self-evaluations, and the sum of their scores."""
    return (
        select(
            SelfEvaluationRow.region_code,
            SelfEvaluationRow.grade,
            func.count(),
            func.sum(SelfEvaluationRow.final_score),
        )
        .where(
            span.regions(SelfEvaluationRow.region_code),
            SelfEvaluationRow.fiscal_year == span.fiscal_year,
            span.told(SelfEvaluationRow.accepted_on),
        )
        .group_by(col(SelfEvaluationRow.region_code), col(SelfEvaluationRow.grade))
    )


def recovered_by_region(span: Span) -> Select[str, int, int, int]:
    """Region by region: units, projects and the amount booked in the year."""
    return (
        select(
            RecoveryRow.region_code,
            func.count(func.distinct(RecoveryRow.unit_code)),
            func.count(func.distinct(RecoveryRow.project_code)),
            func.sum(RecoveryRow.amount_fen),
        )
        .where(span.regions(RecoveryRow.region_code), span.in_year(RecoveryRow.booked_on))
        .group_by(col(RecoveryRow.region_code))
    )


WITHHELD: Final = "WITHHELD"
LATE: Final = "LATE"
OWED: Final = "OWED"


def told_by_state(span: Span) -> Any:  # noqa: ANN401 - a select over a select
    """Region by region and kind: how many items stand how, in one pass.

    The state of what was published is the month in which it was, `2021-03`; of anything else
    `WITHHELD`, `LATE` or `OWED`, as `coverage` and `overdue_by_kind` count them. Days become
    months after the items were counted: writing a month costs more than counting one.
    """
    late = col(DisclosureRow.due_on) < span.as_of
    told = case((told_on(span), DisclosureRow.published_on))
    untold = case(
        (withheld_on(span), literal_column(f"'{WITHHELD}'")),
        (late, literal_column(f"'{LATE}'")),
        else_=literal_column(f"'{OWED}'"),
    )
    labelled: Any = (
        col(DisclosureRow.region_code).label("region_code"),
        col(DisclosureRow.kind).label("kind"),
        told.label("told"),
        untold.label("untold"),
    )
    labels: Any = (*labelled, func.count().label("n"))
    counted: Any = (
        select(*labels)
        .where(
            span.regions(DisclosureRow.region_code),
            DisclosureRow.fiscal_year == span.fiscal_year,
        )
        .group_by(*labelled)
        .subquery()
    )
    of = counted.c
    state = func.coalesce(func.to_char(of.told, "YYYY-MM"), of.untold)
    columns: Any = (of.region_code, of.kind, state, func.sum(of.n))
    rows: Any = select(*columns)
    return rows.group_by(of.region_code, of.kind, state)


def months_with_bulletin(span: Span) -> SelectOfScalar[int]:
    """The months of the year whose bulletin was issued by then."""
    return (
        select(BulletinRow.month)
        .where(
            span.regions(BulletinRow.region_code),
            BulletinRow.year == span.fiscal_year,
            span.told(BulletinRow.issued_on),
        )
        .distinct()
        .order_by(col(BulletinRow.month))
    )


def late_items(span: Span) -> SelectOfScalar[DisclosureRow]:
    """The items whose term has passed and that nobody told, the oldest first."""
    return (
        select(DisclosureRow)
        .where(
            span.regions(DisclosureRow.region_code),
            DisclosureRow.fiscal_year == span.fiscal_year,
            span.before(DisclosureRow.due_on),
            open_on(span),
        )
        .order_by(col(DisclosureRow.due_on), col(DisclosureRow.item_id))
    )


def coming_items(span: Span) -> SelectOfScalar[DisclosureRow]:
    """The items that are owed and whose term still runs, the nearest first."""
    return (
        select(DisclosureRow)
        .where(
            span.regions(DisclosureRow.region_code),
            DisclosureRow.fiscal_year == span.fiscal_year,
            cast("bool", col(DisclosureRow.due_on) >= span.as_of),
            open_on(span),
        )
        .order_by(col(DisclosureRow.due_on), col(DisclosureRow.item_id))
    )


def due_by_month(span: Span) -> Select[str, str, int, int]:
    """Month and kind of what fell or falls due: items owed, and those published."""
    month = func.to_char(DisclosureRow.due_on, "YYYY-MM")
    return (
        select(
            month,
            DisclosureRow.kind,
            func.count(),
            func.count().filter(told_on(span)),
        )
        .where(
            span.regions(DisclosureRow.region_code),
            DisclosureRow.fiscal_year == span.fiscal_year,
            cast("bool", col(DisclosureRow.due_on).is_not(None)),
        )
        .group_by(month, col(DisclosureRow.kind))
        .order_by(month)
    )


def recovered_by_month(span: Span) -> Select[int, int, int]:
    """Month by month of the year: recoveries booked, and their amount."""
    month = func.extract("month", col(RecoveryRow.booked_on))
    return (
        select(month, func.count(), func.sum(RecoveryRow.amount_fen))
        .where(span.regions(RecoveryRow.region_code), span.in_year(RecoveryRow.booked_on))
        .group_by(month)
    )


def promised_by_unit(span: Span) -> Select[str, str, int, int]:
    """Unit by unit: its name, its projects with a target, the money approved with them."""
    return (
        select(
            UnitRow.unit_code,
            UnitRow.name,
            func.count(),
            func.sum(ProjectRow.approved_fen),
        )
        .join(ProjectRow, UnitRow.unit_code == ProjectRow.unit_code)  # type: ignore[arg-type]
        .where(
            span.regions(ProjectRow.region_code),
            ProjectRow.fiscal_year == span.fiscal_year,
            span.told(ProjectRow.approved_on),
        )
        .group_by(col(UnitRow.unit_code), col(UnitRow.name))
        .order_by(func.sum(ProjectRow.approved_fen).desc(), col(UnitRow.unit_code))
    )


def years_known() -> Select[int, int]:
    """Fiscal years with projects, and how many of them have a target."""
    return (
        select(
            ProjectRow.fiscal_year,
            func.count(col(ProjectRow.approved_on)),
        )
        .group_by(col(ProjectRow.fiscal_year))
        .order_by(col(ProjectRow.fiscal_year))
    )


def generated_origins() -> SelectOfScalar[str]:
    """An origin that is not official, if anything has one."""
    return select(ProjectRow.origin).where(ProjectRow.origin != "OFFICIAL")
