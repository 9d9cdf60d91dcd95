"""Findings about the points: added up wrong, better than the money, perfect, or too easy."""

from collections.abc import Iterator
from decimal import Decimal
from statistics import median
from typing import Final

from services.evaluation.domain.findings.words import Examined, Finding, Noticed, Step, step
from services.evaluation.domain.scores import EXECUTION_POINTS, TARGET_POINTS
from shared.domain.rules import CheckRules

_SHOWN: Final = Decimal("0.0001")


def shown(share: Decimal) -> str:
    """A share as it is told; compared is the whole of it."""
    return str(share.quantize(_SHOWN))


def arithmetic(case: Examined, checks: CheckRules) -> Iterator[Noticed]:
    """The self-score is not what the formulas give."""
    gap = case.self_score - case.machine.score
    if abs(gap) > checks.arithmetic:
        yield Noticed(
            finding=Finding.ARITHMETIC,
            steps=(
                step("self_score", "as handed in", case.self_score),
                step("machine_score", "E + Σ s", case.machine.score),
                step("d1", "self_score - machine_score", gap),
                step("limit", "|d1| > limit", checks.arithmetic),
            ),
        )


def goal_over_execution(case: Examined, checks: CheckRules) -> Iterator[Noticed]:
    """The goals are claimed although the money was not spent."""
    machine = case.machine
    if machine.goal_over_execution > checks.goal_over_execution:
        spent = machine.execution_score / EXECUTION_POINTS
        yield Noticed(
            finding=Finding.GOAL_OVER_EXECUTION,
            steps=(
                step("r_goal", f"Σ s ÷ {TARGET_POINTS}", shown(machine.goal_rate)),
                step("r_exec", f"E ÷ {EXECUTION_POINTS}", shown(spent)),
                step("f_exec", "(r_goal - r_exec) ÷ r_goal", shown(machine.goal_over_execution)),
                step("limit", "f_exec > limit", checks.goal_over_execution),
            ),
        )


def perfect_score(case: Examined, checks: CheckRules) -> Iterator[Noticed]:
    """Every one of many indicators has its full points."""
    count = len(case.indicators)
    full = all(
        line.score == indicator.weight
        for line, indicator in zip(case.machine.lines, case.indicators, strict=True)
    )
    if full and count >= checks.perfect_indicators:
        yield Noticed(
            finding=Finding.PERFECT_SCORE,
            steps=(
                step("indicators", "with their full points", count),
                step("limit", "indicators ≥ limit", checks.perfect_indicators),
            ),
        )


def low_target(case: Examined, checks: CheckRules) -> Iterator[Noticed]:
    """The values lie so far above the targets that the targets look too low."""
    reaches = {
        line.indicator_id: line.reach for line in case.machine.lines if line.reach is not None
    }
    if not reaches:
        return
    middle = median(reaches.values())
    far = {name: reach for name, reach in reaches.items() if reach > checks.reach_max}
    if middle > checks.reach_median or far:
        told: list[Step] = [
            step("median", "median of actual ÷ target", shown(middle)),
            step("limit of the median", "median > limit", checks.reach_median),
            *(step(name, "actual ÷ target", shown(reach)) for name, reach in far.items()),
            step("limit of one", "reach > limit", checks.reach_max),
        ]
        yield Noticed(finding=Finding.LOW_TARGET, steps=tuple(told))
