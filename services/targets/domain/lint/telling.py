"""Findings in two languages, each with what to do about it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from services.targets.domain.findings import Finding, Severity

# What to do, by rule, in English and Chinese.
REMEDIES: Final = {
    "L01": ("Add an indicator for this part.", "补充该部分的指标。"),
    "L02": (
        "Add the missing indicator, or give a reason in /waivers/L02.",
        "补充缺少的产出指标，或在/waivers/L02说明理由。",
    ),
    "L03": ("Divide the points as the scheme says.", "按权重方案分配分值。"),
    "L04": ("State the target value so that it can be scored.", "填写可评分的指标值。"),
    "L05": (
        "Say in 30 to 300 characters what is done, how much of it, and for what effect.",
        "用30至300字写明总任务、总产出和总效益。",
    ),
    "L06": (
        "Keep 5 to 15 indicators; /suggestions shows which.",
        "保留5至15个指标，可参考/suggestions的精简建议。",
    ),
    "L07": ("Name one measure in at most 30 characters.", "一个指标只写一项内容，不超过30字。"),
    "L08": ("Replace the vague word by a number.", "用数值代替笼统表述。"),
    "L09": (
        "Use two core indicators of the project's class, or give a reason in /waivers/L09.",
        "选用所属类别的两个核心指标，或在/waivers/L09说明理由。",
    ),
    "L10": ("Correct the target value, or explain it in an answer.", "修正指标值，或予以说明。"),
    "L11": (
        "Correct unit cost, quantity or budget, or explain the difference.",
        "修正单位成本、数量或预算，或说明差异。",
    ),
    "L12": (
        "Put the date into the fiscal year and state a value for each node.",
        "完成时间应在年度内，并填写各监控节点值。",
    ),
    "L13": (
        "Make sure that the two projects are not the same, and explain the difference.",
        "核实两个项目是否重复，并说明区别。",
    ),
    "L14": (
        "State how the value is obtained, where from, and what will prove it.",
        "填写取值方式、数据来源和佐证资料。",
    ),
    "L15": (
        "Bring the target into line with the ex-ante report, or explain the difference.",
        "与事前绩效评估报告保持一致，或说明差异。",
    ),
}

NAMES_ZH: Final = {
    "COST": "成本",
    "OUTPUT": "产出",
    "BENEFIT": "效益",
    "SATISFACTION": "满意度",
    "QUANTITY": "数量",
    "QUALITY": "质量",
    "TIMELINESS": "时效",
    "MET": "达成",
    "PARTLY_MET": "部分达成",
    "NOT_MET": "未达成",
}


@dataclass(frozen=True, slots=True)
class Told:
    """What is wrong, in English and Chinese."""

    en: str
    zh: str


def error(rule: str, pointer: str, told: Told) -> Finding:
    """It blocks the submission."""
    return _finding(rule, Severity.ERROR, pointer, told)


def warning(rule: str, pointer: str, told: Told) -> Finding:
    """It must be answered."""
    return _finding(rule, Severity.WARN, pointer, told)


def advice(rule: str, pointer: str, told: Told) -> Finding:
    """It may be heeded."""
    return _finding(rule, Severity.INFO, pointer, told)


def warned_once(rule: str, pointer: str, reasons: Iterable[Told]) -> Iterator[Finding]:
    """One warning for all that a rule has against a field, so that one answer settles it."""
    told = list(reasons)
    if told:
        whole = Told("; ".join(one.en for one in told), "；".join(one.zh for one in told))
        yield warning(rule, pointer, whole)


def _finding(rule: str, severity: Severity, pointer: str, told: Told) -> Finding:
    remedy, remedy_zh = REMEDIES[rule]
    return Finding(
        rule=rule,
        severity=severity,
        pointer=pointer,
        detail=told.en,
        detail_zh=told.zh,
        remedy=remedy,
        remedy_zh=remedy_zh,
    )
