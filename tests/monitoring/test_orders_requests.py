"""What becomes a request to the treasury, how it is answered, and what the clock does to orders."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from services.monitoring.domain import treasury_request as about
from services.monitoring.domain.ledger.kinds import Account
from services.monitoring.domain.ledger.state import Ledger
from services.monitoring.domain.payment_order import commands as ask
from services.monitoring.domain.payment_order import events as fact
from services.monitoring.domain.treasury_request import treasury_request_decider
from services.monitoring.domain.treasury_values import (
    RequestKind,
    RequestStatus,
    TreasuryRequestAnswered,
    TreasuryRequestUnknown,
    request_id,
)
from services.monitoring.projections.payment_orders import (
    OrderBreakRow,
    PaymentOrderRow,
    PaymentRecallRow,
    payment_orders,
)
from services.monitoring.publishing import publish
from services.monitoring.reactions import fall_due, react, schedule
from shared.contracts import monitoring as said
from shared.contracts.public_event import PublicEvent
from shared.domain.money import Money
from shared.messages import CalledOff, Deadline, Due
from shared.testing.projection_spec import ProjectionSpec, recorded
from tests.monitoring.stories import PROJECT, Story, at, on, yuan
from tests.monitoring.test_orders import (
    ACCEPTED,
    BACK,
    CANCEL,
    KEY,
    RECALL,
    REJECTED,
    SETTLED,
    answer,
    drafted,
    released,
    sent,
    settled,
)
from tests.monitoring.test_reactions import heard, recovery

TREASURY = "iss|treasury"
WHOSE: dict[str, Any] = {
    "region_code": "653101",
    "project_code": "P1",
    "fiscal_year": 2021,
    "unit_code": "U1",
}
LEDGER = Ledger(
    project=PROJECT,
    budget=yuan(1000),
    fund_type_code="",
    direct_fund_flag="",
    accounts={**dict.fromkeys(Account, Money(0)), Account.APPROPRIATED: yuan(400)},
)
OPEN = about.OpenTreasuryRequest(
    request_id="freeze-x",
    project=PROJECT,
    kind=RequestKind.FREEZE,
    amount=yuan(100),
    reason="合同争议",
    source_id="DJ1",
    by="abacus",
    now=at(4, 1),
)
DONE = about.ExecuteTreasuryRequest(
    request_id="freeze-x", cur_amt=yuan(390), adj_batch_no="TZ1", by=TREASURY, now=at(4, 2)
)
ACKNOWLEDGE = about.AcknowledgeTreasuryRequest(request_id="freeze-x", by=TREASURY, now=at(4, 1))
REFUSE = about.RefuseTreasuryRequest(
    request_id="freeze-x", reason="已支付", by=TREASURY, now=at(4, 2)
)
fresh = Story(treasury_request_decider).knowing(LEDGER)
asked = fresh.after(OPEN)

WAY: list[tuple[Story, object, str, RequestStatus]] = [
    (fresh, OPEN, "TreasuryRequestOpened", RequestStatus.OPEN),
    (asked, ACKNOWLEDGE, "TreasuryRequestAcknowledged", RequestStatus.ACKNOWLEDGED),
    (asked, DONE, "TreasuryRequestExecuted", RequestStatus.EXECUTED),
    (asked.after(ACKNOWLEDGE), DONE, "TreasuryRequestExecuted", RequestStatus.EXECUTED),
    (asked.after(ACKNOWLEDGE), REFUSE, "TreasuryRequestRefused", RequestStatus.REFUSED),
]


@pytest.mark.parametrize(("story", "command", "name", "status"), WAY)
def test_the_way_of_a_request(
    story: Story, command: object, name: str, status: RequestStatus
) -> None:
    story.when(command).then_names(name)
    assert story.after(command).state.status is status


def test_a_request_is_answered_once_and_says_how_far_the_books_are_apart() -> None:
    (executed,) = asked.when(DONE).facts()
    assert (executed.cur_amt, executed.available) == (yuan(390), yuan(400))
    (refused,) = asked.when(REFUSE).facts()
    assert executed.kind is refused.kind is RequestKind.FREEZE
    assert executed.amount == refused.amount == yuan(100)
    done = asked.after(DONE)
    done.when(ACKNOWLEDGE).then_nothing()
    done.when(replace(DONE, adj_batch_no="TZ2")).then_refused(TreasuryRequestAnswered)
    done.when(REFUSE).then_refused(TreasuryRequestAnswered)
    asked.after(REFUSE).when(DONE).then_refused(TreasuryRequestAnswered)
    fresh.when(ACKNOWLEDGE).then_refused(TreasuryRequestUnknown)


ADJUSTED = said.AdjustmentExecuted(
    **WHOSE, adjustment_id="A1", kind="REDUCTION", change=-yuan(30), budget=yuan(970)
)
FREEZE = said.QuotaFrozen(**WHOSE, freeze_id="DJ1", amount=yuan(5), reason="合同争议")
WITHDRAWN = said.QuotaWithdrawn(
    **WHOSE,
    recovery_id="C1",
    amount=yuan(7),
    quota=yuan(9),
    document_no="D1",
    withdrawn_on=on(10, 1),
)
BECOMES: list[tuple[PublicEvent, RequestKind, Money, str]] = [
    (FREEZE, RequestKind.FREEZE, yuan(5), ""),
    (
        said.QuotaReleased(**WHOSE, freeze_id="DJ1", amount=yuan(5)),
        RequestKind.UNFREEZE,
        yuan(5),
        "",
    ),
    (ADJUSTED, RequestKind.REDUCE, yuan(30), ""),
    (
        ADJUSTED.model_copy(update={"change": yuan(30), "kind": "INCREASE"}),
        RequestKind.QUOTA,
        yuan(30),
        "",
    ),
    (WITHDRAWN, RequestKind.RECOVER, yuan(7), "QUOTA_WITHDRAWAL"),
    (recovery("CURRENT_YEAR_REFUND"), RequestKind.RECOVER, yuan(140), "CURRENT_YEAR_REFUND"),
    (recovery("PRIOR_YEAR_PAYMENT"), RequestKind.RECOVER, yuan(140), "PRIOR_YEAR_PAYMENT"),
]


def requests(word: PublicEvent) -> list[about.OpenTreasuryRequest]:
    """What a word asks of the treasury."""
    return [one for one in react(heard(word)) if isinstance(one, about.OpenTreasuryRequest)]


@pytest.mark.parametrize(("word", "kind", "amount", "route"), BECOMES)
def test_a_decision_about_money_becomes_one_request(
    word: PublicEvent, kind: RequestKind, amount: Money, route: str
) -> None:
    (one,) = requests(word)
    assert (one.kind, one.amount, one.route) == (kind, amount, route)
    assert [again.request_id for again in requests(word)] == [one.request_id]


NOTHING: list[PublicEvent] = [
    said.QuotaFrozen(**WHOSE, freeze_id=f"payment-order:{KEY}", amount=yuan(5), reason="x"),
    said.QuotaReleased(**WHOSE, freeze_id=f"payment-order:{KEY}", amount=yuan(5)),
    ADJUSTED.model_copy(update={"change": Money(0), "kind": "SUSPENSION"}),
    recovery("QUOTA_WITHDRAWAL"),
]


@pytest.mark.parametrize("word", NOTHING)
def test_what_holds_an_order_or_was_not_withdrawn_is_no_request(word: PublicEvent) -> None:
    assert requests(word) == []


def test_the_same_freeze_of_two_projects_is_two_requests() -> None:
    other = FREEZE.model_copy(update={"project_code": "P2"})
    assert requests(FREEZE)[0].request_id != requests(other)[0].request_id
    assert request_id(RequestKind.FREEZE, "a") != request_id(RequestKind.REDUCE, "a")


def test_the_clock_of_an_order() -> None:
    def after(story: Story, command: object) -> Any:  # noqa: ANN401 - deadlines and what is off
        (told,) = recorded(f"payment_order-{KEY}", *story.when(command).facts(), at=at(4, 15))
        return schedule(told)

    (first,) = recorded(f"payment_order-{KEY}", drafted.facts[0], at=at(4, 15))
    (hold,) = schedule(first)
    assert isinstance(hold, Deadline)
    assert hold.due_at == at(4, 15) + timedelta(days=30)
    off, due = after(released, sent_by_batch())
    assert off == CalledOff(key=hold.key)
    assert due.due_at == at(4, 15) + timedelta(minutes=15)
    (later,) = after(sent, ACCEPTED)
    assert (later.key, later.due_at) == (due.key, at(4, 15) + timedelta(days=1))
    for command in (SETTLED, REJECTED):
        assert after(sent, command) == [CalledOff(key=due.key)]
    assert after(drafted, CANCEL) == [CalledOff(key=hold.key)]
    now = at(4, 16)
    doubt = fall_due(Due(kind=due.kind, subject=KEY, due_at=due.due_at, now=now))
    lapse = fall_due(Due(kind=hold.kind, subject=KEY, due_at=hold.due_at, now=now))
    assert doubt == ask.MarkPaymentUnknown(order_id=KEY, by="monitoring|clock", now=now)
    assert lapse == ask.ExpirePaymentOrder(order_id=KEY, by="monitoring|clock", now=now)


def sent_by_batch() -> ask.SendPaymentOrder:
    """The order goes out."""
    return ask.SendPaymentOrder(order_id=KEY, batch_id="653101-B1", by="x", now=at(4, 15))


async def test_the_register_shows_where_an_order_stands() -> None:
    spec = ProjectionSpec(payment_orders)
    story = settled.after(RECALL, answer("REFUSED"), REJECTED, BACK)
    rows = spec.given(f"payment_order-{KEY}", *story.facts)
    await rows.then(
        PaymentOrderRow,
        KEY,
        status="SETTLED",
        settled_fen=6000,
        outstanding_fen=6000,
        released_by="iss|releaser",
        batch_id="653101-B1",
    )
    await rows.then(PaymentRecallRow, KEY, "CH1", status="REFUSED")
    key = "REJECTED_AFTER_SETTLED:REJECTED:0.00"
    await rows.then(OrderBreakRow, KEY, key, resolution=None)
    back = spec.given(f"payment_order-{KEY}", *settled.after(BACK).facts)
    await back.then(PaymentOrderRow, KEY, status="RETURNED", outstanding_fen=0)


def test_no_word_tells_of_an_account_or_a_payee() -> None:
    story = settled.after(RECALL, answer("REFUSED"), REJECTED)
    words = [publish(one) for one in recorded(f"payment_order-{KEY}", *story.facts)]
    told = [type(word).__name__ for word in words if word is not None]
    assert told == ["PaymentOrderSent", "PaymentRecallRefused", "PaymentOrderBreakOpened"]
    order = story.facts[0]
    assert isinstance(order, fact.PaymentOrderDrafted)
    secret = (order.creditor.name, order.creditor.number, order.purpose, order.debtor.bank_no)
    text = "".join(word.model_dump_json() for word in words if word is not None)
    assert not [part for part in secret if f'"{part}"' in text]
