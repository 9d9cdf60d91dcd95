"""A draft rule set of the sandbox, with the places that only evaluation reads."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from shared.domain.draft_rules import read_draft
from shared.domain.rule_node import Node

__all__ = ["PENALTY_MAX", "penalty_max_of", "read_draft"]

PENALTY_MAX: Final = Decimal(20)  # `domain` §10, where the draft has no section `effectiveness`


def penalty_max_of(rules: Mapping[str, Any]) -> Decimal:
    """The most that inflated projects cost a unit."""
    effectiveness = rules.get("effectiveness")
    if not isinstance(effectiveness, Mapping) or "penalty_max" not in effectiveness:
        return PENALTY_MAX
    return Node(rules).at("effectiveness", "penalty_max").number()
