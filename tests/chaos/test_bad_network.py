"""A bad network between a service and its database delays, and never damages (P16)."""

import asyncio
from pathlib import Path
from random import Random

import pytest

from tests.chaos import saboteurs
from tests.chaos.proxy import TOXICS, Toxic, before
from tests.chaos.town import COMMANDS, GONE, Plan, Town, town

TRIES_MAX = 60
SECONDS_MAX = 60.0
CUTS = {"reset", "lost answer"}


@pytest.mark.parametrize("toxic", TOXICS)
async def test_what_was_answered_is_there_once_whatever_the_network_does(
    toxic: Toxic, jars_url: str, banks_url: str, tmp_path: Path
) -> None:
    chance = Random(toxic)  # noqa: S311 - a replayable choice
    async with (
        before(jars_url, chance) as (jars, one),
        before(banks_url, chance) as (banks, other),
        town(Plan(), one, other, tmp_path) as place,
    ):
        jars.toxic = banks.toxic = toxic
        await in_spite_of_it(place)
        jars.toxic = banks.toxic = "none"
        await place.rest()
        verdict = await place.judged()
        unknown = place.journal.counts["info"]
    assert not verdict.violations, verdict.examples
    assert verdict.seen["ok"] == COMMANDS
    assert jars.done[toxic] + banks.done[toxic] > 0
    assert unknown > 0 or toxic not in CUTS


async def test_on_a_bad_network_a_planted_bug_is_found(
    jars_url: str, banks_url: str, tmp_path: Path
) -> None:
    chance = Random(1)  # noqa: S311 - a replayable choice
    plan = Plan(jars_store=saboteurs.RemembersKeysApart)
    async with (
        before(jars_url, chance) as (jars, one),
        town(plan, one, banks_url, tmp_path) as place,
    ):
        jars.toxic = "lost answer"
        await in_spite_of_it(place)
        jars.toxic = "none"
        await place.rest()
        verdict = await place.judged()
    assert "doubled" in verdict.violations


async def in_spite_of_it(place: Town) -> None:
    """The load and the hearing, by people and processes who try again."""
    numbers = list(range(COMMANDS))

    async def client() -> None:
        while numbers:
            await place.put(numbers.pop(0))

    async with asyncio.timeout(SECONDS_MAX):
        await asyncio.gather(*(client() for _ in range(8)))
        for _ in range(TRIES_MAX):
            try:
                return await place.rest()
            except GONE:
                place.jars.restart()
                place.banks.restart()
    return None
