"""What becomes binding with a target is money that its project was granted (§3.9, §4.9)."""

from dataclasses import replace

import pytest

from services.targets.domain.ex_ante import EX_ANTE
from services.targets.domain.granted import expect_granted
from services.targets.domain.refusals.budgets import BudgetAboveGrant, BudgetNotGranted
from shared.domain.grades import Grade
from shared.domain.money import Money
from tests.targets.coming import approve_request, cap, request_budget, requests
from tests.targets.stories import (
    CODE,
    YEAR,
    a_project,
    approve_target,
    ready,
    request,
    yuan,
)

poor = replace(cap(Grade.POOR, yuan("18_000_000")), budget_year=YEAR)
ask_at_cap = replace(request_budget, budget_year=YEAR, at_cap=True)
grant = replace(approve_request, budget_year=YEAR)
most = replace(approve_target, budget=yuan("18_000_000"))
above = replace(approve_target, budget=most.budget + Money(1))


def test_under_a_cap_nothing_becomes_binding_that_was_not_granted() -> None:
    unasked = request.given().after(poor).state
    refusal = (
        ready()
        .knowing(EX_ANTE.initial, a_project.state, unasked)
        .when(approve_target)
        .then_refused(BudgetNotGranted, cap="18000000.00", basis_fiscal_year=2020)
    )
    assert refusal.remedy == "Decide the project's budget request first."
    undecided = request.knowing(a_project.state).after(poor, ask_at_cap).state
    ready().knowing(EX_ANTE.initial, a_project.state, undecided).when(most).then_refused(
        BudgetNotGranted
    )


def test_a_fen_above_the_grant_is_refused_and_the_grant_itself_binds() -> None:
    granted = request.knowing(a_project.state).after(poor, ask_at_cap, grant).state
    approving = ready().knowing(EX_ANTE.initial, a_project.state, granted)
    refusal = approving.when(above).then_refused(
        BudgetAboveGrant, granted="18000000.00", reasons=["REDUCED_TO_CAP"]
    )
    assert refusal.pointer == "/budget"
    [fact] = approving.when(most).facts
    assert fact.budget == most.budget


def test_a_grant_binds_where_no_cap_does() -> None:
    granted = request.knowing(a_project.state).after(ask_at_cap, grant).state
    approving = ready().knowing(EX_ANTE.initial, a_project.state, granted)
    approving.when(replace(most, budget=yuan("23_000_001"))).then_refused(BudgetAboveGrant)
    assert approving.when(replace(most, budget=yuan("23_000_000"))).facts


def test_a_unit_rated_excellent_has_nothing_to_ask_first() -> None:
    praised = replace(cap(Grade.EXCELLENT, None, priority=True), budget_year=YEAR)
    free = request.given().after(praised).state
    assert ready().knowing(EX_ANTE.initial, a_project.state, free).when(approve_target).facts


def test_what_was_not_granted_tells_what_was() -> None:
    good = cap(Grade.GOOD, yuan("20_000_000"))
    at_cap = replace(request_budget, at_cap=True)
    coming = request.given(*requests(good, at_cap, approve_request)).state
    expect_granted(coming, CODE, yuan("20_000_000"))
    with pytest.raises(BudgetAboveGrant) as above:
        expect_granted(coming, CODE, yuan("20_000_000") + Money(1))
    assert (above.value.pointer, above.value.details) == (
        "/budget",
        {"granted": "20000000.00", "requested": "23000000.00", "reasons": ["REDUCED_TO_CAP"]},
    )
    with pytest.raises(BudgetNotGranted) as nothing:
        expect_granted(coming, "P2", Money(1))
    assert nothing.value.details == {
        "cap": "20000000.00",
        "grade": Grade.GOOD,
        "basis_fiscal_year": 2020,
    }
