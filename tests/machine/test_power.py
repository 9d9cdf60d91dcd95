"""The power is cut under load: what was acknowledged had been flushed (P2)."""

import asyncio
import os
from pathlib import Path
from typing import Final

from tests.chaos.town import Town
from tests.drill.load import loaded, town_on
from tests.machine.power import Machine, machine

CUTS: Final = int(os.environ.get("CUTS", "3"))
"""How often the power is cut; more of it is `CUTS=50 pytest --timeout=0`."""
BEFORE: Final = 40


async def test_what_was_acknowledged_is_there_when_the_power_comes_back(tmp_path: Path) -> None:
    with machine() as one:
        async with town_on(one, tmp_path) as place:
            async with loaded(place) as load:
                for _ in range(CUTS):
                    await load.until(BEFORE)
                    await asyncio.to_thread(power_fails, one)
                await load.until(BEFORE)
            await load.ask_again(load.answers)
            await place.rest()
            verdict = await place.judged()
    assert not verdict.violations, verdict.examples
    assert verdict.seen["ok"] == len(load.answers) == load.asked
    unknown = place.journal.counts["info"]
    assert unknown >= CUTS, "nobody noticed that the power was gone"
    told = f"{CUTS} cuts, {load.asked:,} commands, {unknown:,} times asked again"
    print(told)  # noqa: T201 - a figure for `pytest -rP`


async def test_commits_that_are_not_flushed_are_found_to_be_lost(tmp_path: Path) -> None:
    with machine({"wal_writer_delay": "10s"}) as one:
        one.primary.run_sql("ALTER ROLE postgres SET synchronous_commit = off")
        async with town_on(one, tmp_path) as place:
            one.primary.run_sql("CHECKPOINT")
            async with loaded(place) as load:
                await load.until(BEFORE)
                await asyncio.to_thread(power_fails, one)
                await load.until(BEFORE)
            verdict = await judged(place)
    assert "lost" in verdict, verdict


def power_fails(one: Machine) -> None:
    """And comes back."""
    one.cut_power()
    one.switch_on()


async def judged(place: Town) -> set[str]:
    """What the judge finds in the store, whatever was said of it."""
    await place.jars.number()
    return set((await place.judged()).violations)
