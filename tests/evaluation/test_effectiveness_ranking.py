"""Final scores are ranked, published and applied; a county rests on its own units."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from services.evaluation.domain.effectiveness.framework import Period
from services.evaluation.domain.effectiveness.ids import plan_id
from services.evaluation.domain.effectiveness.plan import EffectivenessPlan
from services.evaluation.domain.effectiveness.plan_decider import effectiveness_plan_decider
from services.evaluation.domain.effectiveness.plan_messages import (
    EffectivenessPublished,
    EffectivenessRanked,
    PlannedSubject,
)
from services.evaluation.domain.effectiveness.refusals import (
    EffectivenessPlanUnknown,
    EffectivenessStepOutOfOrder,
    EffectivenessUnknown,
    SubjectOutsideRegion,
    SubjectsNotFinal,
    UnitsNotFinal,
)
from services.evaluation.domain.effectiveness.subject_decider import effectiveness_decider
from services.evaluation.domain.effectiveness.subject_messages import EffectivenessConcluded
from services.evaluation.domain.effectiveness.subject_states import Standing
from services.evaluation.domain.ranking_messages import PublishRanking
from services.evaluation.domain.refusals import AlreadyRecorded
from services.evaluation.domain.values import Subject
from shared.testing.spec import Given
from tests.evaluation import standing as say
from tests.evaluation.standing import FINAL, H1, PLANNED
from tests.evaluation.story import ADOPTED, BUREAU, REGION, SECOND

UNITS = ("a", "b", "c", "d")
V7 = {"d": "95.00", "b": "95.94", "c": "93.25", "a": "95.00"}
PREFECTURE = "653100"
COUNTIES = plan_id(PREFECTURE, 2022, Period.H1, Subject.COUNTY)
COUNTY = f"{COUNTIES}-{REGION}"


def final(unit: str, score: str, duties: str = "90.00") -> Standing:
    """A final score."""
    fact = FINAL.concluded
    assert fact
    total = replace(fact.total, score=Decimal(score), duties=Decimal(duties))
    return replace(FINAL, concluded=replace(fact, subject_code=unit, total=total))


def planned(*units: str) -> Given:
    """A plan with these units, its data frozen."""
    issued = PLANNED.issued
    assert issued
    subjects = tuple(PlannedSubject(subject_code=unit, region_code=REGION) for unit in units)
    return say.plans.given(
        replace(issued, subjects=subjects),
        PLANNED.fixed,
        PLANNED.frozen,
    )


def ranked(scores: dict[str, str], before: EffectivenessPlan | None = None) -> Given:
    """The ranking of these final scores."""
    story = planned(*scores)
    finals = [final(unit, score) for unit, score in scores.items()]
    return story.knowing(before or EffectivenessPlan(), *finals)


def rows_of(fact: Any) -> list[tuple[str, int]]:  # noqa: ANN401 - any fact
    assert isinstance(fact, EffectivenessRanked)
    return [(row.subject_code, row.rank) for row in fact.rows]


def test_v7_final_scores_are_ranked_and_equal_ones_share_a_rank() -> None:
    (fact,) = ranked(V7).when(say.RANK).facts
    assert rows_of(fact) == [("b", 1), ("a", 2), ("d", 2), ("c", 4)]
    ranked(V7).after(say.RANK).when(say.RANK).then_nothing()
    waiting = planned("a", "b").knowing(EffectivenessPlan(), final("a", "90"), Standing())
    waiting.when(say.RANK).then_refused(SubjectsNotFinal, subjects=["b"])
    say.plans.when(say.RANK).then_refused(EffectivenessPlanUnknown)


def test_the_rank_of_the_half_year_before_is_shown() -> None:
    last = ranked({**V7, "c": "99.00"}).after(say.RANK).state
    (fact,) = ranked(V7, last).when(say.RANK).facts
    assert isinstance(fact, EffectivenessRanked)
    assert {row.subject_code: row.previous_rank for row in fact.rows} == {
        "a": 3,
        "b": 2,
        "c": 1,
        "d": 3,
    }
    references = effectiveness_plan_decider.refers(say.RANK, planned("a").state, ())
    assert references[0].id == plan_id(REGION, 2021, Period.H2, Subject.BUDGET_UNIT)


def test_what_is_published_becomes_a_snapshot_among_the_rankings() -> None:
    story = ranked(V7)
    story.when(say.PUBLISH).then_refused(EffectivenessStepOutOfOrder)
    published = story.after(say.RANK, say.PUBLISH)
    published.when(say.PUBLISH).then_nothing()
    fact = published.facts[-1]
    assert isinstance(fact, EffectivenessPublished)
    (snapshot,) = effectiveness_plan_decider.entails(fact, published.state)
    assert isinstance(snapshot, PublishRanking)
    assert (snapshot.ranking_id, snapshot.plan_id, snapshot.period) == (f"{H1}-1", H1, "2022H1")
    ties = {row.subject: row.tie_break for row in snapshot.rows}
    assert (ties["a"], ties["b"]) == (Decimal("90.00"), None)


def test_a_corrected_score_makes_a_new_ranking_that_names_the_old() -> None:
    first = ranked(V7).after(say.RANK, say.PUBLISH)
    finals = [final(unit, score) for unit, score in {**V7, "c": "96.00"}.items()]
    again = first.knowing(EffectivenessPlan(), *finals).after(say.RANK)
    fact = again.facts[-1]
    assert isinstance(fact, EffectivenessRanked)
    assert (fact.ranking_id, fact.corrects) == (f"{H1}-2", f"{H1}-1")
    assert rows_of(fact)[0] == ("c", 1)
    assert rows_of(first.facts[-2])[0] == ("b", 1)  # the old one stays as it was
    again.when(say.APPLY).then_refused(EffectivenessStepOutOfOrder)
    told = again.after(say.PUBLISH)
    published = told.facts[-1]
    assert isinstance(published, EffectivenessPublished)
    (snapshot,) = effectiveness_plan_decider.entails(published, told.state)
    assert isinstance(snapshot, PublishRanking)
    assert snapshot.corrects == f"{H1}-1"


def test_a_ranking_that_nobody_was_told_of_is_corrected_by_none() -> None:
    drawn = ranked(V7).after(say.RANK)
    finals = [final(unit, score) for unit, score in {**V7, "c": "96.00"}.items()]
    again = drawn.knowing(EffectivenessPlan(), *finals).after(say.RANK)
    assert again.facts[-1].corrects == ""  # type: ignore[attr-defined]


def test_results_are_applied_with_a_document_after_they_were_published() -> None:
    story = ranked(V7).after(say.RANK, say.PUBLISH)
    ranked(V7).after(say.RANK).when(say.APPLY).then_refused(EffectivenessStepOutOfOrder)
    applied = story.after(say.APPLY)
    applied.when(say.APPLY).then_nothing()
    applied.when(replace(say.APPLY, use="别的")).then_refused(AlreadyRecorded)


def counties() -> Given:
    """The prefecture evaluates a county."""
    issue = replace(
        say.ISSUE,
        plan_id=COUNTIES,
        region_code=PREFECTURE,
        subject=Subject.COUNTY,
        subjects=(REGION,),
    )
    figures = replace(say.FREEZE, plan_id=COUNTIES, figures=())
    story = say.plans.given().after(issue)
    fixed = story.knowing(*[ADOPTED] * 4).after(replace(say.FIX, plan_id=COUNTIES))
    return fixed.knowing().after(figures)


def county_told(plan: EffectivenessPlan) -> Given:
    """The county was scored at half of everything, and told."""
    of = say.of(BUREAU, name=COUNTY, region=PREFECTURE)
    figures = replace(say.FIGURES, subject_code=REGION, figures=())
    entered = replace(say.ENTER, effectiveness_id=COUNTY, figures=figures)
    judged = tuple(
        replace(say.SCORE.judged[0], aspect=one.aspect, score=one.points / 2)
        for one in say.framework(Subject.COUNTY).aspects
    )
    score = replace(say.SCORE, **of, judged=judged, bonuses=())
    window = replace(say.OPEN_WINDOW, **of)
    return say.standings.knowing(plan).after(entered, score, window)


def test_a_county_is_sixty_per_cent_its_units_and_forty_its_bureau() -> None:
    plan = counties().state
    conclude = replace(say.CONCLUDE, **say.of(SECOND, say.LATE, COUNTY, PREFECTURE))
    units = planned("a", "b").state
    told = county_told(plan)
    done = told.knowing(plan, units, final("a", "80.00"), final("b", "91.01"))
    (fact,) = done.when(conclude).facts
    assert isinstance(fact, EffectivenessConcluded)
    assert (fact.total.units_mean, fact.total.duties) == (Decimal("85.51"), Decimal(50))
    assert fact.total.score == Decimal("71.31")  # 85.51 x 0.6 + 50 x 0.4 = 71.306
    assert [code for code, _ in fact.units] == ["a", "b"]
    one_missing = told.knowing(plan, units, final("a", "80.00"), Standing())
    one_missing.when(conclude).then_refused(UnitsNotFinal, units=["b"])
    told.knowing(plan, EffectivenessPlan()).when(conclude).then_refused(UnitsNotFinal)


def test_the_county_objects_and_the_prefecture_does_the_rest() -> None:
    plan = counties().state
    told = county_told(plan)
    objection = replace(say.OBJECT, **say.of("iss|county", name=COUNTY, region=REGION))
    assert told.when(objection).refusal is None
    told.when(replace(objection, region_code=PREFECTURE)).then_refused(EffectivenessUnknown)
    told.when(replace(objection, region_code="")).then_refused(EffectivenessUnknown)
    answer = replace(say.answer(), **say.of("iss|county2", name=COUNTY, region=REGION))
    told.after(objection).when(answer).then_refused(EffectivenessUnknown)
    assert effectiveness_decider.owner(told.state) is None


def test_a_plan_of_counties_names_counties_below_the_region() -> None:
    issue = replace(say.ISSUE, plan_id=COUNTIES, region_code=PREFECTURE, subject=Subject.COUNTY)
    for outside in ("654301", PREFECTURE):
        say.plans.when(replace(issue, subjects=(outside,))).then_refused(SubjectOutsideRegion)
    assert say.plans.when(replace(issue, subjects=("653101", "653130"))).refusal is None
