"""A crowd that tries to be two people at once: random acts, random persons, one history.

Everybody of the crowd comes with whatever role an act needs, so that nothing but the history of the
thing can keep them apart. What was recorded is then held against `expected/separations.yaml`.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

import yaml

from shared.eventstore.memory import MemoryStore
from shared.handling import Handling
from shared.http.policy import Role
from shared.testing.api_spec import Api
from tests.authority.division import FOLDER

MACHINE: Final = "given"
CROWD: Final = ("li", "wang", "zhang", "ai", "gul", "mei", "tursun")


@dataclass(frozen=True, slots=True, kw_only=True)
class Separation:
    """Nobody does any of `second` who has done any of `first`, since the last of `until`."""

    stream: str
    first: frozenset[str]
    second: frozenset[str]
    because: str
    until: frozenset[str] = frozenset()

    def barred(self, history: Sequence[tuple[str, str]]) -> Sequence[str]:
        """Who is kept from judging, after what has happened."""
        ends = [place for place, (what, _) in enumerate(history) if what in self.until]
        since = history[ends[-1] :] if ends else history
        return [who for what, who in since if what in self.first]


@cache
def separations(service: str) -> Sequence[Separation]:
    """The law, as it is written down."""
    told = yaml.safe_load((FOLDER / "separations.yaml").read_text())
    return [
        Separation(
            **row
            | {name: frozenset(row.get(name, "").split()) for name in ("first", "second", "until")}
        )
        for row in told[service]
    ]


@dataclass(frozen=True, slots=True)
class Act:
    """Something that can be asked for: who may, where, and with what; some things by several."""

    path: str
    roles: tuple[Role, ...]
    body: Any = None
    again: bool = False


type Begin = Callable[[Api], Awaitable[str]]
"""Answers the id of the thing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """The life of one kind of thing in a service: how it begins and what may happen to it.

    The acts stand in the order of a life; the first few (`back`) throw it back. At least so often
    (`kept_min`) somebody is kept from being two people.
    """

    service: str
    begin: Begin
    acts: Sequence[Act]
    place: Mapping[str, Any]
    stream: str
    back: int
    without: frozenset[str] = frozenset()
    kept_min: int = 5

    @property
    def judgements(self) -> frozenset[str]:
        """What must have been held against the law in the lives of this script."""
        laws = [law for law in separations(self.service) if law.stream == self.stream]
        return frozenset().union(*(law.second for law in laws)) - self.without


@dataclass(slots=True)
class Walk:
    """One thing and the crowd around it; `tally` outlives it: nothing is proved by silence."""

    script: Script
    api: Api
    loop: asyncio.AbstractEventLoop
    tally: Counter[str]
    it: str = ""
    hands: dict[tuple[str, str], list[tuple[str, str]]] = field(default_factory=dict)
    done: set[int] = field(default_factory=set)
    seen: int = 0

    def begin(self) -> None:
        """The thing is there, and nothing else: the store is new."""
        store = MemoryStore()
        runtime = self.api.app.state.runtime
        self.api.store = runtime.store = store
        self.api.handling = runtime.handling = Handling(self.api.handling.aggregates, store)
        self.api._seen = 0  # noqa: SLF001 - of the store that was there before
        self.it = self.loop.run_until_complete(self.script.begin(self.api))
        self.look()

    def act(self, person: str, number: int, turn: int) -> bool:
        """Somebody tries something; whether it left a fact."""
        act = self.script.acts[number % len(self.script.acts)]
        role = act.roles[turn % len(act.roles)]
        self.loop.run_until_complete(self._ask(person, act, role))
        return self.look()

    def advance(self, person: str, turn: int) -> bool:
        """Somebody does whatever comes next, if they may; what was done is not done again."""
        for number in reversed(range(len(self.script.acts))):
            open_ = number not in self.done or self.script.acts[number].again
            if open_ and self.act(person, number, turn):
                self.done.add(number)
                return True
        return False

    def finish(self) -> None:
        """The life goes on until nobody of the crowd can do more."""
        self.done |= set(range(self.script.back))
        moved = True
        while moved:
            moved = any(self.advance(person, turn) for turn in range(3) for person in self.tempted)

    @property
    def tempted(self) -> Sequence[str]:
        """Everybody; those who have had a hand in it come first, the earliest before the others."""
        seen = [who.rpartition("|")[2] for history in self.hands.values() for _, who in history]
        return list(dict.fromkeys([*(who for who in seen if who in CROWD), *CROWD]))

    async def _ask(self, person: str, act: Act, role: Role) -> None:
        token = self.api.tokens.of(role, subject=person, **self.script.place)
        headers = {**token, "if-match": "*", "idempotency-key": f"{self.it}-{self.tally.total()}"}
        body = act.body(self.it) if callable(act.body) else act.body
        path = "/v1" + act.path.format(it=self.it)
        answer = await self.api.client.post(path, json=body or {}, headers=headers)
        assert answer.status_code != 401
        assert answer.status_code < 500, answer.text
        if answer.status_code == 403:
            self.tally["kept apart: " + str(answer.json()["type"]).rsplit("/", 1)[1]] += 1
        elif answer.status_code >= 400:
            self.tally["refused"] += 1
        self.tally["asked"] += 1

    def look(self) -> bool:
        """Hold what was recorded since against the law; whether anything was."""
        return self.loop.run_until_complete(self._look())

    async def _look(self) -> bool:
        while (await self.api.store.sequence()).taken:
            pass
        entries = await self.api.store.read_ledger(self.seen, 10_000)
        for entry in entries:
            fact = self.api.codec.decode(entry.event, entry.position)
            self.tally[entry.event.name] += 1
            self._held(fact.stream, entry.event.name, fact.actor)
        self.seen += len(entries)
        return bool(entries)

    def _held(self, stream: str, act: str, actor: str) -> None:
        category, _, one = stream.partition("-")
        history = self.hands.setdefault((category, one), [])
        for law in separations(self.script.service):
            if law.stream == category and act in law.second:
                # What a rule finds, the machine does alone: it is nobody.
                before = [] if actor.rpartition("|")[2] == MACHINE else law.barred(history)
                self.tally[f"held: {act}"] += bool(before)
                assert actor not in before, f"{stream}: {act} by {actor}. {law.because}"
        history.append((act, actor))
