"""A plugin for pytest that listens while stories are told, and writes down what they stored.

`-p tests.evolution.recording`, with the folder in `HISTORIES`. Stores in memory and on PostgreSQL
are listened to as they commit, with the words they heard; stories of one aggregate alone
(`given`, `when`) are written down where they end. What was written down is material:
`python -m tests.evolution record` chooses from it.
"""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest
from hypothesis import settings

from shared.domain.decider import AnyDecider
from shared.eventstore import Transaction
from shared.eventstore.codec import Codec
from shared.eventstore.memory import MemoryStore
from shared.eventstore.postgres import PostgresStore
from shared.messages import Recorded
from shared.testing.projection_spec import recorded
from shared.testing.spec import Given, Outcome
from tests.monitoring.stories import Told

FOLDER: Final = Path(os.environ.get("HISTORIES", "histories"))
STORES_OF_A_STORY_MAX: Final = 8
LINES_MAX: Final = 4_000
EXAMPLES_MAX: Final = 2

type Line = dict[str, Any]


@dataclass(slots=True)
class Transcript:
    """What one store was told, in the order in which it became true."""

    lines: list[Line] = field(default_factory=list)

    def take(self, transaction: Transaction) -> None:
        """Facts and words of one transaction."""
        for word in transaction.heard:
            if word.body:
                told = {"producer": word.producer, "number": word.number}
                self.lines.append({**told, "word": json.loads(word.body)})
        for append in transaction.appends:
            for event in append.events:
                told = {"stream": event.stream, "version": event.version}
                body = json.loads(event.body)
                self.lines.append({**told, "id": str(event.event_id), "body": body})


@dataclass(slots=True)
class Listening:
    """The stories of one run."""

    story: str = ""
    told: dict[object, Transcript] = field(default_factory=dict)
    alone: set[tuple[str, frozenset[str]]] = field(default_factory=set)

    def committed(self, where: object, transaction: Transaction) -> None:
        """A store made this true: one in memory, or those of all processes on one database."""
        transcript = self.told.setdefault(where, Transcript())
        if len(transcript.lines) < LINES_MAX:
            transcript.take(transaction)

    def decided(self, decider: AnyDecider, facts: Sequence[object]) -> None:
        """A story of one aggregate: the first with each set of facts is written down."""
        names = {event: name for name, event in decider.events.items()}
        if not facts or any(type(one) not in names for one in facts):
            return
        key = decider.category, frozenset(names[type(one)] for one in facts)
        if key not in self.alone:
            self.alone.add(key)
            lines = _lines(Codec([decider]), decider.category, facts)
            told = {"story": self.story, "category": decider.category, "lines": lines}
            _write("alone", told)

    def ended(self) -> None:
        """Write down what the story's stores were told; the longest ones will do."""
        found = [one.lines for one in self.told.values() if one.lines]
        found.sort(key=lambda lines: -len({_name(line) for line in lines}))
        for lines in found[:STORES_OF_A_STORY_MAX]:
            _write("stores", {"story": self.story, "lines": lines})
        self.told.clear()


def _lines(codec: Codec, category: str, facts: Sequence[object]) -> list[Line]:
    lines = []
    for fact in recorded(f"{category}-story", *facts):
        assert isinstance(fact, Recorded)
        _, body = codec.encode(fact)
        told = {"stream": fact.stream, "version": fact.version, "id": str(fact.event_id)}
        lines.append({**told, "body": json.loads(body)})
    return lines


def _name(line: Mapping[str, Any]) -> str:
    return str(line["body"]["name"] if "body" in line else line["word"]["type"])


def _write(name: str, told: Mapping[str, Any]) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / f"{name}-{os.getpid()}.jsonl").open("ab") as file:
        file.write(msgspec.json.encode(told) + b"\n")


_listening: Final = Listening()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Any:  # noqa: ANN401 - what pytest makes of it
    """A story is told."""
    _listening.story = item.nodeid
    result = yield
    _listening.ended()
    return result


def pytest_collection_finish() -> None:
    """One example of a property is a story as good as a hundred."""
    settings.register_profile("told", settings.default, max_examples=EXAMPLES_MAX)
    settings.load_profile("told")


def _listen() -> None:
    in_memory, on_postgres = MemoryStore._make_true, PostgresStore._apply  # noqa: SLF001
    when, facts = Given.when, Told.facts

    def make_true(self: MemoryStore, t: Transaction, staged: Any) -> None:  # noqa: ANN401
        in_memory(self, t, staged)
        _listening.committed(self, t)

    async def apply(self: PostgresStore, transaction: Transaction) -> None:
        await on_postgres(self, transaction)
        database = str(self._pool._connect_args)  # type: ignore[attr-defined]  # noqa: SLF001
        _listening.committed(database, transaction)

    def decide(self: Given, command: object) -> Outcome:
        outcome = when(self, command)
        _listening.decided(self.decider, (*self.facts, *outcome.facts))
        return outcome

    def tell(self: Told) -> Sequence[Any]:
        told = facts(self)
        _listening.decided(self.story.decider, (*self.story.facts, *told))
        return told

    MemoryStore._make_true = make_true  # type: ignore[method-assign]  # noqa: SLF001
    PostgresStore._apply = apply  # type: ignore[method-assign]  # noqa: SLF001
    Given.when = decide  # type: ignore[method-assign]
    Told.facts = tell  # type: ignore[method-assign]


_listen()
