"""When self-evaluations are due and what their proofs have to be, as the rule set says.

The group `self_evaluation` is younger than the rules of earlier years; what they do not state has
the defaults here, which are ours (**D**): due by 31 March, a reminder ten days
before, a proof has to be there, ten working days for an explanation.
"""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from services.evaluation.domain.adopted_rules import READ_RULES_MAX, Rules
from services.evaluation.domain.self_evaluation.evidence import Demand
from shared.domain.rule_node import Node

GROUP: Final = "self_evaluation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The terms of self-evaluations."""

    month: int = 3
    day: int = 31
    evidence: Demand = Demand.ATTACHED
    explain_workdays: int = 10
    remind_days: int = 10

    def due_on(self, fiscal_year: int) -> date:
        """The last day for the reports of a year, in the year after it."""
        return date(fiscal_year + 1, self.month, self.day)

    def remind_on(self, fiscal_year: int) -> date:
        """When a unit that has not signed is reminded, so many days before."""
        return self.due_on(fiscal_year) - timedelta(days=self.remind_days)


USUAL: Final = Terms()


def terms_of(rules: Rules | None) -> Terms:
    """The terms that rules in force set."""
    return USUAL if rules is None or not rules.text else terms_in(rules.text)


@lru_cache(maxsize=READ_RULES_MAX)
def terms_in(text: str) -> Terms:
    """The terms that the text of a rule set sets."""
    stated = Node(json.loads(text)).fields().get(GROUP)
    if stated is None:
        return USUAL
    said = stated.fields()
    month, day = USUAL.month, USUAL.day
    if "submit_by" in said:
        month, day = (int(part) for part in said["submit_by"].text().split("-"))
    return Terms(
        month=month,
        day=day,
        evidence=Demand(said["evidence"].text()) if "evidence" in said else USUAL.evidence,
        explain_workdays=(
            said["explain_wd"].whole() if "explain_wd" in said else USUAL.explain_workdays
        ),
        remind_days=said["remind_days"].whole() if "remind_days" in said else USUAL.remind_days,
    )
