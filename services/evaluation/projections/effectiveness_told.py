"""Points and totals as they are told: plain values, numbers as text."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from services.evaluation.domain.effectiveness.framework import EffectivenessFramework
from services.evaluation.domain.effectiveness.scoring import ExtraPoints, ScoredAspect, Total


def _number(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def lines_told(lines: Iterable[ScoredAspect]) -> list[dict[str, Any]]:
    """Every aspect: its points, where they come from, and the figures behind them."""
    return [
        {
            "link": line.link,
            "aspect": line.aspect,
            "points": str(line.points),
            "source": line.source.value,
            "score": _number(line.score),
            "part": _number(line.part),
            "whole": _number(line.whole),
            "basis": line.basis,
            "document_no": line.document_no,
        }
        for line in lines
    ]


def extra_told(bonuses: Sequence[ExtraPoints], penalties: Sequence[ExtraPoints]) -> dict[str, Any]:
    """Bonus and penalty, each with its reason and document."""
    return {
        name: [
            {"points": str(one.points), "basis": one.basis, "document_no": one.document_no}
            for one in points
        ]
        for name, points in (("bonuses", bonuses), ("penalties", penalties))
    }


def total_told(total: Total, units: Sequence[tuple[str, Decimal]]) -> dict[str, Any]:
    """The parts of a score, and for a county the scores of its units."""
    return {
        "duties": str(total.duties),
        "units_mean": _number(total.units_mean),
        "bonus": str(total.bonus),
        "inflation_penalty": str(total.inflation_penalty),
        "penalty": str(total.penalty),
        "score": str(total.score),
        "units": [{"unit_code": code, "score": str(score)} for code, score in units],
    }


def framework_told(framework: EffectivenessFramework) -> dict[str, Any]:
    """What earns how many points, and by which version of the rules."""
    return {
        "aspects": [
            {
                "link": one.link,
                "aspect": one.aspect,
                "points": str(one.points),
                "is_due": one.is_due,
            }
            for one in framework.aspects
        ],
        "bonus_max": str(framework.bonus_max),
        "penalty_max": str(framework.penalty_max),
        "inflated": str(framework.inflated),
        "serious": str(framework.serious),
        "units_share": str(framework.units_share),
        "bureau_share": str(framework.bureau_share),
        "grades": {grade.value: str(lower) for grade, lower in framework.grades},
        "objection_days": framework.objection_days,
        "rule_set_version": framework.rule_set_version,
    }
