"""What nobody needs for long is given back, and not before."""

import asyncio
from collections.abc import Callable

import pytest

from shared.cooling import COLD_SECONDS, Cooling


class Loop:
    """A loop whose time passes when it is told to."""

    def __init__(self) -> None:
        self.now = 0.0
        self.waiting: list[tuple[float, Callable[[], None]]] = []

    def time(self) -> float:
        return self.now

    def call_later(self, delay: float, callback: Callable[[], None]) -> object:
        self.waiting.append((self.now + delay, callback))
        return object()

    def pass_(self, seconds: float) -> None:
        until = self.now + seconds
        while due := sorted((one for one in self.waiting if one[0] <= until), key=lambda o: o[0]):
            self.waiting.remove(due[0])
            self.now = due[0][0]
            due[0][1]()
        self.now = until


@pytest.fixture
def loop(monkeypatch: pytest.MonkeyPatch) -> Loop:
    found = Loop()
    monkeypatch.setattr(asyncio, "get_running_loop", lambda: found)
    return found


def test_it_is_forgotten_when_nobody_has_touched_it_for_long(loop: Loop) -> None:
    forgotten: list[float] = []
    cooling = Cooling(lambda: forgotten.append(loop.now))
    for _ in range(5):
        cooling.touch()
        loop.pass_(COLD_SECONDS * 0.75)
    assert not forgotten
    loop.pass_(COLD_SECONDS * 0.25)
    assert forgotten == [COLD_SECONDS * 4]
    loop.pass_(COLD_SECONDS * 10)
    assert len(forgotten) == 1


def test_it_can_become_warm_again(loop: Loop) -> None:
    forgotten: list[float] = []
    cooling = Cooling(lambda: forgotten.append(loop.now))
    for _ in range(2):
        cooling.touch()
        loop.pass_(COLD_SECONDS)
    assert forgotten == [COLD_SECONDS, COLD_SECONDS * 2]


def test_however_often_it_is_touched_there_is_one_timer(loop: Loop) -> None:
    cooling = Cooling(lambda: None)
    assert not loop.waiting
    for _ in range(3):
        cooling.touch()
    assert len(loop.waiting) == 1
