"""The daily performance work of a month, counted from the registers for its bulletin.

Three kinds of figures: B is work that was done in the month (units, projects, cases, money), N is
what falls due in the next one. What was not done stands among the problems of the year (P).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final, cast

from sqlmodel import col, func, select
from sqlmodel.sql.expression import Select

from services.disclosure.domain.bulletin_words import Month
from services.disclosure.projections.article_register import AdoptionRow
from services.disclosure.projections.counted import Counted
from services.disclosure.projections.cut_register import CutRow
from services.disclosure.projections.disclosure_register import UNTOLD, DisclosureRow
from services.disclosure.projections.evaluation_register import EvaluationRow
from services.disclosure.projections.ex_ante_register import ExAnteRow
from services.disclosure.projections.loop_adjustments import EXECUTED, AdjustmentRow
from services.disclosure.projections.loop_letters import LetterRow
from services.disclosure.projections.project_register import ProjectRow
from services.disclosure.projections.recovery_register import RecoveryRow
from services.disclosure.projections.round_register import RoundRow
from services.disclosure.projections.self_evaluation_register import SelfEvaluationRow
from services.disclosure.projections.span import Span
from services.disclosure.projections.training_register import TrainingRow
from services.disclosure.projections.warning_register import WarningRow

UNITS, PROJECTS, CASES, AMOUNT = "U", "P", "N", "M"


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A kind of work: its name, what was done, and the register that says so.

    With `each` every row is a case; otherwise a `case` that comes twice is one.
    """

    name: str
    done: str
    table: type[Any]
    day: str
    case: str
    amount: str = ""
    each: bool = False
    only: Callable[[], bool] | None = None

    @property
    def measures(self) -> Sequence[str]:
        """What can be counted of it."""
        known = [UNITS, PROJECTS] if hasattr(self.table, "unit_code") else []
        return [*known, CASES, *([AMOUNT] if self.amount else [])]

    def counted(self, month: Month, measure: str) -> Counted:
        """One figure of it in the month. What names no unit or no project adds none."""
        by = {UNITS: "unit_code", PROJECTS: "project_code"}.get(measure, "")
        amount = self.amount if measure == AMOUNT else ""

        def rows(span: Span) -> Any:  # noqa: ANN401 - rows of any register
            found = self._in(span, *days_of(month))
            return found.where(getattr(self.table, by) != "") if by else found

        return Counted(
            rows=rows, name=self.case, by=by, amount=amount, day=self.day, each=self.each
        )

    def tally(self, span: Span, month: Month) -> Select[Any]:
        """All of its figures in the month, in the order of `measures`, asked at once."""
        found = self._in(span, *days_of(month)).subquery()
        columns: list[Any] = []
        for measure in self.measures:
            counted = self.counted(month, measure)
            if counted.amount:
                columns.append(func.coalesce(func.sum(found.c[counted.amount]), 0))
            elif counted.each:
                columns.append(func.count())
            else:
                named = func.nullif(found.c[counted.counts], "")
                columns.append(func.count(func.distinct(named)))
        return cast("Select[Any]", select(*columns).select_from(found))

    def _in(self, span: Span, first: date, last: date) -> Any:  # noqa: ANN401 - rows of any register
        day = col(getattr(self.table, self.day))
        rows = select(self.table).where(
            span.regions(self.table.region_code), day.between(first, last)
        )
        return rows if self.only is None else rows.where(self.only())


def days_of(month: Month) -> tuple[date, date]:
    """Its first and its last day."""
    return month.begins_on, month.due_on(1) - timedelta(days=1)


def following(month: Month) -> Month:
    """The month after it."""
    first = month.due_on(1)
    return replace(month, year=first.year, month=first.month)


def _warned(level: str) -> Work:
    red = level == "RED"
    return Work(
        name="红色重要预警" if red else "蓝色一般预警",
        done="已预警",
        table=WarningRow,
        day="issued_on",
        case="warning_id",
        only=lambda: WarningRow.issued_level == level,
    )


WORKS: Final[Mapping[str, Work]] = {
    "B01": Work(
        name="事前绩效评估", done="已评估", table=ExAnteRow, day="assessed_on",
        case="project_code", amount="requested_fen",
    ),
    "B02": Work(
        name="绩效目标批复", done="已批复", table=ProjectRow, day="approved_on",
        case="project_code", amount="approved_fen",
    ),
    "B03": Work(
        name="资金与目标同步调整", done="已执行", table=AdjustmentRow, day="ended_on",
        case="adjustment_id", only=lambda: AdjustmentRow.outcome == EXECUTED,
    ),
    "B04": _warned("BLUE"),
    "B05": _warned("RED"),
    "B06": Work(
        name="预警纠偏告知函", done="已下达", table=LetterRow, day="issued_on", case="letter_no"
    ),
    "B07": Work(
        name="整改核实", done="已核实", table=LetterRow, day="verified_on", case="letter_no"
    ),
    "B08": Work(
        name="预警办结", done="已办结", table=WarningRow, day="closed_on", case="warning_id"
    ),
    "B09": Work(
        name="绩效自评", done="已审核", table=SelfEvaluationRow, day="accepted_on",
        case="project_code",
    ),
    "B10": Work(
        name="绩效评价", done="已完成", table=EvaluationRow, day="concluded_on",
        case="evaluation_id",
    ),
    "B11": Work(
        name="低效无效资金收回", done="已入账", table=RecoveryRow, day="booked_on",
        case="recovery_id", amount="amount_fen",
    ),
    "B12": Work(
        name="同类型项目预算调减", done="已确认", table=CutRow, day="confirmed_on", case="cut_id",
        amount="amount_fen",
    ),
    "B13": Work(
        name="绩效信息公开", done="已公开", table=DisclosureRow, day="published_on", case="item_id"
    ),
    "B14": Work(
        name="绩效管理培训", done="已举办", table=TrainingRow, day="held_on", case="session_id",
        amount="person_times",
    ),
    "B15": Work(
        name="宣传稿件采用", done="已采用", table=AdoptionRow, day="adopted_on", case="article_id",
        each=True,
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """Something that falls due in the next month."""

    label: str
    unit: str
    table: type[Any]
    day: str
    case: str
    only: Callable[[], bool] | None = None

    def counted(self, month: Month) -> Counted:
        """How much of it."""
        return Counted(
            rows=lambda span: self._in(span, *days_of(following(month))),
            name=self.case,
            day=self.day,
        )

    def _in(self, span: Span, first: date, last: date) -> Any:  # noqa: ANN401 - rows of any register
        day = col(getattr(self.table, self.day))
        rows = select(self.table).where(
            span.regions(self.table.region_code), day.between(first, last)
        )
        return rows if self.only is None else rows.where(self.only())


def _still_owed() -> bool:
    return cast("bool", col(DisclosureRow.status).in_(UNTOLD))


def _still_open() -> bool:
    return cast("bool", col(LetterRow.verified_on).is_(None) & col(LetterRow.closed_on).is_(None))


COMING: Final[Mapping[str, Coming]] = {
    "N01": Coming(
        label="下月到期应公开事项", unit="items", table=DisclosureRow, day="due_on",
        case="item_id", only=_still_owed,
    ),
    "N02": Coming(
        label="下月到期的整改", unit="letters", table=LetterRow, day="finish_by",
        case="letter_no", only=_still_open,
    ),
    "N03": Coming(
        label="下月监控时点", unit="rounds", table=RoundRow, day="cut_off_on", case="node"
    ),
    "N04": Coming(
        label="下月提前分析", unit="rounds", table=RoundRow, day="pre_analysis_on", case="node"
    ),
}  # fmt: skip
