"""What makes a self-evaluation suspicious (`domain` §4.10), and what an inflated score costs."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from statistics import median
from typing import Final

from services.evaluation.domain.scores import Machine
from services.evaluation.domain.values import (
    OBJECTIVE_CAUSES,
    Attainment,
    Cause,
    Indicator,
    Reported,
)
from shared.domain.money import Money
from shared.domain.rules import CheckRules, RuleSet
from shared.domain.scoring import NOTHING, ONE, deviation

CAUSE_CHARACTERS_MIN: Final = 30  # `domain` §4.10 DODGED_CAUSE: less is no explanation
PERFECT_INDICATORS_MIN: Final = 5  # `domain` §4.10 PERFECT_SCORE: fewer may well be perfect
REACH_MAX: Final = Decimal(2)  # `domain` §4.10 LOW_TARGET: beyond twice the target


class Finding(StrEnum):
    """What the machine noticed."""

    ARITHMETIC = "ARITHMETIC"
    GOAL_OVER_EXECUTION = "GOAL_OVER_EXECUTION"
    LOW_EXECUTION = "LOW_EXECUTION"
    PERFECT_SCORE = "PERFECT_SCORE"
    LOW_TARGET = "LOW_TARGET"
    MISSING_EVIDENCE = "MISSING_EVIDENCE"
    DODGED_CAUSE = "DODGED_CAUSE"


RETURNING: Final = frozenset({Finding.ARITHMETIC, Finding.DODGED_CAUSE})
"""Findings with which a report goes back instead of being accepted."""


class Inflation(StrEnum):
    """How far a self-score lay above what a re-check found."""

    NONE = "NONE"
    ATTENTION = "ATTENTION"
    INFLATED = "INFLATED"
    SERIOUS = "SERIOUS"


INFLATION_PENALTY: Final = {  # `domain` §4.10: points the unit's appraisal loses per project
    Inflation.NONE: NOTHING,
    Inflation.ATTENTION: NOTHING,
    Inflation.INFLATED: Decimal(2),
    Inflation.SERIOUS: Decimal(5),
}


def inflation(self_score: Decimal, found: Decimal, limits: tuple[Decimal, ...]) -> Inflation:
    """The band of d2 = self-score - re-check score; the limits themselves are still below."""
    attention, inflated, serious = limits
    excess = self_score - found
    if excess > serious:
        return Inflation.SERIOUS
    if excess > inflated:
        return Inflation.INFLATED
    return Inflation.ATTENTION if excess > attention else Inflation.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """A report beside what the machine made of it."""

    indicators: Sequence[Indicator]
    reports: dict[str, Reported]
    execution_cause: Cause | None
    self_score: Decimal
    machine: Machine
    budget: Money
    paid: Money


def examine(case: Examined, rules: RuleSet) -> tuple[Finding, ...]:
    """Every finding, in the order of the table."""
    checks, machine = rules.checks, case.machine
    found = {
        Finding.ARITHMETIC: abs(case.self_score - machine.score) > checks.arithmetic,
        Finding.GOAL_OVER_EXECUTION: machine.goal_over_execution > checks.goal_over_execution,
        Finding.LOW_EXECUTION: _unspent(case) > checks.unspent or not case.budget,
        Finding.PERFECT_SCORE: _perfect(case),
        Finding.LOW_TARGET: _low_target(machine, ONE + rules.scoring.over_tolerance),
        Finding.MISSING_EVIDENCE: any(_unproven(r) for r in case.reports.values()),
        Finding.DODGED_CAUSE: dodged(case, checks),
    }
    return tuple(finding for finding, is_so in found.items() if is_so)


def _unspent(case: Examined) -> Decimal:
    return (case.budget - case.paid).ratio_to(case.budget)


def _perfect(case: Examined) -> bool:
    full = all(
        line.score == indicator.weight
        for line, indicator in zip(case.machine.lines, case.indicators, strict=True)
    )
    return full and len(case.indicators) >= PERFECT_INDICATORS_MIN


def _low_target(machine: Machine, median_max: Decimal) -> bool:
    reaches = [line.reach for line in machine.lines if line.reach is not None]
    return bool(reaches) and (median(reaches) > median_max or max(reaches) > REACH_MAX)


def _unproven(reported: Reported) -> bool:
    told = reported.value is not None or reported.attainment is not None
    return told and not reported.evidence


def explained(cause: Cause | None) -> bool:
    """Whether a cause says enough to be one."""
    return cause is not None and len(cause.text.strip()) >= CAUSE_CHARACTERS_MIN


def dodged(case: Examined, checks: CheckRules) -> bool:
    """Whether a deviation goes unexplained, or every shortfall is somebody else's fault."""
    shortfalls: list[Cause | None] = []
    if case.machine.execution_rate < ONE - checks.unspent:
        shortfalls.append(case.execution_cause)
    overruns: list[Cause | None] = []
    for indicator in case.indicators:
        reported = case.reports.get(indicator.indicator_id)
        if reported is None:
            continue
        if _falls_short(indicator, reported, checks.deviation_cause):
            shortfalls.append(reported.cause)
        elif _deviates(indicator, reported, checks.deviation_cause):
            overruns.append(reported.cause)
    if not all(explained(cause) for cause in (*shortfalls, *overruns)):
        return True
    return bool(shortfalls) and all(c is None or c.code in OBJECTIVE_CAUSES for c in shortfalls)


def _deviates(indicator: Indicator, reported: Reported, limit: Decimal) -> bool:
    if indicator.target_value is None or reported.value is None:
        return False
    return abs(deviation(reported.value, indicator.target_value)) > limit


def _falls_short(indicator: Indicator, reported: Reported, limit: Decimal) -> bool:
    if indicator.target_value is None:
        return reported.attainment is Attainment.NOT
    if reported.value is None:
        return True
    if not _deviates(indicator, reported, limit):
        return False
    below = reported.value < indicator.target_value
    bettered_below = indicator.lower_is_better or indicator.operator == "<="
    return indicator.operator == "=" or below != bettered_below
