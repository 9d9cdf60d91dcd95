"""What the registers add up to for one unit; published + withheld + untold = owed, always."""

from dataclasses import dataclass

from sqlmodel import and_, col, func, select

from services.disclosure.portal.dashboard import Sums
from services.disclosure.projections.disclosure_register import DisclosureRow, told_on, withheld_on
from services.disclosure.projections.portal_sums import late_items
from services.disclosure.projections.project_register import ProjectRow, needs_target
from services.disclosure.projections.project_watch import ProjectWatchRow
from services.disclosure.projections.recovery_register import RecoveryRow, recoveries
from services.disclosure.projections.self_evaluation_register import SelfEvaluationRow
from services.disclosure.projections.span import Span
from services.disclosure.projections.warning_register import WarningRow, warnings
from shared.http.reading import Read


@dataclass(frozen=True, slots=True)
class _Unit:
    read: Read
    span: Span
    code: str

    async def promised(self, into: Sums) -> None:
        """Projects, targets, money."""
        has_target = col(ProjectRow.approved_on) <= self.span.as_of
        asked = select(
            func.count().filter(needs_target(self.span)),
            func.count().filter(has_target),
            func.coalesce(func.sum(ProjectRow.approved_fen).filter(has_target), 0),
        ).where(*self._own_projects())
        [(into.needing, into.with_target, fen)] = await self.read.rows(asked)
        into.approved_fen = int(fen)
        same = and_(
            ProjectWatchRow.project_code == ProjectRow.project_code,
            ProjectWatchRow.fiscal_year == ProjectRow.fiscal_year,
        )
        money = (
            select(
                func.coalesce(func.sum(ProjectWatchRow.quota_fen), 0),
                func.coalesce(func.sum(ProjectWatchRow.paid_fen), 0),
                func.coalesce(func.sum(ProjectWatchRow.withdrawn_fen), 0),
            )
            .select_from(ProjectRow)
            .join(ProjectWatchRow, same)
            .where(*self._own_projects())
        )
        [(quota, paid, withdrawn)] = await self.read.rows(money)
        into.quota_fen, into.paid_fen, into.withdrawn_fen = int(quota), int(paid), int(withdrawn)

    def _own_projects(self) -> tuple[bool, ...]:
        own = ProjectRow.unit_code == self.code
        return own, ProjectRow.fiscal_year == self.span.fiscal_year

    async def judged(self, into: Sums) -> None:
        """Warnings and self-evaluations."""
        for row in await self.read.all(
            warnings(self.span).where(WarningRow.unit_code == self.code)
        ):
            into.red += row.issued_level == "RED"
            into.blue += row.issued_level == "BLUE"
            into.closed += row.closed_on is not None and row.closed_on <= self.span.as_of
        asked = (
            select(SelfEvaluationRow.grade, func.count(), func.sum(SelfEvaluationRow.final_score))
            .where(
                SelfEvaluationRow.unit_code == self.code,
                SelfEvaluationRow.fiscal_year == self.span.fiscal_year,
                self.span.told(SelfEvaluationRow.accepted_on),
            )
            .group_by(col(SelfEvaluationRow.grade))
        )
        for grade, n, points in await self.read.rows(asked):
            into.grades[grade] = n
            into.points += points

    async def told(self, into: Sums) -> None:
        """What the public is owed, and the money taken back."""
        asked = select(
            func.count(),
            func.count().filter(told_on(self.span)),
            func.count().filter(withheld_on(self.span)),
        ).where(
            DisclosureRow.unit_code == self.code,
            DisclosureRow.fiscal_year == self.span.fiscal_year,
        )
        [(into.owed, into.published, into.withheld)] = await self.read.rows(asked)
        late = late_items(self.span).where(DisclosureRow.unit_code == self.code)
        into.late = len(await self.read.all(late))
        back = await self.read.all(recoveries(self.span).where(RecoveryRow.unit_code == self.code))
        into.recovered_projects = len({row.project_code for row in back})
        into.recovered_fen = sum(row.amount_fen for row in back)


async def sums_of_unit(read: Read, span: Span, unit_code: str) -> Sums:
    """Ask the registers."""
    asking, found = _Unit(read, span, unit_code), Sums()
    await asking.promised(found)
    await asking.judged(found)
    await asking.told(found)
    return found
