"""What a contradiction keeps for the person who decides it, and what is true when it is booked.

Between the answer of the bank and the decision of a person weeks may lie: whatever the booking
needs stands in the break, word for word.
"""

from dataclasses import replace
from typing import Any

from services.monitoring.domain.ledger.kinds import BreakResolution
from services.monitoring.domain.payment_order import commands as ask
from services.monitoring.domain.payment_order import events as fact
from services.monitoring.domain.payment_order import refusals as no
from services.monitoring.domain.payment_order.values import BankAnswer, OrderBreakKind
from tests.monitoring.stories import PROJECT, at, on, yuan
from tests.monitoring.test_orders import (
    ACCEPTED,
    BACK,
    CASHIER,
    RECALL,
    REJECTED,
    RELEASER,
    SETTLED,
    answer,
    of,
    resolve,
    says,
    sent,
    settled,
)

TRACED = replace(
    BACK, reason_code="AC04", source_id="F1:7", uetr="7c1e4a52-0000-4000-8000-1", clearing_ref="C9"
)
"""Money that came back, with every trace that its line has."""
MORE = says(BankAnswer.SETTLED, amount=yuan(61), source_id="F2:1")


def test_what_the_bank_says_is_kept_with_the_line_of_the_file_that_said_it() -> None:
    line: dict[str, Any] = {"source_id": "F1:3"}
    heard: dict[str, Any] = {"project": PROJECT, "heard_by": CASHIER, "heard_at": at(4, 15), **line}
    sent.when(replace(ACCEPTED, **line)).then(
        fact.PaymentOrderAccepted(project=PROJECT, bank_ref="L0", settle_days=1, **line)
    )
    sent.when(replace(SETTLED, **line)).then(
        fact.PaymentOrderSettled(**heard, amount=yuan(60), booked_on=on(4, 15), bank_ref="L1")
    )
    sent.when(replace(REJECTED, **line)).then(
        fact.PaymentOrderRejected(**heard, amount=yuan(60), reason_code="AC04")
    )
    settled.when(replace(BACK, **line)).then(
        fact.PaymentOrderReturned(
            **heard,
            return_id="TH1",
            amount=yuan(60),
            outstanding=yuan(0),
            returned_on=on(6, 1),
            reason_code="",
        )
    )
    recalled = settled.after(RECALL)
    recalled.when(replace(answer("ACCEPTED"), **line)).then(
        fact.PaymentRecallAccepted(project=PROJECT, recall_id="CH1", **line)
    )
    recalled.when(replace(answer("REFUSED"), reason_code="CUST", **line)).then(
        fact.PaymentRecallRefused(
            project=PROJECT, recall_id="CH1", reason_code="CUST", amount=yuan(60), **line
        )
    )
    granted = recalled.after(answer("ACCEPTED"))
    granted.when(replace(answer("REFUSED"), reason_code="CUST", **line)).then(
        fact.PaymentOrderBreakOpened(
            project=PROJECT,
            break_id="RECALL_CONTRADICTED:CH1:REFUSED",
            kind=OrderBreakKind.RECALL_CONTRADICTED,
            opened_on=on(4, 15),
            reason_code="CUST",
            **line,
        )
    )


def test_a_return_that_fits_nowhere_is_kept_with_every_trace_and_the_day_it_came_to_light() -> None:
    opened = fact.PaymentOrderBreakOpened(
        project=PROJECT,
        break_id="RETURN_UNMATCHED:TH1:60.00",
        kind=OrderBreakKind.RETURN_UNMATCHED,
        opened_on=on(4, 15),
        amount=yuan(60),
        booked_on=on(6, 1),
        reason_code="AC04",
        return_id="TH1",
        source_id="F1:7",
        uetr="7c1e4a52-0000-4000-8000-1",
        clearing_ref="C9",
    )
    sent.when(TRACED).then(opened)
    sent.after(TRACED).when(TRACED).then_nothing()


def test_a_contradiction_is_kept_as_the_bank_said_it() -> None:
    sent.when(MORE).then(
        fact.PaymentOrderBreakOpened(
            project=PROJECT,
            break_id="AMOUNT_DIFFERS:SETTLED:61.00",
            kind=OrderBreakKind.AMOUNT_DIFFERS,
            opened_on=on(4, 15),
            amount=yuan(61),
            booked_on=on(4, 15),
            bank_ref="L1",
            source_id="F2:1",
        )
    )
    (denied,) = settled.when(REJECTED).facts()
    assert (denied.amount, denied.booked_on, denied.reason_code) == (yuan(0), None, "AC04")


def test_a_return_that_is_booked_late_has_the_traces_of_its_line() -> None:
    story = sent.after(MORE, TRACED)
    story = story.after(resolve(story, BreakResolution.BOOKED))
    decided = replace(resolve(story, BreakResolution.BOOKED), now=at(7, 1))
    _, back = story.when(decided).facts()
    assert back == fact.PaymentOrderReturned(
        project=PROJECT,
        return_id="TH1",
        amount=yuan(60),
        outstanding=yuan(1),
        returned_on=on(6, 1),
        reason_code="AC04",
        heard_by=RELEASER,
        heard_at=at(7, 1),
        uetr="7c1e4a52-0000-4000-8000-1",
        clearing_ref="C9",
    )


def test_a_payment_is_not_settled_twice_by_a_decision_either() -> None:
    """Of an order that is paid, another amount in the bank's book moves no money here."""
    paid = settled.after(MORE)
    book = resolve(paid, BreakResolution.BOOKED)
    paid.when(book).then_explains(no.OrderBreakNotBookable, kind="AMOUNT_DIFFERS")
    leave = replace(book, resolution=BreakResolution.REJECTED)
    paid.when(leave).then_names("PaymentOrderBreakResolved")
    assert paid.after(leave).state.settled == yuan(60)


def test_two_answers_that_deny_each_other_are_settled_or_rejected_as_a_person_decides() -> None:
    doubtful = sent.after(MORE, REJECTED)
    keys = tuple(doubtful.state.breaks)
    book = [
        of(
            ask.ResolveOrderBreak,
            RELEASER,
            break_id=key,
            resolution=BreakResolution.BOOKED,
            note="核对流水",
        )
        for key in keys
    ]
    _, paid = doubtful.when(book[0]).facts()
    assert paid == fact.PaymentOrderSettled(
        project=PROJECT,
        amount=yuan(61),
        booked_on=on(4, 15),
        bank_ref="L1",
        heard_by=RELEASER,
        heard_at=at(4, 15),
    )
    _, denied = doubtful.when(book[1]).facts()
    assert denied == fact.PaymentOrderRejected(
        project=PROJECT,
        amount=yuan(60),
        reason_code="AC04",
        heard_by=RELEASER,
        heard_at=at(4, 15),
    )
    ended = doubtful.after(book[0])
    ended.when(book[1]).then_explains(no.OrderBreakNotBookable, kind="ANSWERS_CONTRADICT")
    ended.when(SETTLED).then_names("PaymentOrderBreakOpened")
