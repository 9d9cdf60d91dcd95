"""The database's disk is full under load: nobody is told a lie, and it ends by itself (P18)."""

import asyncio
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

from shared.embedded import ServerFailed
from shared.http.policy import Role
from tests.alive import eventually
from tests.chaos.journal import Journal
from tests.drill.asking import asking
from tests.drill.house import REGION, house
from tests.machine.small_disk import SmallDisk, on_a_small_disk

BEFORE: Final = 40
AFTER: Final = 40
REFUSALS: Final = 12
RECOVERY_SECONDS_MAX: Final = 60.0


async def test_a_full_disk_is_told_to_callers_and_nothing_acknowledged_is_lost(
    tmp_path: Path,
) -> None:
    journal = Journal(tmp_path / "journal.jsonl")
    with on_a_small_disk() as disk:
        async with house(disk, tmp_path) as place:
            api, keeping = place.api.pid, asyncio.create_task(disk.supervise())
            async with asking(place.url, place.by(Role.FB_PERFORMANCE), journal, REGION) as asked:
                await asked.until(BEFORE)
                # First the tables cannot grow: commands are refused one by one.
                disk.fill()
                await asked.until_refused(REFUSALS)
                # Then the log cannot: the server ends, and cannot come back.
                await exhausted(disk)
                await asked.until_refused()
                status, told = await place.ready()
                assert (status, told["database"]) == (503, "away")
                disk.free()
                freed_at = time.monotonic()
                await asked.until(AFTER)
            again = min(at for at in asked.answered.values() if at > freed_at) - freed_at
            await place.come_to_rest()
            journal.close()
            verdict = await place.judged(journal.path)
            assert place.api.pid == api, "the api went on by itself"
            keeping.cancel()
            with suppress(asyncio.CancelledError):
                await keeping
    assert not verdict.violations, verdict.examples
    assert not asked.improper, asked.improper
    assert verdict.seen["ok"] == verdict.seen["again"] == asked.asked
    assert again < RECOVERY_SECONDS_MAX


async def exhausted(disk: SmallDisk) -> None:
    """The log comes to the end of what was laid out for it, and there is no room for more."""

    async def ended() -> bool:
        if not disk.refusals:
            disk.fill()
            with suppress(ServerFailed):
                await asyncio.to_thread(disk.primary.run_sql, "SELECT pg_switch_wal()")
        return disk.refusals > 0

    await eventually(ended, RECOVERY_SECONDS_MAX)
