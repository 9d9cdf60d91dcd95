"""A service as it is installed goes through a failover: no answer of its is wrong (P21)."""

import asyncio
import time
from pathlib import Path
from typing import Final

from shared.http.policy import Role
from tests.chaos.journal import Journal
from tests.drill.asking import asking
from tests.drill.house import REGION, house
from tests.drill.standby import paired

BEFORE: Final = 40
AFTER: Final = 40
SECONDS_MAX: Final = 120.0


async def test_a_service_goes_on_at_the_standby_and_nothing_acknowledged_is_lost(
    tmp_path: Path,
) -> None:
    journal = Journal(tmp_path / "journal.jsonl")
    with paired() as pair:
        async with house(pair, tmp_path) as place:
            api = place.api.pid
            async with asking(place.url, place.by(Role.FB_PERFORMANCE), journal, REGION) as asked:
                await asked.until(BEFORE)
                lost_at = time.monotonic()
                await asyncio.to_thread(pair.lose_primary)
                await asked.until_refused()
                await asyncio.to_thread(pair.take_over)
                await asyncio.to_thread(pair.follow)
                await asked.until(AFTER)
            again = min(at for at in asked.answered.values() if at > lost_at) - lost_at
            await place.come_to_rest()
            journal.close()
            verdict = await place.judged(journal.path)
            assert place.api.pid == api, "the api went on by itself"
    assert not verdict.violations, verdict.examples
    assert not asked.improper, asked.improper
    assert verdict.seen["ok"] == verdict.seen["again"] == asked.asked
    assert verdict.seen["messages"] >= asked.asked
    assert again < SECONDS_MAX, f"{asked.asked} commands, the first one {again:.1f} s afterwards"
