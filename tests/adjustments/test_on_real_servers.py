"""The saga over two real PostgreSQL databases and a real NATS, while workers die all the time."""

import asyncio
import random
from contextlib import suppress

from shared.http.policy import Role
from tests.adjustments.county import County
from tests.adjustments.test_kinds import FREE, proposed, signed

SEED = 20211126
LOOK_SECONDS = 0.02


async def kill(here: County, count: list[str]) -> None:
    """Whenever something has moved, one of the two workers dies, wherever it is by then."""
    chance = random.Random(SEED)  # noqa: S311 - a schedule, not a secret
    before = await here.far()
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        after = await here.far()
        if after != before:
            before = after
            count.append(chance.choice(("targets", "monitoring")))
            await here.killed(count[-1])


async def test_a_transfer_is_refused_and_another_goes_through_while_workers_die(
    really_here: County,
) -> None:
    here, count = really_here, list[str]()
    killer = asyncio.create_task(kill(here, count))
    await proposed(here, "INTERNAL_TRANSFER", "740000.00", transfer_to="P2")
    await signed(here, Role.FB_PERFORMANCE, Role.FB_BUDGET)
    path = "/targets/P2-2021/adjustments/A1-in/refuse"
    await here.done(Role.FB_BUDGET, path, {"reason": "不需要"}, of="targets")
    for code in ("P1", "P2"):
        assert await here.money(code) == FREE
        assert (await here.promise(code))[:2] == ("7400000.00", 1)
    await proposed(here, "INTERNAL_TRANSFER", "740000.00", transfer_to="P2", adjustment_id="A2")
    await signed(here, Role.FB_PERFORMANCE, Role.FB_BUDGET, key="A2")
    await signed(here, Role.FB_PERFORMANCE, Role.FB_BUDGET, code="P2", key="A2-in")
    killer.cancel()
    with suppress(asyncio.CancelledError):
        await killer
    await here.settled()
    assert len(count) > len(("targets", "monitoring")), count
    assert await here.promise("P1") == ("6660000.00", 2, "90.00")
    assert await here.promise("P2") == ("8140000.00", 2, "110.00")
    giver, taker = await here.money("P1"), await here.money("P2")
    assert (giver["quota"], taker["quota"]) == ("5260000.00", "6740000.00")
    assert giver["frozen"] == taker["frozen"] == "0.00"
    for key in ("A2", "A2-in"):
        told = await here.read(f"/adjustments/{key}")
        assert (told["status"], told["held"]) == ("EXECUTED", "0.00")
        assert [one["step"] for one in told["steps"]].count("EXECUTED") == 1
