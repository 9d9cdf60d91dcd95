"""Every command on an ex-ante assessment at every stage of its life (`domain` §3.1), one table."""

from dataclasses import replace
from typing import Any

import pytest

from services.targets.domain.duties import ReturnReason
from services.targets.domain.events.ex_ante import (
    ExAnteReportReturned,
    ExAnteReportReviewed,
    ExAnteReportSubmitted,
    ExAnteScored,
)
from services.targets.domain.ex_ante_states import (
    assessed_amount,
    assessment_of,
    authors_of,
    conclusion_of,
    report_of,
)
from services.targets.domain.refusals import (
    ExAnteRoundsExhausted,
    ReasonMissing,
    ScorersTooFew,
    ScorerWroteReport,
)
from services.targets.domain.rule_set import Rules
from services.targets.domain.values import Conclusion, ReductionKind
from shared.domain.decider import Owner
from tests.targets import stories as s
from tests.targets.assessments import (
    AT_REPORT,
    conclude_report,
    grade_report,
    review_report,
    reviewed,
    scored,
    submit_report,
)
from tests.targets.test_consuming import binding, consume
from tests.targets.test_ex_ante import cut, send_back
from tests.targets.test_objection import object_now, turn_down, uphold

PART = cut(ReductionKind.PARTIAL_CUT, "600_000")
submitted = s.ex_ante.knowing(*AT_REPORT).after(submit_report)
scoring = reviewed(scored("s1", "91"), scored("s2", "93"))
graded = scoring.after(grade_report)
concluded = graded.after(PART, conclude_report)
objected = concluded.after(object_now)
decided = objected.after(turn_down)
STAGES: dict[str, Any] = {
    "nothing": s.ex_ante.given(),
    "submitted": submitted,
    "returned": submitted.after(send_back),
    "reviewed": reviewed(),
    "scored": scoring,
    "graded": graded,
    "concluded": concluded,
    "objected": objected,
    "decided": decided,
    "consumed": s.ex_ante.given(*concluded.knowing(binding).after(consume).facts),
}
UNKNOWN, SILENT = "ExAnteUnknown", ""
NOT_REVIEWED, ENDED = "ExAnteNotReviewed", "ExAnteAlreadyConcluded"
FIRST, FREE = "ExAnteReportSubmitted", "ExAnteScored"
NO_OBJECTION, NO_END = "ObjectionNotFiled", "ExAnteNotConcluded"
# What each command leads to, by stage in the order above: facts, silence, or a refusal.
TABLE: dict[str, tuple[object, tuple[str, ...]]] = {
    "submit": (submit_report, (FIRST, SILENT, FIRST, *[SILENT] * 7)),
    "review": (
        review_report,
        (UNKNOWN, "ExAnteReportReviewed", "ExAnteNotSubmitted", *[SILENT] * 7),
    ),
    "return": (
        send_back,
        (UNKNOWN, "ExAnteReportReturned", SILENT, *["ExAnteReportReturned"] * 2, *[ENDED] * 5),
    ),
    "score": (
        scored("s9", "92"),
        (UNKNOWN, NOT_REVIEWED, NOT_REVIEWED, FREE, FREE, *[ENDED] * 5),
    ),
    "grade": (
        grade_report,
        (UNKNOWN, NOT_REVIEWED, NOT_REVIEWED, "ScorersTooFew", "ExAnteGraded", *[SILENT] * 5),
    ),
    "reduce": (
        PART,
        (
            *(UNKNOWN, NOT_REVIEWED, NOT_REVIEWED, "ScorersTooFew"),
            "ExAnteGraded ExAnteAmountReduced",
            "ExAnteAmountReduced",
            *(SILENT, ENDED, SILENT, ENDED),
        ),
    ),
    "conclude": (
        conclude_report,
        (
            *(UNKNOWN, NOT_REVIEWED, NOT_REVIEWED, "ScorersTooFew"),
            *("ExAnteGraded ExAnteConcluded", "ExAnteConcluded", *[SILENT] * 4),
        ),
    ),
    "object": (
        object_now,
        (
            *(UNKNOWN, *[NO_END] * 5, "ExAnteObjectionFiled", SILENT),
            *("ObjectionAlreadyDecided", "ExAnteInBudget"),
        ),
    ),
    "uphold": (
        uphold,
        (
            *(UNKNOWN, *[NO_OBJECTION] * 6, "ExAnteObjectionDecided ExAnteConcluded"),
            *(SILENT, NO_OBJECTION),
        ),
    ),
    "consume": (
        consume,
        (*[SILENT] * 6, "ExAnteConsumed", "ObjectionOpen", "ExAnteConsumed", SILENT),
    ),
}


@pytest.mark.parametrize(
    ("name", "stage"), [(name, stage) for name in TABLE for stage in range(len(STAGES))]
)
def test_a_command_does_at_each_stage_what_the_rules_say(name: str, stage: int) -> None:
    command, expected = TABLE[name]
    story = [*STAGES.values()][stage]
    known = {"submit": AT_REPORT, "review": (), "return": (), "consume": (binding,)}
    outcome = story.knowing(*known.get(name, s.governed)).when(command)
    facts = " ".join(type(fact).__name__ for fact in outcome.facts)
    told = type(outcome.refusal).__name__ if outcome.refusal else facts
    assert told == expected[stage]
    if told == UNKNOWN:
        assert outcome.refusal.details == {"project_code": "P1"}


@pytest.mark.parametrize(
    ("stage", "conclusion", "amount"),
    [
        ("nothing", None, None),
        *((stage, None, "8_000_000") for stage in ("submitted", "returned", "reviewed")),
        *((stage, None, "8_000_000") for stage in ("scored", "graded")),
        *((stage, Conclusion.INCLUDED, "7_400_000") for stage in ("concluded", "objected")),
        *((stage, Conclusion.INCLUDED, "7_400_000") for stage in ("decided", "consumed")),
    ],
)
def test_what_others_are_told_at_each_stage(
    stage: str, conclusion: Conclusion | None, amount: str | None
) -> None:
    state = STAGES[stage].state
    there = stage != "nothing"
    mine = Owner(region_code=s.REGION_CODE, department_code=s.DEPARTMENT, unit_code=s.UNIT_CODE)
    assert s.ex_ante.decider.owner(state) == (mine if there else None)
    assert assessment_of(state) == state
    assert conclusion_of(state) is conclusion
    assert assessed_amount(state) == (s.yuan(amount) if amount else None)
    assert report_of(state) == (submitted.facts[0] if there else None)
    assert authors_of(state).may_judge(s.HEAD) is not there
    assert authors_of(state).may_judge("s9")


def test_what_is_no_assessment_is_none() -> None:
    for other in (None, s.target.decider.initial, Rules()):
        assert assessment_of(other) == s.ex_ante.decider.initial
        assert conclusion_of(other) is None


def test_a_fact_that_does_not_fit_changes_nothing() -> None:
    facts: dict[str, Any] = {
        type(fact).__name__: fact for fact in (*STAGES["consumed"].facts, *decided.facts)
    }
    back = STAGES["returned"].facts[-1]
    fits = {
        "ExAnteReportReviewed": {"submitted"},
        "ExAnteReportReturned": {"submitted", "reviewed", "scored"},
        "ExAnteScored": {"reviewed", "scored"},
        "ExAnteGraded": {"reviewed", "scored"},
        "ExAnteAmountReduced": {"graded"},
        "ExAnteConcluded": {"graded", "concluded", "decided"},
        "ExAnteObjectionFiled": {"concluded", "decided"},
        "ExAnteObjectionDecided": {"objected"},
        "ExAnteConsumed": {"concluded", "decided"},
    }
    facts["ExAnteReportReturned"] = back
    for name, stages in fits.items():
        for stage, story in STAGES.items():
            before = story.state
            after = s.ex_ante.decider.evolve(before, facts[name])
            assert stage in stages or after is before, (name, stage)


def test_whoever_handed_in_any_round_judges_in_none() -> None:
    known = s.ex_ante.knowing(*AT_REPORT)
    rounds = known.after(replace(submit_report, by="first"))
    rounds = rounds.after(send_back).knowing(*AT_REPORT).after(replace(submit_report, by="second"))
    [first, _, second] = rounds.facts
    assert isinstance(first, ExAnteReportSubmitted)
    assert isinstance(second, ExAnteReportSubmitted)
    assert (first.round, second.round) == (1, 2)
    in_second = s.ex_ante.given(*rounds.facts).after(review_report).knowing(*s.governed)
    for author in ("first", "second"):
        rounds.when(replace(review_report, by=author)).then_refused(ScorerWroteReport)
        in_second.when(scored(author, "90")).then_refused(ScorerWroteReport)
    told = in_second.after(scored("s1", "90"), scored("s2", "90"), conclude_report, object_now)
    for author in ("first", "second", s.HEAD):
        told.when(replace(uphold, by=author)).then_refused(ScorerWroteReport)
    [fact, *_] = in_second.when(scored("s1", "90")).facts
    assert isinstance(fact, ExAnteScored)
    assert fact.round == 2


def test_a_report_that_came_back_has_no_scores_any_more() -> None:
    back = scoring.after(send_back).knowing(*AT_REPORT).after(submit_report)
    again = s.ex_ante.given(*back.facts).after(review_report).knowing(*s.governed)
    assert again.state.scores == {}
    again.when(grade_report).then_refused(ScorersTooFew, scorers=0, scorers_min=2)


def test_reasons_or_codes_send_a_report_back_and_both_are_told() -> None:
    codes = (ReturnReason.EVIDENCE_MISSING, ReturnReason.AMOUNT_UNFOUNDED)
    submitted.when(replace(send_back, reasons=(), codes=codes)).then(
        ExAnteReportReturned(reasons=(), codes=codes)
    )
    silent = submitted.when(replace(send_back, reasons=())).then_refused(ReasonMissing)
    assert silent.pointer == "/reasons"
    story = submitted
    for _ in range(3):
        story = story.after(send_back).knowing(*AT_REPORT).after(submit_report)
    story.when(send_back).then_refused(ExAnteRoundsExhausted, rounds_max=3)
    submitted.when(replace(review_report, opinion="同意")).then(
        ExAnteReportReviewed(opinion="同意")
    )
