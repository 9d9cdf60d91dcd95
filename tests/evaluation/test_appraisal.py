"""Stories of appraisals and of what their grade binds (V4, V6)."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.evaluation.domain.adopted_rules import Rules
from services.evaluation.domain.appraisal import Appraisal, appraisal_decider
from services.evaluation.domain.appraisal_messages import (
    AppraisalConcluded,
    ConcludeAppraisal,
    InflationNoted,
    LinkScore,
    NoteInflation,
    PriorAppraisalRecorded,
    RecordPriorAppraisal,
    ScoreAppraisal,
)
from services.evaluation.domain.checks import Inflation
from services.evaluation.domain.linkage.capping import cap
from services.evaluation.domain.linkage.commands import DecideLinkage
from services.evaluation.domain.linkage.linkage import linkage_decider
from services.evaluation.domain.refusals import (
    AlreadyRecorded,
    AppraisalNotConcluded,
    AppraisalNotScored,
    LinkNotScored,
    PreviousBudgetContradicted,
    PreviousBudgetUnknown,
    RulesNotAdopted,
    SamePersonDecidesAgain,
    ScoreOutOfRange,
    UnitUnknown,
)
from services.evaluation.domain.unit import ApprovedBudgetNoted, Unit
from services.evaluation.domain.values import Subject
from services.evaluation.reactions import react
from shared.contracts.evaluation import ScoreCorrected
from shared.domain.grades import Grade
from shared.domain.money import Money
from shared.testing.spec import Given, Spec
from tests.evaluation.story import (
    ADOPTED,
    BUREAU,
    DEPT,
    KNOWN_UNIT,
    NOW,
    REGION,
    RULES,
    SECOND,
    TODAY,
    UNIT,
    yuan,
)
from tests.evaluation.test_reactions import heard

appraisal = Spec(appraisal_decider)
linkage = Spec(linkage_decider)
NO = Rules()
KNOWN = (KNOWN_UNIT, ADOPTED, NO, NO, NO, NO, NO)
LINKS = tuple(
    LinkScore(link=link, score=Decimal(points))
    for link, points in {
        "organisation": 8,
        "ex_ante": 11,
        "targets": 16,
        "monitoring": 17,
        "evaluation": 16,
        "application": 12,
        "disclosure": 8,
        "training_publicity": 6,
    }.items()
)
SCORE = ScoreAppraisal(
    subject_code=UNIT,
    fiscal_year=2021,
    region_code=REGION,
    subject=Subject.BUDGET_UNIT,
    links=LINKS,
    by=BUREAU,
    now=NOW,
)
CONCLUDE = ConcludeAppraisal(
    subject_code=UNIT, fiscal_year=2021, region_code=REGION, by=SECOND, now=NOW
)
PRIOR = RecordPriorAppraisal(
    subject_code=UNIT,
    fiscal_year=2020,
    region_code=REGION,
    grade=Grade.POOR,
    document_no="考评〔2021〕1号",
    by=BUREAU,
    now=NOW,
)
LINK = DecideLinkage(unit_code=UNIT, basis_fiscal_year=2020, region_code=REGION, by=BUREAU, now=NOW)
BUDGETED = replace(
    KNOWN_UNIT,
    budgets={
        "P1-2021": ApprovedBudgetNoted(project_code="P1", fiscal_year=2021, budget=yuan(2000))
    },
)


def note(band: Inflation, project: str = "P1") -> NoteInflation:
    return NoteInflation(
        subject_code=UNIT,
        fiscal_year=2021,
        region_code=REGION,
        project_code=project,
        inflation=band,
        by="abacus",
        now=NOW,
    )


def known() -> Given:
    return appraisal.knowing(*KNOWN)


def judged(grade: Grade) -> Appraisal:
    """An appraisal from before the system with this grade."""
    return Appraisal(
        prior=PriorAppraisalRecorded(
            subject_code=UNIT,
            fiscal_year=2020,
            region_code=REGION,
            department_code=DEPT,
            score=None,
            grade=grade,
            document_no="x",
        )
    )


def test_every_link_gets_its_points_within_the_framework() -> None:
    known().when(replace(SCORE, links=LINKS[:-1])).then_refused(LinkNotScored)
    known().when(replace(SCORE, bonus=Decimal(6))).then_refused(ScoreOutOfRange, link="bonus")
    known().when(replace(SCORE, penalty=Decimal(21))).then_refused(ScoreOutOfRange)
    too_many = (replace(LINKS[0], score=Decimal(9)), *LINKS[1:])
    known().when(replace(SCORE, links=too_many)).then_refused(ScoreOutOfRange)
    known().after(SCORE).when(SCORE).then_nothing()
    appraisal.knowing(Unit(), *KNOWN[1:]).when(SCORE).then_refused(UnitUnknown)
    appraisal.knowing(KNOWN_UNIT, *[NO] * 6).when(SCORE).then_refused(RulesNotAdopted)


def test_a_county_is_appraised_by_the_bureau_above_it() -> None:
    county = replace(SCORE, subject=Subject.COUNTY, subject_code="653121", region_code="653100")
    story = appraisal.knowing(Unit(), ADOPTED, NO, NO, NO)
    (fact,) = story.when(county).facts
    assert fact.region_code == "653100"  # type: ignore[attr-defined]


def test_another_person_concludes() -> None:
    known().when(CONCLUDE).then_refused(AppraisalNotScored)
    scored = known().after(SCORE)
    scored.when(replace(CONCLUDE, by=BUREAU)).then_refused(SamePersonDecidesAgain)
    scored.when(CONCLUDE).then(
        AppraisalConcluded(
            subject_code=UNIT,
            subject=Subject.BUDGET_UNIT,
            fiscal_year=2021,
            region_code=REGION,
            score=Decimal("94.00"),
            grade=Grade.EXCELLENT,
            inflation_penalty=Decimal(0),
            rule_set_version=1,
            concluded_by=SECOND,
            concluded_on=TODAY,
            links=LINKS,
            points=Decimal(94),
        )
    )
    scored.after(CONCLUDE).when(CONCLUDE).then_nothing()
    scored.after(CONCLUDE).when(SCORE).then_refused(AlreadyRecorded)


def test_v6_an_inflated_project_costs_two_points_and_a_serious_one_five() -> None:
    known().when(note(Inflation.INFLATED)).then(
        InflationNoted(project_code="P1", inflation=Inflation.INFLATED)
    )
    known().after(note(Inflation.INFLATED)).when(note(Inflation.INFLATED)).then_nothing()
    one = known().after(note(Inflation.INFLATED), SCORE, CONCLUDE).state
    assert one.concluded.score == Decimal("92.00")
    two = known().after(note(Inflation.INFLATED), note(Inflation.SERIOUS, "P2"), SCORE, CONCLUDE)
    assert two.state.concluded.score == Decimal("87.00")
    lifted = known().after(note(Inflation.SERIOUS), note(Inflation.NONE), SCORE, CONCLUDE)
    assert lifted.state.concluded.score == Decimal("94.00")


def corrected(finding: str, after: str) -> list[object]:
    """What is noted when a re-check, or the objection to it, is told."""
    word = ScoreCorrected(
        region_code=REGION,
        project_code="P1",
        fiscal_year=2021,
        unit_code=UNIT,
        before=Decimal(98),
        after=Decimal(after),
        grade="GOOD",
        finding=finding,
        corrected_on=TODAY,
    )
    return [one for one in react(heard(word)) if isinstance(one, NoteInflation)]


@pytest.mark.parametrize(
    ("finding", "score"), [("NONE", "94.00"), ("ATTENTION", "94.00"), ("INFLATED", "92.00")]
)
def test_a_decided_objection_replaces_what_the_recheck_cost(finding: str, score: str) -> None:
    rechecked = corrected("SERIOUS", "70")
    story = known().after(*rechecked, *corrected(finding, "90"), SCORE, CONCLUDE)
    assert story.state.concluded.score == Decimal(score)
    assert known().after(*rechecked, SCORE, CONCLUDE).state.concluded.score == Decimal("89.00")


@pytest.mark.parametrize(
    ("penalty", "charged", "score"), [("15", "20", "74.00"), ("14", "19", "75.00")]
)
def test_no_penalty_of_both_kinds_together_passes_the_cap(
    penalty: str, charged: str, score: str
) -> None:
    scored = replace(SCORE, penalty=Decimal(penalty), reason="违规")
    told = known().after(note(Inflation.SERIOUS), scored, CONCLUDE).state.concluded
    assert (told.penalty, told.inflation_penalty) == (Decimal(charged), Decimal(5))
    assert told.score == Decimal(score)


def test_what_an_inflated_project_costs_is_the_rule_of_the_year() -> None:
    rules = {**RULES, "self_eval_checks": {**RULES["self_eval_checks"], "penalties": [0, "3.5"]}}
    dear = replace(ADOPTED, text=json.dumps(rules))
    story = appraisal.knowing(KNOWN_UNIT, dear, NO, NO, NO, NO, NO)
    noted = story.after(note(Inflation.INFLATED), note(Inflation.SERIOUS, "P2"), SCORE, CONCLUDE)
    told = noted.state.concluded
    assert (told.score, told.inflation_penalty) == (Decimal("90.50"), Decimal("3.5"))
    assert [one.project_code for one in told.inflated] == ["P2"]  # what costs nothing is not listed


@given(st.integers(min_value=0, max_value=12), st.integers(min_value=0, max_value=20))
def test_penalties_have_a_ceiling(serious: int, penalty: int) -> None:
    story = known().after(*[note(Inflation.SERIOUS, f"P{n}") for n in range(serious)])
    concluded = story.after(replace(SCORE, penalty=Decimal(penalty)), CONCLUDE).state.concluded
    assert concluded.score == Decimal(94) - min(20, 5 * serious + penalty)


def test_a_grade_from_before_the_system_is_recorded_once() -> None:
    story = appraisal.knowing(KNOWN_UNIT, ADOPTED, NO, NO, NO, NO, NO)
    assert story.after(PRIOR).state.grade is Grade.POOR
    story.after(PRIOR).when(PRIOR).then_nothing()
    story.after(PRIOR).when(replace(PRIOR, grade=Grade.GOOD)).then_refused(AlreadyRecorded)
    story.after(PRIOR).when(SCORE).then_refused(AlreadyRecorded)
    appraisal.knowing(Unit(), *KNOWN[1:]).when(PRIOR).then_refused(UnitUnknown)


@pytest.mark.parametrize(
    ("grade", "limit", "priority"),
    [
        (Grade.EXCELLENT, None, True),
        (Grade.GOOD, yuan(2000), False),
        (Grade.FAIR, yuan(2000), False),
        (Grade.POOR, yuan(1800), False),
    ],
)
def test_v4_the_grade_of_n_binds_n_plus_two(
    grade: Grade,
    limit: Money | None,
    priority: bool,  # noqa: FBT001 - a column of the table
) -> None:
    (fact,) = linked(judged(grade)).when(LINK).facts
    assert (fact.budget_year, fact.previous_budget) == (2022, yuan(2000))  # type: ignore[attr-defined]
    assert (fact.cap, fact.priority) == (limit, priority)  # type: ignore[attr-defined]


def linked(found: Appraisal, unit: Unit = BUDGETED) -> Given:
    """What a linkage consults: unit, appraisal, and the rules of three years on three levels."""
    return linkage.knowing(unit, found, *[NO] * 3, ADOPTED, *[NO] * 5)


def test_a_linkage_needs_an_appraisal_and_the_budget_before() -> None:
    poor = judged(Grade.POOR)
    linked(Appraisal()).when(LINK).then_refused(AppraisalNotConcluded)
    linked(poor, KNOWN_UNIT).when(LINK).then_refused(PreviousBudgetUnknown)
    linked(poor, Unit()).when(LINK).then_refused(UnitUnknown)
    told = replace(LINK, previous_budget=yuan(1000))
    linked(poor).when(told).then_refused(PreviousBudgetContradicted, approved="20000000.00")
    assert linked(poor, KNOWN_UNIT).when(told).facts[0].cap == yuan(900)  # type: ignore[attr-defined]
    linked(poor).after(LINK).when(LINK).then_nothing()


@given(st.integers(min_value=0, max_value=10**14).map(Money), st.sampled_from(Grade))
def test_a_cap_never_exceeds_the_year_before(previous: Money, grade: Grade) -> None:
    limit = cap(grade, previous, ADOPTED.rule_set.linkage)
    assert limit is None or limit <= previous


def concluded(unit: str, score: str) -> Appraisal:
    fact = AppraisalConcluded(
        subject_code=unit,
        subject=Subject.BUDGET_UNIT,
        fiscal_year=2021,
        region_code=REGION,
        score=Decimal(score),
        grade=Grade.EXCELLENT,
        inflation_penalty=Decimal(0),
        rule_set_version=1,
        concluded_by=SECOND,
        concluded_on=TODAY,
    )
    return Appraisal(concluded=fact)


def test_a_conclusion_says_all_that_it_was_computed_from() -> None:
    noted = known().after(note(Inflation.SERIOUS, "P2"), note(Inflation.ATTENTION, "P3"))
    scored = replace(SCORE, bonus=Decimal(2), penalty=Decimal("1.005"))
    told = noted.after(scored, CONCLUDE).state.concluded
    assert [(one.project_code, one.inflation) for one in told.inflated] == [
        ("P2", Inflation.SERIOUS)
    ]
    assert (told.bonus, told.inflation_penalty, told.penalty) == (
        Decimal(2),
        Decimal(5),
        Decimal("6.005"),
    )
    assert told.points == sum(link.score for link in told.links) + told.bonus - told.penalty
    assert (told.score, told.rule_set_version) == (Decimal("90.00"), 1)  # 89.995, half up
    assert told.grade is Grade.EXCELLENT  # the grade is that of the rounded score


def test_a_conclusion_from_before_the_inputs_were_kept_is_still_read() -> None:
    old = concluded(UNIT, "94.00")
    assert (old.concluded.links, old.concluded.points) == ((), None)  # type: ignore[union-attr]
    assert old.grade is Grade.EXCELLENT
