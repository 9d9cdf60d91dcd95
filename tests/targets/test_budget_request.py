"""What a unit asks for a coming year, and what binds it. Vectors V4 and V8."""

from dataclasses import replace

import pytest

from services.targets.domain.commands.budget_request import RecordCap, RejectBudgetRequest
from services.targets.domain.events.budget_request import BudgetDecided, ExemptMoney, ProjectCut
from services.targets.domain.project_states import UnknownProject
from services.targets.domain.refusals import (
    AmountNotPositive,
    BudgetCapExceeded,
    ExemptionUnexplained,
    ProjectUnknown,
    ReasonMissing,
    RequestAlreadyDecided,
    RequestAlreadyMade,
    RequesterDecides,
    RequestUnknown,
)
from services.targets.domain.refusals.budgets import ExemptionNotConfirmed, GrantTooLarge
from services.targets.domain.values import CapExemption, GrantReason
from shared.domain.decider import Owner
from shared.domain.grades import Grade
from shared.domain.money import ZERO, Money
from tests.targets.coming import approve_request, cap, request_budget, requests, similar_cut
from tests.targets.stories import (
    BUDGETER,
    CODE,
    DEPARTMENT,
    NOW,
    REGION_CODE,
    UNIT_CODE,
    WRITER,
    a_project,
    request,
    yuan,
)

good = cap(Grade.GOOD, yuan("20_000_000"))
at_cap = replace(request_budget, at_cap=True)
reject = RejectBudgetRequest(
    unit_code=UNIT_CODE,
    budget_year=2022,
    project_code=CODE,
    reason="重复安排",
    by=BUDGETER,
    now=NOW,
)


def granted(*commands: object) -> BudgetDecided:
    """The last decision of a story."""
    decided = [fact for fact in requests(*commands) if isinstance(fact, BudgetDecided)]
    return decided[-1]


def test_v4_excellent_has_no_cap_and_comes_first() -> None:
    decided = granted(cap(Grade.EXCELLENT, None, priority=True), request_budget, approve_request)
    assert decided.granted == yuan("23_000_000")
    assert decided.reasons == (GrantReason.AS_REQUESTED, GrantReason.PRIORITY_SUPPORT)


@pytest.mark.parametrize(
    ("grade", "limit"),
    [(Grade.GOOD, "20_000_000"), (Grade.FAIR, "20_000_000"), (Grade.POOR, "18_000_000")],
)
def test_v4_above_the_cap_is_refused_unless_asked_to_be_met_at_the_cap(
    grade: Grade, limit: str
) -> None:
    heard = cap(grade, yuan(limit))
    refusal = (
        request.given(*requests(heard))
        .knowing(a_project.state)
        .when(request_budget)
        .then_refused(BudgetCapExceeded, cap=str(yuan(limit)), grade=grade, basis_fiscal_year=2020)
    )
    assert refusal.details["excess"] == str(yuan("23_000_000") - yuan(limit))
    decided = granted(heard, at_cap, approve_request)
    assert decided.granted == yuan(limit)
    assert decided.requested - decided.granted == yuan("23_000_000") - yuan(limit)
    assert decided.reasons == (GrantReason.REDUCED_TO_CAP,)
    assert decided.cap == yuan(limit)


def test_the_cap_binds_the_unit_not_the_project() -> None:
    other = replace(request_budget, project_code="P2", amount=yuan("15_000_000"))
    facts = requests(good, other)
    small = replace(request_budget, amount=yuan("5_000_001"))
    story = request.given(*facts).knowing(a_project.state)
    story.when(small).then_refused(BudgetCapExceeded, requested_total="20000001.00")
    story.after(replace(small, amount=yuan("5_000_000")))
    both = requests(
        good, other, replace(approve_request, project_code="P2"), at_cap, approve_request
    )
    last = both[-1]
    assert isinstance(last, BudgetDecided)
    assert (last.granted, last.granted_to_others) == (yuan("5_000_000"), yuan("15_000_000"))


def test_a_cap_heard_after_the_request_binds_the_grant() -> None:
    facts = requests(request_budget, good)
    request.given(*facts).when(approve_request).then_refused(BudgetCapExceeded)
    decided = request.given(*facts).when(replace(approve_request, at_cap=True)).facts[0]
    assert isinstance(decided, BudgetDecided)
    assert decided.granted == yuan("20_000_000")
    within = replace(approve_request, amount=yuan("19_000_000"))
    reduced = request.given(*facts).when(within).facts[0]
    assert isinstance(reduced, BudgetDecided)
    assert reduced.reasons == (GrantReason.REDUCED_BY_BUREAU,)


def test_what_is_exempt_neither_uses_the_cap_nor_is_bound_by_it() -> None:
    exempt = replace(request_budget, exemption=CapExemption.STATUTORY)
    story = request.given(*requests(good)).knowing(a_project.state)
    story.when(exempt).then_refused(ExemptionUnexplained)
    explained = replace(exempt, exemption_reason="教育法第五十五条")
    decided = granted(good, explained, approve_request)
    assert decided.granted == yuan("23_000_000")
    assert GrantReason.EXEMPT_FROM_CAP in decided.reasons
    beside = replace(request_budget, project_code="P2", amount=yuan("20_000_000"))
    assert granted(
        good, explained, approve_request, beside, replace(approve_request, project_code="P2")
    ).granted == yuan("20_000_000")


def _confirmed(millions: str, code: str = CODE) -> RecordCap:
    """A cap of 20 million that exempts so much of a project, as evaluation told it."""
    money = ExemptMoney(
        project_code=code,
        kind=CapExemption.EMERGENCY,
        amount=yuan(millions),
        reason="抗震救灾",
        document_no="豁1",
    )
    return replace(good, exemptions=(money,))


def test_what_evaluation_exempts_is_exempt_without_being_stated() -> None:
    decided = granted(_confirmed("3_000_000"), request_budget, approve_request)
    assert decided.granted == yuan("23_000_000")
    assert GrantReason.EXEMPT_FROM_CAP in decided.reasons
    less = request.given(*requests(_confirmed("2_999_999"))).knowing(a_project.state)
    less.when(request_budget).then_refused(BudgetCapExceeded)
    at_most = granted(_confirmed("2_000_000"), at_cap, approve_request)
    assert at_most.granted == yuan("22_000_000")
    assert at_most.reasons == (GrantReason.EXEMPT_FROM_CAP, GrantReason.REDUCED_TO_CAP)


def test_what_is_exempt_may_be_asked_for_where_others_have_passed_the_cap() -> None:
    others = replace(request_budget, project_code="P2")
    passed = request.given(*requests(others, _confirmed("5_000_000"))).knowing(a_project.state)
    wholly = replace(request_budget, amount=yuan("5_000_000"))
    assert passed.when(wholly).refusal is None
    partly = replace(wholly, amount=wholly.amount + Money(1))
    passed.when(partly).then_refused(BudgetCapExceeded, requested_total="23000000.01")


def test_who_asks_does_not_say_what_no_cap_binds_once_evaluation_has() -> None:
    stated = replace(
        request_budget, exemption=CapExemption.STATUTORY, exemption_reason="教育法第五十五条"
    )
    told = request.given(*requests(replace(good, exemptions=()))).knowing(a_project.state)
    told.when(stated).then_refused(ExemptionNotConfirmed)
    elsewhere = request.given(*requests(_confirmed("3_000_000", "P2"))).knowing(a_project.state)
    elsewhere.when(stated).then_refused(ExemptionNotConfirmed)
    here = request.given(*requests(_confirmed("3_000_000"))).knowing(a_project.state)
    assert here.when(stated).refusal is None
    # Stated before the cap was heard: the request stands, and the cap binds its grant.
    before = request.given(*requests(stated, replace(good, exemptions=())))
    before.when(approve_request).then_refused(BudgetCapExceeded)


def test_a_cut_for_a_similar_project_works_on_its_project() -> None:
    decided = granted(similar_cut(yuan("3_000_000")), request_budget, approve_request)
    assert decided.granted == yuan("20_000_000")
    assert decided.reasons == (GrantReason.SIMILAR_PROJECT_CUT,)
    too_much = replace(approve_request, amount=yuan("20_000_001"))
    facts = requests(similar_cut(yuan("3_000_000")), request_budget)
    request.given(*facts).when(too_much).then_refused(GrantTooLarge)


def test_a_cut_heard_after_the_grant_corrects_it_in_the_same_decision() -> None:
    facts = requests(request_budget, approve_request)
    corrected = request.given(*facts).when(similar_cut(yuan("3_000_000"))).facts
    assert isinstance(corrected[0], ProjectCut)
    assert isinstance(corrected[1], BudgetDecided)
    assert corrected[1].granted == yuan("20_000_000")
    assert corrected[1].reasons == (GrantReason.SIMILAR_PROJECT_CUT,)
    small = requests(request_budget, replace(approve_request, amount=yuan("1")))
    assert len(request.given(*small).when(similar_cut(yuan("3_000_000"))).facts) == 1


def test_what_was_heard_again_is_silent() -> None:
    request.given(*requests(good)).when(good).then_nothing()
    cut = similar_cut(yuan("3_000_000"))
    request.given(*requests(cut)).when(cut).then_nothing()


def test_a_project_asks_once_and_is_decided_once() -> None:
    asked = request.given(*requests(request_budget))
    for who in (WRITER, "a colleague"):
        asked.knowing(a_project.state).when(replace(request_budget, by=who)).then_nothing()
    more = replace(request_budget, amount=yuan("24_000_000"))
    asked.knowing(a_project.state).when(more).then_refused(RequestAlreadyMade)
    decided = request.given(*requests(request_budget, approve_request))
    decided.when(approve_request).then_nothing()
    decided.when(replace(approve_request, amount=yuan("1"))).then_refused(RequestAlreadyDecided)
    decided.when(reject).then_refused(RequestAlreadyDecided)


def test_a_request_may_be_rejected_with_reasons() -> None:
    asked = request.given(*requests(request_budget))
    fact = asked.when(reject).facts[0]
    assert isinstance(fact, BudgetDecided)
    assert (fact.granted, fact.remark) == (ZERO, "重复安排")
    asked.after(reject).when(reject).then_nothing()
    asked.after(reject).when(approve_request).then_refused(RequestAlreadyDecided)
    asked.when(replace(reject, reason=" ")).then_refused(ReasonMissing)


def test_nobody_decides_what_they_asked_for() -> None:
    asked = request.given(*requests(request_budget))
    asked.when(replace(approve_request, by=WRITER)).then_refused(RequesterDecides)
    asked.when(replace(reject, by=WRITER)).then_refused(RequesterDecides)


def test_a_request_needs_a_project_of_the_unit_and_money() -> None:
    request.knowing(UnknownProject()).when(request_budget).then_refused(ProjectUnknown)
    foreign = replace(request_budget, unit_code="9")
    request.knowing(a_project.state).when(foreign).then_refused(ProjectUnknown)
    free = replace(request_budget, amount=ZERO)
    request.knowing(a_project.state).when(free).then_refused(AmountNotPositive)
    request.when(approve_request).then_refused(RequestUnknown)
    request.when(reject).then_refused(RequestUnknown)


def test_a_coming_budget_belongs_to_its_unit() -> None:
    owner = request.decider.owner
    assert owner(request.given().state) is None
    assert owner(request.given(*requests(good)).state) == Owner(
        region_code=REGION_CODE, unit_code=UNIT_CODE
    )
    assert owner(request.given(*requests(request_budget)).state) == Owner(
        region_code=REGION_CODE, department_code=DEPARTMENT, unit_code=UNIT_CODE
    )


@pytest.mark.parametrize(
    ("total", "count", "base", "last"),
    [
        ("1490000000.00", 253, "5889328.06", "5889328.88"),
        ("68423000000.00", 7524, "9093965.97", "9094007.69"),
    ],
)
def test_v8_a_total_split_over_projects_is_exact_to_the_fen(
    total: str, count: int, base: str, last: str
) -> None:
    parts = [Money.parse(base)] * (count - 1) + [Money.parse(last)]
    assert Money.total(parts) == Money.parse(total)
    assert Money.parse(base).fen == Money.parse(total).fen // count
