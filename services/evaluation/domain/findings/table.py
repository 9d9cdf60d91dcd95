"""What each finding is, by which law, and what becomes of it (`domain` §4.10).

Source of the first nine: the table of §4.10. MAGNITUDE, NO_BUDGET and PAID_OVER_BUDGET are the
traps of §0.2 and §4.4: units mixed up, a data error, and an integrity alarm.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from services.evaluation.domain.findings.words import Effect, Finding, Level, Treatment

SCORED: Final = "财预〔2020〕10号第十三条、第十六条（计分规则）；限值为默认值"
EXECUTED: Final = "财预〔2020〕10号第十三条（预算执行率）"
DEPLOYED: Final = "已部署业务系统的预警规则"
USUAL: Final = "默认规则"
PROVEN: Final = "报告指出的问题：缺乏实际完成值的印证资料；处理方式为默认规则"
EXPLAINED: Final = "报告指出的问题：强调客观原因，回避执行率低、偏差大；限值为默认值"


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequence:
    """How serious a finding is, who decides, what acceptance does with it, and why."""

    level: Level
    treatment: Treatment
    effect: Effect
    legal_basis: str
    places: tuple[str, ...]
    """Where its limits stand in the rule set."""


def _flag(legal_basis: str, *places: str, level: Level = Level.FLAG) -> Consequence:
    return Consequence(
        level=level,
        treatment=Treatment.FLAGGED,
        effect=Effect.KEPT,
        legal_basis=legal_basis,
        places=places,
    )


def _returned(legal_basis: str, *places: str) -> Consequence:
    return Consequence(
        level=Level.RED,
        treatment=Treatment.RETURNED,
        effect=Effect.PREVENTS,
        legal_basis=legal_basis,
        places=places,
    )


def _decided(legal_basis: str, *places: str, effect: Effect = Effect.KEPT) -> Consequence:
    return Consequence(
        level=Level.RED,
        treatment=Treatment.DECIDED,
        effect=effect,
        legal_basis=legal_basis,
        places=places,
    )


_CHECKS: Final = "/self_eval_checks"
CONSEQUENCES: Final[Mapping[Finding, Consequence]] = {
    Finding.ARITHMETIC: _returned(SCORED, f"{_CHECKS}/arithmetic"),
    Finding.GOAL_OVER_EXECUTION: _flag(DEPLOYED, f"{_CHECKS}/goal_over_execution", level=Level.RED),
    Finding.LOW_EXECUTION: _flag(DEPLOYED, f"{_CHECKS}/unspent", level=Level.YELLOW),
    Finding.PERFECT_SCORE: _flag(USUAL, f"{_CHECKS}/perfect_indicators"),
    Finding.LOW_TARGET: _flag(
        "财预〔2020〕10号第十六条（按照偏离度适度调减分值）；限值为默认值",
        f"{_CHECKS}/reach_median",
        f"{_CHECKS}/reach_max",
    ),
    Finding.MISSING_EVIDENCE: Consequence(
        level=Level.RED,
        treatment=Treatment.DECIDED,
        effect=Effect.NO_POINTS,
        legal_basis=PROVEN,
        places=(),
    ),
    Finding.DODGED_CAUSE: _returned(
        EXPLAINED, f"{_CHECKS}/deviation_cause", f"{_CHECKS}/cause_characters", f"{_CHECKS}/unspent"
    ),
    Finding.COPY_PASTE: _flag(USUAL, f"{_CHECKS}/likeness", f"{_CHECKS}/likeness_characters"),
    Finding.MAGNITUDE: _decided(USUAL, f"{_CHECKS}/magnitude_slack"),
    Finding.NO_BUDGET: _decided(EXECUTED),
    Finding.PAID_OVER_BUDGET: _decided(EXECUTED),
}
INFLATED: Final = _decided(
    USUAL,
    f"{_CHECKS}/inflated",
    effect=Effect.CORRECTS,
)
