"""An answer says how far everybody was heard, now or by the end of the day that is asked for."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from services.disclosure.projections.positions import PRODUCERS
from tests.disclosure import years
from tests.disclosure.first_year import KASHGAR, A, C, idea
from tests.disclosure.library_acts import Bureau
from tests.disclosure.world import World, world

FIGURES: Final = f"/v1/annual-reports/{KASHGAR}/2021/figures"
FIRST: Final = datetime(2021, 3, 1, 2, tzinfo=UTC)
BEFORE_MIDNIGHT: Final = datetime(2021, 3, 2, 15, 59, 59, tzinfo=UTC)
"""The last second of 2 March in Shanghai."""
MIDNIGHT: Final = datetime(2021, 3, 2, 16, tzinfo=UTC)
LATER: Final = datetime(2021, 3, 5, 2, tzinfo=UTC)


async def position(here: World, day: date | None = None) -> dict[str, int]:
    """How far each was heard, by name."""
    while (await here.store.sequence()).taken:
        pass
    asked = f"?as_of={day}" if day else ""
    told = (await here.get(FIGURES + asked))["event_position"]
    return {name: int(number) for name, _, number in (one.partition(":") for one in told.split())}


async def test_a_position_tells_everybody_that_was_heard_by_the_end_of_the_day(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path, FIRST) as here:
        nothing = dict.fromkeys((*PRODUCERS, "disclosure"), 0)
        assert await position(here) == nothing
        assert list(nothing) == ["targets", "monitoring", "evaluation", "disclosure"]
        await here.hear(years.rules(KASHGAR, 2021), years.registered(A, 2021))
        await here.hear(years.evaluated(A, 2021), years.evaluated(C, 2021), at=FIRST)
        first = await position(here)
        assert {name: first[name] for name in PRODUCERS} == {
            "targets": 2, "monitoring": 0, "evaluation": 2
        }  # fmt: skip
        assert first["disclosure"] > 2

        here.clock.moment = BEFORE_MIDNIGHT
        await here.hear(years.warned(A, 2021, "RED"), at=BEFORE_MIDNIGHT)
        await here.given(idea(1, KASHGAR, 2021), now=BEFORE_MIDNIGHT)
        second = await position(here)
        assert {**second, "disclosure": 0} == {**first, "monitoring": 1, "disclosure": 0}
        assert second["disclosure"] > first["disclosure"]

        here.clock.moment = MIDNIGHT
        await here.hear(years.warned(C, 2021, "RED"), years.registered(C, 2021), at=MIDNIGHT)
        await here.given(idea(2, KASHGAR, 2021), now=MIDNIGHT)
        third = await position(here)
        told = {"targets": 3, "monitoring": 2, "disclosure": 0}
        assert {**third, "disclosure": 0} == {**first, **told}
        assert third["disclosure"] > second["disclosure"]

        here.clock.moment = LATER
        days = {day: await position(here, date(2021, 3, day)) for day in (1, 2, 3, 4, 5)}
        assert days == {1: first, 2: second, 3: third, 4: third, 5: third}
        assert await position(here, date(2021, 2, 28)) == nothing
        bureau = Bureau(here)
        answer = await here.client.get(FIGURES, headers=bureau.drafter)
        assert answer.json()["event_position"].startswith("targets:3 monitoring:2 evaluation:2 ")
