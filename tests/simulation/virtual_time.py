"""An event loop whose time jumps to the next thing that happens, and that can be replayed.

Nothing waits: whoever sleeps is woken as soon as nobody else has anything to do. What the kernel
else takes from the machine (a monotonic clock, fresh identifiers) comes from the loop and the seed.
"""

import asyncio
import selectors
from collections.abc import Coroutine, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from random import Random
from types import ModuleType, SimpleNamespace
from typing import Any, Final
from uuid import UUID

import shared.deadlines
import shared.deciding
import shared.handling
import shared.heartbeat
import shared.inbox
import shared.relay

HORIZON_SECONDS: Final = 3_600.0


class Stalled(Exception):
    """Everybody waits for something that nobody will do, or nothing comes to an end."""


class _Leap(selectors.DefaultSelector):
    """Waits in virtual time: at once, and the clock is later."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0

    def select(self, timeout: float | None = None) -> list[Any]:
        if timeout is None or self.now > HORIZON_SECONDS:
            raise Stalled(f"at {self.now:.1f} s")
        self.now += max(0.0, timeout)
        return []


class VirtualLoop(asyncio.SelectorEventLoop):
    """Knows no real time."""

    def __init__(self) -> None:
        """It is the beginning of time."""
        self._leap = _Leap()
        super().__init__(self._leap)

    def time(self) -> float:
        """Seconds since the beginning."""
        return self._leap.now


@contextmanager
def _instead(module: ModuleType, names: Mapping[str, object]) -> Iterator[None]:
    before = {name: getattr(module, name) for name in names}
    for name, value in names.items():
        setattr(module, name, value)
    try:
        yield
    finally:
        for name, value in before.items():
            setattr(module, name, value)


def replayed[T](main: Coroutine[Any, Any, T], seed: int) -> T:
    """Run to the end in virtual time; the same seed runs the same way to the last byte."""
    loop = VirtualLoop()
    chance = Random(f"identifiers {seed}")  # noqa: S311 - a replayable choice

    def fresh() -> UUID:
        return UUID(int=chance.getrandbits(128))

    clock = SimpleNamespace(monotonic=loop.time, time=loop.time)
    with ExitStack() as stack:
        for module in (shared.relay, shared.inbox, shared.heartbeat):
            stack.enter_context(_instead(module, {"time": clock}))
        stack.enter_context(_instead(shared.handling, {"perf_counter": loop.time}))
        stack.enter_context(_instead(shared.deciding, {"uuid7": fresh}))
        stack.enter_context(_instead(shared.deadlines, {"new_correlation": lambda: str(fresh())}))
        with asyncio.Runner(loop_factory=lambda: loop) as runner:
            return runner.run(main)
