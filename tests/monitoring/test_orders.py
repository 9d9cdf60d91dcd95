"""A payment order from the intent to the answer: what is said, what is silent, what is refused."""

from dataclasses import replace
from typing import Any

import pytest

from services.monitoring.domain.ledger.commands import (
    FreezeQuota,
    ReleaseHold,
    ReturnPayment,
    SettlePayment,
)
from services.monitoring.domain.ledger.kinds import BreakResolution
from services.monitoring.domain.ledger.refusals import AmountNotPositive, LedgerNotOpened
from services.monitoring.domain.ledger.state import Freeze, Ledger, NotOpened, Payment
from services.monitoring.domain.payment_order import commands as ask
from services.monitoring.domain.payment_order import events as fact
from services.monitoring.domain.payment_order import refusals as no
from services.monitoring.domain.payment_order.identity import (
    HoldOfOrder,
    by_hand,
    end_to_end_id,
    hold_of,
    order_id,
    uetr_of,
)
from services.monitoring.domain.payment_order.order import payment_order_decider
from services.monitoring.domain.payment_order.values import (
    BankAccount,
    BankAnswer,
    BudgetCodes,
    OrderBreakKind,
    OrderStatus,
    RecallAnswer,
    RecallStatus,
)
from shared.domain.refusals import Refusal
from tests.monitoring.stories import PROJECT, Story, at, on, yuan

CASHIER, RELEASER = "iss|cashier", "iss|releaser"
KEY = "653101-ZF1"
HELD = Freeze(amount=yuan(60), adjustment=False, suspends=False)
LEDGER = Ledger(
    project=PROJECT,
    budget=yuan(1000),
    fund_type_code="111",
    direct_fund_flag="01",
    freezes={hold_of(KEY): HELD},
)
SUSPENDED = replace(
    LEDGER,
    freezes={**LEDGER.freezes, "S1": Freeze(amount=yuan(9), adjustment=True, suspends=True)},
    suspensions={"S1": ()},
)
LET_GO = replace(LEDGER, freezes={hold_of(KEY): replace(HELD, open=False)})
fresh = Story(payment_order_decider)


def draft(**more: Any) -> ask.DraftPaymentOrder:  # noqa: ANN401
    """The intent to pay voucher ZF1."""
    usual: dict[str, Any] = {
        "region_code": "653101",
        "project_code": "P1",
        "fiscal_year": 2021,
        "pay_cert_no": "ZF1",
        "amount": yuan(60),
        "debtor": BankAccount(name="支付中心", number="1", bank_no="105894000010"),
        "creditor": BankAccount(name="喀什建工", number="2", bank_no="102894000027"),
        "purpose": "工程款",
        "execute_on": on(4, 15),
        "codes": BudgetCodes(bgt_id="B1"),
        "by": CASHIER,
        "now": at(4, 15),
    }
    return ask.DraftPaymentOrder(**{**usual, **more})


def of(command: type, by: str = CASHIER, **more: Any) -> Any:  # noqa: ANN401
    """A command about this order."""
    return command(order_id=KEY, by=by, now=at(4, 15), **more)


def says(answer: BankAnswer, **more: Any) -> ask.HearPaymentStatus:  # noqa: ANN401
    """The bank says this."""
    if answer is BankAnswer.SETTLED:
        more = {"amount": yuan(60), "booked_on": on(4, 15), "bank_ref": "L1", **more}
    told: ask.HearPaymentStatus = of(ask.HearPaymentStatus, answer=answer, **more)
    return told


SETTLED, REJECTED = says(BankAnswer.SETTLED), says(BankAnswer.REJECTED, reason_code="AC04")
NOT_FOUND, ACCEPTED = says(BankAnswer.NOT_FOUND), says(BankAnswer.ACCEPTED, bank_ref="L0")
RELEASE, CANCEL = (
    of(ask.ReleasePaymentOrder, RELEASER),
    of(ask.CancelPaymentOrder, reason="作废"),
)
SEND, DOUBT = of(ask.SendPaymentOrder, batch_id="653101-B1"), of(ask.MarkPaymentUnknown)
QUERY = of(ask.QueryPayment, query_id="Q1")
RECALL = of(ask.RecallPayment, recall_id="CH1", reason_code="DUPL", reason="重复")
BACK = of(ask.HearPaymentReturn, return_id="TH1", amount=yuan(60), returned_on=on(6, 1))
known = fresh.knowing(LEDGER)
drafted = replace(known.after(draft()), consulted=(LEDGER,))
released = drafted.after(RELEASE)
sent = replace(released.after(SEND), consulted=None)
settled = sent.after(SETTLED)


def status(story: Story) -> OrderStatus:
    """Where the order stands."""
    found: OrderStatus = story.state.status
    return found


WAY: list[tuple[Story, object, str, OrderStatus]] = [
    (known, draft(), "PaymentOrderDrafted", OrderStatus.INTENT),
    (drafted, RELEASE, "PaymentOrderReleased", OrderStatus.RELEASED),
    (drafted, CANCEL, "PaymentOrderCancelled", OrderStatus.CANCELLED),
    (drafted, of(ask.ExpirePaymentOrder), "PaymentOrderCancelled", OrderStatus.CANCELLED),
    (released, SEND, "PaymentOrderSent", OrderStatus.SENT),
    (sent, ACCEPTED, "PaymentOrderAccepted", OrderStatus.ACCEPTED),
    (sent, DOUBT, "PaymentOrderUnanswered", OrderStatus.UNKNOWN),
    (sent.after(DOUBT), QUERY, "PaymentOrderQueried", OrderStatus.QUERIED),
    (sent.after(DOUBT, QUERY), NOT_FOUND, "PaymentOrderMissed", OrderStatus.MISSING),
    (sent, SETTLED, "PaymentOrderSettled", OrderStatus.SETTLED),
    (sent.after(DOUBT, QUERY), SETTLED, "PaymentOrderSettled", OrderStatus.SETTLED),
    (sent.after(NOT_FOUND), SETTLED, "PaymentOrderSettled", OrderStatus.SETTLED),
    (sent.after(ACCEPTED), REJECTED, "PaymentOrderRejected", OrderStatus.REJECTED),
    (settled, BACK, "PaymentOrderReturned", OrderStatus.RETURNED),
    (settled, replace(BACK, amount=yuan(20)), "PaymentOrderReturned", OrderStatus.SETTLED),
]


@pytest.mark.parametrize(("story", "command", "name", "after"), WAY)
def test_the_way_of_an_order_and_every_step_is_silent_the_second_time(
    story: Story, command: object, name: str, after: OrderStatus
) -> None:
    story.when(command).then_names(name)
    assert status(story.after(command)) is after


def test_a_message_is_repeated_only_for_what_is_missing() -> None:
    again = of(ask.RepeatPaymentOrder, repeat_id="R1")
    missing = sent.after(NOT_FOUND)
    missing.when(again).then_names("PaymentOrderRepeated")
    assert status(missing.after(again)) is OrderStatus.SENT
    for story in (sent, sent.after(DOUBT), settled):
        story.when(again).then_nothing()


SILENT: list[tuple[Story, object]] = [
    (settled, ACCEPTED),
    (settled, says(BankAnswer.PENDING)),
    (settled, DOUBT),
    (settled, says(BankAnswer.REJECTED, reason_code="AM05")),
    (sent, says(BankAnswer.REJECTED, reason_code="DUPL")),
    (settled.after(BACK), SETTLED),
    (sent.after(REJECTED), ACCEPTED),
    (sent.after(REJECTED), NOT_FOUND),
    (sent, of(ask.ExpirePaymentOrder)),
    (drafted.after(CANCEL), REJECTED),
]


@pytest.mark.parametrize(("story", "command"), SILENT)
def test_late_and_doubled_answers_are_harmless(story: Story, command: object) -> None:
    story.when(command).then_nothing()


BROKEN: list[tuple[Story, object, OrderBreakKind]] = [
    (sent, says(BankAnswer.SETTLED, amount=yuan(61)), OrderBreakKind.AMOUNT_DIFFERS),
    (settled, says(BankAnswer.SETTLED, amount=yuan(61)), OrderBreakKind.AMOUNT_DIFFERS),
    (sent.after(REJECTED), SETTLED, OrderBreakKind.SETTLED_AFTER_REJECTED),
    (settled, REJECTED, OrderBreakKind.REJECTED_AFTER_SETTLED),
    (settled, NOT_FOUND, OrderBreakKind.NOT_FOUND_AFTER_ANSWER),
    (sent.after(ACCEPTED), NOT_FOUND, OrderBreakKind.NOT_FOUND_AFTER_ANSWER),
    (released, SETTLED, OrderBreakKind.SETTLED_UNSENT),
    (drafted.after(CANCEL), SETTLED, OrderBreakKind.SETTLED_UNSENT),
    (sent, BACK, OrderBreakKind.RETURN_UNMATCHED),
    (settled, replace(BACK, amount=yuan(61)), OrderBreakKind.RETURN_UNMATCHED),
    (settled.after(BACK), replace(BACK, return_id="TH2"), OrderBreakKind.RETURN_UNMATCHED),
    (
        sent.after(says(BankAnswer.SETTLED, amount=yuan(61))),
        SETTLED,
        OrderBreakKind.ANSWERS_CONTRADICT,
    ),
    (
        sent.after(says(BankAnswer.SETTLED, amount=yuan(61))),
        REJECTED,
        OrderBreakKind.ANSWERS_CONTRADICT,
    ),
]


@pytest.mark.parametrize(("story", "command", "kind"), BROKEN)
def test_what_contradicts_moves_no_money_and_waits_for_a_person(
    story: Story, command: object, kind: OrderBreakKind
) -> None:
    story.when(command).then_names("PaymentOrderBreakOpened")
    (opened,) = story.when(command).facts()
    assert opened.kind is kind
    after = story.after(command)
    assert status(after) is status(story)
    assert after.state.settled == story.state.settled
    assert list(payment_order_decider.entails(opened, after.state)) == []


def resolve(story: Story, resolution: BreakResolution) -> ask.ResolveOrderBreak:
    """Decide the first break of an order."""
    key = next(one for one, found in story.state.breaks.items() if not found.resolved)
    decided: ask.ResolveOrderBreak = of(
        ask.ResolveOrderBreak, RELEASER, break_id=key, resolution=resolution, note="核对流水"
    )
    return decided


def test_a_person_books_what_the_bank_has_in_its_book_or_does_not() -> None:
    late = sent.after(REJECTED, SETTLED)
    book = resolve(late, BreakResolution.BOOKED)
    late.when(book).then_names("PaymentOrderBreakResolved", "PaymentOrderSettled")
    assert status(late.after(book)) is OrderStatus.SETTLED
    leave = resolve(late, BreakResolution.REJECTED)
    late.when(leave).then_names("PaymentOrderBreakResolved")
    assert status(late.after(leave)) is OrderStatus.REJECTED
    early = sent.after(BACK).after(resolve(sent.after(BACK), BreakResolution.REJECTED))
    assert status(early.after(SETTLED)) is OrderStatus.SETTLED


def test_a_return_that_came_too_early_is_booked_once_it_fits() -> None:
    story = sent.after(says(BankAnswer.SETTLED, amount=yuan(61)), BACK)
    settle = resolve(story, BreakResolution.BOOKED)
    paid = story.after(settle)
    back = resolve(paid, BreakResolution.BOOKED)
    paid.when(back).then_names("PaymentOrderBreakResolved", "PaymentOrderReturned")
    assert paid.after(back).state.outstanding == yuan(1)


def test_the_ledger_is_told_at_once() -> None:
    told: list[tuple[Story, object, list[type]]] = [
        (known, draft(), [FreezeQuota]),
        (drafted, CANCEL, [ReleaseHold]),
        (sent, REJECTED, [ReleaseHold]),
        (sent, SETTLED, [ReleaseHold, SettlePayment]),
        (settled, BACK, [ReturnPayment]),
        (sent, ACCEPTED, []),
        (sent, DOUBT, []),
        (sent.after(DOUBT), NOT_FOUND, []),
        (settled, RECALL, []),
        (settled.after(RECALL), of(ask.HearRecallAnswer, recall_id="CH1", answer="REFUSED"), []),
    ]
    for story, command, kinds in told:
        facts = story.when(command).facts()
        state = payment_order_decider.fold(facts, story.state)
        entailed: list[Any] = [
            one for f in facts for one in payment_order_decider.entails(f, state)
        ]
        assert [type(one) for one in entailed] == kinds, command
        # What was held for a settled order is spent; any other is available again.
        spent = {one.spends for one in entailed if isinstance(one, ReleaseHold)}
        assert spent <= {command is SETTLED}, command
        # In the name of who asked the order, and at that moment.
        assert {(one.by, one.now) for one in entailed} <= {(CASHIER, at(4, 15))}, command


WRONG: list[tuple[Story, object, type[Refusal]]] = [
    (fresh.knowing(NotOpened()), draft(), LedgerNotOpened),
    (known, draft(region_code="653121"), LedgerNotOpened),
    (known, draft(amount=yuan(0)), AmountNotPositive),
    (known, draft(execute_on=on(4, 15).replace(year=2022)), no.OutsideFiscalYear),
    (fresh.knowing(SUSPENDED), draft(), no.PaymentsSuspended),
    (
        fresh.knowing(
            replace(LEDGER, payments={"ZF1": Payment(amount=yuan(60), settled_on=on(4, 1))})
        ),
        draft(),
        no.VoucherPaid,
    ),
    (drafted, draft(amount=yuan(61)), no.VoucherReused),
    (drafted, of(ask.ReleasePaymentOrder, CASHIER), no.ReleaserDraftedOrder),
    (replace(drafted, consulted=(SUSPENDED,)), RELEASE, no.PaymentsSuspended),
    (replace(drafted, consulted=(LET_GO,)), RELEASE, no.HoldLost),
    (replace(released, consulted=(LET_GO,)), SEND, no.HoldLost),
    (replace(released, consulted=(SUSPENDED,)), SEND, no.PaymentsSuspended),
    (drafted.after(CANCEL), RELEASE, no.OrderCancelled),
    (drafted.after(CANCEL), SEND, no.OrderCancelled),
    (drafted, SEND, no.OrderNotReleased),
    (sent, replace(SEND, batch_id="653101-B2"), no.OrderAlreadySent),
    (settled, replace(SEND, batch_id="653101-B2"), no.OrderAlreadySent),
    (sent, CANCEL, no.OrderAlreadySent),
    (released, QUERY, no.OrderNotSent),
    (settled, QUERY, no.OrderAnswered),
    (released, RECALL, no.OrderNotSent),
    (sent.after(REJECTED), RECALL, no.OrderAnswered),
    (sent.after(RECALL), replace(RECALL, reason="另一"), no.RecallReused),
    (sent.after(RECALL), replace(RECALL, recall_id="CH2"), no.RecallPending),
    (sent, of(ask.HearRecallAnswer, recall_id="CH9", answer="REFUSED"), no.RecallUnknown),
    (
        sent,
        of(ask.ResolveOrderBreak, break_id="x", resolution=BreakResolution.BOOKED, note=""),
        no.OrderBreakUnknown,
    ),
    (
        settled.after(REJECTED),
        resolve(settled.after(REJECTED), BreakResolution.BOOKED),
        no.OrderBreakNotBookable,
    ),
    (fresh, QUERY, no.PaymentOrderUnknown),
]


@pytest.mark.parametrize(("story", "command", "refusal"), WRONG)
def test_what_is_refused(story: Story, command: object, refusal: type[Refusal]) -> None:
    story.when(command).then_refused(refusal)


UNBOOKABLE: list[tuple[Story, object, type[Refusal], str]] = [
    (sent, says(BankAnswer.SETTLED, amount=None), no.BookingIncomplete, "/amount"),
    (sent, says(BankAnswer.SETTLED, booked_on=None), no.BookingIncomplete, "/booked_on"),
    (sent, says(BankAnswer.SETTLED, amount=yuan(0)), AmountNotPositive, "/amount"),
    (settled, replace(BACK, amount=yuan(0)), AmountNotPositive, "/amount"),
]


@pytest.mark.parametrize(("story", "command", "refusal", "field"), UNBOOKABLE)
def test_what_cannot_be_booked_names_the_field(
    story: Story, command: object, refusal: type[Refusal], field: str
) -> None:
    story.when(command).then_refused(refusal)
    story.when(command).then_explains(refusal, field)


def answer(word: str, recall_id: str = "CH1") -> ask.HearRecallAnswer:
    """The bank's answer to a recall."""
    told: ask.HearRecallAnswer = of(
        ask.HearRecallAnswer, recall_id=recall_id, answer=RecallAnswer(word)
    )
    return told


def test_a_granted_recall_moves_nothing_until_the_money_comes() -> None:
    owed = settled.after(replace(RECALL, recovery_id="R1"))
    owed.when(answer("ACCEPTED")).then_names("PaymentRecallAccepted")
    owed.when(answer("PENDING")).then_nothing()
    granted = owed.after(answer("ACCEPTED"))
    assert granted.state.outstanding == yuan(60)
    back = granted.after(BACK)
    (returned,) = granted.when(BACK).facts()
    assert (status(back), returned.recovery_id) == (OrderStatus.RETURNED, "R1")
    assert back.state.recalls["CH1"].status is RecallStatus.RETURNED


def test_a_refused_recall_changes_no_account_and_reopens_the_claim() -> None:
    refused = settled.after(RECALL, answer("REFUSED"))
    assert (status(refused), refused.state.outstanding) == (OrderStatus.SETTLED, yuan(60))
    refused.when(replace(RECALL, recall_id="CH2")).then_names("PaymentRecallRequested")
    refused.when(answer("REFUSED")).then_nothing()
    refused.when(answer("ACCEPTED")).then_names("PaymentOrderBreakOpened")


def test_names_follow_from_the_voucher() -> None:
    long = "喀财支〔2021〕" + "0" * 60
    derived = end_to_end_id(long)
    assert (end_to_end_id("ZF1"), end_to_end_id("Z" * 35)) == ("ZF1", "Z" * 35)
    assert derived.startswith("K")
    assert len(derived) == 31
    assert end_to_end_id(long + "1") != derived == end_to_end_id(long)
    assert order_id("653101", "ZF1") != order_id("653121", "ZF1")
    assert uetr_of(KEY) == uetr_of(KEY)
    assert uetr_of(KEY)[14] == "4"


def test_what_an_order_holds_is_not_let_go_by_hand() -> None:
    assert by_hand("DJ-1") == "DJ-1"
    with pytest.raises(HoldOfOrder):
        by_hand(hold_of(KEY))


def test_the_drafted_order_carries_what_its_message_needs() -> None:
    (order,) = known.when(draft()).facts()
    assert isinstance(order, fact.PaymentOrderDrafted)
    assert (order.end_to_end_id, order.fund_type_code, order.direct_fund_flag) == (
        "ZF1",
        "111",
        "01",
    )
