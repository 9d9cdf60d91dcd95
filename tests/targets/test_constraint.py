"""When what was granted passes the cap all the same, it is said as a fact. V4 and its edges."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.targets.domain.budget_request import BUDGET_REQUEST
from services.targets.domain.events.budget_request import BudgetDecided, ConstraintBreached
from services.targets.domain.values import CapExemption
from shared.domain.grades import Grade
from shared.domain.money import ZERO, Money
from shared.testing.spec import Given
from tests.targets.coming import (
    LATE_CAP,
    approve_request,
    cap,
    request_budget,
    requests,
    similar_cut,
)
from tests.targets.stories import DEPARTMENT, REGION_CODE, UNIT_CODE, request, yuan

exempt = replace(request_budget, exemption=CapExemption.EMERGENCY, exemption_reason="抗震救灾")
second = replace(request_budget, project_code="P2", amount=yuan("1_000_000"))


def breaches(*commands: object) -> list[ConstraintBreached]:
    """The breaches of a story."""
    return [fact for fact in requests(*commands) if isinstance(fact, ConstraintBreached)]


@pytest.mark.parametrize(
    ("grade", "limit"),
    [(Grade.GOOD, "20_000_000"), (Grade.FAIR, "20_000_000"), (Grade.POOR, "18_000_000")],
)
def test_v4_a_cap_heard_after_the_grant_is_passed_and_says_so(grade: Grade, limit: str) -> None:
    facts = request.given(*requests(request_budget, approve_request))
    heard, told = facts.when(cap(grade, yuan(limit))).facts
    assert type(heard).__name__ == "UnitCapSet"
    excess = yuan("23_000_000") - yuan(limit)
    assert told == ConstraintBreached(
        region_code=REGION_CODE,
        unit_code=UNIT_CODE,
        department_code=DEPARTMENT,
        budget_year=2022,
        basis_fiscal_year=2020,
        grade=grade,
        cap=yuan(limit),
        granted=yuan("23_000_000"),
        exempted=ZERO,
        excess=excess,
        unexempted_excess=excess,
        exemptions=(),
        rule_set_version=1,
    )


def test_v4_excellent_is_never_passed() -> None:
    assert not breaches(request_budget, approve_request, cap(Grade.EXCELLENT, None, priority=True))


def test_exempt_spending_that_passes_the_cap_is_granted_and_told() -> None:
    [told] = breaches(LATE_CAP, exempt, approve_request)
    assert (told.exempted, told.excess) == (yuan("23_000_000"), yuan("3_000_000"))
    assert told.unexempted_excess == ZERO
    assert told.exemptions == (CapExemption.EMERGENCY,)


def test_exempt_spending_within_the_cap_is_no_breach() -> None:
    small = replace(exempt, amount=yuan("20_000_000"))
    assert not breaches(LATE_CAP, small, approve_request)


def test_a_breach_is_told_once_and_again_when_it_changes() -> None:
    after_second = replace(approve_request, project_code="P2")
    story = (LATE_CAP, exempt, approve_request)
    assert len(breaches(*story, approve_request, LATE_CAP)) == 1
    first, grown = breaches(*story, second, after_second)
    assert grown.granted - first.granted == yuan("1_000_000")
    stricter = cap(Grade.POOR, yuan("18_000_000"))
    assert [told.cap for told in breaches(*story, stricter)] == [
        yuan("20_000_000"),
        yuan("18_000_000"),
    ]


def test_a_cut_that_corrects_a_grant_tells_what_is_left_of_the_breach() -> None:
    told = breaches(request_budget, approve_request, LATE_CAP, similar_cut(yuan("1_000_000")))
    assert [one.excess for one in told] == [yuan("3_000_000"), yuan("2_000_000")]
    healed = breaches(request_budget, approve_request, LATE_CAP, similar_cut(yuan("9_000_000")))
    assert len(healed) == 1


@settings(max_examples=120, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["P1", "P2", "P3"]), st.integers(1, 40), st.booleans()),
        max_size=6,
    ),
    st.integers(5, 60),
)
def test_told_excess_is_what_the_grants_pass_the_cap_by(
    asked: list[tuple[str, int, bool]], limit: int
) -> None:
    commands: list[object] = []
    for code, millions, exempted in asked:
        kind = exempt if exempted else request_budget
        one = replace(kind, project_code=code, amount=Money(millions * 100_000_000))
        if any(getattr(c, "project_code", "") == code for c in commands):
            continue
        commands += [one, replace(approve_request, project_code=code)]
    top = Money(limit * 100_000_000)
    facts = requests(*commands, cap(Grade.GOOD, top))
    granted = Money.total(f.granted for f in facts if isinstance(f, BudgetDecided))
    told = [fact for fact in facts if isinstance(fact, ConstraintBreached)]
    assert bool(told) is (granted > top)
    if told:
        assert told[-1].excess == granted - top
    state = Given(BUDGET_REQUEST, tuple(facts)).state
    assert (state.breach is None) is (granted <= top)
