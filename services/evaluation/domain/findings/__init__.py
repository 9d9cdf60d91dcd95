"""What makes a self-evaluation suspicious: every finding with the values it was found by."""

from collections.abc import Callable, Iterator
from typing import Final

from services.evaluation.domain.findings import scored, spent, told
from services.evaluation.domain.findings.words import Examined, Noticed
from shared.domain.rules import CheckRules, RuleSet

type Check = Callable[[Examined, CheckRules], Iterator[Noticed]]

CHECKS: Final[tuple[Check, ...]] = (
    scored.arithmetic,
    scored.goal_over_execution,
    spent.low_execution,
    scored.perfect_score,
    scored.low_target,
    told.missing_evidence,
    told.dodged_cause,
    told.copy_paste,
    told.magnitude,
    spent.no_budget,
    spent.paid_over_budget,
)
"""In the order of the table of `domain` §4.10, and what is our own after it."""


def notice(case: Examined, rules: RuleSet) -> tuple[Noticed, ...]:
    """Every finding of a report, in the order of the table."""
    return tuple(noticed for check in CHECKS for noticed in check(case, rules.checks))
