"""A batch of orders: one message, decided once, and handed over again only for what is missing."""

from dataclasses import replace
from typing import Any

import pytest

from services.monitoring.domain.payment_order import refusals as no
from services.monitoring.domain.payment_order.batch import (
    PaymentBatchRepeated,
    PaymentBatchSent,
    RepeatPaymentBatch,
    SendPaymentBatch,
    payment_batch_decider,
)
from services.monitoring.domain.payment_order.commands import RepeatPaymentOrder, SendPaymentOrder
from services.monitoring.domain.payment_order.order import reference
from shared.domain.refusals import Refusal
from tests.monitoring.stories import Story, at, yuan
from tests.monitoring.test_orders import (
    CASHIER,
    KEY,
    NOT_FOUND,
    draft,
    known,
    released,
    sent,
)

BATCH, REGION = "653101-B1", "653101"
OTHER = "653101-ZF2"
orders = (
    released.state,
    known.after(draft(pay_cert_no="ZF2", amount=yuan(40))).state,
)
missing = sent.after(NOT_FOUND).state
send = SendPaymentBatch(
    batch_id=BATCH, region_code=REGION, orders=(OTHER, KEY), by=CASHIER, now=at(4, 15)
)
again = RepeatPaymentBatch(batch_id=BATCH, repeat_id="R1", by="iss|clock", now=at(4, 16))
fresh = Story(payment_batch_decider)
ready = fresh.knowing(*orders)
handed_over = ready.after(send)
lost = handed_over.knowing(sent.state, missing)


def entailed(story: Story, command: object) -> list[Any]:
    """What every order is asked with the batch."""
    (event,) = story.when(command).facts()
    return list(payment_batch_decider.entails(event, story.given(event).state))


def test_a_batch_is_decided_once_with_its_orders_in_their_order() -> None:
    ready.when(send).then(
        PaymentBatchSent(
            batch_id=BATCH,
            region_code=REGION,
            orders=(OTHER, KEY),
            total=yuan(100),
            sent_by=CASHIER,
            sent_at=at(4, 15),
        )
    )
    handed_over.when(send).then_nothing()
    owner = payment_batch_decider.owner(handed_over.state)
    assert owner is not None
    assert owner.region_code == REGION


def test_every_order_is_sent_with_it_in_the_name_of_who_sent_the_batch() -> None:
    assert entailed(ready, send) == [
        SendPaymentOrder(order_id=key, batch_id=BATCH, by=CASHIER, now=at(4, 15))
        for key in (OTHER, KEY)
    ]


def test_a_message_is_handed_over_again_once_for_every_reason_to() -> None:
    lost.when(again).then(
        PaymentBatchRepeated(
            batch_id=BATCH,
            region_code=REGION,
            repeat_id="R1",
            repeated_by="iss|clock",
            repeated_at=at(4, 16),
        )
    )
    twice = lost.after(again, replace(again, repeat_id="R2"))
    assert twice.state.repeats == {"R1", "R2"}
    for known_already in (again, replace(again, repeat_id="R2")):
        twice.when(known_already).then_nothing()
    assert entailed(lost, again) == [
        RepeatPaymentOrder(order_id=key, repeat_id="R1", by="iss|clock", now=at(4, 16))
        for key in (OTHER, KEY)
    ]
    assert payment_batch_decider.refers(again, handed_over.state, ()) == tuple(
        reference(key) for key in (OTHER, KEY)
    )


FOREIGN = replace(
    orders[0],
    order=replace(orders[0].order, project=replace(orders[0].order.project, region_code="653121")),
)
WRONG: list[tuple[Story, object, type[Refusal], str | None, dict[str, str]]] = [
    (handed_over, replace(send, orders=(KEY,)), no.BatchReused, None, {"batch_id": BATCH}),
    (ready, replace(send, orders=(KEY, KEY)), no.OrderTwiceInBatch, "/orders", {}),
    (fresh.knowing(orders[0]), send, no.PaymentOrderUnknown, None, {}),
    (fresh.knowing(orders[1], FOREIGN), send, no.PaymentOrderUnknown, None, {}),
    (fresh, again, no.PaymentBatchUnknown, None, {}),
    (handed_over.knowing(sent.state), again, no.NothingMissing, None, {}),
]


@pytest.mark.parametrize(("story", "command", "refusal", "field", "said"), WRONG)
def test_what_is_refused(
    story: Story, command: object, refusal: type[Refusal], field: str | None, said: dict[str, str]
) -> None:
    story.when(command).then_refused(refusal)
    story.when(command).then_explains(refusal, field, **said)
