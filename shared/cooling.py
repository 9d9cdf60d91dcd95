"""What is kept to save work is given back when nobody has needed it for long.

A process that decides nothing for a while takes no memory from those that do.
"""

import asyncio
from collections.abc import Callable
from typing import Final

COLD_SECONDS: Final = 30.0


class Cooling:
    """Calls `forget` when nothing has been touched for some seconds."""

    def __init__(self, forget: Callable[[], None], seconds: float = COLD_SECONDS) -> None:
        """Nothing is warm yet."""
        self._forget = forget
        self._seconds = seconds
        self._touched_at = 0.0
        self._timer: asyncio.TimerHandle | None = None

    def touch(self) -> None:
        """It is needed: another while from now."""
        loop = asyncio.get_running_loop()
        self._touched_at = loop.time()
        if self._timer is None:
            self._timer = loop.call_later(self._seconds, self._look)

    def _look(self) -> None:
        loop = asyncio.get_running_loop()
        left = self._touched_at + self._seconds - loop.time()
        if left > 0:
            self._timer = loop.call_later(left, self._look)
            return
        self._timer = None
        self._forget()
