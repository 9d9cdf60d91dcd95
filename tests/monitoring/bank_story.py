"""The story of orders against a bank that loses, delays, doubles, denies and restarts (P17)."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from random import Random

from services.monitoring.domain.ledger.kinds import Account
from services.monitoring.domain.payment_order.state import PaymentOrder
from services.monitoring.domain.payment_order.values import OrderStatus
from shared.domain.money import ZERO, Money
from tests.monitoring.bank import Bank, Said
from tests.monitoring.bank_judge import COPY_REJECTED
from tests.monitoring.paying import ENDED, Office
from tests.monitoring.stories import yuan

PROJECTS = ("P1", "P2", "P3")
ORDERS = 30
PER_BATCH = 6
ROUNDS = 300
STEP_MINUTES = 5
FALSE_TALES = ("SETTLED", "ACCEPTED", "REJECTED", "NOT_FOUND", "PENDING")


async def started(office: Office, chance: Random, orders: int = ORDERS) -> None:
    """Projects with money, and orders on their way to the bank."""
    for code in PROJECTS:
        await office.open_project(code, yuan(1_000_000))
    waiting = [
        await office.released(
            chance.choice(PROJECTS), f"ZF{number:04}", Money(chance.randint(1, 2_000_000))
        )
        for number in range(orders)
    ]
    late = len(waiting) - len(FALSE_TALES)
    for start in range(0, late, PER_BATCH):
        await office.send(*waiting[start : min(start + PER_BATCH, late)])
    await mistaken_at_once(office, waiting[:2])
    await mistaken(office, waiting[late:])
    await office.send(*waiting[late:])


async def mistaken(office: Office, unsent: Sequence[str]) -> None:
    """The bank speaks of orders that it never got; whoever looks into its book finds nothing."""
    for key, answer in zip(unsent, FALSE_TALES, strict=True):
        await untrue(office, await office.order(key), answer)
    await office.decide_breaks()


async def mistaken_at_once(office: Office, sent: Sequence[str]) -> None:
    """The first answers of all are of a copy, and of another amount."""
    copy, dearer = [await office.order(key) for key in sent]
    await untrue(office, copy, "REJECTED", reason=COPY_REJECTED)
    await untrue(office, dearer, "SETTLED", more_fen=1)
    await office.decide_breaks()


async def mistaken_in_the_end(office: Office) -> None:
    """The bank denies what is over: what it has paid, how much it was, and what it rejected."""
    by_end = {one.status: one for one in await office.orders()}
    paid, unpaid = by_end.get(OrderStatus.SETTLED), by_end.get(OrderStatus.REJECTED)
    if paid is not None:
        await untrue(office, paid, "REJECTED", reason="NARR")
        await untrue(office, paid, "SETTLED", more_fen=1)
        await untrue(office, paid, "NOT_FOUND")
        await untrue(office, paid, "PENDING")
    if unpaid is not None:
        await untrue(office, unpaid, "SETTLED", more_fen=1)


async def untrue(
    office: Office, order: PaymentOrder, answer: str, *, reason: str = "", more_fen: int = 0
) -> None:
    """Something is said that is not so: it may be a contradiction, and it moves nothing."""
    fen = order.order.amount.fen + more_fen if answer == "SETTLED" else 0
    key = order.order.end_to_end_id
    await office.hear([Said(end_to_end_id=key, answer=answer, fen=fen, reason=reason)])
    after = await office.order(order.order.order_id)
    assert (after.status, after.settled) == (order.status, order.settled)


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
    await mistaken_in_the_end(office)
    await office.decide_breaks()
    await office.correct_false_payments()


async def told(seed: int, orders: int = ORDERS) -> Office:
    """The whole story of a seed."""
    chance = Random(seed)  # noqa: S311 - a simulation, not a secret
    office = Office(bank=Bank(seed=seed))
    await started(office, chance, orders)
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


async def judged(office: Office, expected: int = ORDERS) -> None:
    """What must be true of every story, by the bank's book alone."""
    orders = await office.orders()
    assert len(orders) == expected
    assert paid_twice(office.bank) == []
    assert {one.status for one in orders} <= ENDED, Counter(one.status for one in orders)
    assert not [one for one in orders if one.disputed]
    found = {
        (one.order.order_id, broken.found.kind) for one in orders for broken in one.breaks.values()
    }
    assert found == office.contradicted
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
