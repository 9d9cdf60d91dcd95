"""What the facts of an order keep of who acted, and what a refusal says stands against it."""

from dataclasses import replace
from typing import Any

import pytest

from services.monitoring.domain.ledger.kinds import BreakResolution
from services.monitoring.domain.ledger.refusals import AmountNotPositive
from services.monitoring.domain.ledger.state import Payment
from services.monitoring.domain.payment_order import commands as ask
from services.monitoring.domain.payment_order import events as fact
from services.monitoring.domain.payment_order import refusals as no
from services.monitoring.domain.payment_order.identity import HoldOfOrder, by_hand, hold_of
from services.monitoring.domain.payment_order.order import payment_order_decider
from services.monitoring.domain.payment_order.values import OrderStatus, RecallAnswer
from shared.domain.refusals import Refusal
from tests.monitoring.stories import PROJECT, Story, at, on, yuan
from tests.monitoring.test_orders import (
    CANCEL,
    CASHIER,
    DOUBT,
    KEY,
    LEDGER,
    NOT_FOUND,
    QUERY,
    RECALL,
    REJECTED,
    RELEASE,
    RELEASER,
    SEND,
    draft,
    drafted,
    fresh,
    known,
    of,
    released,
    sent,
    settled,
)

EXPIRE = of(ask.ExpirePaymentOrder)
AGAIN = of(ask.RepeatPaymentOrder, repeat_id="R1")
OURS: dict[str, Any] = {"project": PROJECT}
CALLED_OFF: dict[str, Any] = {**OURS, "cancelled_by": CASHIER, "cancelled_at": at(4, 15)}
SAID: list[tuple[Story, object, object]] = [
    (drafted, RELEASE, fact.PaymentOrderReleased(**OURS, released_by=RELEASER)),
    (drafted, CANCEL, fact.PaymentOrderCancelled(**CALLED_OFF, reason="作废")),
    (drafted, EXPIRE, fact.PaymentOrderCancelled(**CALLED_OFF, reason="EXPIRED")),
    (released, SEND, fact.PaymentOrderSent(**OURS, batch_id="653101-B1", amount=yuan(60))),
    (sent, DOUBT, fact.PaymentOrderUnanswered(**OURS, amount=yuan(60))),
    (sent.after(DOUBT), QUERY, fact.PaymentOrderQueried(**OURS, query_id="Q1")),
    (sent, NOT_FOUND, fact.PaymentOrderMissed(**OURS)),
    (sent.after(NOT_FOUND), AGAIN, fact.PaymentOrderRepeated(**OURS, repeat_id="R1")),
    (
        settled,
        replace(RECALL, recovery_id="S1"),
        fact.PaymentRecallRequested(
            **OURS,
            recall_id="CH1",
            reason_code="DUPL",
            reason="重复",
            requested_by=CASHIER,
            requested_at=at(4, 15),
            recovery_id="S1",
        ),
    ),
]


@pytest.mark.parametrize(("story", "command", "said"), SAID)
def test_each_step_says_whose_money_it_is_and_who_took_it(
    story: Story, command: object, said: object
) -> None:
    story.when(command).then(said)


PAID = replace(LEDGER, payments={"ZF1": Payment(amount=yuan(60), settled_on=on(4, 1))})
LATE = draft(execute_on=on(4, 15).replace(year=2022))
SECOND = replace(SEND, batch_id="653101-B2")
UNKNOWN = of(ask.ResolveOrderBreak, break_id="x", resolution=BreakResolution.BOOKED, note="")
WHY: list[tuple[Story, object, type[Refusal], str | None, dict[str, object]]] = [
    (known, draft(amount=yuan(0)), AmountNotPositive, "/amount", {}),
    (known, LATE, no.OutsideFiscalYear, "/execute_on", {"fiscal_year": 2021}),
    (fresh.knowing(PAID), draft(), no.VoucherPaid, None, {"pay_cert_no": "ZF1"}),
    (
        drafted,
        draft(amount=yuan(61)),
        no.VoucherReused,
        "/pay_cert_no",
        {"pay_cert_no": "ZF1", "amount": "60.00"},
    ),
    (drafted.after(CANCEL), SEND, no.OrderCancelled, None, {"order_id": KEY}),
    (drafted, SEND, no.OrderNotReleased, None, {"order_id": KEY}),
    (
        sent,
        SECOND,
        no.OrderAlreadySent,
        None,
        {"order_id": KEY, "batch_id": "653101-B1"},
    ),
    (settled, QUERY, no.OrderAnswered, None, {"status": OrderStatus.SETTLED.value}),
    (sent.after(REJECTED), RECALL, no.OrderAnswered, None, {"status": OrderStatus.REJECTED.value}),
    (
        sent.after(RECALL),
        replace(RECALL, reason="另一"),
        no.RecallReused,
        None,
        {"recall_id": "CH1"},
    ),
    (
        sent.after(RECALL),
        replace(RECALL, recall_id="CH2"),
        no.RecallPending,
        None,
        {"recall_id": "CH1"},
    ),
    (
        sent,
        of(ask.HearRecallAnswer, recall_id="CH9", answer=RecallAnswer.REFUSED),
        no.RecallUnknown,
        None,
        {"recall_id": "CH9"},
    ),
    (sent, UNKNOWN, no.OrderBreakUnknown, None, {"break_id": "x"}),
]


@pytest.mark.parametrize(("story", "command", "refusal", "field", "said"), WHY)
def test_a_refusal_names_the_field_and_what_stands_against_it(
    story: Story,
    command: object,
    refusal: type[Refusal],
    field: str | None,
    said: dict[str, object],
) -> None:
    story.when(command).then_explains(refusal, field, **said)


def test_who_would_let_go_by_hand_what_an_order_holds_is_told_what_to_do_instead() -> None:
    with pytest.raises(HoldOfOrder) as refused:
        by_hand(hold_of(KEY))
    assert refused.value.pointer == "/freeze_id"
    assert refused.value.remedy == "Cancel the payment order instead."


def test_an_order_belongs_to_the_unit_of_its_project_and_is_found_by_its_key() -> None:
    assert payment_order_decider.owner(drafted.state) == PROJECT.owner
    assert payment_order_decider.owner(fresh.state) is None
    assert payment_order_decider.stream(SEND) == f"payment_order-{KEY}"
