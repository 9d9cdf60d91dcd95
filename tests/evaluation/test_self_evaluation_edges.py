"""What a refused report is told beside the field, and what a decision about it hands on."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from services.evaluation.domain.deviation import NoteDeviation
from services.evaluation.domain.self_evaluation.decider import self_evaluation_decider
from services.evaluation.domain.self_evaluation.evidence import Acceptance
from services.evaluation.domain.self_evaluation.messages import (
    SelfEvaluationReturned,
    SelfEvaluationSubmitted,
)
from tests.evaluation import self_evaluations as own
from tests.evaluation import test_self_evaluation as told
from tests.evaluation.story import INDICATORS, LOW, PROJECT, UNIT, accept, reports, submit

LINES = reports()


@pytest.mark.parametrize(
    ("story", "command", "details"),
    [
        (
            own.named(),
            own.fill(reports=(*LINES, replace(LINES[0], indicator_id="X"))),
            {"indicator_ids": ["X"]},
        ),
        (
            own.named(),
            own.fill(reports=(replace(LINES[0], value=None), *LINES[1:])),
            {"indicator_id": INDICATORS[0].indicator_id},
        ),
        (
            own.named(),
            own.fill(reports=reports(replace(LOW, measure=" ", owner=""))),
            {"subject": LINES[4].indicator_id, "missing": ["measure", "owner"]},
        ),
        (own.signed(), own.judge(Acceptance.DOUBTFUL), {"sha256": "a" * 64}),
    ],
)
def test_a_refusal_names_what_it_is_about(
    story: Any,  # noqa: ANN401 - a story
    command: object,
    details: dict[str, object],
) -> None:
    refusal = story.when(command).refusal
    assert refusal is not None
    assert refusal.details == details


def test_who_corrects_after_being_asked_gets_the_findings_back_with_the_report() -> None:
    asked = own.flagged().after(own.request())
    text = "按国库支付回单重新核对后更正，原填报口径有误，现予以更正说明"
    *_, fact = asked.when(own.explain(text, corrects=True)).facts
    assert isinstance(fact, SelfEvaluationReturned)
    assert fact.findings
    assert fact.findings == asked.state.computed.findings


def test_a_report_of_one_hand_was_confirmed_by_nobody() -> None:
    (fact,) = told.started().when(submit()).facts
    assert isinstance(fact, SelfEvaluationSubmitted)
    assert (fact.filled_by, fact.confirmed_by) == ("", "")


def test_what_a_recheck_and_an_objection_found_is_counted_against_what_was_claimed() -> None:
    rechecked = told.audited().after(accept(), told.recheck("80"))
    decided = rechecked.after(told.file_objection(), told.decide_objection("85"))
    for story, score in ((rechecked, "80.00"), (decided, "85.00")):
        (noted,) = self_evaluation_decider.entails(story.facts[-1], story.state)  # type: ignore[arg-type]
        assert isinstance(noted, NoteDeviation)
        assert (noted.project_code, noted.fiscal_year) == (PROJECT.project_code, 2021)
        assert (noted.deviation.unit_code, noted.deviation.self_score) == (UNIT, Decimal("93.89"))
        assert noted.deviation.score == Decimal(score)


def test_a_target_and_its_revision_go_to_the_report_of_their_year() -> None:
    stream = self_evaluation_decider.stream
    assert stream(told.revise(2)) == "self_evaluation-P1-2021"
    assert stream(replace(told.revise(2), fiscal_year=2022)) == "self_evaluation-P1-2022"
    assert stream(submit()) == "self_evaluation-P1-2021"
