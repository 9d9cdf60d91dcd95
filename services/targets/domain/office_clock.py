"""The clock of an office: how long something lies on a desk before it is late (`domain` §6.1).

The terms stand in the rule set that governs the region and the year. Rules from before they did
say nothing of them, and mean the defaults.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from services.targets.domain.sourced_rules import SourcedRules, read_tree
from shared.domain.rule_node import Node

GROUP: Final = "office_clock"


class Lateness(StrEnum):
    """What follows from how long something has been waiting."""

    IN_TIME = "IN_TIME"
    REMINDER = "REMINDER"
    LISTED = "LISTED"


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeClock:
    """Longer than the one term, the head is reminded; than the other, it is listed.

    The defaults are ours (`domain` §6.1, **D**), and the list is the monthly circular.
    """

    reminder_workdays: int = 3
    listed_workdays: int = 8

    def lateness(self, workdays: int) -> Lateness:
        """What so many working days on one desk lead to."""
        if workdays > self.listed_workdays:
            return Lateness.LISTED
        return Lateness.REMINDER if workdays > self.reminder_workdays else Lateness.IN_TIME


USUAL: Final = OfficeClock()


def clock_of(rules: SourcedRules | None) -> OfficeClock:
    """The clock that rules in force set; the usual one where they say nothing, or are none."""
    stated = Node(read_tree(rules.rules_json)).fields().get(GROUP) if rules else None
    if stated is None:
        return USUAL
    terms = stated.fields()
    reminder, listed = terms.get("reminder_wd"), terms.get("listed_wd")
    return OfficeClock(
        reminder_workdays=reminder.whole() if reminder else USUAL.reminder_workdays,
        listed_workdays=listed.whole() if listed else USUAL.listed_workdays,
    )
