"""What leaves the house: chosen words, and silence on purpose."""

from dataclasses import replace

import pytest

from services.monitoring.domain.adjustment import AdjustmentKind, AdjustmentProposed
from services.monitoring.domain.ledger import events as money
from services.monitoring.domain.record.events import MonitoringSubmitted
from services.monitoring.domain.treasury_line import LineKind, TreasuryLine
from services.monitoring.domain.values import Execution, Level, Reason, Source
from services.monitoring.domain.warning import events as warning
from services.monitoring.main import service
from services.monitoring.publishing import publish
from shared.contracts import monitoring as said
from shared.contracts.public_event import PublicEvent
from shared.testing.projection_spec import recorded
from tests.monitoring.stories import PROJECT, at, on, yuan


def word(stream: str, fact: object) -> PublicEvent | None:
    (told,) = recorded(stream, fact, at=at(6, 1))
    return publish(told)


paid = money.PaymentSettled(
    project=PROJECT,
    payment_id="Z1",
    amount=yuan(60),
    paid_total=yuan(60),
    settled_on=on(2, 10),
    purpose="私人信息",
)


def test_a_payment_is_told_without_its_purpose() -> None:
    told = word("ledger-P1-2021", paid)
    assert isinstance(told, said.PaymentSettled)
    assert (told.project_code, told.paid_total) == ("P1", yuan(60))
    assert "私人信息" not in told.model_dump_json()


def test_a_file_of_payments_is_told_as_its_sums() -> None:
    left = TreasuryLine(
        source_id="CNAPS/m1/1",
        kind=LineKind.PAYMENT,
        payment_id="Z1",
        amount=yuan(60),
        booked_on=on(2, 10),
        purpose="私人信息",
    )
    back = replace(left, kind=LineKind.RETURN, return_id="R1", booked_on=on(3, 1))
    told = word(
        "ledger-P1-2021",
        money.LinesBooked(
            project=PROJECT,
            lines=(left, back),
            paid=yuan(60),
            returned=yuan(60),
            paid_total=yuan(0),
        ),
    )
    assert isinstance(told, said.PaymentsBooked)
    assert (told.payments, told.returns, told.paid, told.returned) == (1, 1, yuan(60), yuan(60))
    assert (told.first_on, told.last_on) == (on(2, 10), on(3, 1))
    assert "私人信息" not in told.model_dump_json()


def test_a_warning_is_told_when_its_unit_was_told() -> None:
    pushed = warning.WarningPushed(
        project=PROJECT,
        node="M05",
        level=Level.BLUE,
        reasons=(Reason.GOAL_BEHIND,),
        source=Source.NODE,
        pushed_on=on(6, 9),
    )
    told = word("warning-W1", pushed)
    assert isinstance(told, said.WarningIssued)
    assert (told.warning_id, told.level, told.reasons) == ("W1", "BLUE", ("GOAL_BEHIND",))


def test_a_dropped_warning_has_its_end_too() -> None:
    dropped = warning.WarningCancelled(
        project=PROJECT, level=Level.RED, reason="数据错误", cancelled_on=on(6, 9)
    )
    told = word("warning-W1", dropped)
    assert isinstance(told, said.WarningClosed)
    assert told.outcome == "CANCELLED"


def test_a_proposal_names_its_kind_and_its_change() -> None:
    proposed = AdjustmentProposed(
        project=PROJECT,
        kind=AdjustmentKind.REDUCTION,
        change=yuan(-200),
        budget=yuan(800),
        reason="慢",
        proposed_by="iss|head",
        proposed_on=on(7, 1),
    )
    told = word("adjustment-A1", proposed)
    assert isinstance(told, said.AdjustmentProposed)
    assert (told.adjustment_id, str(told.change)) == ("A1", "-200.00")


def test_what_a_unit_wrote_stays_inside() -> None:
    execution = Execution(
        as_of_on=on(5, 31),
        budget=yuan(1),
        quota=yuan(1),
        paid=yuan(0),
        available=yuan(1),
        last_movement_on=None,
    )
    report = MonitoringSubmitted(
        project=PROJECT,
        node="M05",
        values=(),
        execution=execution,
        submitted_by="iss|head",
        submitted_on=on(6, 1),
        on_time=True,
    )
    assert word("record-P1-2021-M05", report) is None


CATEGORIES = sorted(decider.category for decider in service.deciders)


@pytest.mark.parametrize("category", CATEGORIES)
def test_every_aggregate_has_decided_what_it_says(category: str) -> None:
    silent = {"watch", "rules", "unit", "region", "letterbook", "adjustment_desk"}
    silent |= {"duty", "roster", "idleness", "letterfile", "payment_batch", "webhook"}
    silent |= {"quotalink", "reveal", "subject", "pages"}
    key_funds = {"keyfund", "fundfinding", "beneficiaries", "linkage", "industryfund"}
    if category in silent:
        assert word(f"{category}-x", object()) is None
    else:
        speaking = {"ledger", "round", "record", "warning", "adjustment"} | key_funds
        assert category in speaking | {"payment_order", "treasury_request", "statement", "tieout"}
