"""What makes a self-evaluation suspicious (`domain` §4.10), and what an inflated score costs.

The findings themselves are in `findings`; here is what the other aggregates need of them.
"""

from decimal import Decimal
from enum import StrEnum

from services.evaluation.domain.findings import notice
from services.evaluation.domain.findings.words import RETURNING, Examined, Finding
from shared.domain.rules import CheckRules, RuleSet
from shared.domain.scoring import NOTHING

__all__ = [
    "RETURNING",
    "Examined",
    "Finding",
    "Inflation",
    "examine",
    "inflation",
    "penalty_of",
]


class Inflation(StrEnum):
    """How far a self-score lay above what a re-check found."""

    NONE = "NONE"
    ATTENTION = "ATTENTION"
    INFLATED = "INFLATED"
    SERIOUS = "SERIOUS"


def penalty_of(band: Inflation, checks: CheckRules) -> Decimal:
    """The points that a project of this band costs its unit, as the rule set has them."""
    inflated, serious = checks.penalties
    return {Inflation.INFLATED: inflated, Inflation.SERIOUS: serious}.get(band, NOTHING)


def inflation(self_score: Decimal, found: Decimal, limits: tuple[Decimal, ...]) -> Inflation:
    """The band of d2 = self-score - re-check score; the limits themselves are still below."""
    attention, inflated, serious = limits
    excess = self_score - found
    if excess > serious:
        return Inflation.SERIOUS
    if excess > inflated:
        return Inflation.INFLATED
    return Inflation.ATTENTION if excess > attention else Inflation.NONE


def examine(case: Examined, rules: RuleSet) -> tuple[Finding, ...]:
    """Every finding, in the order of the table."""
    return tuple(noticed.finding for noticed in notice(case, rules))
