"""Read models fold facts, and nothing but facts: after each step the row says where it stands."""

from dataclasses import replace
from decimal import Decimal

import pytest

from services.evaluation.domain.checks import Inflation
from services.evaluation.projections.appraisal_board import AppraisalRow, appraisal_board
from services.evaluation.projections.case_register import CaseRow, case_register
from services.evaluation.projections.cut_register import CutRow, cut_register
from services.evaluation.projections.evaluation_register import EvaluationRow, evaluation_register
from services.evaluation.projections.manifest import PROJECTIONS
from services.evaluation.projections.recovery_ledger import RecoveryRow, recovery_ledger
from services.evaluation.projections.self_evaluation_register import (
    SelfEvaluationRow,
    self_evaluation_register,
)
from shared.domain.grades import Grade
from shared.testing.projection_spec import ProjectionSpec
from tests.evaluation import judging_story as evaluations
from tests.evaluation import test_appraisal as appraisals
from tests.evaluation import test_case as cases
from tests.evaluation import test_cut as cuts
from tests.evaluation import test_records as records
from tests.evaluation import test_recovery as recoveries
from tests.evaluation import test_self_evaluation as reports
from tests.evaluation.story import ID, TODAY, UNIT, accept, audit, submit, yuan


async def test_the_register_follows_a_self_evaluation() -> None:
    register = ProjectionSpec(self_evaluation_register)
    story = reports.started()
    steps = (
        (submit(), "SUBMITTED"),
        (audit(), "FLAGGED"),
        (accept(), "ACCEPTED"),
        (reports.recheck("80"), "RECHECKED"),
        (reports.file_objection(), "OBJECTED"),
        (reports.decide_objection("85"), "FINAL"),
    )
    await register.given(f"self_evaluation-{ID}", *story.facts).then(
        SelfEvaluationRow, ID, status="OPENED", budget_fen=yuan(500).fen, version=1
    )
    for command, status in steps:
        story = story.after(command)
        rows = register.given(f"self_evaluation-{ID}", *story.facts)
        await rows.then(SelfEvaluationRow, ID, status=status, version=len(story.facts))
    await rows.then(SelfEvaluationRow, ID, grade="GOOD", inflation="ATTENTION")


async def test_a_returned_report_names_its_findings() -> None:
    story = reports.audited(self_score=Decimal(99))
    rows = ProjectionSpec(self_evaluation_register).given(f"self_evaluation-{ID}", *story.facts)
    await rows.then(
        SelfEvaluationRow, ID, status="RETURNED", findings="ARITHMETIC GOAL_OVER_EXECUTION"
    )


async def test_the_ledger_follows_a_recovery() -> None:
    ledger = ProjectionSpec(recovery_ledger)
    story = recoveries.approved()
    failed = story.after(recoveries.fail(yuan(90)))
    again = failed.after(recoveries.approve(yuan(90), document="2"))
    booked = again.after(recoveries.book(yuan(90), entry="w2"))
    for each, status, amount in (
        (story, "APPROVED", 140),
        (failed, "REOPENED", 140),
        (again, "APPROVED", 90),
        (booked, "BOOKED", 90),
    ):
        rows = ledger.given("recovery-P1-2021-1", *each.facts)
        await rows.then(RecoveryRow, "P1-2021-1", status=status, amount_fen=yuan(amount).fen)


async def test_the_ledger_says_what_the_unit_answered() -> None:
    ledger = ProjectionSpec(recovery_ledger)
    told = recoveries.claimed()
    for answer in (
        replace(recoveries.ANSWER, text="同意"),
        replace(recoveries.ANSWER, agrees=False, text="款已支付"),
    ):
        rows = ledger.given("recovery-P1-2021-1", *told.after(answer).facts)
        said = {"agrees": answer.agrees, "answer": answer.text}
        await rows.then(RecoveryRow, "P1-2021-1", status="ANSWERED", version=3, **said)


async def test_the_register_follows_a_case_that_is_closed_and_opened_again() -> None:
    register = ProjectionSpec(case_register)
    closed = cases.looked_into().after(cases.NOTHING, records.CLOSE)
    rows = register.given("case-C1", *closed.facts)
    ended = {"outcome": "已整改", "closed_on": TODAY}
    because = "地区财政局 监〔2022〕3号：口径变化所致"
    await rows.then(CaseRow, "C1", status="CLOSED", no_action=because, version=4, **ended)
    again = closed.after(records.REOPEN)
    open_end = {"outcome": "", "closed_on": None, "no_action": ""}
    rows = register.given("case-C1", *again.facts)
    await rows.then(CaseRow, "C1", status="REOPENED", version=5, **open_end)


async def test_the_register_follows_a_cut_and_an_evaluation() -> None:
    cut = cuts.known().after(cuts.PROPOSE, cuts.NOTIFY, cuts.WITHDRAW)
    rows = ProjectionSpec(cut_register).given("cut-P9-2022", *cut.facts)
    await rows.then(CutRow, "P9-2022", status="WITHDRAWN", grade="POOR")
    done = evaluations.until(evaluations.FILE)
    rows = ProjectionSpec(evaluation_register).given(f"evaluation-{evaluations.ID}", *done.facts)
    await rows.then(EvaluationRow, evaluations.ID, grade="GOOD", report_no="绩评〔2022〕1号")


async def test_the_board_shows_grades_of_both_origins() -> None:
    board = ProjectionSpec(appraisal_board)
    own = appraisals.known().after(appraisals.SCORE, appraisals.CONCLUDE)
    row = f"{UNIT}-2021"
    await board.given(f"appraisal-{row}", *own.facts).then(AppraisalRow, row, grade="EXCELLENT")
    prior = appraisals.known().after(appraisals.PRIOR)
    row = f"{UNIT}-2020"
    await board.given(f"appraisal-{row}", *prior.facts).then(
        AppraisalRow, row, grade=Grade.POOR, document_no="考评〔2021〕1号"
    )


@pytest.mark.parametrize("projection", PROJECTIONS, ids=lambda projection: projection.name)
async def test_a_fact_of_another_aggregate_changes_nothing(projection: object) -> None:
    foreign = appraisals.known().after(appraisals.note(Inflation.INFLATED))
    rows = ProjectionSpec(projection).given("appraisal-x", *foreign.facts)  # type: ignore[arg-type]
    assert not rows.changes
