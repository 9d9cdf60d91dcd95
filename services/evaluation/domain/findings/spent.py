"""Findings about the money: unspent, without a budget, or more than there was."""

from collections.abc import Iterator

from services.evaluation.domain.findings.scored import shown
from services.evaluation.domain.findings.words import Examined, Finding, Noticed, Step, step
from shared.domain.rules import CheckRules
from shared.domain.scoring import ONE


def _money(case: Examined) -> tuple[Step, Step]:
    return (
        step("budget", "full-year adjusted budget", case.budget),
        step("paid", "settled less returned, of the treasury", case.paid),
    )


def _kept(case: Examined) -> tuple[Step, ...]:
    """What was paid and lies on the unit's own account, where that does not count."""
    if not case.unspent:
        return ()
    return (step("on_unit_account", "paid, and not spent (count_unit_transfer)", case.unspent),)


def low_execution(case: Examined, checks: CheckRules) -> Iterator[Noticed]:
    """Too much of the budget was not spent, or there was none."""
    unspent = (case.budget - case.paid + case.unspent).ratio_to(case.budget)
    if unspent > checks.unspent or not case.budget:
        yield Noticed(
            finding=Finding.LOW_EXECUTION,
            steps=(
                *_money(case),
                *_kept(case),
                step("unspent", "(budget - paid) ÷ budget", shown(unspent)),
                step("limit", "unspent > limit, or no budget", checks.unspent),
            ),
        )


def no_budget(case: Examined, _checks: CheckRules) -> Iterator[Noticed]:
    """A project without a budget is an error in the data: it has no points for execution."""
    if case.budget.fen <= 0:
        yield Noticed(
            finding=Finding.NO_BUDGET,
            steps=(*_money(case), step("E", "0 without a budget", case.machine.execution_score)),
        )


def paid_over_budget(case: Examined, _checks: CheckRules) -> Iterator[Noticed]:
    """More was paid than the budget had: the rate stays at 1, and somebody has to look."""
    if case.paid > case.budget and case.budget.fen > 0:
        yield Noticed(
            finding=Finding.PAID_OVER_BUDGET,
            steps=(
                *_money(case),
                step("over", "paid - budget", case.paid - case.budget),
                step("rate", "at most 1", min(ONE, case.machine.execution_rate)),
            ),
        )
