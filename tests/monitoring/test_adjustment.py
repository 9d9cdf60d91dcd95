"""Money and target change together, or neither does."""

from typing import Any

import pytest

from services.monitoring.domain import adjustment as about
from services.monitoring.domain.adjustment import AdjustmentKind, adjustment_decider
from services.monitoring.domain.ledger.refusals import AmountNotPositive, LedgerNotOpened
from services.monitoring.domain.ledger.state import Ledger, NotOpened
from shared.domain.refusals import Refusal
from tests.monitoring.stories import HEAD, PROJECT, Story, at, yuan

LEDGER = Ledger(project=PROJECT, budget=yuan(1000), fund_type_code="01", direct_fund_flag="")
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
    (known.after(propose()), propose(amount=300), about.AdjustmentReused),
]


@pytest.mark.parametrize(("story", "command", "refusal"), WRONG)
def test_a_proposal_that_cannot_be_is_refused(
    story: Story, command: about.ProposeAdjustment, refusal: type[Refusal]
) -> None:
    story.when(command).then_refused(refusal)


def test_it_is_carried_out_or_refused_but_not_both() -> None:
    proposed = known.after(propose())
    proposed.when(execute).then_names("AdjustmentExecuted")
    proposed.when(refuse).then_names("AdjustmentRefused")
    proposed.after(execute).when(refuse).then_nothing()
    proposed.after(refuse).when(execute).then_nothing()


def test_a_change_that_was_not_proposed_here_is_none_of_its_business() -> None:
    fresh.when(execute).then_nothing()
    fresh.when(refuse).then_nothing()
