"""What a rule set may say of self-evaluations, and what holds where it says nothing.

Rule sets from before these values do not state them; each has a default of our own (D).
"""

from typing import Any, Final

from shared.domain.rule_node import Node

PENALISED: Final = 2
_COUNTS: Final = ("cause_characters", "perfect_indicators", "likeness_characters")
_NUMBERS: Final = ("reach_median", "reach_max", "likeness", "magnitude_slack")


def stated_scoring(node: Node) -> dict[str, Any]:
    """What `execution_score` says beside its steps."""
    stated = node.fields()
    name = "count_unit_transfer"
    return {name: stated[name].flag()} if name in stated else {}


def stated_limits(node: Node) -> dict[str, Any]:
    """What `self_eval_checks` says beside the limits that every rule set has."""
    stated = node.fields()
    found: dict[str, Any] = {name: stated[name].whole() for name in _COUNTS if name in stated}
    found.update({name: stated[name].number() for name in _NUMBERS if name in stated})
    if "penalties" in stated:
        penalties = tuple(one.number() for one in stated["penalties"].items())
        if len(penalties) != PENALISED:
            raise stated["penalties"].wrong("a pair of numbers")
        found["penalties"] = penalties
    return found
