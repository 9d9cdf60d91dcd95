"""Money and target change together, or neither does."""

from dataclasses import replace
from typing import Any

import pytest

from services.monitoring.domain import adjustment as about
from services.monitoring.domain.adjustment import (
    AdjustmentKind,
    AdjustmentStatus,
    adjustment_decider,
    desk_decider,
)
from services.monitoring.domain.adjustment.desk import EndAdjustment, OpenAdjustment
from services.monitoring.domain.ledger.kinds import BreakKind
from services.monitoring.domain.ledger.refusals import AmountNotPositive, LedgerNotOpened
from services.monitoring.domain.ledger.state import Break, Freeze, Ledger, NotOpened
from shared.domain.refusals import Refusal
from tests.monitoring.stories import HEAD, PROJECT, Story, at, on, yuan

LEDGER = Ledger(project=PROJECT, budget=yuan(1000), fund_type_code="01", direct_fund_flag="")
HELD = Freeze(amount=yuan(300), adjustment=True, suspends=True)
HOLDING = replace(LEDGER, freezes={"A1": HELD})
OTHER = Ledger(project=PROJECT, budget=yuan(10), fund_type_code="02", direct_fund_flag="")
fresh = Story(adjustment_decider)
known = fresh.knowing(LEDGER, LEDGER)


def propose(
    kind: AdjustmentKind = AdjustmentKind.REDUCTION,
    amount: int = 200,
    **more: Any,  # noqa: ANN401
) -> about.ProposeAdjustment:
    return about.ProposeAdjustment(
        adjustment_id="A1",
        project_code="P1",
        fiscal_year=2021,
        kind=kind,
        amount=yuan(amount),
        reason="执行缓慢",
        by=HEAD,
        now=at(7, 1),
        **more,
    )


execute = about.ExecuteAdjustment(
    adjustment_id="A1", budget=yuan(800), by="targets|word", now=at(7, 5)
)
refuse = about.RefuseAdjustment(
    adjustment_id="A1", reason="目标不变", by="targets|word", now=at(7, 5)
)

pairing = about.NotePairing(
    adjustment_id="A1",
    bodies=("PERFORMANCE", "BUDGET"),
    rule_set_version=1,
    rules_region="",
    by="targets|word",
    now=at(7, 2),
)
approval = about.NoteApproval(
    adjustment_id="A1",
    body="BUDGET",
    signed_by="iss|budget",
    authority="",
    document_no="",
    decided_on=None,
    sha256="",
    by="targets|word",
    now=at(7, 3),
)
undone = about.NoteUndoing(adjustment_id="A1", by="targets|word", now=at(7, 6))
end = about.EndSuspension(adjustment_id="A1", reason="整改通过", by=HEAD, now=at(8, 1))
report = about.ReportAdjustment(
    adjustment_id="A1",
    reported_to="地区财政局",
    document_no="喀财预〔2021〕9号",
    reported_on=on(8, 1),
    by=HEAD,
    now=at(8, 1),
)
close = about.CloseAdjustment(adjustment_id="A1", by=HEAD, now=at(8, 2))

KINDS = [
    (AdjustmentKind.REDUCTION, {}, -200),
    (AdjustmentKind.RECALL_IN_YEAR, {}, -200),
    (AdjustmentKind.INCREASE, {}, 200),
    (AdjustmentKind.SUSPENSION, {}, 0),
    (AdjustmentKind.INTERNAL_TRANSFER, {"transfer_to": "P2"}, -200),
    (AdjustmentKind.INTERNAL_TRANSFER, {"receives": True}, 200),
]


@pytest.mark.parametrize(("kind", "more", "change"), KINDS)
def test_each_kind_says_what_it_does_to_the_budget(
    kind: AdjustmentKind, more: dict[str, Any], change: int
) -> None:
    known.when(propose(kind, **more)).then_names("AdjustmentProposed")
    (proposed,) = known.when(propose(kind, **more)).facts()
    assert proposed.change == yuan(change)
    assert proposed.budget == yuan(1000 + change)


WRONG: list[tuple[Story, about.ProposeAdjustment, type[Refusal]]] = [
    (fresh.knowing(NotOpened(), NotOpened()), propose(), LedgerNotOpened),
    (known, propose(amount=0), AmountNotPositive),
    (known, propose(AdjustmentKind.INTERNAL_TRANSFER), about.ReceiverMissing),
    (known, propose(transfer_to="P2"), about.ReceiverMissing),
    (
        fresh.knowing(LEDGER, NotOpened()),
        propose(AdjustmentKind.INTERNAL_TRANSFER, transfer_to="P2"),
        about.ReceiverNotOpened,
    ),
    (
        fresh.knowing(LEDGER, OTHER),
        propose(AdjustmentKind.INTERNAL_TRANSFER, transfer_to="P2"),
        about.PurposeDiffers,
    ),
    (
        known,
        propose(AdjustmentKind.INTERNAL_TRANSFER, transfer_to="P1"),
        about.ReceiverIsGiver,
    ),
    (known.after(propose()), propose(amount=300), about.AdjustmentReused),
]


@pytest.mark.parametrize(("story", "command", "refusal"), WRONG)
def test_a_proposal_that_cannot_be_is_refused(
    story: Story, command: about.ProposeAdjustment, refusal: type[Refusal]
) -> None:
    story.when(command).then_refused(refusal)


def test_it_is_carried_out_or_refused_but_not_both() -> None:
    proposed = known.after(propose()).knowing(LEDGER)
    proposed.when(execute).then_names("AdjustmentApproved", "AdjustmentExecuted")
    proposed.when(refuse).then_names("AdjustmentRefused")
    proposed.after(execute).when(refuse).then_nothing()
    proposed.after(refuse).when(execute).then_nothing()


def test_a_change_that_was_not_proposed_here_is_none_of_its_business() -> None:
    fresh.when(execute).then_nothing()
    fresh.when(refuse).then_nothing()
    fresh.when(pairing).then_nothing()
    fresh.when(approval).then_nothing()
    fresh.when(replace(end, quiet=True)).then_nothing()
    for asked in (end, report, close):
        fresh.when(asked).then_refused(about.AdjustmentNotProposed)


def test_pairing_and_approvals_are_noted_once_and_move_it_on() -> None:
    proposed = known.after(propose())
    paired = proposed.after(pairing)
    assert paired.state.status is AdjustmentStatus.PAIRED
    paired.when(pairing).then_nothing()
    reviewed = paired.after(approval)
    assert reviewed.state.status is AdjustmentStatus.UNDER_REVIEW
    reviewed.when(approval).then_nothing()
    reviewed.when(pairing).then_nothing()


def test_money_that_cannot_follow_in_full_is_a_failure_with_its_break() -> None:
    lacking = Break(
        kind=BreakKind.BUDGET_BELOW_QUOTA, line_id="A1", amount=yuan(50), booked_on=on(7, 5)
    )
    short = replace(LEDGER, breaks={"b": lacking})
    proposed = known.after(propose())
    proposed.knowing(short).when(execute).then_names("AdjustmentApproved", "AdjustmentFailed")
    of_another = replace(LEDGER, breaks={"b": replace(lacking, line_id="A0")})
    proposed.knowing(of_another).when(execute).then_names(
        "AdjustmentApproved", "AdjustmentExecuted"
    )
    failed = proposed.knowing(short).after(execute)
    assert failed.state.status is AdjustmentStatus.FAILED_EXECUTION
    failed.when(refuse).then_nothing()
    failed.when(report).then_refused(about.AdjustmentNotExecuted)


def test_a_suspension_that_holds_nothing_any_more_fails() -> None:
    held = known.after(propose(AdjustmentKind.SUSPENSION, 0))
    held.knowing(HOLDING).when(execute).then_names("AdjustmentApproved", "AdjustmentExecuted")
    let_go = replace(HOLDING, freezes={"A1": replace(HELD, open=False)})
    for ledger in (LEDGER, let_go):
        held.knowing(ledger).when(execute).then_names("AdjustmentApproved", "AdjustmentFailed")


def test_what_was_carried_out_and_undone_has_failed() -> None:
    proposed = known.after(propose(AdjustmentKind.INCREASE)).knowing(LEDGER)
    proposed.when(undone).then_nothing()
    done = proposed.after(execute)
    done.when(undone).then_names("AdjustmentFailed")
    failed = done.after(undone)
    assert failed.state.status is AdjustmentStatus.FAILED_EXECUTION
    failed.when(undone).then_nothing()
    fresh.when(undone).then_nothing()


def test_what_was_carried_out_is_reported_and_then_closed() -> None:
    done = known.after(propose()).knowing(LEDGER).after(execute)
    known.after(propose()).when(report).then_refused(about.AdjustmentNotExecuted)
    done.when(close).then_refused(about.AdjustmentNotReported)
    told = done.after(report)
    told.when(report).then_nothing()
    told.when(replace(report, document_no="other")).then_refused(about.ReportDiffers)
    closed = told.after(close)
    assert closed.state.status is AdjustmentStatus.CLOSED
    closed.when(close).then_nothing()


def test_a_suspension_ends_once_and_is_closed_only_then() -> None:
    held = known.after(propose(AdjustmentKind.SUSPENSION, 0))
    held.when(end).then_refused(about.SuspensionNotInForce)
    in_force = held.knowing(HOLDING).after(execute, report)
    in_force.when(close).then_refused(about.SuspensionInForce)
    elsewhere = replace(end, quiet=True, ledger_id="P9-2021")
    in_force.when(elsewhere).then_nothing()
    ended = in_force.after(end)
    ended.when(end).then_nothing()
    ended.after(close)
    reduced = known.after(propose()).knowing(LEDGER).after(execute)
    reduced.when(end).then_refused(about.SuspensionNotInForce)
    reduced.when(replace(end, quiet=True)).then_nothing()


def test_nothing_is_proposed_after_30_november_nor_for_a_year_that_is_over() -> None:
    for late in (at(12, 1), at(12, 31).replace(year=2022)):
        known.when(replace(propose(), now=late)).then_refused(about.AdjustmentAfterLastDay)
    known.when(replace(propose(), now=at(11, 30))).then_names("AdjustmentProposed")


def test_the_receiving_half_names_its_giver_and_needs_a_target() -> None:
    half = about.ProposeReceiving(
        adjustment_id="A1-in",
        project_code="P2",
        fiscal_year=2021,
        amount=yuan(200),
        reason="执行缓慢",
        giver_code="P1",
        giver_adjustment_id="A1",
        lowers_key_expenditure=False,
        changes_total_budget=False,
        proposed_by=HEAD,
        proposed_on=on(7, 1),
    )
    receiving = fresh.knowing(LEDGER)
    (fact,) = receiving.when(half).facts()
    assert (fact.change, fact.partner_project, fact.partner_adjustment_id) == (
        yuan(200),
        "P1",
        "A1",
    )
    fresh.knowing(NotOpened()).when(half).then_refused(about.ReceiverNotOpened)
    receiving.after(half).when(half).then_refused(about.AdjustmentReused)


def test_one_adjustment_at_a_time_lies_on_the_desk() -> None:
    desk = Story(desk_decider)
    first = OpenAdjustment(project=PROJECT, adjustment_id="A1")
    second = replace(first, adjustment_id="A2")
    opened = desk.after(first)
    opened.when(first).then_nothing()
    opened.when(second).then_refused(about.AnotherAdjustmentOpen)
    opened.when(EndAdjustment(project=PROJECT, adjustment_id="A2")).then_nothing()
    free = opened.after(EndAdjustment(project=PROJECT, adjustment_id="A1"))
    free.when(second).then_names("AdjustmentOpened")
    desk.when(EndAdjustment(project=PROJECT, adjustment_id="A1")).then_nothing()
