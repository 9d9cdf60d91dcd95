"""What a test costs and which lines it reaches, measured while a file of tests runs once."""

import time
from collections.abc import Callable, Generator
from dataclasses import dataclass

import pytest

from tests.mutation.reaching import Reaching


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Processor time and time, both in seconds, and the lines that were reached meanwhile."""

    worked: float
    lasted: float
    lines: frozenset[tuple[str, int]]

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(
            worked=self.worked + other.worked,
            lasted=self.lasted + other.lasted,
            lines=self.lines | other.lines,
        )


class Measuring:
    """A plugin. What tests share is made once, and costs each of them: each may be the first."""

    def __init__(self, reaching: Reaching) -> None:
        """Nothing is made yet."""
        self._reaching = reaching
        self._made: dict[str, Cost] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(
        self, fixturedef: pytest.FixtureDef[object]
    ) -> Generator[None, object, object]:
        """Note what it costs to make something for more than one test."""
        since = self._since()
        made = yield
        if fixturedef.scope != "function":
            self._made[fixturedef.argname] = since()
        return made

    def cost(self, item: pytest.Item, run: Callable[[], object]) -> Cost:
        """Of this test, with all that it would have to make if it ran alone."""
        ready = [self._made[one] for one in getattr(item, "fixturenames", ()) if one in self._made]
        self._reaching.anew()
        since = self._since()
        run()
        return sum(ready, since())

    def _since(self) -> Callable[[], Cost]:
        worked, began = time.process_time(), time.monotonic()
        return lambda: Cost(
            worked=time.process_time() - worked,
            lasted=time.monotonic() - began,
            lines=frozenset(self._reaching.lines),
        )
