"""Which of the admissible weight cases a target is in, and what its parts may weigh (§4.2).

Source: 财预〔2020〕10号 art. 13 (scheme A), 财预〔2021〕101号 (scheme B with and without cost;
where there is no satisfaction its points go to the benefits). The ten points of the execution
belong to no indicator: a target weighs 90. In special cases the parts may weigh otherwise.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from services.evaluation.domain.values import Indicator, Level1, Scheme, Scored
from shared.domain.rules import EXECUTION, WeightRules
from shared.domain.scoring import NOTHING

WITH_COST: Final = "B_cost"
WITHOUT_COST: Final = "B_nocost"


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightCase:
    """The case by its name in the rule set, and the points of each part."""

    name: str
    points: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartSum:
    """What a part weighs by the rules, what its indicators weigh, and what they earned."""

    part: str
    usual: Decimal
    weight: Decimal
    score: Decimal


def weight_case(scheme: Scheme, indicators: Sequence[Indicator], rules: WeightRules) -> WeightCase:
    """The case that the parts of a target are in."""
    parts = {indicator.level1 for indicator in indicators}
    name = scheme.value
    if scheme is Scheme.B:
        name = WITH_COST if Level1.COST in parts else WITHOUT_COST
    points = {part: each for part, each in rules.points[name].items() if part != EXECUTION}
    satisfaction = Level1.SATISFACTION.value
    if Level1.SATISFACTION not in parts and satisfaction in points:
        moved, heir = points.pop(satisfaction), rules.no_satisfaction_goes_to
        points[heir] = points.get(heir, NOTHING) + moved
    return WeightCase(name=name, points=points)


def part_sums(
    case: WeightCase, indicators: Sequence[Indicator], lines: Sequence[Scored]
) -> tuple[PartSum, ...]:
    """Part by part; the scores of all parts sum to the score of the goals."""
    score = {line.indicator_id: line.score for line in lines}
    return tuple(
        PartSum(
            part=level1.value,
            usual=case.points.get(level1.value, NOTHING),
            weight=sum((i.weight for i in indicators if i.level1 is level1), NOTHING),
            score=sum((score[i.indicator_id] for i in indicators if i.level1 is level1), NOTHING),
        )
        for level1 in Level1
        if level1.value in case.points or any(i.level1 is level1 for i in indicators)
    )
