"""What goes on after its answer, as long as the process lives and not a moment longer."""

import asyncio
from collections.abc import Coroutine
from typing import Any


class Background:
    """Owns the tasks that no request waits for; cut off, they must be able to begin again."""

    def __init__(self) -> None:
        """Nothing goes on."""
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, work: Coroutine[Any, Any, None], name: str) -> None:
        """Let it go on."""
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def stop(self) -> None:
        """Cut off what still goes on, and wait until it is."""
        going_on = tuple(self._tasks)
        for task in going_on:
            task.cancel()
        await asyncio.gather(*going_on, return_exceptions=True)
