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
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from shared.testing.api_spec import api
from tests.authority.scripts import SCRIPTS
from tests.authority.walks import CROWD, Walk, separations

WALKS: Final = settings(
    max_examples=8, stateful_step_count=32, deadline=None, derandomize=True, database=None,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
PEOPLE: Final = st.sampled_from(CROWD)
TURNS: Final = st.integers(0, 11)


@pytest.fixture(scope="module")
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    """One loop for all walks: a machine of rules is not awaited."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    found = asyncio.new_event_loop()
    yield found
    found.close()
    structlog.reset_defaults()


@pytest.fixture(scope="module")
def tally() -> Counter[str]:
    """What happened in all walks together."""
    return Counter()


@pytest.mark.parametrize("name", SCRIPTS)
def test_nobody_is_two_people_in_the_life_of_one_thing(
    name: str, loop: asyncio.AbstractEventLoop, tally: Counter[str], tmp_path: Path
) -> None:
    script = SCRIPTS[name]
    manifest = import_module(f"services.{script.service}.main").service
    serving = api(manifest, data_dir=tmp_path)
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

    run_state_machine_as_test(Life, settings=WALKS)
    loop.run_until_complete(serving.__aexit__(None, None, None))
    held = {one.removeprefix("held: ") for one in tally if one.startswith("held: ")}
    laws = [law for law in separations(script.service)]
    touched = {act for act in tally if any(act in law.second for law in laws)}
    assert touched, "the walk came to no judgement"
    assert touched <= held, f"nobody had done anything before {touched - held}"
    assert any(one.startswith("kept apart: ") for one in tally)


def test_every_separation_was_held(tally: Counter[str]) -> None:
    """Comes last: what was never held proves nothing."""
    laws = [
        law for service in ("targets", "monitoring", "evaluation") for law in separations(service)
    ]
    wanted = {act for law in laws for act in law.second}
    held = {one.removeprefix("held: ") for one in tally if one.startswith("held: ")}
    assert held == wanted
