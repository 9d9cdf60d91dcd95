"""A linkage tells the whole of every step, and every refusal its field and its figures."""

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from services.evaluation.domain.adopted_rules import Rules
from services.evaluation.domain.disposition import Disposition
from services.evaluation.domain.grounds import Grounds
from services.evaluation.domain.linkage import refusals as no
from services.evaluation.domain.linkage.capping import cap
from services.evaluation.domain.linkage.commands import NoteBreach
from services.evaluation.domain.linkage.events import (
    BudgetLinkageDecided,
    LinkageApplied,
    LinkageClosed,
    LinkageConfirmed,
    LinkageVerified,
    SpendingExempted,
)
from services.evaluation.domain.linkage.linkage import linkage_decider
from services.evaluation.domain.refusals import (
    AlreadyRecorded,
    PreviousBudgetContradicted,
    PreviousBudgetUnknown,
    RulesNotAdopted,
    SamePersonDecidesAgain,
)
from services.evaluation.domain.unit import AdjustedBudgetNoted
from shared.domain.decider import Owner
from shared.domain.grades import Grade
from shared.domain.money import ZERO, Money
from shared.domain.rules import RuleSet
from shared.testing.spec import Given, Outcome
from tests.evaluation.story import (
    ADOPTED,
    BUREAU,
    DEPT,
    HEAD,
    KNOWN_UNIT,
    NOW,
    REGION,
    RULES,
    SECOND,
    TODAY,
    UNIT,
    yuan,
)
from tests.evaluation.test_appraisal import BUDGETED, LINK, judged, linkage, linked
from tests.evaluation.test_linkage import (
    ANSWER,
    APPLIED,
    CLOSE,
    CONFIRM,
    EXEMPT,
    ID,
    LATEST,
    NOTIFY,
    VERIFY,
    approving,
    computed,
    confirmed,
    told,
)

DECIDED = BudgetLinkageDecided(
    unit_code=UNIT,
    region_code=REGION,
    department_code=DEPT,
    basis_fiscal_year=2020,
    budget_year=2022,
    grade=Grade.POOR,
    previous_budget=yuan(2000),
    cap_factor=Decimal("0.9"),
    cap=yuan(1800),
    priority=False,
    rule_set_version=1,
    decided_by=BUREAU,
    decided_on=TODAY,
    binding=False,
    base="INITIAL",
    disposition=Disposition.CUT_OR_CANCEL,
    answer_days=10,
    grounds=Grounds(
        rule_set_version=1,
        legal_basis="财预〔2020〕10号",
        streams=(f"appraisal-{ID}", f"unit-{UNIT}", "rules-653121-2020"),
    ),
)
BREACH = NoteBreach(
    linkage_id=ID, approved=yuan(1900), exempted=yuan(7), excess=yuan(93), by="abacus", now=NOW
)


def refused(outcome: Outcome, refusal: type[Exception], pointer: str | None, **said: Any) -> None:  # noqa: ANN401
    found = outcome.refusal
    assert found is not None
    assert (type(found), found.pointer, found.details) == (refusal, pointer, said)


def test_what_is_computed_says_from_what() -> None:
    linked(judged(Grade.POOR)).when(LINK).then(DECIDED)
    linked(judged(Grade.EXCELLENT)).when(LINK).then(
        replace(
            DECIDED,
            grade=Grade.EXCELLENT,
            cap_factor=None,
            cap=None,
            priority=True,
            disposition=Disposition.PRIORITISE,
        )
    )
    chosen = replace(LINK, cut_ratio=Decimal("0.25"))
    linked(judged(Grade.POOR)).when(chosen).then(
        replace(DECIDED, cap_factor=Decimal("0.75"), cap=yuan(1500))
    )


@pytest.mark.parametrize(
    ("grade", "most"),
    [("EXCELLENT", None), ("GOOD", 1000), ("FAIR", 1000), ("POOR", 900)],
)
def test_the_cap_of_a_grade(grade: str, most: int | None) -> None:
    rules = RuleSet.parse(RULES, 1).linkage
    expected = None if most is None else yuan(most)
    assert cap(Grade(grade), yuan(1000), rules) == expected


def test_a_cut_outside_the_rule_or_the_grade_is_refused() -> None:
    for ratio in ("0.04", "0.31"):
        outcome = linked(judged(Grade.POOR)).when(replace(LINK, cut_ratio=Decimal(ratio)))
        refused(outcome, no.CutRatioOutsideRange, "/cut_ratio", ratio_min="0.05", ratio_max="0.3")
    good = linked(judged(Grade.GOOD)).when(replace(LINK, cut_ratio=Decimal("0.10")))
    refused(good, no.CutRatioNotForGrade, "/cut_ratio", grade="GOOD")


def test_the_budget_before_is_what_was_heard() -> None:
    poor = judged(Grade.POOR)
    refused(linked(poor, KNOWN_UNIT).when(LINK), PreviousBudgetUnknown, "/previous_budget")
    other = replace(LINK, previous_budget=yuan(1))
    refused(
        linked(poor).when(other),
        PreviousBudgetContradicted,
        "/previous_budget",
        approved="20000000.00",
    )
    same = replace(LINK, previous_budget=yuan(2000))
    linked(poor).when(same).then(DECIDED)
    linked(poor, KNOWN_UNIT).when(same).then(DECIDED)


def under(**linkage_rules: object) -> Given:
    """What is consulted where the rule set says this; the budget before was adjusted."""
    text = json.dumps({**RULES, "linkage": {**RULES["linkage"], **linkage_rules}})
    unit = replace(
        BUDGETED,
        adjusted={
            "P1-2021": AdjustedBudgetNoted(project_code="P1", fiscal_year=2021, budget=yuan(1500))
        },
    )
    silent = Rules()
    return linkage.knowing(
        unit, judged(Grade.POOR), *[silent] * 3, replace(ADOPTED, text=text), *[silent] * 5
    )


def test_the_rule_set_says_the_base_and_the_term() -> None:
    under().when(LINK).then(DECIDED)
    under(answer_wd=7).when(LINK).then(replace(DECIDED, answer_days=7))
    under(base="ADJUSTED").when(LINK).then(
        replace(DECIDED, base="ADJUSTED", previous_budget=yuan(1500), cap=yuan(1350))
    )


def test_without_rules_nothing_is_computed() -> None:
    lawless = linkage.knowing(BUDGETED, judged(Grade.POOR), *[Rules()] * 9)
    refused(lawless.when(LINK), RulesNotAdopted, None)


def test_the_term_may_be_shorter_and_is_told() -> None:
    short = replace(NOTIFY, answer_by=TODAY + timedelta(days=1))
    (fact,) = computed().when(short).facts
    assert fact.answer_by == TODAY + timedelta(days=1)  # type: ignore[attr-defined]
    assert computed().when(replace(NOTIFY, answer_by=LATEST)).refusal is None
    told().when(replace(NOTIFY, answer_by=LATEST)).then_nothing()
    refused(told().when(short), no.LinkageStepOutOfOrder, None)
    refused(
        computed().when(replace(NOTIFY, answer_by=LATEST + timedelta(days=1))),
        no.AnswerTermOutsideRange,
        "/answer_by",
        answer_by_max="2022-03-29",
        workdays=10,
    )


def test_what_is_exempt_is_told_with_its_document() -> None:
    exempted = SpendingExempted(
        project_code="P7",
        kind=EXEMPT.kind,
        amount=yuan(100),
        reason="法定支出",
        document_no="财社〔2022〕1号",
        exempted_by=EXEMPT.by,
    )
    told().when(EXEMPT).then(exempted)
    refused(told().when(replace(EXEMPT, amount=ZERO)), no.ExemptionUnfounded, "/amount")
    refused(told().when(replace(EXEMPT, reason=" ")), no.ExemptionUnfounded, "/reason")
    kinds = [kind for kind in type(EXEMPT.kind) if kind is not EXEMPT.kind]
    changes: list[dict[str, Any]] = [
        {"kind": kinds[0]}, {"amount": Money(1)}, {"reason": "x"}, {"document_no": "y"},
    ]  # fmt: skip
    story = told().after(EXEMPT)
    for change in changes:
        refused(story.when(replace(EXEMPT, **change)), AlreadyRecorded, None)
    story.when(replace(EXEMPT, by=HEAD)).then_nothing()


def test_what_binds_is_said_again_as_a_whole() -> None:
    story = told().after(EXEMPT, ANSWER)
    exemption = story.state.exemptions["P7"]
    story.when(replace(CONFIRM, remark="口径")).then(
        LinkageConfirmed(
            linkage=DECIDED,
            exemptions=(exemption,),
            remark="口径",
            confirmed_by=SECOND,
            confirmed_on=TODAY,
        )
    )
    own = story.when(replace(CONFIRM, by=BUREAU)).then_refused(SamePersonDecidesAgain)
    assert own.details["person"] == BUREAU.rpartition("|")[2]
    against = told().after(replace(ANSWER, agrees=False, text="误"))
    refused(against.when(replace(CONFIRM, remark=" ")), no.DisagreementUnanswered, "/remark")


def test_what_was_verified_says_every_sum() -> None:
    story = told().after(EXEMPT, ANSWER, CONFIRM)
    seen = LinkageVerified(
        approved=yuan(1970),
        exempted=yuan(100),
        cap=yuan(1800),
        excess=yuan(70),
        obeys=False,
        by_budget_system=False,
        verified_by=SECOND,
        verified_on=TODAY,
    )
    grants = (("P1", 1850, False), ("P7", 120, False))
    approving(story, *grants).when(VERIFY).then(
        LinkageApplied(project_code="P1", applied_on=TODAY), seen
    )
    story.when(replace(APPLIED, project_code="P9")).then(
        LinkageApplied(project_code="P9", applied_on=TODAY)
    )
    used = story.after(APPLIED)
    approving(used, *grants).when(VERIFY).then(seen)
    free = confirmed(Grade.EXCELLENT).after(APPLIED)
    approving(free, ("P1", 9999, False)).when(VERIFY).then(
        replace(seen, approved=yuan(9999), exempted=ZERO, cap=None, excess=ZERO, obeys=True)
    )
    once = approving(used, *grants).after(VERIFY)
    approving(once, ("P1", 1850, False), ("P7", 121, False)).when(VERIFY).then(
        replace(seen, approved=yuan(1971), excess=yuan(71))
    )


def test_what_the_budget_system_says_is_told_as_it_said_it() -> None:
    fact = LinkageVerified(
        approved=yuan(1900),
        exempted=yuan(7),
        cap=yuan(1800),
        excess=yuan(93),
        obeys=False,
        by_budget_system=True,
        verified_by="abacus",
        verified_on=TODAY,
    )
    story = confirmed().after(APPLIED)
    story.when(BREACH).then(fact)
    story.when(replace(BREACH, excess=ZERO)).then(replace(fact, excess=ZERO, obeys=True))
    changes: list[dict[str, Any]] = [{name: yuan(1)} for name in ("approved", "exempted", "excess")]
    for change in changes:
        assert story.after(BREACH).when(replace(BREACH, **change)).facts
    closed = story.after(replace(BREACH, excess=ZERO), CLOSE)
    closed.when(BREACH).then_nothing()


def test_the_end_says_who_and_when() -> None:
    story = confirmed().after(APPLIED, BREACH)
    refused(story.when(replace(CLOSE, remark=" ")), no.CapBreached, "/remark", excess="930000.00")
    fine = confirmed().after(APPLIED, replace(BREACH, excess=ZERO))
    fine.when(replace(CLOSE, now=NOW + timedelta(days=1))).then(
        LinkageClosed(remark="", closed_by=SECOND, closed_on=date(2022, 3, 16))
    )


def test_a_linkage_says_whose_it_is() -> None:
    assert linkage_decider.stream(NOTIFY) == f"linkage-{ID}"
    assert linkage_decider.owner(None) is None
    assert linkage_decider.owner(computed().state) == Owner(
        region_code=REGION, department_code=DEPT, unit_code=UNIT
    )
