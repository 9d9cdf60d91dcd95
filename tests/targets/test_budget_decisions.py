"""What a decision on a coming budget records, and what it says to whoever is refused (§4.9)."""

from dataclasses import replace
from typing import Any

import pytest

from services.targets.domain.asker import Asker
from services.targets.domain.budget_request import BUDGET_REQUEST
from services.targets.domain.events.budget_request import (
    BudgetDecided,
    BudgetRequested,
    ConstraintBreached,
    ExemptMoney,
    ProjectCut,
    UnitCapSet,
)
from services.targets.domain.refusals import (
    AmountNotPositive,
    BudgetCapExceeded,
    ExemptionUnexplained,
    ProjectUnknown,
    ReasonMissing,
    RequestAlreadyDecided,
    RequestAlreadyMade,
    RequestUnknown,
    UnitUnknown,
)
from services.targets.domain.refusals.budgets import ExemptionNotConfirmed, GrantTooLarge
from services.targets.domain.values import CapExemption, GrantReason
from shared.domain.grades import Grade
from shared.domain.money import ZERO, Money
from shared.domain.refusals import Refusal
from tests.targets import stories as s
from tests.targets.coming import approve_request, cap, request_budget, requests, similar_cut
from tests.targets.test_budget_request import reject

FEN = Money(1)
good = cap(Grade.GOOD, s.yuan("20_000_000"))
at_cap = replace(request_budget, at_cap=True)
second = replace(request_budget, project_code="P2", amount=s.yuan("15_000_000"))
grant_second = replace(approve_request, project_code="P2")
statutory = replace(
    request_budget, exemption=CapExemption.STATUTORY, exemption_reason="教育法第五十五条"
)
WHOSE = {"region_code": s.REGION_CODE, "unit_code": s.UNIT_CODE, "budget_year": 2022}
DECIDED = BudgetDecided(
    **WHOSE,  # type: ignore[arg-type]
    department_code=s.DEPARTMENT,
    project_code=s.CODE,
    requested=s.yuan("23_000_000"),
    granted=s.yuan("23_000_000"),
    cap=None,
    granted_to_others=ZERO,
    similar_cut=ZERO,
    reasons=(GrantReason.AS_REQUESTED,),
)


def exempting(*money: tuple[str, CapExemption, Money]) -> Any:  # noqa: ANN401 - a command
    """The cap of 20 million, with what evaluation exempts from it."""
    exempt = tuple(
        ExemptMoney(project_code=code, kind=kind, amount=amount, reason="r", document_no="1")
        for code, kind, amount in money
    )
    return replace(good, exemptions=exempt)


def test_what_is_heard_and_asked_is_recorded_whole() -> None:
    heard = exempting((s.CODE, CapExemption.EMERGENCY, s.yuan("3_000_000")))
    s.request.when(heard).then(
        UnitCapSet(
            **WHOSE,  # type: ignore[arg-type]
            basis_fiscal_year=2020,
            grade=Grade.GOOD,
            previous_budget=s.yuan("20_000_000"),
            cap=s.yuan("20_000_000"),
            priority=False,
            rule_set_version=1,
            exemptions=heard.exemptions,
        )
    )
    s.request.when(similar_cut(s.yuan("3_000_000"))).then(
        ProjectCut(
            **WHOSE,  # type: ignore[arg-type]
            project_code=s.CODE,
            cut_id="C1",
            basis_project_code="P0",
            basis_fiscal_year=2020,
            grade=Grade.POOR,
            amount=s.yuan("3_000_000"),
        )
    )
    s.request.knowing(s.a_project.state).when(replace(statutory, at_cap=True)).then(
        BudgetRequested(
            **WHOSE,  # type: ignore[arg-type]
            department_code=s.DEPARTMENT,
            project_code=s.CODE,
            amount=s.yuan("23_000_000"),
            at_cap=True,
            exemption=CapExemption.STATUTORY,
            exemption_reason="教育法第五十五条",
            requested_by=s.WRITER,
        )
    )


CUT = similar_cut(s.yuan("3_000_000"))
SIMILAR, LESS, TO_CAP = (
    GrantReason.SIMILAR_PROJECT_CUT,
    GrantReason.REDUCED_BY_BUREAU,
    GrantReason.REDUCED_TO_CAP,
)


@pytest.mark.parametrize(
    ("before", "command", "expected"),
    [
        ((request_budget,), approve_request, {}),
        (
            (request_budget,),
            replace(approve_request, amount=s.yuan("23_000_000") - FEN),
            {"granted": s.yuan("23_000_000") - FEN, "reasons": (LESS,)},
        ),
        (
            (request_budget,),
            replace(approve_request, amount=ZERO),
            {"granted": ZERO, "reasons": (LESS,)},
        ),
        (
            (CUT, request_budget),
            approve_request,
            {
                "granted": s.yuan("20_000_000"),
                "similar_cut": s.yuan("3_000_000"),
                "reasons": (SIMILAR,),
            },
        ),
        (
            (CUT, request_budget),
            replace(approve_request, amount=s.yuan("1")),
            {
                "granted": s.yuan("1"),
                "similar_cut": s.yuan("3_000_000"),
                "reasons": (SIMILAR, LESS),
            },
        ),
        (
            (similar_cut(s.yuan("24_000_000")), request_budget),
            approve_request,
            {"granted": ZERO, "similar_cut": s.yuan("24_000_000"), "reasons": (SIMILAR,)},
        ),
        (
            (good, at_cap),
            approve_request,
            {
                "granted": s.yuan("20_000_000"),
                "cap": s.yuan("20_000_000"),
                "basis_fiscal_year": 2020,
                "reasons": (TO_CAP,),
            },
        ),
        (
            (request_budget, good),
            replace(approve_request, at_cap=True),
            {
                "granted": s.yuan("20_000_000"),
                "cap": s.yuan("20_000_000"),
                "basis_fiscal_year": 2020,
                "reasons": (TO_CAP,),
            },
        ),
        (
            (good, second, grant_second, at_cap),
            approve_request,
            {
                "granted": s.yuan("5_000_000"),
                "granted_to_others": s.yuan("15_000_000"),
                "cap": s.yuan("20_000_000"),
                "basis_fiscal_year": 2020,
                "reasons": (TO_CAP,),
            },
        ),
        (
            (good, replace(second, amount=s.yuan("20_000_000")), grant_second, at_cap),
            approve_request,
            {
                "granted": ZERO,
                "granted_to_others": s.yuan("20_000_000"),
                "cap": s.yuan("20_000_000"),
                "basis_fiscal_year": 2020,
                "reasons": (TO_CAP,),
            },
        ),
        (
            (cap(Grade.EXCELLENT, None, priority=True), request_budget),
            approve_request,
            {
                "basis_fiscal_year": 2020,
                "reasons": (GrantReason.AS_REQUESTED, GrantReason.PRIORITY_SUPPORT),
            },
        ),
    ],
)
def test_a_grant_records_what_it_was_decided_by(
    before: tuple[object, ...], command: object, expected: dict[str, Any]
) -> None:
    s.request.given(*requests(*before)).when(command).then(replace(DECIDED, **expected))


def test_a_grant_takes_the_cap_to_its_last_fen_and_no_further() -> None:
    exact = replace(request_budget, amount=s.yuan("5_000_000"))
    for amount, fits in ((exact.amount, True), (exact.amount + FEN, False)):
        facts = requests(second, replace(exact, amount=amount), good, grant_second)
        outcome = s.request.given(*facts).when(approve_request)
        assert (outcome.refusal is None) is fits
        if not fits:
            outcome.then_refused(
                BudgetCapExceeded,
                cap="20000000.00",
                requested_total="20000000.01",
                excess="0.01",
                grade=Grade.GOOD,
                basis_fiscal_year=2020,
                previous_budget="20000000.00",
                rule_set_version=1,
            )


def test_a_rejected_request_takes_nothing_of_the_cap() -> None:
    story = s.request.given(*requests(good, second))
    story = story.after(replace(reject, project_code="P2"))
    assert story.facts[-1] == replace(
        DECIDED,
        project_code="P2",
        requested=s.yuan("15_000_000"),
        granted=ZERO,
        cap=s.yuan("20_000_000"),
        basis_fiscal_year=2020,
        reasons=(GrantReason.DECLINED,),
        remark="重复安排",
    )
    whole = replace(request_budget, amount=s.yuan("20_000_000"))
    assert story.knowing(s.a_project.state).when(whole).refusal is None


def test_a_cut_heard_late_takes_from_the_grant_only_what_passes_the_rest() -> None:
    granted = s.request.given(
        *requests(request_budget, replace(approve_request, amount=s.yuan("20_000_000")))
    )
    assert len(granted.when(CUT).facts) == 1
    more = similar_cut(s.yuan("3_000_000") + FEN)
    assert granted.when(more).facts[1] == replace(
        DECIDED,
        granted=s.yuan("20_000_000") - FEN,
        similar_cut=s.yuan("3_000_000") + FEN,
        reasons=(LESS, SIMILAR),
    )
    everything = granted.when(similar_cut(s.yuan("99_000_000"))).facts[1]
    assert everything.granted == ZERO  # type: ignore[attr-defined]


def test_a_cap_heard_late_adds_up_all_grants_and_names_each_kind_of_exempt_money_once() -> None:
    third = replace(request_budget, project_code="P3", amount=s.yuan("4_000_000"))
    story = s.request.given(
        *requests(
            *(request_budget, approve_request, second, grant_second),
            *(third, replace(approve_request, project_code="P3")),
        )
    )
    kinds = (CapExemption.STATUTORY, CapExemption.EMERGENCY)
    heard = exempting(
        ("P3", kinds[0], s.yuan("9_000_000")),
        ("P2", kinds[1], s.yuan("1_000_000")),
        ("P1", kinds[1], s.yuan("2_000_000")),
        ("P4", CapExemption.ASSIGNED_FROM_ABOVE, s.yuan("5_000_000")),
    )
    # Of P3 no more is exempt than it got, and P4 got nothing.
    assert story.when(heard).facts[1] == ConstraintBreached(
        **WHOSE,  # type: ignore[arg-type]
        department_code=s.DEPARTMENT,
        basis_fiscal_year=2020,
        grade=Grade.GOOD,
        cap=s.yuan("20_000_000"),
        granted=s.yuan("42_000_000"),
        exempted=s.yuan("7_000_000"),
        excess=s.yuan("22_000_000"),
        unexempted_excess=s.yuan("15_000_000"),
        exemptions=tuple(sorted(kinds)),
        rule_set_version=1,
    )
    fits = replace(heard, cap=s.yuan("42_000_000"))
    assert len(story.when(fits).facts) == 1


ASKED = s.request.given(*requests(request_budget))
GRANTED = s.request.given(*requests(request_budget, approve_request))
CONFIRMED = s.request.given(*requests(replace(good, exemptions=())))


@pytest.mark.parametrize(
    ("story", "command", "refusal", "pointer", "details"),
    [
        (
            ASKED,
            replace(request_budget, project_code="P9"),
            ProjectUnknown,
            "/project_code",
            {"project_code": "P9"},
        ),
        (ASKED, replace(request_budget, amount=ZERO), AmountNotPositive, "/amount", {}),
        (ASKED, replace(request_budget, amount=-FEN), AmountNotPositive, "/amount", {}),
        (
            ASKED,
            replace(statutory, exemption_reason=" "),
            ExemptionUnexplained,
            "/exemption_reason",
            {},
        ),
        (
            CONFIRMED,
            statutory,
            ExemptionNotConfirmed,
            "/exemption",
            {"project_code": s.CODE},
        ),
        (
            ASKED,
            replace(request_budget, amount=FEN),
            RequestAlreadyMade,
            None,
            {"requested": "23000000.00"},
        ),
        (
            GRANTED,
            replace(approve_request, amount=FEN),
            RequestAlreadyDecided,
            None,
            {"granted": "23000000.00"},
        ),
        (GRANTED, reject, RequestAlreadyDecided, None, {"granted": "23000000.00"}),
        (
            ASKED,
            replace(approve_request, amount=s.yuan("23_000_000") + FEN),
            GrantTooLarge,
            "/amount",
            {"amount_max": "23000000.00"},
        ),
        (
            ASKED,
            replace(approve_request, amount=-FEN),
            GrantTooLarge,
            "/amount",
            {"amount_max": "23000000.00"},
        ),
        (ASKED, replace(reject, reason=""), ReasonMissing, "/reason", {}),
        (
            ASKED,
            replace(reject, project_code="P9"),
            RequestUnknown,
            None,
            {"project_code": "P9"},
        ),
        (
            ASKED,
            replace(approve_request, project_code="P9"),
            RequestUnknown,
            None,
            {"project_code": "P9"},
        ),
    ],
)
def test_who_is_refused_is_told_where_and_by_how_much(
    story: Any,  # noqa: ANN401 - a story
    command: object,
    refusal: type[Refusal],
    pointer: str | None,
    details: dict[str, object],
) -> None:
    asks = BUDGET_REQUEST.consults(command)  # type: ignore[arg-type]
    there = getattr(command, "project_code", "") != "P9"
    known = (s.a_project.state if there else s.project.decider.initial,) if asks else ()
    told = story.knowing(*known).when(command).then_refused(refusal)
    assert (told.pointer, told.details) == (pointer, details)


def test_a_stranger_asks_for_no_unit_and_no_project_of_another() -> None:
    story = s.request.knowing(s.a_project.state)
    foreign = Asker(region_code=s.REGION_CODE, unit_code="653101999")
    refusal = story.when(replace(request_budget, asker=foreign)).then_refused(UnitUnknown)
    assert refusal.details == {"unit_code": s.UNIT_CODE}
    elsewhere = Asker(region_code="653121", unit_code="*")
    story.when(replace(request_budget, asker=elsewhere)).then_refused(ProjectUnknown)
    own = Asker(region_code=s.REGION_CODE, unit_code=s.UNIT_CODE)
    assert story.when(replace(request_budget, asker=own)).refusal is None
