"""The power of the bus is cut under load: the stores say again what it has lost (P2, P6, P7)."""

import asyncio
import os
from collections.abc import Sequence
from random import Random
from typing import ClassVar, Final

import pytest

from shared.bus import FeedMissing
from shared.bus.connection import Address
from shared.bus.jetstream import JetStreamBus
from shared.eventstore import SaidWord
from tests.chaos.living import Living, Place, living
from tests.machine.power import BusMachine, bus_machine

CUTS: Final = int(os.environ.get("CUTS", "3"))
"""How often the power is cut; more of it is `CUTS=20 pytest --timeout=0`."""
SEED: Final = int(os.environ.get("SEED", "7"))
BEFORE: Final = 40
RECENT_SECONDS: Final = 2.0


class Noting(JetStreamBus):
    """Notes what the server has acknowledged and later did not have."""

    acknowledged: ClassVar[int] = 0
    vanished: ClassVar[int] = 0
    rotten: ClassVar[int] = 0

    async def publish(self, producer: str, words: Sequence[SaidWord]) -> int:
        """Acknowledged is what is answered."""
        last = await super().publish(producer, words)
        Noting.acknowledged = max(last, Noting.acknowledged)
        return last

    async def last_number(self, producer: str) -> int:
        """Where the feed of the jars ends; the banks say nothing."""
        if producer != "jars":
            return await super().last_number(producer)
        known = Noting.acknowledged
        try:
            last = await super().last_number(producer)
        except FeedMissing:
            self._note(known, 0)
            raise
        self._note(known, last)
        return last

    async def forget(self, producer: str) -> None:
        """A feed that had rotted."""
        Noting.rotten += 1
        await super().forget(producer)

    @staticmethod
    def _note(known: int, last: int) -> None:
        if last < known <= Noting.acknowledged:
            Noting.vanished += known - last
            Noting.acknowledged = last


@pytest.fixture(autouse=True)
def nothing_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test begins anew; what is recent is compared soon."""
    monkeypatch.setattr("shared.reconciler.RECENT_SECONDS", RECENT_SECONDS)
    for counted in ("acknowledged", "vanished", "rotten"):
        monkeypatch.setattr(Noting, counted, 0)


def plan(one: BusMachine, jars_url: str, banks_url: str, *, believed: bool = False) -> Living:
    """Both services on that bus; they ask it whether it flushes, unless it is believed."""
    monitoring = None if believed else one.bus.monitoring_url

    def address(name: str) -> Address:
        return Address(url=one.bus.url, name=name, monitoring_url=monitoring)

    return Living(
        jars_url=jars_url, banks_url=banks_url, feeds=[one.bus.url], address=address, bus=Noting
    )


def power_fails(one: BusMachine) -> None:
    """And comes back."""
    one.cut_power()
    one.switch_on()


async def whole_again(place: Place) -> None:
    """Everything said was heard and lies in the feed, sound."""
    await place.heard_all()
    await place.fed_all()
    await place.until(place.fed_soundly, await place.said())


async def test_what_the_bus_acknowledged_is_there_when_the_power_comes_back(
    jars_url: str, banks_url: str
) -> None:
    with bus_machine() as one:
        async with living(plan(one, jars_url, banks_url)) as place:
            async with place.loaded():
                for _ in range(CUTS):
                    await place.put_some(BEFORE)
                    await asyncio.to_thread(power_fails, one)
                await place.put_some(BEFORE)
            await whole_again(place)
            verdict = await place.judged()
    assert not verdict.violations, verdict.examples
    assert verdict.seen["acknowledged"] == verdict.seen["heard"] == len(place.acknowledged)
    assert Noting.acknowledged == len(place.acknowledged)
    assert Noting.vanished == Noting.rotten == 0
    assert not place.deaths
    print(f"{CUTS} cuts, {len(place.acknowledged):,} commands")  # noqa: T201 - for `pytest -rP`


async def test_what_a_bus_loses_that_did_not_flush_is_said_again_and_heard_once(
    jars_url: str, banks_url: str
) -> None:
    """A disk that lies, or a setting that nobody could ask about: pages are lost as they come."""
    chance, slowest = Random(SEED), 0.0  # noqa: S311 - replayable
    with bus_machine(sync="2m") as one:
        async with living(plan(one, jars_url, banks_url, believed=True)) as place:
            async with place.loaded():
                for _ in range(CUTS):
                    await place.put_some(BEFORE)
                    if chance.random() < 1 / 2:
                        one.disk.flush()
                        await place.put_some(BEFORE)
                    one.disk.write_back_some(chance)
                    await asyncio.to_thread(power_fails, one)
                    slowest = max(slowest, await place.heard_all())
            await whole_again(place)
            verdict = await place.judged()
    assert not verdict.violations, verdict.examples
    assert verdict.seen["acknowledged"] == verdict.seen["heard"] == len(place.acknowledged)
    assert Noting.vanished > 0, "nothing was lost, so nothing was shown"
    assert not place.deaths
    told = f"{CUTS} cuts, {len(place.acknowledged):,} commands, {Noting.vanished:,} words vanished"
    print(f"{told}, {Noting.rotten} times rotten, heard after {slowest:.1f} s")  # noqa: T201 - -rP
