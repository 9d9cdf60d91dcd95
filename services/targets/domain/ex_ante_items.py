"""The score sheet of an ex-ante assessment: its items, its judgements, its vetoes (`domain` §4.8).

The five dimensions and their points are data of the rule set; each of the five has four items
that share its points. Items are judged by one of the four grades.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Final

from shared.domain.grades import Grade, rounded


class ExAnteItem(StrEnum):
    """What a scorer looks at, four items in each dimension."""

    PURPOSE_SPECIFIC = "PURPOSE_SPECIFIC"
    FITS_POLICY = "FITS_POLICY"
    UNIQUE = "UNIQUE"
    GROUNDWORK_DONE = "GROUNDWORK_DONE"
    CONTENT_MATCHES_DUTY = "CONTENT_MATCHES_DUTY"
    DETAILS_CLEAR = "DETAILS_CLEAR"
    THRIFT = "THRIFT"
    COST_BASIS = "COST_BASIS"
    FORM_EXACT = "FORM_EXACT"
    GOAL_SPECIFIC = "GOAL_SPECIFIC"
    INDICATORS_QUANTIFIED = "INDICATORS_QUANTIFIED"
    TARGET_MATCHES_MONEY = "TARGET_MATCHES_MONEY"
    PLAN_AND_SCHEDULE = "PLAN_AND_SCHEDULE"
    ORGANISATION_AND_STAFF = "ORGANISATION_AND_STAFF"
    MANAGEMENT_SYSTEM = "MANAGEMENT_SYSTEM"
    RISKS_AND_MEASURES = "RISKS_AND_MEASURES"
    SOURCE_LAWFUL = "SOURCE_LAWFUL"
    FINANCE_SHOULD_BEAR = "FINANCE_SHOULD_BEAR"
    NO_HIDDEN_DEBT = "NO_HIDDEN_DEBT"
    FISCAL_CAPACITY = "FISCAL_CAPACITY"


class Veto(StrEnum):
    """What makes a project poor whatever its points (D)."""

    NO_LEGAL_BASIS = "NO_LEGAL_BASIS"
    OVERLAPS_PROJECT = "OVERLAPS_PROJECT"
    HIDDEN_DEBT = "HIDDEN_DEBT"
    NO_TARGET = "NO_TARGET"


ITEMS: Final[Mapping[str, Sequence[ExAnteItem]]] = {
    "NECESSITY": tuple(ExAnteItem)[0:4],
    "ECONOMY": tuple(ExAnteItem)[4:8],
    "TARGET_REASONABLENESS": tuple(ExAnteItem)[8:12],
    "FEASIBILITY": tuple(ExAnteItem)[12:16],
    "FUNDING_COMPLIANCE": tuple(ExAnteItem)[16:20],
}
SHARE: Final[Mapping[Grade, Decimal]] = {  # share of an item's points by its judgement (D)
    Grade.EXCELLENT: Decimal("1.00"),
    Grade.GOOD: Decimal("0.85"),
    Grade.FAIR: Decimal("0.70"),
    Grade.POOR: Decimal("0.40"),
}


def items_of(dimensions: Mapping[str, Decimal]) -> Sequence[ExAnteItem]:
    """The items of the dimensions of a rule set, as the sheet lists them."""
    return [item for dimension, items in ITEMS.items() if dimension in dimensions for item in items]


def judged_points(
    judgements: Mapping[ExAnteItem, Grade], dimensions: Mapping[str, Decimal]
) -> dict[str, Decimal]:
    """The points of each dimension, from the judgements of its items."""
    return {
        dimension: rounded(
            sum((SHARE[judgements[item]] for item in ITEMS[dimension]), start=Decimal(0))
            * points
            / len(ITEMS[dimension])
        )
        for dimension, points in dimensions.items()
    }
