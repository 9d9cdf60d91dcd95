"""What is decided becomes a word; what was only heard or noted stays inside."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from services.evaluation.domain.case_messages import MeasureRecorded, Rung
from services.evaluation.domain.cut.events import CutConfirmed
from services.evaluation.domain.external import ExternalRankingRecorded, ExternalScoreRecorded
from services.evaluation.domain.manifest import DECIDERS
from services.evaluation.domain.recovery.events import RecoveryFailed
from services.evaluation.publishing import publish
from shared.contracts import evaluation as said
from shared.contracts.public_event import PublicEvent
from shared.domain.grades import Grade
from shared.domain.money import Money
from shared.testing.projection_spec import recorded
from shared.testing.spec import Given
from tests.evaluation import judging_story as evaluations
from tests.evaluation import test_appraisal as appraisals
from tests.evaluation import test_cut as cuts
from tests.evaluation import test_linkage as linkages
from tests.evaluation import test_records as records
from tests.evaluation import test_recovery as recoveries
from tests.evaluation import test_self_evaluation as reports
from tests.evaluation.story import (
    PROJECT,
    REGION,
    TODAY,
    UNIT,
    accept,
    yuan,
)


def word_of(story: Given, stream: str) -> PublicEvent | None:
    """What is said of the last fact of a story."""
    return publish(recorded(stream, *story.facts)[-1])


def test_results_are_told() -> None:
    story = reports.audited().after(accept())
    word = word_of(story, "self_evaluation-P1-2021")
    assert isinstance(word, said.SelfEvaluationAccepted)
    assert (word.final_score, word.grade) == (Decimal("93.89"), "EXCELLENT")
    assert (word.findings, word.department_code) == (
        ("GOAL_OVER_EXECUTION",),
        PROJECT.department_code,
    )
    lowered = word_of(story.after(reports.recheck("70")), "self_evaluation-P1-2021")
    assert isinstance(lowered, said.ScoreCorrected)
    assert (lowered.before, lowered.after, lowered.finding) == (
        Decimal("93.89"),
        Decimal("70.00"),
        "SERIOUS",
    )
    concluded = evaluations.scored().after(evaluations.ANSWER, evaluations.CONCLUDE)
    word = word_of(concluded, "evaluation-FINANCE-P1-2021")
    assert isinstance(word, said.EvaluationConcluded)
    assert (word.kind, word.evaluation_id) == ("FINANCE", "FINANCE-P1-2021")


def test_money_is_told_when_it_is_approved_booked_or_failed() -> None:
    stream = "recovery-P1-2021-1"
    approved = recoveries.approved()
    word = word_of(approved, stream)
    assert isinstance(word, said.RecoveryApproved)
    assert (word.recovery_id, word.amount, word.route) == (
        "P1-2021-1",
        yuan(140),
        "QUOTA_WITHDRAWAL",
    )
    booked = word_of(approved.after(recoveries.book(yuan(140))), stream)
    assert isinstance(booked, said.FundsRecovered)
    assert (booked.amount, booked.booked_on) == (yuan(140), date(2021, 11, 3))
    failed = RecoveryFailed(whose=PROJECT.whose, asked=yuan(2), available=Money(0))
    assert isinstance(publish(recorded(stream, failed)[0]), said.RecoveryFailed)
    assert publish(recorded(stream, *recoveries.claimed().facts)[-1]) is None


def test_a_linkage_and_a_cut_are_told() -> None:
    assert word_of(linkages.told(), f"linkage-{UNIT}-2020") is None
    word = word_of(linkages.confirmed(Grade.POOR), f"linkage-{UNIT}-2020")
    assert isinstance(word, said.BudgetLinkageDecided)
    assert (word.budget_year, word.cap) == (2022, yuan(1800))
    confirmed = cuts.known().after(cuts.PROPOSE, cuts.NOTIFY, cuts.ANSWER, cuts.CONFIRM)
    assert isinstance(confirmed.facts[-1], CutConfirmed)
    word = word_of(confirmed, "cut-P9-2022")
    assert isinstance(word, said.BudgetCutConfirmed)
    assert (word.cut_id, word.amount, word.unit_code) == ("P9-2022", yuan(400), UNIT)


def test_appraisals_of_units_are_told_with_or_without_a_score() -> None:
    concluded = appraisals.known().after(appraisals.SCORE, appraisals.CONCLUDE)
    word = word_of(concluded, f"appraisal-{UNIT}-2021")
    assert isinstance(word, said.UnitAppraised)
    assert (word.score, word.grade) == (Decimal("94.00"), "EXCELLENT")
    prior = appraisals.known().after(appraisals.PRIOR)
    word = word_of(prior, f"appraisal-{UNIT}-2020")
    assert isinstance(word, said.UnitAppraised)
    assert (word.score, word.grade) == (None, "POOR")


def test_records_are_told_and_only_circulars_of_a_case() -> None:
    ranked = publish(recorded("external-x", ExternalRankingRecorded(told=records.RANK))[0])
    assert isinstance(ranked, said.ExternalRankingRecorded)
    assert ranked.rank == 3
    scored = publish(recorded("external-y", ExternalScoreRecorded(told=records.SCORE))[0])
    assert isinstance(scored, said.ExternalScoreRecorded)
    for rung in Rung:
        measure = MeasureRecorded(
            unit_code=UNIT,
            region_code=REGION,
            subject="x",
            rung=rung,
            authority="局",
            document_no="1",
            measured_on=TODAY,
            text="",
        )
        word = publish(recorded("case-C1", measure)[0])
        assert isinstance(word, said.CircularIssued) == (rung is Rung.CIRCULAR)


@pytest.mark.parametrize("decider", DECIDERS, ids=lambda decider: decider.category)
def test_what_was_only_heard_is_not_told_again(decider: Any) -> None:  # noqa: ANN401
    if decider.category in {"rules", "unit", "watched"}:
        facts = {
            "rules": records.rules.given().after(records.adopt(1)),
            "unit": records.unit.given(),
            "watched": records.watched.given(),
        }[decider.category].facts
        assert all(publish(fact) is None for fact in recorded("x-1", *facts))
