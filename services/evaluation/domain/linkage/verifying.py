"""Whether the approved budget obeys the cap, from what targets says of approved budgets."""

from collections.abc import Sequence

from services.evaluation.domain.linkage.commands import NoteBreach, VerifyLinkage
from services.evaluation.domain.linkage.events import (
    LinkageApplied,
    LinkageEvent,
    LinkageVerified,
)
from services.evaluation.domain.linkage.refusals import BudgetNotApprovedYet, LinkageStepOutOfOrder
from services.evaluation.domain.linkage.states import Linkage
from services.evaluation.domain.unit import registered
from shared.domain.money import ZERO, Money
from shared.domain.workdays import business_date


def verified(command: VerifyLinkage, state: Linkage) -> Sequence[LinkageEvent]:
    """Everything approved for the year, less what is exempt, against the cap."""
    if state.binds_from is None:
        raise LinkageStepOutOfOrder("A linkage is verified after it was confirmed.")
    year = state.decided.budget_year
    approved = registered(command.unit).approved(year)
    if not approved:
        raise BudgetNotApprovedYet(budget_year=year)
    total = Money.total(one.amount for one in approved.values())
    exempted = Money.total(_exempt_part(one.amount, state, code) for code, one in approved.items())
    cap, today = state.decided.cap, business_date(command.now)
    excess = ZERO if cap is None else max(ZERO, total - exempted - cap)
    fact = LinkageVerified(
        approved=total,
        exempted=exempted,
        cap=cap,
        excess=excess,
        obeys=not excess,
        by_budget_system=False,
        verified_by=command.by,
        verified_on=today,
    )
    if state.verified and _numbers(state.verified) == _numbers(fact):
        return []
    if state.closed:
        raise LinkageStepOutOfOrder("A closed linkage is not verified again.")
    first = next(iter(approved))
    applied = LinkageApplied(project_code=first, applied_on=today)
    return [fact] if state.applied else [applied, fact]


def _exempt_part(amount: Money, state: Linkage, project_code: str) -> Money:
    """What the signed document exempts, and no more than its amount; nothing else is exempt."""
    told = state.exemptions.get(project_code)
    return min(amount, told.amount) if told else ZERO


def _numbers(fact: LinkageVerified) -> tuple[object, ...]:
    return fact.approved, fact.exempted, fact.cap, fact.excess


def breach_told(command: NoteBreach, state: Linkage) -> Sequence[LinkageEvent]:
    """The budget system says that grants pass the cap: a fact, also where we verified before."""
    if state.binds_from is None or state.closed:
        return []
    fact = LinkageVerified(
        approved=command.approved,
        exempted=command.exempted,
        cap=state.decided.cap,
        excess=command.excess,
        obeys=not command.excess,
        by_budget_system=True,
        verified_by=command.by,
        verified_on=business_date(command.now),
    )
    if state.verified and _numbers(state.verified) == _numbers(fact):
        return []
    return [fact]
