"""Many orders against a bank that loses, delays, doubles, denies and restarts (P17)."""

import asyncio
from collections import Counter
from random import Random

import pytest

from services.monitoring.api.order_schemas import ORDERS_MAX
from services.monitoring.domain.ledger.kinds import Account
from services.monitoring.domain.payment_order.values import OrderStatus
from tests.monitoring.bank import Bank
from tests.monitoring.bank_story import STEP_MINUTES, judged, paid_twice, started, told
from tests.monitoring.fifty_thousand_orders import Figures, lived
from tests.monitoring.paying import Office
from tests.monitoring.stories import yuan


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


async def test_the_program_of_fifty_thousand_orders_in_small() -> None:
    """The same program (`python -m tests.monitoring.fifty_thousand_orders`) with 80 orders."""
    figures = Figures()
    async for _ in lived(figures, orders=80, at_once=40, seed=1):
        pass
    assert (figures.orders, figures.paid_twice, figures.unknown) == (80, 0, 0)
    assert figures.settled + figures.rejected + figures.returned == 80
    assert figures.queried > 0
    assert figures.contradicted > 0
    assert figures.paid_fen == figures.booked_fen > 0
