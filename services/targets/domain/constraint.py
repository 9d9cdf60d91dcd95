"""Whether what was granted still obeys the cap of the unit (`domain` §3.9, §4.9).

A grant under a known cap never passes it. The cap is passed all the same when it is heard after
the grant, or when statutory, emergency or assigned spending is granted beside it; then it is
said as a fact, with what explains it.
"""

from collections.abc import Sequence

from services.targets.domain.budget_request_states import ComingBudget, Request, evolve
from services.targets.domain.events.budget_request import (
    BudgetRequestEvent,
    ConstraintBreached,
)
from shared.domain.money import ZERO, Money


def with_breach(
    state: ComingBudget, facts: Sequence[BudgetRequestEvent]
) -> Sequence[BudgetRequestEvent]:
    """The facts, and the breach they lead to where there is one that was not told yet."""
    after = state
    for fact in facts:
        after = evolve(after, fact)
    found = breach(after)
    if not facts or found is None or found == state.breach:
        return facts
    return [*facts, found]


def breach(state: ComingBudget) -> ConstraintBreached | None:
    """By how much the grants of a unit pass its cap, and how much of that is exempt."""
    cap = state.cap
    if cap is None or cap.cap is None:
        return None
    decided = [request for request in state.requests.values() if request.decided]
    granted = _granted(decided)
    if granted <= cap.cap:
        return None
    parts = {
        request.asked.project_code: state.exempt_part(request.asked.project_code, request.amount)
        for request in decided
    }
    exempted = Money.total(parts.values())
    kinds = {state.exempt_kind(code) for code, part in parts.items() if part}
    return ConstraintBreached(
        region_code=cap.region_code,
        unit_code=cap.unit_code,
        department_code=decided[0].asked.department_code,
        budget_year=cap.budget_year,
        basis_fiscal_year=cap.basis_fiscal_year,
        grade=cap.grade,
        cap=cap.cap,
        granted=granted,
        exempted=exempted,
        excess=granted - cap.cap,
        unexempted_excess=max(ZERO, granted - exempted - cap.cap),
        exemptions=tuple(sorted(kinds)),
        rule_set_version=cap.rule_set_version,
    )


def _granted(requests: Sequence[Request]) -> Money:
    return Money.total(request.decided.granted for request in requests if request.decided)
