"""Money and target change together, or neither does."""

from dataclasses import replace
from typing import Any

import pytest

from services.monitoring.domain import adjustment as about
from services.monitoring.domain.adjustment import (
    AdjustmentKind,
    AdjustmentStatus,
    adjustment_decider,
)
from services.monitoring.domain.adjustment.deciding import HOLD_LACKS
from services.monitoring.domain.ledger.kinds import BreakKind
from services.monitoring.domain.ledger.refusals import AmountNotPositive, LedgerNotOpened
from services.monitoring.domain.ledger.state import Break, Freeze, Ledger, NotOpened
from shared.domain.refusals import Refusal
from tests.monitoring.stories import HEAD, PROJECT, Story, at, on, yuan

LEDGER = Ledger(project=PROJECT, budget=yuan(1000), fund_type_code="01", direct_fund_flag="02")
HELD = Freeze(amount=yuan(300), adjustment=True, suspends=True)
HOLDING = replace(LEDGER, freezes={"A1": HELD})
LACKING = Break(
    kind=BreakKind.BUDGET_BELOW_QUOTA, line_id="A1", amount=yuan(50), booked_on=on(7, 5)
)
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
    adjustment_id="A1", budget=yuan(800), target_version=2, by="targets|word", now=at(7, 5)
)
refuse = about.RefuseAdjustment(
    adjustment_id="A1", reason="目标不变", by="targets|word", now=at(7, 5)
)

pairing = about.NotePairing(
    adjustment_id="A1",
    bodies=("PERFORMANCE", "BUDGET"),
    rule_set_version=3,
    rules_region="653100",
    by="targets|word",
    now=at(7, 2),
)
CONGRESS: dict[str, Any] = {
    "body": "PEOPLES_CONGRESS",
    "signed_by": "iss|budget",
    "authority": "疏附县人大常委会",
    "document_no": "疏人常发〔2021〕18号",
    "decided_on": on(7, 2),
    "sha256": "a" * 64,
}
approval = about.NoteApproval(adjustment_id="A1", **CONGRESS, by="targets|word", now=at(7, 3))
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


WRONG: list[tuple[Story, about.ProposeAdjustment, type[Refusal], str | None, dict[str, str]]] = [
    (fresh.knowing(NotOpened(), NotOpened()), propose(), LedgerNotOpened, None, {}),
    (known, propose(amount=0), AmountNotPositive, "/amount", {}),
    (
        known,
        propose(AdjustmentKind.INTERNAL_TRANSFER),
        about.ReceiverMissing,
        "/transfer_to",
        {},
    ),
    (known, propose(transfer_to="P2"), about.ReceiverMissing, "/transfer_to", {}),
    (
        fresh.knowing(LEDGER, NotOpened()),
        propose(AdjustmentKind.INTERNAL_TRANSFER, transfer_to="P2"),
        about.ReceiverNotOpened,
        None,
        {"project_code": "P2"},
    ),
    (
        known,
        propose(AdjustmentKind.INTERNAL_TRANSFER, transfer_to="P1"),
        about.ReceiverIsGiver,
        "/transfer_to",
        {},
    ),
    *(
        (known.after(propose()), other, about.AdjustmentReused, None, {"adjustment_id": "A1"})
        for other in (
            propose(amount=300),
            propose(AdjustmentKind.RECALL_IN_YEAR),
            propose(transfer_to="P2"),
        )
    ),
]


@pytest.mark.parametrize(("story", "command", "refusal", "field", "said"), WRONG)
def test_a_proposal_that_cannot_be_is_refused_and_says_why(
    story: Story,
    command: about.ProposeAdjustment,
    refusal: type[Refusal],
    field: str | None,
    said: dict[str, str],
) -> None:
    story.when(command).then_refused(refusal)
    story.when(command).then_explains(refusal, field, **said)


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
    short = replace(LEDGER, breaks={"b": LACKING})
    proposed = known.after(propose())
    proposed.knowing(short).when(execute).then_names("AdjustmentApproved", "AdjustmentFailed")
    of_another = replace(LEDGER, breaks={"b": replace(LACKING, line_id="A0")})
    proposed.knowing(of_another).when(execute).then_names(
        "AdjustmentApproved", "AdjustmentExecuted"
    )
    failed = proposed.knowing(short).after(execute)
    assert failed.state.status is AdjustmentStatus.FAILED_EXECUTION
    failed.when(refuse).then_nothing()
    failed.when(report).then_explains(
        about.AdjustmentNotExecuted, status=AdjustmentStatus.FAILED_EXECUTION
    )


def test_a_suspension_that_holds_nothing_any_more_fails() -> None:
    held = known.after(propose(AdjustmentKind.SUSPENSION, 0))
    held.knowing(HOLDING).when(execute).then_names("AdjustmentApproved", "AdjustmentExecuted")
    let_go = replace(HOLDING, freezes={"A1": replace(HELD, open=False)})
    for ledger in (LEDGER, let_go):
        held.knowing(ledger).when(execute).then(
            about.AdjustmentApproved(project=PROJECT, target_version=2),
            about.AdjustmentFailed(
                project=PROJECT, kind=AdjustmentKind.SUSPENSION, reason=HOLD_LACKS
            ),
        )


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
    known.after(propose()).when(report).then_explains(
        about.AdjustmentNotExecuted, status=AdjustmentStatus.PROPOSED
    )
    done.when(close).then_explains(about.AdjustmentNotReported, status=AdjustmentStatus.EXECUTED)
    document: dict[str, Any] = {"reported_to": "地区财政局", "document_no": "喀财预〔2021〕9号"}
    done.when(report).then(
        about.AdjustmentReported(project=PROJECT, **document, reported_on=on(8, 1))
    )
    told = done.after(report)
    told.when(report).then_nothing()
    told.when(replace(report, document_no="other")).then_explains(
        about.ReportDiffers, document_no="喀财预〔2021〕9号"
    )
    told.when(close).then(about.AdjustmentClosed(project=PROJECT, closed_on=on(8, 2)))
    closed = told.after(close)
    assert closed.state.status is AdjustmentStatus.CLOSED
    closed.when(close).then_nothing()


def test_a_suspension_ends_once_and_is_closed_only_then() -> None:
    held = known.after(propose(AdjustmentKind.SUSPENSION, 0))
    held.when(end).then_explains(about.SuspensionNotInForce, status=AdjustmentStatus.PROPOSED)
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
        known.when(replace(propose(), now=late)).then_explains(
            about.AdjustmentAfterLastDay, fiscal_year=2021
        )
    known.when(replace(propose(), now=at(11, 30))).then_names("AdjustmentProposed")
