"""What is wrong with a target before anyone has to read it (`domain` §6.2).

Errors block the submission, warnings are advice. Every finding points at a field.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from services.targets.domain.values import (
    COST_BEARING,
    Content,
    Finding,
    Indicator,
    Level1,
    Level2,
    Operator,
    ProjectKind,
    Severity,
)
from shared.domain.rules import EXECUTION, WeightRules

WEIGHT_MIN: Final = Decimal(1)  # L03 (D)
INDICATORS_ADVISED: Final = (5, 15)  # L06 (D)
INDICATORS_MAX: Final = 25  # L06 (D)
GOAL_CHARACTERS: Final = (30, 300)  # L05 (D)
NAME_CHARACTERS_MAX: Final = 30  # L07 (D)
OUTPUT_PARTS: Final = (Level2.QUANTITY, Level2.QUALITY, Level2.TIMELINESS)
COST_PARTS: Final = frozenset(
    {Level2.COST, Level2.ECONOMIC_COST, Level2.SOCIAL_COST, Level2.ECOLOGICAL_COST}
)
SCHEME_A: Final = "A"


@dataclass(frozen=True, slots=True, kw_only=True)
class Yardstick:
    """What a target is measured against."""

    fiscal_year: int
    kind: ProjectKind
    weights: WeightRules
    nodes: Sequence[str]


def has_errors(findings: Sequence[Finding]) -> bool:
    """Whether the target may not be submitted."""
    return any(finding.severity is Severity.ERROR for finding in findings)


def lint(content: Content, yardstick: Yardstick) -> tuple[Finding, ...]:
    """Everything that is wrong, in the order of the rules."""
    return (
        *_parts_present(content, yardstick),
        *_output_parts(content),
        *_weights(content, yardstick.weights),
        *_values(content),
        *_advice(content),
        *_dates(content, yardstick),
    )


def scheme_points(indicators: Sequence[Indicator], weights: WeightRules) -> Mapping[str, Decimal]:
    """The points of each level-1 part; what satisfaction leaves free goes to benefit (101号)."""
    used = {indicator.level1 for indicator in indicators}
    if weights.scheme == SCHEME_A:
        points = dict(weights.points[SCHEME_A])
    else:
        points = dict(weights.points["B_cost" if Level1.COST in used else "B_nocost"])
    points.pop(EXECUTION, None)
    if Level1.SATISFACTION not in used:
        free = points.pop(Level1.SATISFACTION, Decimal(0))
        points[Level1.BENEFIT] = points.get(Level1.BENEFIT, Decimal(0)) + free
    return points


def _error(rule: str, pointer: str, detail: str) -> Finding:
    return Finding(rule=rule, severity=Severity.ERROR, pointer=pointer, detail=detail)


def _warning(rule: str, pointer: str, detail: str) -> Finding:
    return Finding(rule=rule, severity=Severity.WARN, pointer=pointer, detail=detail)


def _parts_present(content: Content, yardstick: Yardstick) -> Iterator[Finding]:
    used = {indicator.level1 for indicator in content.indicators}
    for part in (Level1.OUTPUT, Level1.BENEFIT):
        if part not in used:
            yield _error("L01", "/indicators", f"{part} has no indicator")
    costed = Level1.COST in used or any(i.level2 in COST_PARTS for i in content.indicators)
    if yardstick.kind in COST_BEARING and not costed:
        yield _error("L01", "/indicators", "building, repairing and buying must state a cost")


def _output_parts(content: Content) -> Iterator[Finding]:
    if content.waivers.get("L02", "").strip():
        return
    used = {i.level2 for i in content.indicators if i.level1 is Level1.OUTPUT}
    for part in OUTPUT_PARTS:
        if part not in used:
            yield _error("L02", "/indicators", f"OUTPUT has no {part} indicator and no waiver")


def _weights(content: Content, weights: WeightRules) -> Iterator[Finding]:
    sums: dict[str, Decimal] = {}
    for index, indicator in enumerate(content.indicators):
        sums[indicator.level1] = sums.get(indicator.level1, Decimal(0)) + indicator.weight
        if indicator.weight < WEIGHT_MIN:
            yield _error("L03", f"/indicators/{index}/weight", "a weight is at least 1")
    points = scheme_points(content.indicators, weights)
    for part in sorted({*sums, *points}):
        found, wanted = sums.get(part, Decimal(0)), points.get(part, Decimal(0))
        if found != wanted:
            yield _error("L03", "/indicators", f"{part} weighs {found}, the scheme says {wanted}")


def _values(content: Content) -> Iterator[Finding]:
    for index, indicator in enumerate(content.indicators):
        pointer = f"/indicators/{index}"
        if indicator.operator is Operator.QUALITATIVE:
            if not content.standards.get(indicator.indicator_id, "").strip():
                yield _error("L04", f"{pointer}/standard", "a qualitative indicator has a standard")
            continue
        if indicator.target_value is None:
            yield _error("L04", f"{pointer}/target_value", "a quantitative indicator has a number")
        elif indicator.target_value == 0 and indicator.operator is Operator.AT_LEAST:
            yield _error("L04", f"{pointer}/target_value", "at least zero is always reached")
        if not indicator.unit.strip():
            yield _error("L04", f"{pointer}/unit", "a quantitative indicator has a unit of measure")


def _advice(content: Content) -> Iterator[Finding]:
    shortest, longest = GOAL_CHARACTERS
    if not shortest <= len(content.annual_goal) <= longest:
        yield _warning("L05", "/annual_goal", f"a goal has {shortest} to {longest} characters")
    fewest, most = INDICATORS_ADVISED
    count = len(content.indicators)
    if count > INDICATORS_MAX:
        yield _error("L06", "/indicators", f"more than {INDICATORS_MAX} indicators")
    elif not fewest <= count <= most:
        yield _warning("L06", "/indicators", f"{fewest} to {most} indicators are advised")
    for index, indicator in enumerate(content.indicators):
        if len(indicator.name) > NAME_CHARACTERS_MAX:
            yield _warning("L07", f"/indicators/{index}/name", "one measure in 30 characters")


def _dates(content: Content, yardstick: Yardstick) -> Iterator[Finding]:
    for index, indicator in enumerate(content.indicators):
        due_on = content.due_on.get(indicator.indicator_id)
        if due_on is not None and due_on.year != yardstick.fiscal_year:
            yield _error("L12", f"/indicators/{index}/due_on", "due outside the fiscal year")
        if not indicator.cumulative or indicator.operator is Operator.QUALITATIVE:
            continue
        for node in yardstick.nodes:
            if node not in indicator.milestones:
                pointer = f"/indicators/{index}/milestones/{node}"
                yield _error("L12", pointer, f"a cumulative indicator has a value for {node}")
