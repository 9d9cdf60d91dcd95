"""The lists of projects and their money: what was promised, watched, judged, taken back."""

from typing import Final

from sqlmodel import col

from services.disclosure.portal.listing import Asked, Column, Filter, Listing, Rows
from services.disclosure.projections.cut_register import CutRow, cuts
from services.disclosure.projections.evaluation_register import EvaluationRow, evaluations
from services.disclosure.projections.ex_ante_register import ExAnteRow, assessments
from services.disclosure.projections.monitoring_register import MonitoringRow, monitored
from services.disclosure.projections.project_register import (
    ProjectRow,
    projects,
    projects_with_target,
)
from services.disclosure.projections.recovery_register import RecoveryRow, recoveries
from services.disclosure.projections.round_register import RoundRow, rounds
from services.disclosure.projections.self_evaluation_register import (
    SelfEvaluationRow,
    self_evaluations,
)
from services.disclosure.projections.span import Span
from services.disclosure.projections.warning_register import WarningRow, warnings

_PROJECT: Final = Column("项目", "project_code", "project", "fiscal_year")
_UNIT: Final = Column("单位", "unit_code", "unit")
_REGION: Final = Column("地区", "region_code", "region")
_GRADES: Final = Filter("grade", "等级", "Grade")
_LEVELS: Final = Filter("level", "预警等级", "Level", ("BLUE", "RED"))
_LETTERS: Final = Filter("state", "状态", "LetterState")


def _projects(span: Span, asked: Asked) -> Rows:
    return projects_with_target(span) if asked.get("with_target") == "true" else projects(span)


def _graded(span: Span, asked: Asked) -> Rows:
    rows = self_evaluations(span)
    return rows.where(SelfEvaluationRow.grade == asked["grade"]) if "grade" in asked else rows


def _letters(span: Span, asked: Asked) -> Rows:
    """Letters of the year's warnings; overdue: its term has passed and it has no end."""
    rows = warnings(span, asked.get("level")).where(col(WarningRow.letter_no).is_not(None))
    closed = col(WarningRow.closed_on) <= span.as_of
    late = col(WarningRow.finish_by) < span.as_of
    match asked.get("state"):
        case "OVERDUE":
            return rows.where(late, col(WarningRow.closed_on).is_(None))
        case "RUNNING":
            return rows.where(~late, col(WarningRow.closed_on).is_(None))
        case "CLOSED":
            return rows.where(closed)
        case _:
            return rows


LISTS_OF_MONEY: Final = (
    Listing(
        name="projects",
        title="项目",
        lead="本年度全部项目；已批复绩效目标的项目构成“绩效目标设置”各项数字。",
        row=ProjectRow,
        rows=_projects,
        filters=(Filter("with_target", "只看已设绩效目标", "Only", ("true",)),),
        amount="approved_fen",
        columns=(
            _PROJECT,
            _UNIT,
            _REGION,
            Column("批复金额（元）", "approved_fen", "money"),
            Column("现预算（元）", "budget_fen", "money"),
            Column("目标批复日", "approved_on", "day"),
            Column("数据来源", "origin", "code", "Origin"),
        ),
    ),
    Listing(
        name="ex-ante-assessments",
        title="事前绩效评估",
        lead="本年度完成的事前绩效评估：评为“中”“差”的不予安排预算。",
        row=ExAnteRow,
        rows=lambda span, asked: assessments(span, asked.get("grade")),
        filters=(_GRADES,),
        amount="requested_fen",
        columns=(
            _PROJECT,
            _UNIT,
            Column("得分", "score", "number"),
            Column("等级", "grade", "code", "Grade"),
            Column("结论", "conclusion", "code", "Conclusion"),
            Column("申请金额（元）", "requested_fen", "money"),
            Column("核减金额（元）", "reduced_fen", "money"),
            Column("评估日", "assessed_on", "day"),
        ),
    ),
    Listing(
        name="monitoring",
        title="监控结果",
        lead="各项目在每个监控节点的“双监控”结果：预算执行进度与绩效目标实现程度。",
        row=MonitoringRow,
        rows=lambda span, _asked: monitored(span),
        api=False,
        columns=(
            _PROJECT,
            _UNIT,
            Column("监控节点", "node"),
            Column("等级", "level", "code", "Level"),
            Column("得分", "score", "number"),
            Column("执行进度", "execution_rate", "rate"),
            Column("目标实现程度", "goal_rate", "rate"),
        ),
    ),
    Listing(
        name="monitoring-rounds",
        title="监控节点",
        lead="本年度的监控节点、提前分析日与完成情况。",
        row=RoundRow,
        rows=lambda span, _asked: rounds(span),
        order=(RoundRow.cut_off_on, RoundRow.region_code),
        columns=(
            Column("监控节点", "node"),
            _REGION,
            Column("截止日", "cut_off_on", "day"),
            Column("提前分析日", "pre_analysis_on", "day"),
            Column("已审核", "reviewed", "count"),
            Column("逾期未报", "missed", "count"),
        ),
    ),
    Listing(
        name="warnings",
        title="预警",
        lead="本年度推送的预警，自发出至销号。",
        row=WarningRow,
        rows=lambda span, asked: warnings(span, asked.get("level")),
        filters=(_LEVELS,),
        columns=(
            _PROJECT,
            _UNIT,
            Column("等级", "issued_level", "code", "Level"),
            Column("监控节点", "node"),
            Column("来源", "source", "code", "Source"),
            Column("发出日", "issued_on", "day"),
            Column("办结日", "closed_on", "day"),
            Column("结果", "outcome", "code", "WarningOutcome"),
        ),
    ),
    Listing(
        name="letters",
        title="预警纠偏告知函",
        lead="《预警纠偏告知函》及其整改期限；到期未办结的列为逾期。",
        row=WarningRow,
        rows=_letters,
        filters=(_LETTERS, _LEVELS),
        order=(WarningRow.finish_by,),
        api=False,
        columns=(
            Column("文号", "letter_no"),
            _PROJECT,
            _UNIT,
            Column("等级", "issued_level", "code", "Level"),
            Column("整改期限", "finish_by", "day"),
            Column("办结日", "closed_on", "day"),
            Column("结果", "outcome", "code", "WarningOutcome"),
        ),
    ),
    Listing(
        name="self-evaluations",
        title="绩效自评",
        lead="单位自评得分经系统重算、财政审核后的结果。",
        row=SelfEvaluationRow,
        rows=_graded,
        filters=(_GRADES,),
        columns=(
            _PROJECT,
            _UNIT,
            Column("自评得分", "self_score", "number"),
            Column("最终得分", "final_score", "number"),
            Column("等级", "grade", "code", "Grade"),
            Column("执行率", "execution_rate", "rate"),
            Column("发现问题", "findings", "count"),
            Column("认定日", "accepted_on", "day"),
        ),
    ),
    Listing(
        name="evaluations",
        title="部门与财政评价",
        lead="部门评价与财政重点评价的结论。",
        row=EvaluationRow,
        rows=lambda span, asked: evaluations(span, asked.get("kind")),
        filters=(Filter("kind", "评价主体", "EvaluationKind"),),
        columns=(
            _PROJECT,
            _UNIT,
            Column("评价主体", "kind", "code", "EvaluationKind"),
            Column("得分", "score", "number"),
            Column("等级", "grade", "code", "Grade"),
            Column("结论日", "concluded_on", "day"),
        ),
    ),
    Listing(
        name="recoveries",
        title="资金收回",
        lead="本年度已入账的低效、无效资金收回。",
        row=RecoveryRow,
        rows=lambda span, _asked: recoveries(span),
        amount="amount_fen",
        columns=(
            _PROJECT,
            _UNIT,
            Column("收回金额（元）", "amount_fen", "money"),
            Column("方式", "route", "code", "Route"),
            Column("原因", "reason", "code", "RecoveryReason"),
            Column("文号", "document_no"),
            Column("入账日", "booked_on", "day"),
        ),
    ),
    Listing(
        name="budget-cuts",
        title="预算调减",
        lead="依据上一年度评价结果，对申请下一年度预算的同类型项目作出的调减。",
        row=CutRow,
        rows=lambda span, _asked: cuts(span),
        amount="amount_fen",
        columns=(
            Column("申请项目", "project_code", "project", "budget_year"),
            _UNIT,
            Column("同类型项目", "basis_project_code", "project", "basis_fiscal_year"),
            Column("其等级", "grade", "code", "Grade"),
            Column("申请金额（元）", "requested_fen", "money"),
            Column("调减金额（元）", "amount_fen", "money"),
            Column("确认日", "confirmed_on", "day"),
        ),
    ),
)
