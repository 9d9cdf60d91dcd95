"""The two weight schemes, never mixed: which parts they have and what these weigh (§4.2)."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from services.targets.domain.findings import Finding
from services.targets.domain.lint.telling import NAMES_ZH, Told, error
from services.targets.domain.values import Content, Indicator, Level1, Level2
from shared.domain.rules import EXECUTION, WeightRules

SCHEME_A: Final = "A"
WEIGHT_MIN: Final = Decimal(1)  # L03 (D)
_OUTPUT: Final = frozenset({Level2.QUANTITY, Level2.QUALITY, Level2.TIMELINESS})
_BENEFIT: Final = frozenset({Level2.ECONOMIC, Level2.SOCIAL, Level2.ECOLOGICAL})
_COST: Final = frozenset({Level2.ECONOMIC_COST, Level2.SOCIAL_COST, Level2.ECOLOGICAL_COST})
_RECIPIENTS: Final = frozenset({Level2.RECIPIENTS})

# Scheme A, 10号 art. 13: cost lies inside output. Scheme B, 101号: cost is a part of its own,
# and sustainability is said as a time requirement inside the other benefits.
TREE_A: Final[Mapping[Level1, frozenset[Level2]]] = {
    Level1.OUTPUT: _OUTPUT | {Level2.COST},
    Level1.BENEFIT: _BENEFIT | {Level2.SUSTAINABILITY},
    Level1.SATISFACTION: _RECIPIENTS,
}
TREE_B: Final[Mapping[Level1, frozenset[Level2]]] = {
    Level1.COST: _COST,
    Level1.OUTPUT: _OUTPUT,
    Level1.BENEFIT: _BENEFIT,
    Level1.SATISFACTION: _RECIPIENTS,
}


def admits(scheme: str, indicator: Indicator) -> bool:
    """Whether the scheme has this place in its tree."""
    tree = TREE_A if scheme == SCHEME_A else TREE_B
    return indicator.level2 in tree.get(indicator.level1, ())


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


def l03_weights(content: Content, weights: WeightRules) -> Iterator[Finding]:
    """Level-1 totals match the scheme, they sum to 90, none is below one, no scheme is mixed in."""
    sums: dict[str, Decimal] = {}
    for index, indicator in enumerate(content.indicators):
        sums[indicator.level1] = sums.get(indicator.level1, Decimal(0)) + indicator.weight
        if indicator.weight < WEIGHT_MIN:
            told = Told("a weight is at least 1", "分值不得低于1分")
            yield error("L03", f"/indicators/{index}/weight", told)
        if not admits(weights.scheme, indicator):
            told = Told(
                f"scheme {weights.scheme} has no {indicator.level2} in {indicator.level1}",
                f"权重方案{weights.scheme}的{NAMES_ZH[indicator.level1]}指标下没有该二级指标",
            )
            yield error("L03", f"/indicators/{index}/level2", told)
    points = scheme_points(content.indicators, weights)
    for part in sorted({*sums, *points}):
        found, wanted = sums.get(part, Decimal(0)), points.get(part, Decimal(0))
        if found != wanted:
            told = Told(
                f"{part} weighs {found}, the scheme says {wanted}",
                f"{NAMES_ZH.get(part, part)}合计{found}分，方案规定{wanted}分",
            )
            yield error("L03", "/indicators", told)
