"""Whoever did one thing does not do the other: random persons, acts and role changes, one history.

Hypothesis walks the lives of `scripts.py` through the command API. After every act the ledger is
held against `expected/separations.yaml`. Source: features T2, `reliability` S6.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Final

import pytest
import structlog
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from shared.testing.api_spec import api
from tests.authority.scripts import SCRIPTS
from tests.authority.scripts_of_cures import CURES
from tests.authority.scripts_of_records import MORE_SCRIPTS
from tests.authority.walks import CROWD, Script, Walk

WALKS: Final = settings(
    max_examples=5, stateful_step_count=15, deadline=None, derandomize=True, database=None,
    suppress_health_check=list(HealthCheck), phases=[Phase.generate],
)  # fmt: skip
ALL: Final = {**SCRIPTS, **MORE_SCRIPTS, **CURES}
PEOPLE: Final = st.sampled_from(CROWD)
TURNS: Final = st.integers(0, 11)


@pytest.fixture
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    """One loop for all walks: a machine of rules is not awaited."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    found = asyncio.new_event_loop()
    yield found
    found.close()
    structlog.reset_defaults()


@pytest.mark.parametrize("name", ALL)
def test_nobody_is_two_people_in_the_life_of_one_thing(
    name: str, loop: asyncio.AbstractEventLoop, tmp_path: Path
) -> None:
    script, tally = ALL[name], Counter[str]()
    _walk(script, loop, tally, tmp_path)
    held = {one.removeprefix("held: ") for one in tally if one.startswith("held: ")}
    # What was never judged after somebody had a hand in it proves nothing.
    assert held >= script.judgements
    kept = sum(count for one, count in tally.items() if one.startswith("kept apart: "))
    assert kept >= script.kept_min


def _walk(
    script: Script, loop: asyncio.AbstractEventLoop, tally: Counter[str], folder: Path
) -> None:
    """Many random lives of one kind of thing."""
    manifest = import_module(f"services.{script.service}.main").service
    serving = api(manifest, data_dir=folder / script.service)
    served = loop.run_until_complete(serving.__aenter__())

    class Life(RuleBasedStateMachine):
        """Acts of a crowd upon one thing."""

        @initialize()
        def begin(self) -> None:
            """The thing is there."""
            self.walk = Walk(script, served, loop, tally)
            self.walk.begin()

        @rule(person=PEOPLE, turn=TURNS)
        def advance(self, person: str, turn: int) -> None:
            """Whatever comes next, if this person may."""
            self.walk.advance(person, turn)

        @rule(person=PEOPLE, turn=TURNS)
        def go_on(self, person: str, turn: int) -> None:
            """The same; a life goes on more often than it is thrown back."""
            self.walk.advance(person, turn)

        @rule(person=PEOPLE, turn=TURNS, number=TURNS)
        def attempt(self, person: str, turn: int, number: int) -> None:
            """Anything at all."""
            self.walk.act(person, number, turn)

        def teardown(self) -> None:
            """A life is told to its end."""
            self.walk.finish()

    run_state_machine_as_test(Life, settings=WALKS)
    loop.run_until_complete(serving.__aexit__(None, None, None))
