"""What a sandbox found, as JSON."""

from typing import Any, Final

from services.monitoring.domain.sandbox.difference import CHANGES_MAX, Compared, Difference
from services.monitoring.domain.sandbox.history import Warned

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
