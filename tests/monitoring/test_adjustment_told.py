"""What the facts of an adjustment say, and what they have others do in the same act."""

from dataclasses import replace
from typing import Any

import pytest

from services.monitoring.domain import adjustment as about
from services.monitoring.domain.adjustment import (
    AdjustmentKind,
    adjustment_decider,
    desk_decider,
)
from services.monitoring.domain.adjustment.deciding import MONEY_LACKS, UNDONE
from services.monitoring.domain.adjustment.desk import (
    AdjustmentEnded,
    AdjustmentOpened,
    EndAdjustment,
    OpenAdjustment,
)
from services.monitoring.domain.calendar import starts
from services.monitoring.domain.ledger.commands import ReleaseHold
from services.monitoring.domain.ledger.state import Ledger, NotOpened
from shared.domain.decider import Reference
from tests.monitoring.stories import HEAD, PROJECT, Story, on, yuan
from tests.monitoring.test_adjustment import (
    CONGRESS,
    HOLDING,
    LACKING,
    LEDGER,
    approval,
    end,
    execute,
    fresh,
    known,
    pairing,
    propose,
    refuse,
    undone,
)

RECEIVER = replace(LEDGER, project=replace(PROJECT, code="P2"), budget=yuan(10))
half = about.ProposeReceiving(
    adjustment_id="A1-in",
    project_code="P2",
    fiscal_year=2021,
    amount=yuan(200),
    reason="执行缓慢",
    giver_code="P1",
    giver_adjustment_id="A1",
    lowers_key_expenditure=True,
    changes_total_budget=False,
    proposed_by=HEAD,
    proposed_on=on(7, 1),
)
TRANSFER = propose(AdjustmentKind.INTERNAL_TRANSFER, transfer_to="P2", lowers_key_expenditure=True)
BOTH = fresh.knowing(LEDGER, RECEIVER)
GIVES: dict[str, Any] = {"project": PROJECT, "partner_adjustment_id": "A1-in"}
FUND: dict[str, Any] = {"fund_type_code": "01", "direct_fund_flag": "02"}
PROPOSED: dict[str, Any] = {
    "kind": AdjustmentKind.INTERNAL_TRANSFER,
    "reason": "执行缓慢",
    "proposed_by": HEAD,
    "proposed_on": on(7, 1),
    "lowers_key_expenditure": True,
    "changes_total_budget": False,
    **FUND,
}


def test_a_transfer_says_what_it_takes_from_whom_for_whom_and_why() -> None:
    gives = about.AdjustmentProposed(
        **GIVES,
        **PROPOSED,
        adjustment_id="A1",
        change=-yuan(200),
        budget=yuan(800),
        transfer_to="P2",
        partner_project="P2",
    )
    BOTH.when(TRANSFER).then(gives)
    BOTH.when(replace(TRANSFER, lowers_key_expenditure=False, changes_total_budget=True)).then(
        replace(gives, lowers_key_expenditure=False, changes_total_budget=True)
    )


def test_the_receiving_half_names_its_giver_and_needs_a_target() -> None:
    receiving = fresh.knowing(RECEIVER)
    gets = about.AdjustmentProposed(
        **PROPOSED,
        project=RECEIVER.project,
        adjustment_id="A1-in",
        change=yuan(200),
        budget=yuan(210),
        partner_project="P1",
        partner_adjustment_id="A1",
    )
    receiving.when(half).then(gets)
    receiving.when(replace(half, lowers_key_expenditure=False, changes_total_budget=True)).then(
        replace(gets, lowers_key_expenditure=False, changes_total_budget=True)
    )
    fresh.knowing(NotOpened()).when(half).then_explains(about.ReceiverNotOpened, project_code="P2")
    receiving.after(half).when(half).then_explains(about.AdjustmentReused, adjustment_id="A1-in")


@pytest.mark.parametrize(
    "other",
    [
        replace(RECEIVER, project=replace(RECEIVER.project, unit_code="U2")),
        replace(RECEIVER, fund_type_code="02"),
        replace(RECEIVER, direct_fund_flag="01"),
    ],
)
def test_money_stays_with_its_unit_its_fund_and_its_purpose(other: Ledger) -> None:
    fresh.knowing(LEDGER, other).when(TRANSFER).then_explains(
        about.PurposeDiffers, project_code="P2"
    )


def test_what_others_decide_of_a_transfer_is_told_with_its_other_half() -> None:
    proposed = BOTH.after(TRANSFER).knowing(LEDGER)
    proposed.when(pairing).then(
        about.AdjustmentTargetPaired(
            project=PROJECT,
            bodies=("PERFORMANCE", "BUDGET"),
            rule_set_version=3,
            rules_region="653100",
        )
    )
    proposed.when(approval).then(about.AdjustmentSigned(project=PROJECT, **CONGRESS))
    kind = AdjustmentKind.INTERNAL_TRANSFER
    proposed.when(refuse).then(about.AdjustmentRefused(**GIVES, kind=kind, reason="目标不变"))
    approved = about.AdjustmentApproved(project=PROJECT, target_version=2)
    executed = about.AdjustmentExecuted(
        **GIVES, **FUND, kind=kind, change=-yuan(200), budget=yuan(800), transfer_to="P2"
    )
    proposed.when(execute).then(approved, executed)
    proposed.knowing(replace(LEDGER, breaks={"b": LACKING})).when(execute).then(
        approved, about.AdjustmentFailed(**GIVES, kind=kind, reason=MONEY_LACKS)
    )
    proposed.after(execute).when(undone).then(
        about.AdjustmentFailed(**GIVES, kind=kind, reason=UNDONE)
    )


def test_what_was_never_proposed_is_no_adjustment_whatever_else_is_told() -> None:
    closed = about.AdjustmentClosed(project=PROJECT, closed_on=on(8, 2))
    assert fresh.given(closed).state == fresh.state
    assert list(adjustment_decider.entails(closed, fresh.state)) == []


def follows(story: Story, command: object) -> list[object]:
    """What a command has others do in the same act."""
    facts = story.when(command).facts()
    state = story.given(*facts).state
    return [one for fact in facts for one in adjustment_decider.entails(fact, state)]


def test_the_desk_and_the_other_half_go_with_it() -> None:
    here: dict[str, Any] = {"project": PROJECT, "adjustment_id": "A1"}
    assert follows(BOTH, TRANSFER) == [OpenAdjustment(**here), half]
    other = replace(TRANSFER, lowers_key_expenditure=False, changes_total_budget=True)
    assert follows(BOTH, other)[1:] == [
        replace(half, lowers_key_expenditure=False, changes_total_budget=True)
    ]
    assert follows(known, propose()) == [OpenAdjustment(**here)]
    proposed = known.after(propose()).knowing(LEDGER)
    assert follows(proposed, pairing) == []
    for last in (execute, refuse):
        assert follows(proposed, last) == [EndAdjustment(**here)]
    assert follows(proposed.after(execute), undone) == [EndAdjustment(**here)]


def test_a_suspension_that_ends_lets_its_money_go() -> None:
    held = known.after(propose(AdjustmentKind.SUSPENSION, 0)).knowing(HOLDING).after(execute)
    held.when(end).then(
        about.SuspensionEnded(
            project=PROJECT,
            adjustment_id="A1",
            reason="整改通过",
            ended_by=HEAD,
            ended_on=on(8, 1),
        )
    )
    held.when(replace(end, quiet=True, ledger_id=PROJECT.id)).then_names("SuspensionEnded")
    assert follows(held, end) == [
        ReleaseHold(
            project_code="P1",
            fiscal_year=2021,
            adjustment_id="A1",
            by=HEAD,
            now=starts(on(8, 1)),
        )
    ]


def test_what_it_must_know_is_the_ledger_of_each_project_that_it_concerns() -> None:
    giver, receiver = Reference("ledger", "P1-2021"), Reference("ledger", "P2-2021")
    assert adjustment_decider.consults(TRANSFER) == (giver, receiver)
    assert adjustment_decider.consults(propose()) == (giver, giver)
    assert adjustment_decider.consults(half) == (receiver,)
    assert adjustment_decider.consults(execute) == ()
    state = BOTH.after(TRANSFER).state
    assert adjustment_decider.refers(execute, state, ()) == (giver,)
    assert adjustment_decider.refers(refuse, state, ()) == ()
    assert adjustment_decider.refers(execute, fresh.state, ()) == ()


def test_it_belongs_to_the_unit_of_its_project() -> None:
    desk = Story(desk_decider)
    opening = OpenAdjustment(project=PROJECT, adjustment_id="A1")
    assert adjustment_decider.owner(known.after(propose()).state) == PROJECT.owner
    assert desk_decider.owner(desk.after(opening).state) == PROJECT.owner
    for nobody in (adjustment_decider.owner(fresh.state), desk_decider.owner(desk.state)):
        assert nobody is None
    assert adjustment_decider.stream(execute) == "adjustment-A1"
    assert desk_decider.stream(opening) == "adjustment_desk-P1-2021"


def test_one_adjustment_at_a_time_lies_on_the_desk() -> None:
    desk = Story(desk_decider)
    first = OpenAdjustment(project=PROJECT, adjustment_id="A1")
    second = replace(first, adjustment_id="A2")
    desk.when(first).then(AdjustmentOpened(project=PROJECT, adjustment_id="A1"))
    opened = desk.after(first)
    opened.when(first).then_nothing()
    opened.when(second).then_explains(
        about.AnotherAdjustmentOpen, project_code="P1", adjustment_id="A1"
    )
    opened.when(EndAdjustment(project=PROJECT, adjustment_id="A2")).then_nothing()
    ending = EndAdjustment(project=PROJECT, adjustment_id="A1")
    opened.when(ending).then(AdjustmentEnded(project=PROJECT, adjustment_id="A1"))
    opened.after(ending).when(second).then_names("AdjustmentOpened")
    desk.when(ending).then_nothing()
