"""Both sides of every bound of an evaluation, what its refusals say, and what its report names."""

import hashlib
import json
from base64 import b64decode
from dataclasses import asdict, replace
from datetime import timedelta
from decimal import Decimal
from typing import Any, Final

import pytest

from services.evaluation.domain.adopted_rules import Rules
from services.evaluation.domain.judging import refusals as no
from services.evaluation.domain.judging.commands import NoteCommission
from services.evaluation.domain.judging.events import (
    EvaluationNoticeIssued,
    EvaluationRechecked,
    ReportSubmitted,
)
from services.evaluation.domain.judging.framework import score_items
from services.evaluation.domain.judging.reportfile import (
    PART_BYTES,
    EnterReportFile,
    reportfile_decider,
)
from services.evaluation.domain.judging.values import Figure, ItemScore, Measure, Side, Stage
from services.evaluation.domain.refusals import (
    EvaluationStepOutOfOrder,
    ItemNotJudged,
    PlanOutOfBalance,
    ScoreOutOfRange,
)
from services.evaluation.domain.self_evaluation.messages import ObjectionDecided
from services.evaluation.domain.third_party.assignment_messages import Assignment
from services.evaluation.domain.values import Kind
from shared.domain.grades import Grade
from shared.domain.refusals import Refusal
from shared.testing.spec import Given, Spec
from tests.evaluation import judging_story as e
from tests.evaluation import test_objection as objections
from tests.evaluation import test_recheck as rechecks
from tests.evaluation import test_self_evaluation as reports
from tests.evaluation import test_third_party as parties
from tests.evaluation.story import BUREAU, NOW, PROJECT, REGION, THIRD, TODAY, accept, yuan
from tests.evaluation.test_evaluation_framework import case, framework, measured, with_framework

LAST: Final = NOW + timedelta(days=14)
"""The tenth working day after the day of the stories."""
ZERO: Final = Decimal(0)
NOTED: Final = NoteCommission(
    evaluation_id=e.ID,
    assignment_id=parties.ID,
    evaluator="某会计师事务所",
    by=BUREAU,
    now=NOW,
)


def report_of(**changes: Any) -> ReportSubmitted:  # noqa: ANN401 - the fields of the command
    """What is submitted of the evaluation of the story."""
    known = e.until(e.CONCLUDE).knowing(e.KNOWN_UNIT)
    (fact,) = known.when(replace(e.SUBMIT, **changes)).facts
    assert isinstance(fact, ReportSubmitted)
    return fact


def points(*of_items: int) -> tuple[Any, ...]:
    """The items of the story with other points."""
    given = zip(e.ITEMS, of_items, strict=True)
    return tuple(replace(item, points=Decimal(one)) for item, one in given)


@pytest.mark.parametrize(
    ("stage", "of_items", "refused"),
    [
        (Stage.GENERAL, (15, 5, 20, 30, 30), None),
        (Stage.GENERAL, (15, 5, 21, 30, 29), PlanOutOfBalance),
        (Stage.GENERAL, (0, 10, 30, 30, 30), PlanOutOfBalance),
        (Stage.ONGOING, (15, 5, 20, 30, 30), None),
        (Stage.ONGOING, (15, 5, 20, 29, 31), no.PlanNotOfTheStage),
        (Stage.FINISHED, (15, 5, 20, 30, 30), None),
        (Stage.FINISHED, (10, 5, 20, 35, 30), None),
    ],
)
def test_points_stand_on_both_sides_of_what_a_stage_asks(
    stage: Stage, of_items: tuple[int, ...], refused: type[Refusal] | None
) -> None:
    told = e.until(e.NOTICE).knowing(*e.RULES)
    outcome = told.when(replace(e.PLAN, items=points(*of_items), stage=stage))
    assert type(outcome.refusal) is (refused or type(None))


@pytest.mark.parametrize(
    ("stage", "refused"),
    [(Stage.GENERAL, False), (Stage.ONGOING, False), (Stage.FINISHED, True)],
)
def test_a_rule_set_may_ask_more_of_results_in_the_end(stage: Stage, *, refused: bool) -> None:
    """Usually 70 of 100 by this rule set, and at least 60."""
    text = json.dumps(with_framework(framework()))
    law = (Rules(version=2, legal_basis="x", text=text), Rules(), Rules())
    plan = replace(e.PLAN, items=points(15, 5, 15, 40, 25), stage=stage)
    outcome = e.until(e.NOTICE).knowing(*law).when(plan)
    assert isinstance(outcome.refusal, no.PlanNotOfTheStage) is refused


def test_a_plan_out_of_balance_says_what_it_sums_to() -> None:
    told = e.until(e.NOTICE).knowing(*e.RULES)
    refusal = told.when(replace(e.PLAN, items=points(16, 5, 20, 29, 30))).refusal
    assert refusal is not None
    assert refusal.details == {"total": "100", "results": "59"}
    refusal = told.when(replace(e.PLAN, items=points(16, 5, 20, 31, 30))).refusal
    assert refusal is not None
    assert refusal.details == {"total": "102", "results": "61"}


@pytest.mark.parametrize(
    ("measure", "figure", "score"),
    [
        (Measure.COMPLETION, Figure(item_id="M", planned=Decimal(9), actual=ZERO), "0.00"),
        (Measure.COMPLETION, Figure(item_id="M", planned=ZERO, actual=ZERO), "0.00"),
        (Measure.QUALITY, Figure(item_id="M", actual=Decimal(4), qualified=ZERO), "0.00"),
        (Measure.SAVING, Figure(item_id="M", planned_cost=yuan(10), actual_cost=yuan(0)), "10.00"),
    ],
)
def test_what_came_to_nothing_is_a_figure_like_any_other(
    measure: Measure, figure: Figure, score: str
) -> None:
    proven = replace(figure, evidence=("E1",))
    (found,) = score_items(measured(measure), (), case(proven))
    assert (found.score, found.evidence) == (Decimal(score), ("E1",))


@pytest.mark.parametrize(
    ("measure", "figure", "wanted"),
    [
        (measure, Figure(item_id="M", **given), wanted)
        for measure, wanted, rows in (
            (
                Measure.COMPLETION,
                "planned and actual",
                (
                    {"planned": Decimal(1)},
                    {"actual": Decimal(1)},
                    {"planned": Decimal(-1), "actual": Decimal(1)},
                    {"planned": Decimal(1), "actual": Decimal(-1)},
                ),
            ),
            (
                Measure.QUALITY,
                "actual and qualified",
                ({"actual": Decimal(1)}, {"qualified": Decimal(1)}),
            ),
            (
                Measure.SAVING,
                "planned_cost and actual_cost",
                (
                    {"planned_cost": yuan(1)},
                    {"actual_cost": yuan(1)},
                    {"planned_cost": yuan(0), "actual_cost": yuan(1)},
                    {"planned_cost": yuan(1), "actual_cost": -yuan(1)},
                ),
            ),
        )
        for given in rows
    ],
)
def test_half_a_figure_or_a_negative_one_is_asked_for_again(
    measure: Measure, figure: Figure, wanted: str
) -> None:
    with pytest.raises(no.FiguresMissing) as refused:
        score_items(measured(measure), (), case(figure))
    assert refused.value.remedy == f"Give {wanted} for M."
    assert refused.value.details == {"item_id": "M"}


def test_two_characters_are_a_reason_and_an_item_takes_its_points_and_nothing() -> None:
    known = e.until(e.COLLECT).knowing(*e.RULES)
    for score, basis in ((Decimal(15), "核实"), (ZERO, "无据")):
        first = replace(e.GIVEN[0], score=score, basis=basis)
        assert known.when(replace(e.SCORE, scores=(first, *e.GIVEN[1:]))).refusal is None
    short = replace(e.GIVEN[0], basis=" 核 ")
    known.when(replace(e.SCORE, scores=(short, *e.GIVEN[1:]))).then_refused(
        ItemNotJudged, item_id="D"
    )
    for score in (Decimal("15.01"), Decimal("-0.01")):
        wrong = replace(e.GIVEN[0], score=score)
        known.when(replace(e.SCORE, scores=(wrong, *e.GIVEN[1:]))).then_refused(
            ScoreOutOfRange, item_id="D"
        )


@pytest.mark.parametrize(
    ("story", "command"),
    [
        (e.scored(), replace(e.ANSWER, now=LAST)),
        (objections.concluded(), replace(objections.OBJECT, now=LAST)),
        (objections.rechecked(), replace(reports.file_objection(), now=LAST)),
        *((objections.objected(), replace(objections.DECIDE, score=Decimal(n))) for n in (0, 100)),
        *((rechecks.own().knowing(*e.RULES), replace(rechecks.RECHECK, score=Decimal(n)))
          for n in (0, 100)),
        *((reports.audited().after(accept()), reports.recheck(n)) for n in ("0", "100")),
        (e.until(e.APPROVE), e.VISIT),
    ],
)  # fmt: skip
def test_the_last_day_and_the_ends_of_a_scale_are_in_time_and_in_range(
    story: Given, command: object
) -> None:
    outcome = story.when(command)
    assert outcome.refusal is None
    assert len(outcome.facts) == 1


@pytest.mark.parametrize(
    ("story", "command", "details"),
    [
        (
            e.evaluation.knowing(*e.consulted(e.SELECT)),
            replace(e.SELECT, side=Side.DEPARTMENT),
            {"kind": "FINANCE"},
        ),
        (
            e.until(e.SELECT),
            replace(e.NOTICE, side=Side.DEPARTMENT),
            {"kind": "FINANCE"},
        ),
        (
            rechecks.own().knowing(*e.RULES),
            replace(rechecks.RECHECK, side=Side.DEPARTMENT),
            {"kind": "FINANCE"},
        ),
        (
            objections.objected(),
            replace(objections.DECIDE, side=Side.DEPARTMENT),
            {"kind": "FINANCE"},
        ),
        (e.until(e.NOTICE), e.APPROVE, {"step": "NOTICE_ISSUED"}),
        (
            e.until(e.SELECT).knowing(*e.RULES),
            e.PLAN,
            {"step": "SELECTED", "wanted": ["NOTICE_ISSUED"]},
        ),
        (
            e.until(e.SUBMIT).knowing(e.KNOWN_UNIT),
            replace(e.SUBMIT, report_no="2号"),
            {"report_no": "绩评〔2022〕1号"},
        ),
        (
            objections.objected().knowing(e.KNOWN_UNIT),
            e.SUBMIT,
            {"decide_by": "2022-04-06"},
        ),
        (e.scored(), e.CONCLUDE, {"answer_by": "2022-03-29"}),
        (e.scored(), replace(e.ANSWER, now=e.LATE), {"answer_by": "2022-03-29"}),
    ],
)
def test_a_refusal_says_where_things_stand(
    story: Given, command: object, details: dict[str, object]
) -> None:
    refusal = story.when(command).refusal
    assert refusal is not None
    assert refusal.details == details


def test_a_notice_that_comes_with_the_selection_asks_for_no_materials() -> None:
    known = e.evaluation.knowing(*e.consulted(e.SELECT))
    told = replace(e.SELECT, notice_no="绩评通1号")
    notice = EvaluationNoticeIssued(
        notice_no="绩评通1号", materials_wanted="", issued_on=TODAY, issued_by=BUREAU
    )
    assert known.when(told).facts[-1] == notice
    e.until(e.SELECT).knowing(*e.consulted(e.SELECT)).when(told).then(notice)
    (asked,) = e.until(e.SELECT).when(replace(e.NOTICE, materials_wanted="账册")).facts
    assert asked == replace(notice, materials_wanted="账册")


def test_the_fingerprint_is_that_of_the_fields_in_their_order_in_utf8() -> None:
    fact = report_of()
    text = json.dumps(asdict(fact.report), ensure_ascii=False, sort_keys=True, default=str)
    assert fact.content_sha256 == hashlib.sha256(text.encode()).hexdigest()


def test_a_report_names_who_evaluated_signed_and_seals() -> None:
    def named(fact: ReportSubmitted) -> tuple[str, str, str, str]:
        report = fact.report
        return report.agency, report.evaluator, report.lead_evaluator, report.sealed_by

    bureau = "疏附县财政局"
    assert named(report_of()) == (bureau, bureau, "李华", bureau)
    assert named(report_of(agency="")) == (REGION, REGION, "李华", REGION)
    group = e.after(
        replace(e.SELECT, evaluator="评价组"), *e.STEPS[1:8]
    ).knowing(e.KNOWN_UNIT)  # fmt: skip
    (fact,) = group.when(e.SUBMIT).facts
    assert isinstance(fact, ReportSubmitted)
    assert named(fact) == (bureau, "评价组", "李华", bureau)


def test_the_report_of_a_third_party_names_the_firm_and_its_leader_not_who_hands_it_in() -> None:
    accepted = parties.until(parties.ACCEPT).state
    assert isinstance(accepted, Assignment)
    done = e.after(*e.STEPS[:8]).after(NOTED)
    assert done.state.commissioned.assignment_id == parties.ID
    other = replace(e.SUBMIT, lead_evaluator="别人")
    (fact,) = done.knowing(e.KNOWN_UNIT, accepted).when(other).facts
    assert isinstance(fact, ReportSubmitted)
    firm = "某会计师事务所"
    report = fact.report
    assert (report.evaluator, report.lead_evaluator, report.sealed_by) == (firm, "李华", firm)
    references = done.decider.refers(e.SUBMIT, done.state, ())
    assert [one.stream for one in references] == [
        f"unit-{PROJECT.unit_code}",
        f"assignment-{parties.ID}",
    ]


def test_the_parts_of_a_file_are_numbered_from_one() -> None:
    keep = EnterReportFile(
        evaluation_id=e.ID, press=lambda _: b"x" * (PART_BYTES + 1), by=BUREAU, now=NOW
    )
    known = Spec(reportfile_decider)
    parts: Any = known.knowing(e.until(e.SUBMIT).state).when(keep).facts
    assert [(one.part, len(b64decode(one.pdf_base64))) for one in parts] == [
        (1, PART_BYTES),
        (2, 1),
    ]
    known.knowing(None).when(keep).then_nothing()


def test_a_decision_says_which_score_it_found_and_when_it_was_made() -> None:
    filed = objections.rechecked().after(reports.file_objection())
    later = replace(reports.decide_objection("85", THIRD), now=NOW + timedelta(days=3))
    (fact,) = filed.when(later).facts
    assert isinstance(fact, ObjectionDecided)
    assert (fact.before, fact.score, fact.decided_on) == (
        Decimal("80.00"),
        Decimal("85.00"),
        TODAY + timedelta(days=3),
    )
    (rechecked,) = rechecks.own().knowing(*e.RULES).when(rechecks.RECHECK).facts
    assert isinstance(rechecked, EvaluationRechecked)
    assert (rechecked.rechecked_on, rechecked.rechecked_by) == (TODAY, rechecks.RECHECK.by)


def test_what_is_drawn_says_whose_unit_it_is() -> None:
    own = rechecks.own().state
    done = rechecks.accepted(1)
    facts = rechecks.listed([done]).knowing(*e.RULES, done, own).when(rechecks.DRAW).facts
    (item,) = [
        one
        for fact in facts
        for one in fact.items  # type: ignore[attr-defined]
        if one.name == rechecks.OWN
    ]
    assert (item.unit_code, item.score) == (PROJECT.unit_code, Decimal("89.00"))


def test_a_recheck_or_an_objection_comes_after_the_conclusion_and_once() -> None:
    own = rechecks.own().knowing(*e.RULES)
    objected = own.knowing(objections.TOLD, *e.RULES).after(
        replace(objections.OBJECT, evaluation_id=rechecks.OWN)
    )
    objected.knowing(*e.RULES).when(rechecks.RECHECK).then_refused(EvaluationStepOutOfOrder)
    corrected = ItemScore(item_id="B", score=Decimal(30), basis="补充问卷", evidence=("E1",))
    heard = e.until(e.ANSWER).knowing(*e.RULES)
    (fact,) = heard.when(replace(e.CONCLUDE, corrections=(corrected,))).facts
    concluded: Any = fact
    assert (concluded.score, concluded.grade) == (Decimal("94.00"), Grade.EXCELLENT)
    assert (concluded.kind, concluded.whose) == (Kind.FINANCE, PROJECT.whose)
    unproven = replace(corrected, evidence=("E9",))
    heard.when(replace(e.CONCLUDE, corrections=(unproven,))).then_refused(
        no.EvidenceUnknown, evidence=["E9"]
    )
