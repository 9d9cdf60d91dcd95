"""A bell within the process: what was rung while nobody waited wakes the next who does."""

import asyncio


class LocalBell:
    """Rings once for any number of rings before it is waited for."""

    def __init__(self) -> None:
        """Silent."""
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Wake the waiter, or the next one."""
        self._rung.set()

    async def wait(self, seconds_max: float) -> None:
        """Return when it rings or the time is over."""
        try:
            async with asyncio.timeout(seconds_max):
                await self._rung.wait()
        except TimeoutError:
            return
        self._rung.clear()


class Bells:
    """Several bells on one rope: everyone who waits for the same thing has an own one."""

    def __init__(self) -> None:
        """No bells."""
        self._bells: list[LocalBell] = []

    def another(self) -> LocalBell:
        """A bell for one more waiter."""
        bell = LocalBell()
        self._bells.append(bell)
        return bell

    def ring(self) -> None:
        """Wake everybody."""
        for bell in self._bells:
            bell.ring()
