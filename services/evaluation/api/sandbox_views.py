"""What a sandbox found, as JSON."""

from typing import Any, Final

from services.evaluation.domain.sandbox import CHANGES_MAX, CapPair, Difference, Pair, Result

EXAMPLE_RULES: Final[dict[str, Any]] = {
    "rule_set": "kashgar-2021-draft",
    "grades": {"EXCELLENT": 92, "GOOD": 80, "FAIR": 60, "POOR": 0},
}


def told(found: Difference, missing: list[str]) -> dict[str, Any]:
    """A difference as JSON; `unreplayed` names reports whose facts could not be replayed."""
    return {
        "empty": found.empty,
        "self_evaluations": {
            "compared": found.compared,
            "changed": len(found.changed),
            "grades": found.grades,
            "findings_appeared": found.appeared,
            "findings_gone": found.gone,
            "inflations": found.inflations,
            "score_before": str(found.score_before),
            "score_after": str(found.score_after),
            "score_difference": str(found.score_after - found.score_before),
            "would_return": found.would_return,
            "changes": [_pair(one) for one in found.changed[:CHANGES_MAX]],
        },
        "caps": {
            "compared": found.caps_compared,
            "changed": len(found.caps),
            "before": str(found.cap_before),
            "after": str(found.cap_after),
            "difference": str(found.cap_after - found.cap_before),
            "changes": [_cap(one) for one in found.caps[:CHANGES_MAX]],
        },
        "unreplayed": missing,
    }


def _pair(one: Pair) -> dict[str, Any]:
    return {
        "self_evaluation_id": one.self_evaluation_id,
        "unit_code": one.unit_code,
        "before": _result(one.before),
        "after": _result(one.after),
    }


def _result(one: Result) -> dict[str, Any]:
    return {
        "score": str(one.score),
        "grade": one.grade.value,
        "findings": sorted(one.findings),
        "inflation": one.inflation.value,
    }


def _cap(one: CapPair) -> dict[str, Any]:
    bound = one.bound
    return {
        "linkage_id": bound.linkage_id,
        "unit_code": bound.unit_code,
        "grade_before": bound.grade.value,
        "grade_after": one.grade.value,
        "cap_before": None if bound.cap is None else str(bound.cap),
        "cap_after": None if one.cap is None else str(one.cap),
    }
