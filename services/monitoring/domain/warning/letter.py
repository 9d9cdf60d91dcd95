"""The warning and correction letter 《预警纠偏告知函》 as data (`domain` §8.5).

It is built once, when it is signed, and never again: what was sent is kept word for word
together with the SHA-256 of its canonical text. Form and layout are made from it elsewhere.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from services.monitoring.domain.values import Level, Reason

URGENCY: Final = {Level.BLUE: "蓝色一般", Level.RED: "红色重要"}
CONSEQUENCES: Final = "逾期未整改的，将升级预警，并视情暂停拨付、调减预算或予以通报。"

PROBLEM_TEXTS: Final = {
    Reason.COMPLIANCE: "疑似违规使用资金或佐证材料不实",
    Reason.NOT_REPORTED: "未按时报送绩效运行监控情况",
    Reason.TARGET_UNREACHABLE: "核心指标确定无法完成",
    Reason.EXECUTION_SLOW: "预算执行进度严重滞后",
    Reason.GOAL_SLOW: "绩效目标实现程度严重滞后",
    Reason.MISMATCH: "预算执行与目标实现严重不匹配",
    Reason.IDLE: "资金长期闲置",
    Reason.EXECUTION_BEHIND: "预算执行进度滞后",
    Reason.GOAL_BEHIND: "绩效目标实现程度滞后",
    Reason.MISMATCH_MINOR: "预算执行与目标实现不够匹配",
    Reason.UNCERTAIN: "核心指标有可能无法完成",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One problem a letter names, and the rule it rests on."""

    number: int
    reason: Reason
    text: str
    basis: str
    indicator: str = ""
    node_target: str = ""
    actual: str = ""
    deviation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """Everything that stands in a letter; amounts and rates as the texts that were sent."""

    letter_no: str
    agency: str
    urgency: str
    title: str
    to: str
    copies: tuple[str, ...]
    project_code: str
    project_name: str
    fiscal_year: int
    node: str
    budget: str
    execution_rate: str
    goal_rate: str
    problems: tuple[Problem, ...]
    demands: str
    evidence_wanted: str
    acknowledge_by: date
    plan_by: date
    finish_by: date
    consequences: str
    legal_basis: str
    signed_by: str
    issued_on: date
    contact: str
    phone: str
    replaces: str | None = None
    secrecy: str = ""
    as_of_on: date | None = None
    paid: str = ""
    paid_rate: str = ""
    time_progress: str = ""
    corrects: str | None = None
    correction: str = ""
    layout: int = 0


type Press = Callable[[Letter], bytes]
"""What makes the file of a letter: the same letter gives the same bytes."""

type Proofread = Callable[[Letter], None]
"""What refuses a letter that could not be printed. Nothing is laid out for it."""

LAYOUT: Final = 1
"""The layout in which letters are printed now; a letter keeps the one it was sent in."""


def canonical(letter: Letter) -> str:
    """The one text of a letter that is hashed.

    What letters did not have from the beginning counts only where it says something, so that an
    old letter keeps its fingerprint.
    """
    said = _without_silence(asdict(letter), _ADDED)
    said["problems"] = [_without_silence(one, _ADDED_TO_PROBLEMS) for one in said["problems"]]
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


_ADDED: Final = frozenset(
    {"as_of_on", "correction", "corrects", "layout", "paid", "paid_rate", "secrecy"}
    | {"time_progress"}
)
_ADDED_TO_PROBLEMS: Final = frozenset({"indicator", "node_target", "actual", "deviation"})


def _without_silence(said: dict[str, Any], added: frozenset[str]) -> dict[str, Any]:
    return {name: value for name, value in said.items() if value or name not in added}


def content_sha256(letter: Letter) -> str:
    """The fingerprint by which a letter is recognised for ever."""
    return hashlib.sha256(canonical(letter).encode()).hexdigest()


def letter_no(pattern: str, region: tuple[str, str], year: int, serial: int) -> str:
    """The number in the head of a letter, by the pattern of the rule set.

    `region` is the name of the region and its short one (喀地). The name goes where there is none.
    """
    name, short = region
    values = {"short": short or name, "region": name, "year": str(year), "serial": str(serial)}
    for word, value in values.items():
        pattern = pattern.replace(f"{{{word}}}", value)
    return pattern
