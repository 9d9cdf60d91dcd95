"""What a year has to admit, counted from the registers (三、存在的问题 of the source report)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.disclosure.projections.counted import Counted
from services.disclosure.projections.loose_ends import LOOSE_ENDS, Wanted
from services.disclosure.projections.round_register import RoundRow, rounds
from services.disclosure.projections.score_findings import findings
from services.disclosure.projections.self_evaluation_register import SelfEvaluationRow
from services.disclosure.projections.span import Span

LOW_EXECUTION: Final = Decimal("0.8")
"""Execution below 80 % belongs on the core problem page (`domain` §6.3)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A figure that says how much of a problem there is."""

    label: str
    unit: str
    counted: Counted


def _evaluated(span: Span) -> SelectOfScalar[SelfEvaluationRow]:
    return select(SelfEvaluationRow).where(
        span.regions(SelfEvaluationRow.region_code),
        SelfEvaluationRow.fiscal_year == span.fiscal_year,
        span.told(SelfEvaluationRow.accepted_on),
    )


def _inflated(span: Span) -> SelectOfScalar[SelfEvaluationRow]:
    return _evaluated(span).where(
        col(SelfEvaluationRow.self_score) > col(SelfEvaluationRow.final_score)
    )


def _slow(span: Span) -> SelectOfScalar[SelfEvaluationRow]:
    return _evaluated(span).where(SelfEvaluationRow.execution_rate < LOW_EXECUTION)


def _missed(span: Span) -> SelectOfScalar[RoundRow]:
    return rounds(span).where(span.told(RoundRow.cut_off_on), RoundRow.missed > 0)


def _open(kind: str, by: str = "", **wanted: Any) -> Counted:  # noqa: ANN401 - fields of Wanted
    loose = LOOSE_ENDS[kind]
    return Counted(
        rows=lambda span: loose.wanted(span, Wanted(**wanted)),
        name=loose.name,
        by=by,
        day=loose.opened,
    )


def _found(code: str) -> Counted:
    return Counted(rows=lambda span: findings(span, code), name="project_code", day="accepted_on")


def _judged(rows: Any) -> Counted:  # noqa: ANN401 - a question about self-evaluations
    return Counted(rows=rows, name="project_code", day="accepted_on")


PROBLEMS: Final[Mapping[str, Problem]] = {
    "P01": Problem(label="未办结预警", unit="warnings", counted=_open("WARNING_OPEN")),
    "P02": Problem(
        label="其中红色重要预警", unit="warnings", counted=_open("WARNING_OPEN", level="RED")
    ),
    "P03": Problem(
        label="逾期未完成整改的告知函", unit="letters", counted=_open("LETTER_OPEN", overdue=True)
    ),
    "P04": Problem(
        label="未提交监控报告",
        unit="reports",
        counted=Counted(rows=_missed, name="node", amount="missed", day="cut_off_on"),
    ),
    "P05": Problem(label="自评得分高于审核得分的项目", unit="projects", counted=_judged(_inflated)),
    "P06": Problem(
        label="缺乏实际完成值印证资料的项目", unit="projects", counted=_found("MISSING_EVIDENCE")
    ),
    "P07": Problem(
        label="对核心问题避而不谈的项目", unit="projects", counted=_found("DODGED_CAUSE")
    ),
    "P08": Problem(label="预算执行率低于八成的项目", unit="projects", counted=_judged(_slow)),
    "P09": Problem(label="绩效目标偏低的项目", unit="projects", counted=_found("LOW_TARGET")),
    "P10": Problem(label="自评内容雷同的项目", unit="projects", counted=_found("COPY_PASTE")),
    "P11": Problem(label="未设置绩效目标的项目", unit="projects", counted=_open("TARGET_MISSING")),
    "P12": Problem(
        label="未开展自评的项目", unit="projects", counted=_open("SELF_EVALUATION_MISSING")
    ),
    "P13": Problem(label="逾期未公开事项", unit="items", counted=_open("DISCLOSURE_OVERDUE")),
    "P14": Problem(
        label="逾期未公开涉及单位", unit="units", counted=_open("DISCLOSURE_OVERDUE", "unit_code")
    ),
    "P15": Problem(label="逾期未发布的月报", unit="bulletins", counted=_open("BULLETIN_OVERDUE")),
    "P16": Problem(
        label="已批准未入账的收回", unit="recoveries", counted=_open("RECOVERY_NOT_BOOKED")
    ),
    "P17": Problem(label="未办结的资金核查事项", unit="findings", counted=_open("FINDING_OPEN")),
    "P18": Problem(label="未办结的资金调整", unit="adjustments", counted=_open("ADJUSTMENT_OPEN")),
    "P19": Problem(
        label="尚未写入预算的调减", unit="cuts", counted=_open("CUT_NOT_WRITTEN")
    ),
}  # fmt: skip
