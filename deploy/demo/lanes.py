"""Who need not wait for one another acts at the same time."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import Final

LANES: Final = 4


async def side_by_side[T](
    some: Iterable[T], act: Callable[[T], Awaitable[None]], lanes: int = LANES
) -> None:
    """One act for each of some, a few at a time, each begun in its turn."""
    waiting = iter(some)

    async def lane() -> None:
        for one in waiting:
            await act(one)

    await asyncio.gather(*(lane() for _ in range(lanes)))
