"""Stories of the effectiveness evaluation of a unit, step by step, and every refusal on the way."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from services.evaluation.domain.effectiveness.plan import EffectivenessPlan
from services.evaluation.domain.effectiveness.plan_decider import effectiveness_plan_decider
from services.evaluation.domain.effectiveness.plan_messages import (
    DataFrozen,
    EffectivenessPlanIssued,
    IndicatorsFixed,
)
from services.evaluation.domain.effectiveness.refusals import (
    AspectComputed,
    AspectNotJudged,
    AspectUnknown,
    CutOffTooEarly,
    EffectivenessObjectedOnce,
    EffectivenessPlanUnknown,
    EffectivenessStepOutOfOrder,
    EffectivenessUnknown,
    ExtraPointsOutOfRange,
    IndicatorsFixedTooLate,
    NoEffectivenessObjection,
    ObjectionJudgedByScorer,
    ObjectionWindowNotOpen,
    ObjectionWindowNotOver,
    SubjectOutsideRegion,
    SubjectTwice,
)
from services.evaluation.domain.effectiveness.scoring import (
    ExtraPoints,
    JudgedAspect,
    ScoreSource,
)
from services.evaluation.domain.effectiveness.subject_decider import effectiveness_decider
from services.evaluation.domain.effectiveness.subject_messages import EffectivenessCorrected
from services.evaluation.domain.refusals import (
    AlreadyRecorded,
    NotItsName,
    RulesNotAdopted,
    SamePersonDecidesAgain,
    ScoreOutOfRange,
    UnitUnknown,
)
from services.evaluation.domain.unit import Unit
from shared.domain.grades import Grade, grade_of
from tests.evaluation import standing as say
from tests.evaluation.standing import H1, HOW, PLANNED
from tests.evaluation.story import ADOPTED, BUREAU, HEAD, KNOWN_UNIT, SECOND, UNIT
from tests.evaluation.test_appraisal import NO

POINTS_OF_ALL = 100


def test_the_service_knows_whom_to_ask_for_every_step() -> None:
    assert {type(one) for one in say.PLAN_LIFE} == set(effectiveness_plan_decider.commands)
    assert {type(one) for one in say.SUBJECT_LIFE} <= set(effectiveness_decider.commands)


def test_a_plan_names_its_subjects_once_and_in_its_own_region() -> None:
    (fact,) = say.plans.knowing(KNOWN_UNIT).when(say.ISSUE).facts
    assert isinstance(fact, EffectivenessPlanIssued)
    assert fact.subjects[0].department_code == KNOWN_UNIT.department_code
    story = say.issued()
    story.when(replace(say.ISSUE, by=SECOND)).then_nothing()
    story.when(replace(say.ISSUE, document_no="别的")).then_refused(AlreadyRecorded)
    twice = replace(say.ISSUE, subjects=(UNIT, UNIT))
    say.plans.knowing(KNOWN_UNIT, KNOWN_UNIT).when(twice).then_refused(SubjectTwice)
    unknown = say.plans.knowing(Unit()).when(say.ISSUE)
    assert unknown.then_refused(UnitUnknown, unit_code=UNIT).pointer == "/subjects"
    elsewhere = replace(KNOWN_UNIT, region_code="653130")
    say.plans.knowing(elsewhere).when(say.ISSUE).then_refused(SubjectOutsideRegion)
    misnamed = replace(say.ISSUE, plan_id="X")
    say.plans.knowing(KNOWN_UNIT).when(misnamed).then_refused(NotItsName, expected=H1)
    early = replace(say.ISSUE, cut_off_on=date(2022, 6, 29))
    say.plans.knowing(KNOWN_UNIT).when(early).then_refused(CutOffTooEarly)


def test_the_indicators_are_fixed_before_the_period_starts() -> None:
    story = say.issued().knowing(ADOPTED, *[NO] * 5)
    (fact,) = story.when(say.FIX).facts
    assert isinstance(fact, IndicatorsFixed)
    assert sum(one.points for one in fact.framework.aspects) == POINTS_OF_ALL
    last = replace(say.FIX, now=datetime(2021, 12, 31, 15, 59, tzinfo=UTC))
    assert story.when(last).refusal is None
    late = replace(say.FIX, now=datetime(2021, 12, 31, 16, 0, tzinfo=UTC))  # 1 January in China
    story.when(late).then_refused(IndicatorsFixedTooLate, starts_on="2022-01-01")
    say.fixed().knowing(ADOPTED, *[NO] * 5).when(late).then_nothing()
    say.issued().knowing(*[NO] * 6).when(say.FIX).then_refused(RulesNotAdopted)
    say.plans.when(say.FIX).then_refused(EffectivenessPlanUnknown)


def test_data_are_frozen_once_and_only_after_the_cut_off() -> None:
    (fact,) = say.fixed().when(say.FREEZE).facts
    assert isinstance(fact, DataFrozen)
    assert fact.figures == (say.FIGURES,)
    later = replace(say.FREEZE, figures=())
    say.fixed().after(say.FREEZE).when(later).then_nothing()
    early = replace(say.FREEZE, now=datetime(2022, 6, 30, 15, 59, tzinfo=UTC))
    say.fixed().when(early).then_refused(EffectivenessStepOutOfOrder)
    say.issued().knowing().when(say.FREEZE).then_refused(EffectivenessStepOutOfOrder)


def test_figures_are_points_and_what_nobody_says_has_none() -> None:
    lines = {line.aspect: line for line in say.begun().state.lines}
    assert (lines["FORMS_ON_TIME"].score, lines["FORMS_ON_TIME"].source) == (
        Decimal("5.40"),
        ScoreSource.COMPUTED,
    )
    assert lines["MONITORING_SCORE"].score == Decimal("5.10")
    assert (lines["COVERAGE"].score, lines["COVERAGE"].source) == (None, ScoreSource.NOT_SAID)
    assert (lines["CAPS"].score, lines["CAPS"].source) == (None, ScoreSource.NOT_DUE)
    say.begun().when(say.ENTER).then_nothing()
    not_frozen = replace(PLANNED, frozen=None)
    say.standings.knowing(not_frozen).when(say.ENTER).then_refused(EffectivenessStepOutOfOrder)


def test_what_is_not_computed_is_judged_with_a_document_or_nothing_goes_on() -> None:
    story = say.begun()
    missing = replace(say.SCORE, judged=say.SCORE.judged[1:])
    story.when(missing).then_refused(AspectNotJudged, aspects=["POLICY_MAPPED"])
    story.when(replace(say.SCORE, judged=())).then_refused(AspectNotJudged)
    story.when(say.OPEN_WINDOW).then_refused(EffectivenessStepOutOfOrder)
    computed = JudgedAspect(aspect="FORMS_ON_TIME", score=Decimal(6), **HOW)
    by_hand = replace(say.SCORE, judged=(*say.SCORE.judged, computed))
    story.when(by_hand).then_refused(AspectComputed, aspect="FORMS_ON_TIME")
    unknown = replace(say.SCORE, judged=(replace(computed, aspect="X"), *say.SCORE.judged))
    story.when(unknown).then_refused(AspectUnknown, aspect="X")
    story.when(replace(say.SCORE, judged=say.judged(SESSIONS="2.01"))).then_refused(ScoreOutOfRange)
    say.standings.knowing(PLANNED).when(say.SCORE).then_refused(EffectivenessStepOutOfOrder)


@pytest.mark.parametrize("points", [("5.01",), ("3", "3"), ("0",), ("-1", "2")])
def test_bonus_stays_within_the_rules(points: tuple[str, ...]) -> None:
    extra = tuple(ExtraPoints(points=Decimal(one), **HOW) for one in points)
    for field, told, limit in (("bonuses", extra, "5"), ("penalties", extra * 5, "20")):
        outcome = say.begun().when(replace(say.SCORE, **{field: told}))  # type: ignore[arg-type]
        refusal = outcome.then_refused(ExtraPointsOutOfRange, limit=limit)
        assert (refusal.pointer or "").startswith(f"/{field}")


def test_scores_are_replaced_until_the_subject_was_told() -> None:
    story = say.begun().after(say.SCORE)
    story.when(say.SCORE).then_nothing()
    again = replace(say.SCORE, judged=say.judged("0.6"))
    assert story.when(again).refusal is None
    story.after(say.OPEN_WINDOW).when(say.SCORE).then_nothing()
    story.after(say.OPEN_WINDOW).when(again).then_refused(EffectivenessStepOutOfOrder)


def test_a_subject_objects_once_within_the_days() -> None:
    told = say.told()
    # Ten working days from Friday, 8 July: Monday the 11th is 古尔邦节.
    assert told.state.window.object_by == date(2022, 7, 25)
    say.begun().after(say.SCORE).when(say.OBJECT).then_refused(ObjectionWindowNotOpen)
    last = replace(say.OBJECT, now=datetime(2022, 7, 25, 15, 59, tzinfo=UTC))
    objected = told.after(last)
    objected.when(last).then_nothing()
    objected.when(replace(last, text="又一条")).then_refused(EffectivenessObjectedOnce)
    late = replace(say.OBJECT, now=datetime(2022, 7, 25, 16, 0, tzinfo=UTC))
    told.when(late).then_refused(ObjectionWindowNotOpen)
    told.after(say.CLOSE_WINDOW).when(say.OBJECT).then_refused(ObjectionWindowNotOpen)
    early = replace(say.CLOSE_WINDOW, now=last.now)
    told.when(early).then_nothing()


def test_an_objection_is_decided_by_somebody_else_and_corrects_what_was_computed() -> None:
    right = JudgedAspect(aspect="TARGETS_CORE", score=Decimal(4), **HOW)
    objected = say.told().after(say.OBJECT)
    objected.when(say.answer(BUREAU)).then_refused(ObjectionJudgedByScorer)
    objected.when(say.answer(HEAD)).then_refused(ObjectionJudgedByScorer)
    say.told().when(say.answer()).then_refused(NoEffectivenessObjection)
    too_much = replace(right, score=Decimal("4.01"))
    objected.when(say.answer(SECOND, too_much)).then_refused(ScoreOutOfRange)
    decided = objected.after(say.answer(SECOND, right))
    (line,) = [one for one in decided.state.lines if one.aspect == "TARGETS_CORE"]
    assert (line.score, line.source, line.part) == (4, ScoreSource.CORRECTED, 1)
    decided.when(say.answer(SECOND, right)).then_nothing()
    decided.when(replace(say.answer(), reason="别的")).then_refused(NoEffectivenessObjection)


def test_a_score_is_final_after_the_window_and_by_another_person() -> None:
    told = say.told().knowing(PLANNED, EffectivenessPlan())
    early = replace(say.CONCLUDE, now=say.SCORED_AT)
    told.when(early).then_refused(ObjectionWindowNotOver)
    told.when(replace(say.CONCLUDE, by=BUREAU)).then_refused(SamePersonDecidesAgain)
    (fact,) = told.when(say.CONCLUDE).facts
    total = fact.total  # type: ignore[attr-defined]
    # 12.50 of the system, half of the other 84 points, a bonus of 2.
    assert (total.duties, total.bonus, total.score) == (
        Decimal("54.50"),
        Decimal(2),
        Decimal("56.50"),
    )
    assert fact.grade is Grade.POOR  # type: ignore[attr-defined]
    assert fact.rule_set_version == 1  # type: ignore[attr-defined]
    told_of = (fact.subject_code, fact.region_code, fact.plan_id, fact.fiscal_year)  # type: ignore[attr-defined]
    assert told_of == (UNIT, KNOWN_UNIT.region_code, H1, 2022)
    assert (fact.concluded_by, fact.concluded_on) == (SECOND, date(2022, 9, 1))  # type: ignore[attr-defined]
    last_day = datetime(2022, 7, 25, 15, 59, tzinfo=UTC)
    told.when(replace(say.CONCLUDE, now=last_day)).then_refused(ObjectionWindowNotOver)
    day_after = datetime(2022, 7, 25, 16, 0, tzinfo=UTC)
    assert told.when(replace(say.CONCLUDE, now=day_after)).refusal is None
    told.after(say.CONCLUDE).when(say.CONCLUDE).then_nothing()
    contested = say.told().after(say.OBJECT).knowing(PLANNED, EffectivenessPlan())
    contested.when(say.CONCLUDE).then_refused(ObjectionWindowNotOver)


def test_a_final_score_is_corrected_with_a_document_by_another_person() -> None:
    final = say.told().knowing(PLANNED, EffectivenessPlan()).after(say.CONCLUDE).knowing(PLANNED)
    final.when(say.correction(by=SECOND)).then_refused(SamePersonDecidesAgain)
    say.told().when(say.correction()).then_refused(EffectivenessStepOutOfOrder)
    final.when(say.correction("6.01")).then_refused(ScoreOutOfRange)
    (fact,) = final.when(say.correction("6")).facts
    assert isinstance(fact, EffectivenessCorrected)
    assert (fact.before, fact.result.total.score) == (Decimal("56.50"), Decimal("57.40"))
    corrected = final.after(say.correction("6"))
    corrected.when(say.correction("6")).then_nothing()
    assert corrected.state.concluded.total.score == Decimal("57.40")


def test_nobody_is_evaluated_whom_no_plan_names() -> None:
    stranger = replace(say.SCORE, effectiveness_id=f"{H1}-U9")
    say.standings.knowing(PLANNED).when(stranger).then_refused(EffectivenessUnknown)
    say.standings.knowing(EffectivenessPlan()).when(say.SCORE).then_refused(EffectivenessUnknown)
    nonsense = replace(say.SCORE, effectiveness_id="nonsense")
    say.standings.knowing(EffectivenessPlan()).when(nonsense).then_refused(EffectivenessUnknown)
    unfixed = replace(PLANNED, fixed=None)
    say.standings.knowing(unfixed).when(say.SCORE).then_refused(EffectivenessStepOutOfOrder)


def test_the_grade_is_that_of_the_rounded_score() -> None:
    bands = dict(say.framework().grades)
    assert grade_of(Decimal("89.995"), bands) is Grade.EXCELLENT
    assert grade_of(Decimal("89.994"), bands) is Grade.GOOD


def test_who_scored_before_another_did_so_otherwise_decides_no_objection() -> None:
    again = replace(say.SCORE, judged=say.judged("0.6"), by="iss|other")
    objected = say.begun().after(say.SCORE, again, say.OPEN_WINDOW, say.OBJECT)
    objected.when(say.answer(BUREAU)).then_refused(ObjectionJudgedByScorer)
    objected.when(say.answer("iss|other")).then_refused(ObjectionJudgedByScorer)
    assert objected.when(say.answer(SECOND)).refusal is None
