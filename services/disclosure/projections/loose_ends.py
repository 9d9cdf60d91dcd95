"""Loose ends of a year: everything that has no end state yet, kind by kind.

Source: `domain` §6.6. A kind is a condition over one register; what had ended by the day asked
for is no loose end on that day, what ended later still is.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, cast

from sqlmodel import col, false, literal, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from services.disclosure.projections.bulletin_register import BulletinRow
from services.disclosure.projections.counted import Counted
from services.disclosure.projections.cut_register import CutRow
from services.disclosure.projections.disclosure_register import DisclosureRow, open_on
from services.disclosure.projections.loop_adjustments import AdjustmentRow
from services.disclosure.projections.loop_budgets import BudgetDecisionRow
from services.disclosure.projections.loop_findings import FindingRow
from services.disclosure.projections.loop_letters import LetterRow
from services.disclosure.projections.project_register import ProjectRow, needs_target, projects
from services.disclosure.projections.recovery_register import RecoveryRow
from services.disclosure.projections.self_evaluation_register import SelfEvaluationRow
from services.disclosure.projections.span import Span
from services.disclosure.projections.warning_register import WarningRow

type Rows = SelectOfScalar[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which loose ends are asked for; left out, all of them."""

    level: str = ""
    unit_code: str = ""
    project_code: str = ""
    overdue: bool | None = None


EVERYTHING: Final = Wanted()


@dataclass(frozen=True, slots=True, kw_only=True)
class Loose:
    """A kind of loose end: its rows, and the columns that say what, since when, until when."""

    rows: Callable[[Span], Rows]
    table: type[Any]
    name: str
    opened: str = ""
    due: str = ""
    level: str = ""

    def wanted(self, span: Span, wanted: Wanted) -> Rows:
        """Those that are asked for. A kind that has no such column has none of them."""
        rows = self.rows(span)
        for column, value in (
            (self.level, wanted.level),
            ("unit_code", wanted.unit_code),
            ("project_code", wanted.project_code),
        ):
            if value:
                found = getattr(self.table, column, None) if column else None
                rows = rows.where(false() if found is None else col(found) == value)
        if wanted.overdue is not None:
            rows = rows.where(self._overdue(span, wanted=wanted.overdue))
        return rows

    def counted(self, wanted: Wanted = EVERYTHING) -> Counted:
        """How many there are."""
        return Counted(rows=lambda span: self.wanted(span, wanted), name=self.name)

    def _overdue(self, span: Span, *, wanted: bool) -> bool:
        if not self.due:
            return cast("bool", literal(not wanted))
        due = col(getattr(self.table, self.due))
        late = due < span.as_of
        return cast("bool", late if wanted else or_(due.is_(None), ~late))


def _not_yet(span: Span, column: date | None) -> bool:
    """It had not happened by then."""
    return cast("bool", or_(col(column).is_(None), col(column) > span.as_of))


def _warnings(span: Span) -> Rows:
    return select(WarningRow).where(
        span.regions(WarningRow.region_code),
        WarningRow.fiscal_year == span.fiscal_year,
        span.told(WarningRow.issued_on),
        _not_yet(span, WarningRow.closed_on),
    )


def _letters(span: Span) -> Rows:
    return select(LetterRow).where(
        span.regions(LetterRow.region_code),
        LetterRow.fiscal_year == span.fiscal_year,
        span.told(LetterRow.issued_on),
        _not_yet(span, LetterRow.verified_on),
        _not_yet(span, LetterRow.closed_on),
    )


def _findings(span: Span) -> Rows:
    return select(FindingRow).where(
        span.regions(FindingRow.region_code),
        FindingRow.fiscal_year == span.fiscal_year,
        span.told(FindingRow.opened_on),
        _not_yet(span, FindingRow.closed_on),
    )


def _recoveries(span: Span) -> Rows:
    return select(RecoveryRow).where(
        span.regions(RecoveryRow.region_code),
        span.in_year(RecoveryRow.approved_on),
        _not_yet(span, RecoveryRow.booked_on),
    )


def _cuts(span: Span) -> Rows:
    written = select(BudgetDecisionRow.project_code).where(
        BudgetDecisionRow.project_code == CutRow.project_code,
        BudgetDecisionRow.budget_year == CutRow.budget_year,
        span.told(BudgetDecisionRow.decided_on),
    )
    return select(CutRow).where(
        span.regions(CutRow.region_code),
        CutRow.budget_year == span.fiscal_year + 1,
        span.told(CutRow.confirmed_on),
        ~written.exists(),
    )


def _adjustments(span: Span) -> Rows:
    return select(AdjustmentRow).where(
        span.regions(AdjustmentRow.region_code),
        AdjustmentRow.fiscal_year == span.fiscal_year,
        span.told(AdjustmentRow.proposed_on),
        _not_yet(span, AdjustmentRow.ended_on),
    )


def _untold(span: Span) -> Rows:
    return select(DisclosureRow).where(
        span.regions(DisclosureRow.region_code),
        DisclosureRow.fiscal_year == span.fiscal_year,
        open_on(span),
    )


def _overdue_items(span: Span) -> Rows:
    return _untold(span).where(span.before(DisclosureRow.due_on))


def _owed_items(span: Span) -> Rows:
    due = col(DisclosureRow.due_on)
    return _untold(span).where(or_(due.is_(None), due >= span.as_of))


def _overdue_bulletins(span: Span) -> Rows:
    return select(BulletinRow).where(
        span.regions(BulletinRow.region_code),
        BulletinRow.year == span.fiscal_year,
        span.before(BulletinRow.due_on),
        _not_yet(span, BulletinRow.issued_on),
    )


def _without_target(span: Span) -> Rows:
    return projects(span).where(needs_target(span), _not_yet(span, ProjectRow.approved_on))


def _without_self_evaluation(span: Span) -> Rows:
    """Asked only when the year is over: before, there is nothing to evaluate."""
    evaluated = select(SelfEvaluationRow.project_code).where(
        SelfEvaluationRow.project_code == ProjectRow.project_code,
        SelfEvaluationRow.fiscal_year == ProjectRow.fiscal_year,
        span.told(SelfEvaluationRow.accepted_on),
    )
    return projects(span).where(
        span.told(ProjectRow.approved_on),
        cast("bool", literal(span.as_of > span.year_end)),
        ~evaluated.exists(),
    )


LOOSE_ENDS: Final[Mapping[str, Loose]] = {
    "WARNING_OPEN": Loose(
        rows=_warnings, table=WarningRow, name="warning_id", opened="issued_on",
        due="finish_by", level="level",
    ),
    "LETTER_OPEN": Loose(
        rows=_letters, table=LetterRow, name="letter_no", opened="issued_on",
        due="finish_by", level="level",
    ),
    "FINDING_OPEN": Loose(
        rows=_findings, table=FindingRow, name="finding_id", opened="opened_on",
        due="due_on", level="level",
    ),
    "RECOVERY_NOT_BOOKED": Loose(
        rows=_recoveries, table=RecoveryRow, name="recovery_id", opened="approved_on",
    ),
    "CUT_NOT_WRITTEN": Loose(rows=_cuts, table=CutRow, name="cut_id", opened="confirmed_on"),
    "ADJUSTMENT_OPEN": Loose(
        rows=_adjustments, table=AdjustmentRow, name="adjustment_id", opened="proposed_on",
    ),
    "DISCLOSURE_OVERDUE": Loose(
        rows=_overdue_items, table=DisclosureRow, name="item_id", opened="due_on", due="due_on",
    ),
    "DISCLOSURE_OWED": Loose(
        rows=_owed_items, table=DisclosureRow, name="item_id", due="due_on",
    ),
    "BULLETIN_OVERDUE": Loose(
        rows=_overdue_bulletins, table=BulletinRow, name="bulletin_id", opened="due_on",
        due="due_on",
    ),
    "TARGET_MISSING": Loose(
        rows=_without_target, table=ProjectRow, name="project_code", opened="registered_on",
    ),
    "SELF_EVALUATION_MISSING": Loose(
        rows=_without_self_evaluation, table=ProjectRow, name="project_code",
    ),
}  # fmt: skip
