"""`python -m tests.system.parity <service> <url> <page> <cuts>`: make every read model again.

As the owner of the tables, in pages of some length, and interrupted on the way before it is done
whole. Whoever started it compares the rows. Which hashes its mappings have is for him to say.
"""

import asyncio
import sys
from contextlib import suppress
from typing import Final

import asyncpg

import shared.rebuilding
from shared.contracts.envelope import Hearing
from shared.manifest import Service
from shared.rebuilding import Progress, Rebuilding
from tests.system.running import MANIFESTS

STEPS_MAX: Final = 5
CUT_EVERY: Final = 3


class Interrupted(Exception):
    """The process that rebuilt is gone."""


def _until(steps: int) -> Progress:
    """A process that ends after so many steps."""
    left = steps

    async def progress(_name: str, _folded: int) -> None:
        nonlocal left
        left -= 1
        if not left:
            raise Interrupted

    return progress


async def anew(service: Service, url: str, page: int, cuts: int) -> None:
    """Each read model is made once; every third was begun `cuts` times before."""
    vars(shared.rebuilding)["PAGE"] = page  # a length that no installation chooses
    connection = await asyncpg.connect(url)
    rebuilding = Rebuilding(connection, service.aggregates.codec, Hearing(service.hears))
    try:
        for place, projection in enumerate(service.projections):
            for cut in range(cuts if place % CUT_EVERY == 0 else 0):
                with suppress(Interrupted):
                    await rebuilding.rebuild(projection, _until(1 + (place + cut) % STEPS_MAX))
            await rebuilding.rebuild(projection, _until(0))
    finally:
        await connection.close()


if __name__ == "__main__":
    name, where, length, often = sys.argv[1:]
    told = next(one for one in MANIFESTS if one.name == name)
    asyncio.run(anew(told, where, int(length), int(often)))
