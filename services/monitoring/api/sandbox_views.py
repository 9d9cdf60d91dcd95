"""What a sandbox found, as JSON."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from services.monitoring.domain.sandbox.difference import (
    CHANGES_MAX,
    Compared,
    Difference,
    Rescored,
)
from services.monitoring.domain.sandbox.history import Warned
from services.monitoring.domain.sandbox.passing_on import FundCompared, Late
from shared.domain.grades import rounded

EXAMPLE_RULES: Final[dict[str, Any]] = {
    "rule_set": "kashgar-2021-draft",
    "monitoring": {"red": {"ix": "0.50", "g": "0.60", "gap": "0.30", "idle_days": 90}},
}


def told(found: Difference, nodes: dict[str, list[str]]) -> dict[str, Any]:
    """A difference as JSON; `nodes` are those that only one of the two rule sets has."""
    return {
        "empty": found.empty,
        "projects": {"compared": found.compared, "changed": len(found.changed)},
        "warnings": {
            "before": found.levels_before,
            "after": found.levels_after,
            "raised": found.raised,
            "dropped": found.dropped,
            "changed_level": found.relevelled,
            "reasons_appeared": found.reasons_appeared,
            "reasons_gone": found.reasons_gone,
            "by_people": found.by_people,
        },
        "letters": {"before": found.letters_before, "after": found.letters_after},
        "scores": _scores(found),
        "key_funds": _funds(found),
        "nodes": nodes,
        "changes": [_project(one) for one in found.changed[:CHANGES_MAX]],
    }


def _project(one: Compared) -> dict[str, Any]:
    return {
        "project_code": one.project_code,
        "warnings": [
            {
                "warning_id": pair.warning_id,
                "change": _change(pair.before, pair.after),
                "before": _warned(pair.before),
                "after": _warned(pair.after),
            }
            for pair in one.changed
        ],
        "scores": [
            {"node": pair.node, "before": _text(pair.before), "after": _text(pair.after)}
            for pair in one.rescored
        ],
    }


def _change(before: Warned | None, after: Warned | None) -> str:
    """RAISED, DROPPED, another LEVEL, or only other reasons or another need for a letter."""
    if before is None:
        return "RAISED"
    if after is None:
        return "DROPPED"
    return "GROUNDS" if before.level is after.level else "LEVEL"


def _warned(one: Warned | None) -> dict[str, Any] | None:
    if one is None:
        return None
    return {
        "level": one.level.value,
        "reasons": [reason.value for reason in one.reasons],
        "letter_needed": one.letter_needed,
    }


def _scores(found: Difference) -> dict[str, Any]:
    """How many nodes were scored, how many otherwise, and the mean of both."""
    moves = Counter(_move(one) for one in found.rescored)
    return {
        "before": {"nodes": len(found.scores_before), "mean": _mean(found.scores_before)},
        "after": {"nodes": len(found.scores_after), "mean": _mean(found.scores_after)},
        "higher": moves["higher"],
        "lower": moves["lower"],
        "gone": moves["gone"],
    }


def _move(one: Rescored) -> str:
    """A node is scored only where it was reported, so the draft takes scores away and adds none."""
    if one.before is None or one.after is None:
        return "gone"
    return "higher" if one.after > one.before else "lower"


def _mean(scores: Sequence[Decimal]) -> str | None:
    return str(rounded(sum(scores, Decimal(0)) / len(scores))) if scores else None


def _text(score: Decimal | None) -> str | None:
    return None if score is None else str(score)


def _funds(found: Difference) -> dict[str, Any]:
    """The batches of direct funds that were late, by level and by flag, and what changes."""
    return {
        "batches": {"compared": len(found.funds), "changed": len(found.funds_changed)},
        "before": _lates([(one, late) for one in found.funds for late in one.before.values()]),
        "after": _lates([(one, late) for one in found.funds for late in one.after.values()]),
        "changes": [_fund(one) for one in found.funds_changed[:CHANGES_MAX]],
    }


def _lates(lates: Sequence[tuple[FundCompared, Late]]) -> dict[str, dict[str, int]]:
    return {
        "levels": dict(Counter(late.level.value for _, late in lates)),
        "flags": dict(Counter(one.batch.direct_fund_flag.value for one, _ in lates)),
    }


def _fund(one: FundCompared) -> dict[str, Any]:
    return {
        "batch_id": one.batch.batch_id,
        "region_code": one.batch.region_code,
        "fund_name": one.batch.fund_name,
        "direct_fund_flag": one.batch.direct_fund_flag.value,
        "kind": one.batch.kind.value,
        "steps": [
            {
                "step": step.value,
                "before": _late(one.before.get(step)),
                "after": _late(one.after.get(step)),
            }
            for step in one.changed
        ],
    }


def _late(late: Late | None) -> dict[str, Any] | None:
    if late is None:
        return None
    return {
        "level": late.level.value,
        "due_on": late.due_on.isoformat(),
        "missing": str(late.missing),
    }
