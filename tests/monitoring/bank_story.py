"""The story of orders against a bank that loses, delays, doubles, denies and restarts (P17)."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from random import Random

from services.monitoring.domain.ledger.kinds import Account
from shared.domain.money import ZERO, Money
from tests.monitoring.bank import Bank, Said
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
    await mistaken(office, waiting[late:])
    await office.send(*waiting[late:])


async def mistaken(office: Office, unsent: Sequence[str]) -> None:
    """The bank speaks of orders that it never got; whoever looks into its book finds nothing."""
    for key, answer in zip(unsent, FALSE_TALES, strict=True):
        order = (await office.order(key)).order
        fen = order.amount.fen if answer == "SETTLED" else 0
        await office.hear([Said(end_to_end_id=order.end_to_end_id, answer=answer, fen=fen)])
    await office.decide_breaks()


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
