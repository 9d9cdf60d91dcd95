"""The framework of one evaluation, fixed before its period starts: what earns how many points."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from services.evaluation.domain.adopted_rules import Rules
from services.evaluation.domain.effectiveness.aspects import OF_A_BUREAU, YEARLY, read_detail
from services.evaluation.domain.values import Subject
from shared.domain.grades import Grade, rounded
from shared.domain.scoring import NOTHING


class Period(StrEnum):
    """The span that is judged."""

    H1 = "H1"
    H2 = "H2"
    YEAR = "YEAR"

    @property
    def months(self) -> int:
        """How many months it has."""
        return 12 if self is Period.YEAR else 6


@dataclass(frozen=True, slots=True, kw_only=True)
class AspectPoints:
    """What one aspect of a link can earn; `is_due` is false where a half-year does not show it."""

    link: str
    aspect: str
    points: Decimal
    is_due: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectivenessFramework:
    """All that a score rests on besides figures, as the rule set had it when it was fixed."""

    aspects: tuple[AspectPoints, ...]
    bonus_max: Decimal
    penalty_max: Decimal
    inflated: Decimal
    serious: Decimal
    deviation_max: Decimal
    units_share: Decimal
    bureau_share: Decimal
    grades: tuple[tuple[Grade, Decimal], ...]
    objection_days: int
    rule_set_version: int


def starts_on(fiscal_year: int, period: Period) -> date:
    """The first day that is judged."""
    return date(fiscal_year, 7 if period is Period.H2 else 1, 1)


def ends_on(fiscal_year: int, period: Period) -> date:
    """The last day that is judged."""
    return date(fiscal_year, 6, 30) if period is Period.H1 else date(fiscal_year, 12, 31)


def figures_since(fiscal_year: int, period: Period) -> date:
    """From when on a figure counts: what prepares a year happened before it and counts first."""
    return starts_on(fiscal_year, period) if period is Period.H2 else date(2000, 1, 1)


def before(fiscal_year: int, period: Period) -> tuple[int, Period]:
    """The period of the same kind that went before."""
    match period:
        case Period.H1:
            return fiscal_year - 1, Period.H2
        case Period.H2:
            return fiscal_year, Period.H1
        case Period.YEAR:
            return fiscal_year - 1, Period.YEAR


def framework_of(rules: Rules, subject: Subject, period: Period) -> EffectivenessFramework:
    """The points of every aspect, for units or counties, in a half-year or a year."""
    found, detail = rules.effectiveness, read_detail(rules.text)
    rule_set = rules.rule_set
    aspects: list[AspectPoints] = []
    for link, points in found.links.items():
        # A link without known aspects is judged as a whole, under its own name.
        weights = {
            name: weight
            for name, weight in detail.aspects.get(link, {link: points}).items()
            if subject is Subject.COUNTY or name not in OF_A_BUREAU
        }
        shares = portions(points, list(weights.values()))
        aspects += [
            AspectPoints(
                link=link,
                aspect=name,
                points=share,
                is_due=period is Period.YEAR or name not in YEARLY,
            )
            for name, share in zip(weights, shares, strict=True)
        ]
    return EffectivenessFramework(
        aspects=tuple(aspects),
        bonus_max=found.bonus_max,
        penalty_max=found.penalty_max,
        inflated=detail.inflated,
        serious=detail.serious,
        deviation_max=rule_set.checks.inflated[-1],
        units_share=detail.units,
        bureau_share=detail.bureau,
        grades=tuple(rule_set.grades.items()),
        objection_days=rule_set.objection_days,
        rule_set_version=rules.version,
    )


def portions(points: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """Points split by weight, to the cent; the last takes what rounding left."""
    total = sum(weights, NOTHING)
    if not weights or total <= 0:
        return [NOTHING] * len(weights)
    shares = [rounded(points * weight / total) for weight in weights[:-1]]
    return [*shares, points - sum(shares, NOTHING)]
