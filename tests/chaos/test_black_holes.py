"""Between services and their databases all is gone for a while, and nobody is told (P16).

What was under way then lies on lines that are dead for ever. Whoever asks is answered in time, be
it with 503; what was acknowledged is there once, and a key asked again is answered alike.
`HOLE_SECONDS` makes the holes longer.
"""

import asyncio
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from shared.eventstore.connections import CALL_SECONDS_MAX, GIVING_BACK_SECONDS_MAX
from shared.http.sessions import ANSWER_SECONDS_MAX
from shared.http.slim import COMMAND_SECONDS_MAX
from shared.testing.servers import Postgres, as_template, fresh_database
from tests.chaos.holed import holed
from tests.chaos.proxy import HOLES, Toxic
from tests.shared.http.jars import install

BEFORE: Final = 20
HOLE_SECONDS: Final = float(os.environ.get("HOLE_SECONDS", "10"))
LATE_SECONDS_MAX: Final = 10.0  # a loaded machine needs so long for an answer that is due
AGAIN_EVERY: Final = 5
READ_SECONDS_MAX: Final = ANSWER_SECONDS_MAX + CALL_SECONDS_MAX + GIVING_BACK_SECONDS_MAX
"""A list asks for its rows, and then how fresh they are."""
AFTER_SECONDS_MAX: Final = 15.0 + LATE_SECONDS_MAX


@pytest.fixture
def jars_url(postgres: Postgres) -> Iterator[str]:
    """A database of the jars that are asked over HTTP."""
    with fresh_database(postgres, as_template(postgres, "jars_template", install)) as url:
        yield url


@pytest.mark.parametrize("toxic", HOLES)
async def test_before_a_database_a_black_hole_only_delays(
    toxic: Toxic, jars_url: str, banks_url: str, tmp_path: Path
) -> None:
    async with holed(jars_url, banks_url, tmp_path) as place:
        people, readers = place.people, place.readers
        await place.answered(BEFORE)
        place.infect(toxic)
        await asyncio.sleep(HOLE_SECONDS)
        place.infect("none")
        healed = time.monotonic()
        answered = await place.answered(people.asked)
        people.stopping = True
        await place.load
        heard = await place.heard()
        print(f"{toxic}: {people.asked} asked, {people.sent_away} × 503, "
              f"the slowest after {people.slowest:.1f} s; "
              f"answered {answered:.1f} s, heard {answered + heard:.1f} s after it; "
              f"{readers.answered} looks, {readers.sent_away} × 503, "
              f"the slowest after {readers.slowest:.1f} s, "
              f"the last {readers.sent_away_at - healed:.1f} s after it")  # fmt: skip
        for number in range(1, people.asked + 1, AGAIN_EVERY):
            await people.again(number)
        verdict = await place.town.judged()
    assert not verdict.violations, verdict.examples
    assert verdict.seen["ok"] == people.asked
    assert all(proxy.done[toxic] for proxy in place.proxies)
    assert people.sent_away > 0
    assert readers.sent_away > 0
    assert people.slowest < COMMAND_SECONDS_MAX + LATE_SECONDS_MAX
    assert readers.slowest < READ_SECONDS_MAX + LATE_SECONDS_MAX
    assert max(answered + heard, readers.sent_away_at - healed) < AFTER_SECONDS_MAX
    assert not place.deaths
