"""The aggregates of a service, indexed, and their states as they were last seen."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import msgspec

from shared.asking import Ask
from shared.contracts.public_event import PublicEvent
from shared.domain.decider import AnyDecider
from shared.eventstore import GENESIS, Loaded
from shared.eventstore.codec import Codec
from shared.messages import AnyRecorded, CalledOff, Deadline
from shared.projections import Change, Projection
from shared.snapshots import SnapshotForm

type Fold = Callable[[AnyRecorded], Iterable[Change]]

CACHED_STREAMS_MAX: Final = 4_000  # what a few hundred projects are decided with
CACHED_WEIGHT_MAX: Final = 40_000  # things that all of them remember together: some 20 MB


class Working(msgspec.Struct, frozen=True):
    """A stream as the batch sees it: stored state plus what the batch has decided so far."""

    version: int
    hash: bytes
    state: object


@dataclass(frozen=True, slots=True, kw_only=True)
class Aggregates:
    """The part of a manifest that deciding needs."""

    deciders: Sequence[AnyDecider]
    projections: Sequence[Projection]
    publish: Callable[[AnyRecorded], PublicEvent | None]
    schedule: Callable[[AnyRecorded], Sequence[Deadline | CalledOff]]
    codec: Codec = field(init=False)
    by_command: Mapping[type, AnyDecider] = field(init=False)
    by_category: Mapping[str, AnyDecider] = field(init=False)
    snapshots: Mapping[str, SnapshotForm] = field(init=False)
    _inline: Mapping[str, Sequence[Fold]] = field(init=False)

    def __post_init__(self) -> None:
        """Index what is looked up once per request."""
        put = object.__setattr__
        put(self, "codec", Codec(self.deciders))
        put(self, "by_command", {c: d for d in self.deciders for c in d.commands})
        put(self, "by_category", {d.category: d for d in self.deciders})
        forms = {d.category: SnapshotForm.of(d) for d in self.deciders}
        put(self, "snapshots", {category: form for category, form in forms.items() if form})
        put(self, "_inline", {category: self._folds(category) for category in self.by_category})

    def folded(self, fact: AnyRecorded) -> Iterable[Change]:
        """What a fact changes in the read models that are folded with the command."""
        for project in self._inline[fact.stream.partition("-")[0]]:
            yield from project(fact)

    def _folds(self, category: str) -> Sequence[Fold]:
        """The folds that the facts of a category of streams are shown to."""
        return [
            one.project
            for one in self.projections
            if one.inline and one.project and (not one.streams or category in one.streams)
        ]

    def streams(self, ask: Ask) -> Iterable[str]:
        """Every stream a request reads: those it addresses and those it must know of."""
        for command in ask.commands:
            decider = self.by_command[type(command)]
            yield decider.stream(command)
            for reference in decider.consults(command):
                yield reference.stream

    def referred(self, ask: Ask, states: Mapping[str, Working]) -> Iterable[str]:
        """Every stream that only the states a request reads name."""
        for command in ask.commands:
            decider = self.by_command[type(command)]
            state = states[decider.stream(command)].state
            known = [states[one.stream].state for one in decider.consults(command)]
            for reference in decider.refers(command, state, known):
                yield reference.stream

    def addressed(self, ask: Ask) -> Iterable[str]:
        """The streams a request may append to: a stale state of theirs is found out."""
        return (self.by_command[type(command)].stream(command) for command in ask.commands)

    def weight(self, stream: str, state: object) -> int:
        """How much the state of a stream weighs."""
        return self.by_category[stream.partition("-")[0]].weigh(state)

    def snapshot_outdated(self, stream: str, loaded: Loaded) -> bool:
        """Whether a stream came with a snapshot of a state that this version does not have."""
        found = loaded.streams.get(stream)
        if found is None or found.snapshot is None:
            return False
        form = self.snapshots.get(stream.partition("-")[0])
        return form is None or found.snapshot.schema != form.schema

    def restore(self, stream: str, loaded: Loaded, known: Working | None = None) -> Working:
        """The state of a stream: as it was known, and what was loaded after that."""
        category = stream.partition("-")[0]
        decider = self.by_category[category]
        before = known or Working(0, GENESIS, decider.initial)
        found = loaded.streams.get(stream)
        if found is None:
            return before
        version, last, state = before.version, before.hash, before.state
        if found.snapshot is not None:
            version, last = found.snapshot.version, found.snapshot.hash
            state = self.snapshots[category].read(found.snapshot.body)
        if found.events:
            version, last = found.events[-1].version, found.events[-1].hash
        return Working(version, last, decider.fold(map(self.codec.event, found.events), state))


class StateCache:
    """The latest known states, bounded. It may be behind, never wrong: a version guards it.

    Bounded by their number and by what they weigh: a ledger with a year of payments is a
    thousand times as large as a target.
    """

    def __init__(
        self,
        weigh: Callable[[str, object], int],
        streams_max: int = CACHED_STREAMS_MAX,
        weight_max: int = CACHED_WEIGHT_MAX,
    ) -> None:
        """Start empty; `weigh` says how much a stream with a state weighs."""
        self._weigh = weigh
        self._streams_max = streams_max
        self._weight_max = weight_max
        self._states: OrderedDict[str, tuple[Working, int]] = OrderedDict()
        self.weight = 0

    def __len__(self) -> int:
        """How many streams are known."""
        return len(self._states)

    def get(self, stream: str) -> Working | None:
        """The state as it was last seen."""
        found = self._states.get(stream)
        if found is None:
            return None
        self._states.move_to_end(stream)
        return found[0]

    def keep(self, states: Mapping[str, Working]) -> None:
        """Remember committed states; the longest unused ones go."""
        self.forget(states)
        for stream, working in states.items():
            weight = self._weigh(stream, working.state)
            if weight <= self._weight_max:
                self._states[stream] = (working, weight)
                self.weight += weight
        while len(self._states) > self._streams_max or self.weight > self._weight_max:
            _, (_, weight) = self._states.popitem(last=False)
            self.weight -= weight

    def forget(self, streams: Iterable[str]) -> None:
        """Drop what may be out of date."""
        for stream in streams:
            _, weight = self._states.pop(stream, (None, 0))
            self.weight -= weight
