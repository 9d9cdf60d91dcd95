"""Many orders against a bank that loses, delays, doubles, denies and restarts (P17)."""

import asyncio
from collections import Counter
from datetime import timedelta
from random import Random

import pytest

from services.monitoring.api.order_schemas import ORDERS_MAX
from services.monitoring.domain.ledger.kinds import Account
from services.monitoring.domain.payment_order.values import OrderStatus
from shared.domain.money import ZERO, Money
from tests.monitoring.bank import Bank
from tests.monitoring.paying import ENDED, Office
from tests.monitoring.stories import yuan

PROJECTS = ("P1", "P2", "P3")
ORDERS = 30
PER_BATCH = 6
ROUNDS = 300
STEP_MINUTES = 5


async def started(office: Office, chance: Random) -> None:
    """Projects with money, and orders on their way to the bank."""
    for code in PROJECTS:
        await office.open_project(code, yuan(1_000_000))
    waiting = [
        await office.released(
            chance.choice(PROJECTS), f"ZF{number:04}", Money(chance.randint(1, 2_000_000))
        )
        for number in range(ORDERS)
    ]
    for start in range(0, ORDERS, PER_BATCH):
        await office.send(*waiting[start : start + PER_BATCH])


async def one_round(office: Office, chance: Random) -> None:
    """Five minutes of an office whose bank misbehaves."""
    bank, now = office.bank, office.clock.now()
    bank.work(now)
    await office.hear(bank.deliver(now))
    await office.ask_about_unknown()
    await office.repeat_missing()
    if chance.random() < 0.05:
        bank.restart()
    if chance.random() < 0.05:
        office.restart()
    await office.time_passes(minutes=STEP_MINUTES)


async def came_to_rest(office: Office, chance: Random) -> None:
    """The faults end; whatever is open is asked about until everything has an end."""
    office.bank.honest = True
    for _ in range(10):
        await office.decide_breaks()
        await one_round(office, chance)
        await office.time_passes(days=2)
        if office.ended:
            break
    await office.hear(office.bank.deliver(office.clock.now() + timedelta(days=9)))
    await office.hear_statement()
    await office.decide_breaks()
    await office.correct_false_payments()


async def told(seed: int) -> Office:
    """The whole story of a seed."""
    chance = Random(seed)  # noqa: S311 - a simulation, not a secret
    office = Office(bank=Bank(seed=seed))
    await started(office, chance)
    for _ in range(ROUNDS):
        await one_round(office, chance)
        if office.ended:
            break
    await came_to_rest(office, chance)
    return office


def paid_twice(bank: Bank) -> list[str]:
    """Payees that got the money of one voucher more than once: every voucher has its own."""
    paid = Counter(one.creditor for one in bank.payments)
    return [payee for payee, times in paid.items() if times > 1]


async def judged(office: Office) -> None:
    """What must be true of every story, by the bank's book alone."""
    orders = await office.orders()
    assert len(orders) == ORDERS
    assert paid_twice(office.bank) == []
    assert {one.status for one in orders} <= ENDED, Counter(one.status for one in orders)
    assert not [one for one in orders if one.disputed]
    book = {one.end_to_end_id: one.fen for one in office.bank.statement()}
    ours = {one.order.end_to_end_id: one.outstanding.fen for one in orders if one.outstanding}
    assert ours == book
    by_project: Counter[str] = Counter()
    for one in orders:
        by_project[one.order.project.code] += book.get(one.order.end_to_end_id, 0)
    for code in PROJECTS:
        ledger = await office.ledger(code)
        assert ledger.paid.fen == by_project[code]
        assert ledger.accounts[Account.FROZEN] == ZERO
        assert Money.total(ledger.accounts.values()) == ZERO
        assert ledger.available == yuan(1_000_000) - ledger.paid


@pytest.mark.parametrize("seed", range(10))
async def test_no_order_is_paid_twice_and_none_is_lost(seed: int) -> None:
    office = await told(seed)
    await judged(office)


async def test_the_bank_of_these_stories_does_misbehave() -> None:
    kinds: Counter[str] = Counter()
    ends: Counter[str] = Counter()
    for seed in range(6):
        office = await told(seed)
        for one in await office.orders():
            kinds.update(broken.found.kind.value for broken in one.breaks.values())
            ends[one.status.value] += 1
            kinds["queried"] += bool(one.queries)
            kinds["repeated"] += bool(one.repeats)
    assert {"AMOUNT_DIFFERS", "SETTLED_AFTER_REJECTED", "REJECTED_AFTER_SETTLED"} <= set(kinds)
    assert kinds["queried"] > 0
    assert kinds["repeated"] > 0
    assert ends["SETTLED"] > 0
    assert ends["REJECTED"] > 0


async def test_the_fullest_batch_is_sent_in_one_transaction() -> None:
    office = Office(bank=Bank(seed=1, honest=True))
    await office.open_project("P1", yuan(ORDERS_MAX))
    released = (office.released("P1", f"ZF{n:04}", yuan(1)) for n in range(ORDERS_MAX))
    await office.send(*await asyncio.gather(*released))
    assert len(office.listed(OrderStatus.SENT)) == len(office.bank.inbox) == ORDERS_MAX


async def test_silence_frees_no_money_however_long_it_lasts() -> None:
    """Neither paid nor unpaid: what was sent stays held until somebody who knows has spoken."""
    office = Office(bank=Bank(seed=5, honest=True))
    await office.open_project("P1", yuan(100))
    orders = [await office.released("P1", f"ZF{number}", yuan(10)) for number in range(9)]
    await office.send(*orders)
    office.bank.restart()
    await office.time_passes(days=60)
    assert len(office.listed(OrderStatus.UNKNOWN)) == len(orders)
    ledger = await office.ledger("P1")
    assert (ledger.accounts[Account.FROZEN], ledger.available) == (yuan(90), yuan(10))


async def test_a_blind_retry_under_a_new_name_would_pay_twice() -> None:
    """The judge sees what it is there for: the very mistake that this machine makes impossible."""
    office = Office(bank=Bank(seed=3))
    await started(office, Random(3))  # noqa: S311 - a simulation, not a secret
    for _ in range(30):
        office.bank.work(office.clock.now())
        await office.time_passes(minutes=STEP_MINUTES)
        for one in office.listed(OrderStatus.UNKNOWN):
            message = office.message(one.batch_id or "")
            named, renamed = f">{one.end_to_end_id}<", f">{one.end_to_end_id}R<"
            again = message.replace(named.encode(), renamed.encode())
            office.bank.receive(again, office.clock.now())
    assert paid_twice(office.bank)
