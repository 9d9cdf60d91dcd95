"""Stories of a linkage: computed, told, answered or not, confirmed, applied, verified, closed."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from services.evaluation.domain.disposition import Disposition
from services.evaluation.domain.linkage.commands import (
    AnswerLinkage,
    CloseLinkage,
    CloseLinkageTerm,
    ConfirmLinkage,
    ExemptSpending,
    NoteApplied,
    NoteBreach,
    NotifyLinkage,
    VerifyLinkage,
)
from services.evaluation.domain.linkage.events import (
    BudgetLinkageDecided,
    Exemption,
    LinkageAnswered,
    LinkageApplied,
    LinkageClosed,
    LinkageConfirmed,
    LinkageNotified,
    LinkageUnanswered,
    LinkageVerified,
)
from services.evaluation.domain.linkage.refusals import (
    AnswerTermOutsideRange,
    BudgetNotApprovedYet,
    CapBreached,
    CutRatioNotForGrade,
    CutRatioOutsideRange,
    DisagreementUnanswered,
    ExemptionUnfounded,
    LinkageAlreadyBinds,
    LinkageStepOutOfOrder,
    LinkageUnknown,
)
from services.evaluation.domain.refusals import (
    AlreadyRecorded,
    AnswerTermOver,
    SamePersonDecidesAgain,
    StillTimeToAnswer,
)
from services.evaluation.domain.unit import AdjustedBudgetNoted, ApprovedBudgetNoted, GrantNoted
from shared.domain.grades import Grade
from shared.domain.money import ZERO, Money
from shared.domain.workdays import add_workdays
from shared.testing.spec import Given
from tests.evaluation.story import BUREAU, HEAD, KNOWN_UNIT, NOW, SECOND, THIRD, TODAY, UNIT, yuan
from tests.evaluation.test_appraisal import BUDGETED, LINK, judged, linkage, linked

ID = f"{UNIT}-2020"
LATEST = add_workdays(TODAY, 10, "653121")
AFTER = NOW + timedelta(days=20)
NOTIFY = NotifyLinkage(linkage_id=ID, document_no="挂〔2022〕1号", by=BUREAU, now=NOW)
ANSWER = AnswerLinkage(linkage_id=ID, agrees=True, by=HEAD, now=NOW)
CLOSE_TERM = CloseLinkageTerm(linkage_id=ID, by="abacus", now=AFTER)
EXEMPT = ExemptSpending(
    linkage_id=ID,
    project_code="P7",
    kind=Exemption.STATUTORY,
    amount=yuan(100),
    reason="法定支出",
    document_no="财社〔2022〕1号",
    by=THIRD,
    now=NOW,
)
CONFIRM = ConfirmLinkage(linkage_id=ID, by=SECOND, now=NOW)
APPLIED = NoteApplied(linkage_id=ID, project_code="P1", by="abacus", now=NOW)
VERIFY = VerifyLinkage(linkage_id=ID, by=SECOND, now=NOW)
CLOSE = CloseLinkage(linkage_id=ID, by=SECOND, now=NOW)


def computed(grade: Grade = Grade.POOR) -> Given:
    return linked(judged(grade)).after(LINK)


def told(grade: Grade = Grade.POOR) -> Given:
    return computed(grade).after(NOTIFY)


def confirmed(grade: Grade = Grade.POOR) -> Given:
    return told(grade).after(ANSWER, CONFIRM)


def approving(story: Given, *amounts: tuple[str, int, bool]) -> Given:
    """The unit as targets tells of it: what each project was granted for 2022."""
    grants = {
        f"{code}-2022": GrantNoted(
            project_code=code, fiscal_year=2022, granted=yuan(amount), exempt=exempt
        )
        for code, amount, exempt in amounts
    }
    return story.knowing(replace(BUDGETED, grants=grants))


def test_v4_with_its_disposition_and_its_grounds() -> None:
    expected = {
        Grade.EXCELLENT: (None, Disposition.PRIORITISE),
        Grade.GOOD: (yuan(2000), Disposition.RECTIFY),
        Grade.FAIR: (yuan(2000), Disposition.RECTIFY),
        Grade.POOR: (yuan(1800), Disposition.CUT_OR_CANCEL),
    }
    for grade, (cap, disposition) in expected.items():
        fact = computed(grade).state.decided
        assert (fact.cap, fact.disposition, fact.binding) == (cap, disposition, False)
        assert fact.grounds.streams == (f"appraisal-{ID}", f"unit-{UNIT}", "rules-653121-2020")
        assert fact.grounds.legal_basis == "财预〔2020〕10号"


@pytest.mark.parametrize(
    ("ratio", "cap"), [("0.05", 1900), ("0.10", 1800), ("0.30", 1400), ("0.04", 0), ("0.31", 0)]
)
def test_a_poor_unit_is_cut_by_a_share_that_the_rule_set_allows(ratio: str, cap: int) -> None:
    outcome = linked(judged(Grade.POOR)).when(replace(LINK, cut_ratio=Decimal(ratio)))
    if cap:
        assert outcome.facts[0].cap == yuan(cap)  # type: ignore[attr-defined]
    else:
        outcome.then_refused(CutRatioOutsideRange, ratio_min="0.05", ratio_max="0.3")


def test_no_other_grade_is_cut_by_a_share() -> None:
    good = linked(judged(Grade.GOOD)).when(replace(LINK, cut_ratio=Decimal("0.10")))
    good.then_refused(CutRatioNotForGrade, grade="GOOD")


def test_the_unit_has_ten_working_days_and_no_more() -> None:
    computed().when(NOTIFY).then(
        LinkageNotified(
            document_no="挂〔2022〕1号", answer_by=LATEST, notified_by=BUREAU, notified_on=TODAY
        )
    )
    assert date(2022, 3, 29) == LATEST
    for day in (LATEST + timedelta(days=1), TODAY):
        late = replace(NOTIFY, answer_by=day)
        computed().when(late).then_refused(
            AnswerTermOutsideRange, answer_by_max="2022-03-29", workdays=10
        )
    told().when(NOTIFY).then_nothing()
    told().when(replace(NOTIFY, document_no="2")).then_refused(LinkageStepOutOfOrder)


def test_silence_is_agreement_by_the_clock() -> None:
    told().when(CLOSE_TERM).then(LinkageUnanswered(due_on=LATEST))
    silent = told().after(CLOSE_TERM)
    silent.when(CLOSE_TERM).then_nothing()
    silent.when(replace(ANSWER, now=AFTER)).then_refused(AnswerTermOver)
    (fact,) = silent.when(replace(CONFIRM, now=AFTER)).facts
    assert isinstance(fact, LinkageConfirmed)
    told().after(ANSWER).when(CLOSE_TERM).then_nothing()
    computed().when(CLOSE_TERM).then_nothing()


def test_an_answer_comes_once_and_in_time() -> None:
    told().when(ANSWER).then(LinkageAnswered(agrees=True, text="", answered_by=HEAD))
    told().after(ANSWER).when(ANSWER).then_nothing()
    told().after(ANSWER).when(replace(ANSWER, agrees=False)).then_refused(LinkageStepOutOfOrder)
    told().when(replace(ANSWER, now=AFTER)).then_refused(AnswerTermOver)
    computed().when(ANSWER).then_refused(LinkageStepOutOfOrder)


def test_another_person_confirms_once_the_unit_was_heard() -> None:
    computed().when(CONFIRM).then_refused(LinkageStepOutOfOrder)
    told().when(CONFIRM).then_refused(StillTimeToAnswer, answer_by="2022-03-29")
    heard = told().after(ANSWER)
    heard.when(replace(CONFIRM, by=BUREAU)).then_refused(SamePersonDecidesAgain)
    (fact,) = heard.when(CONFIRM).facts
    assert isinstance(fact, LinkageConfirmed)
    assert (fact.linkage.cap, fact.confirmed_on) == (yuan(1800), TODAY)
    heard.after(CONFIRM).when(CONFIRM).then_nothing()
    facts = told().when(replace(CONFIRM, now=AFTER)).facts
    assert [type(one) for one in facts] == [LinkageUnanswered, LinkageConfirmed]


def test_whoever_confirms_against_the_unit_says_why() -> None:
    refused = told().after(replace(ANSWER, agrees=False, text="评价口径有误"))
    refused.when(CONFIRM).then_refused(DisagreementUnanswered)
    (fact,) = refused.when(replace(CONFIRM, remark="口径以文件为准")).facts
    assert fact.remark == "口径以文件为准"  # type: ignore[attr-defined]


def test_exempt_spending_has_a_reason_and_comes_before_the_cap_binds() -> None:
    story = told().after(EXEMPT)
    story.when(EXEMPT).then_nothing()
    story.when(replace(EXEMPT, amount=yuan(1))).then_refused(AlreadyRecorded)
    told().when(replace(EXEMPT, reason=" ")).then_refused(ExemptionUnfounded)
    told().when(replace(EXEMPT, amount=ZERO)).then_refused(ExemptionUnfounded)
    # What is confirmed was written by whoever exempted money from it as well.
    own = replace(CONFIRM, by=THIRD)
    story.after(ANSWER).when(own).then_refused(SamePersonDecidesAgain)
    (fact,) = story.after(ANSWER).when(CONFIRM).facts
    assert [one.project_code for one in fact.exemptions] == ["P7"]  # type: ignore[attr-defined]
    late = replace(EXEMPT, project_code="P8")
    story.after(ANSWER, CONFIRM).when(late).then_refused(LinkageAlreadyBinds)


def test_the_budget_that_was_approved_is_held_against_the_cap() -> None:
    used = confirmed().after(APPLIED)
    used.when(APPLIED).then_nothing()
    told().when(APPLIED).then_nothing()
    linkage.when(APPLIED).then_nothing()
    exempt = told().after(EXEMPT, ANSWER, CONFIRM, APPLIED)
    within = approving(exempt, ("P1", 1000, False), ("P2", 800, False), ("P7", 70, False))
    (fact,) = within.when(VERIFY).facts
    assert isinstance(fact, LinkageVerified)
    assert (fact.approved, fact.exempted, fact.excess) == (yuan(1870), yuan(70), ZERO)
    assert fact.obeys
    within.after(VERIFY).when(VERIFY).then_nothing()
    beyond = approving(used, ("P1", 1000, False), ("P2", 801, False))
    (fact,) = beyond.when(VERIFY).facts
    assert (fact.excess, fact.obeys) == (yuan(1), False)  # type: ignore[attr-defined]


def test_what_a_request_calls_exempt_is_exempt_only_where_the_document_says_so() -> None:
    story = told().after(ANSWER, CONFIRM, APPLIED)
    (fact,) = approving(story, ("P1", 1800, False), ("P3", 70, True)).when(VERIFY).facts
    assert (fact.exempted, fact.excess) == (ZERO, yuan(70))  # type: ignore[attr-defined]


def test_an_exemption_frees_no_more_than_its_amount() -> None:
    story = told().after(EXEMPT, ANSWER, CONFIRM, APPLIED)
    for amount, excess in ((100, 0), (101, 1)):
        (fact,) = approving(story, ("P1", 1800, False), ("P7", amount, False)).when(VERIFY).facts
        assert fact.excess == yuan(excess)  # type: ignore[attr-defined]


def test_what_began_the_year_counts_before_what_was_granted() -> None:
    unit = replace(
        BUDGETED,
        budgets={
            **BUDGETED.budgets,
            "P1-2022": ApprovedBudgetNoted(project_code="P1", fiscal_year=2022, budget=yuan(1700)),
        },
        grants={
            "P1-2022": GrantNoted(
                project_code="P1", fiscal_year=2022, granted=yuan(1900), exempt=False
            )
        },
    )
    applied, fact = confirmed().knowing(unit).when(VERIFY).facts
    assert isinstance(applied, LinkageApplied)
    assert fact.approved == yuan(1700)  # type: ignore[attr-defined]


def test_nothing_is_verified_before_there_is_a_budget() -> None:
    confirmed().knowing(BUDGETED).when(VERIFY).then_refused(BudgetNotApprovedYet, budget_year=2022)
    told().knowing(BUDGETED).when(VERIFY).then_refused(LinkageStepOutOfOrder)


def test_a_breach_that_targets_tells_is_a_fact() -> None:
    breach = NoteBreach(
        linkage_id=ID, approved=yuan(1900), exempted=ZERO, excess=yuan(100), by="abacus", now=NOW
    )
    story = confirmed().after(APPLIED)
    (fact,) = story.when(breach).facts
    assert (fact.obeys, fact.by_budget_system) == (False, True)  # type: ignore[attr-defined]
    broken = story.after(breach)
    broken.when(breach).then_nothing()
    broken.when(CLOSE).then_refused(CapBreached, excess="1000000.00")
    broken.when(replace(CLOSE, remark="追减预算")).then(
        LinkageClosed(remark="追减预算", closed_by=SECOND, closed_on=TODAY)
    )
    linkage.when(breach).then_nothing()
    told().when(breach).then_nothing()


def test_the_end_comes_after_the_budget_was_verified() -> None:
    confirmed().when(CLOSE).then_refused(LinkageStepOutOfOrder)
    done = approving(confirmed().after(APPLIED), ("P1", 1800, False)).after(VERIFY, CLOSE)
    done.when(CLOSE).then_nothing()
    more = approving(done, ("P1", 1801, False))
    more.when(VERIFY).then_refused(LinkageStepOutOfOrder)


def test_what_nobody_computed_is_unknown() -> None:
    for command in (NOTIFY, ANSWER, CLOSE_TERM, EXEMPT, CONFIRM, CLOSE):
        linkage.when(command).then_refused(LinkageUnknown)
    linkage.knowing(BUDGETED).when(VERIFY).then_refused(LinkageUnknown)


def test_what_was_decided_before_bound_at_once_and_still_does() -> None:
    old = BudgetLinkageDecided(
        unit_code=UNIT,
        region_code="653121",
        department_code="D",
        basis_fiscal_year=2020,
        budget_year=2022,
        grade=Grade.POOR,
        previous_budget=yuan(2000),
        cap_factor=Decimal("0.90"),
        cap=yuan(1800),
        priority=False,
        rule_set_version=1,
        decided_by=BUREAU,
        decided_on=TODAY,
    )
    story = linkage.given(old)
    assert story.state.binds_from == TODAY
    story.when(NOTIFY).then_refused(LinkageStepOutOfOrder)
    story.when(CONFIRM).then_nothing()
    assert story.when(APPLIED).facts


def test_the_base_is_the_year_before_as_the_rule_set_says() -> None:
    unit = replace(
        KNOWN_UNIT,
        budgets=BUDGETED.budgets,
        adjusted={
            "P1-2021": AdjustedBudgetNoted(project_code="P1", fiscal_year=2021, budget=yuan(1500))
        },
    )
    assert (unit.budget(2021), unit.adjusted_budget(2021)) == (yuan(2000), yuan(1500))
    assert unit.adjusted_budget(2020) is None
    assert Money.total(one.amount for one in unit.approved(2021).values()) == yuan(2000)
