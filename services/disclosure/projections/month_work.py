"""The daily performance work of a month, counted from the registers for its bulletin."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlmodel import col, func, select
from sqlmodel.sql.expression import Select

from services.disclosure.domain.bulletin import Month
from services.disclosure.projections.cut_register import CutRow
from services.disclosure.projections.disclosure_register import DisclosureRow
from services.disclosure.projections.evaluation_register import EvaluationRow
from services.disclosure.projections.ex_ante_register import ExAnteRow
from services.disclosure.projections.project_register import ProjectRow
from services.disclosure.projections.recovery_register import RecoveryRow
from services.disclosure.projections.self_evaluation_register import SelfEvaluationRow
from services.disclosure.projections.span import Span
from services.disclosure.projections.warning_register import WarningRow


@dataclass(frozen=True, slots=True)
class Work:
    """A kind of work: its name, what was done, and the columns that count it."""

    name: str
    done: str
    region: str
    unit: str
    project: str
    day: date | None

    def in_month(self, span: Span, month: Month) -> Select[int, int]:
        """Units and projects for which it was done in the month."""
        last = month.due_on(1) - timedelta(days=1)
        return select(
            func.count(func.distinct(self.unit)), func.count(func.distinct(self.project))
        ).where(span.regions(self.region), col(self.day).between(month.begins_on, last))


WORKS: Final[Sequence[Work]] = (
    Work(
        "事前绩效评估",
        "已评估",
        ExAnteRow.region_code,
        ExAnteRow.unit_code,
        ExAnteRow.project_code,
        ExAnteRow.assessed_on,
    ),
    Work(
        "绩效目标批复",
        "已批复",
        ProjectRow.region_code,
        ProjectRow.unit_code,
        ProjectRow.project_code,
        ProjectRow.approved_on,
    ),
    Work(
        "预警纠偏",
        "已预警",
        WarningRow.region_code,
        WarningRow.unit_code,
        WarningRow.project_code,
        WarningRow.issued_on,
    ),
    Work(
        "绩效自评",
        "已审核",
        SelfEvaluationRow.region_code,
        SelfEvaluationRow.unit_code,
        SelfEvaluationRow.project_code,
        SelfEvaluationRow.accepted_on,
    ),
    Work(
        "绩效评价",
        "已完成",
        EvaluationRow.region_code,
        EvaluationRow.unit_code,
        EvaluationRow.project_code,
        EvaluationRow.concluded_on,
    ),
    Work(
        "低效无效资金收回",
        "已入账",
        RecoveryRow.region_code,
        RecoveryRow.unit_code,
        RecoveryRow.project_code,
        RecoveryRow.booked_on,
    ),
    Work(
        "同类型项目预算调减",
        "已确认",
        CutRow.region_code,
        CutRow.unit_code,
        CutRow.project_code,
        CutRow.confirmed_on,
    ),
    Work(
        "绩效信息公开",
        "已公开",
        DisclosureRow.region_code,
        DisclosureRow.unit_code,
        DisclosureRow.project_code,
        DisclosureRow.published_on,
    ),
)
