"""What the steps between versions owe to events.

Every old version has a step up, a step changes nothing and answers the same each time, and what is
at the target version is left alone. Where an older version is still written, there are the steps
down to it and no others, and whatever was said in it can be written in it again.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import replace

import msgspec

from shared.domain.decider import AnyDecider, Json, Step
from shared.eventstore import GENESIS, StoredEvent
from shared.eventstore.codec import Codec
from tests.evolution.corpus import AT, ID, recorded

type Samples = Mapping[tuple[str, int], Sequence[Json]]
"""Data of old events, by their name and version."""


def faults(decider: AnyDecider, samples: Samples) -> list[str]:
    """What is wrong with the upcasters of an aggregate, if anything."""
    resting = _Resting(decider)
    return [
        *_not_total(decider, samples),
        *(
            f"{name} v{schema}: {fault}"
            for (name, schema), kept in samples.items()
            if name in decider.events
            for data in kept
            for fault in _faults_of(decider, resting, (name, schema), data)
        ),
    ]


def _not_total(decider: AnyDecider, samples: Samples) -> Iterator[str]:
    steps = {
        (name, schema) for name, version in decider.versions.items() for schema in range(1, version)
    }
    for name, schema in sorted(steps - decider.upcasters.keys()):
        yield f"{name} v{schema}: no step leads on"
    for name, schema in sorted(decider.upcasters.keys() - steps):
        yield f"{name} v{schema}: a step that nothing takes"
    for name, schema in sorted(steps - samples.keys()):
        yield f"{name} v{schema}: no sample of it is kept"
    down = {
        (name, schema)
        for name, written in decider.written.items()
        for schema in range(written + 1, decider.versions.get(name, 1) + 1)
    }
    for name, schema in sorted(down - decider.downcasters.keys()):
        yield f"{name} v{schema}: no step leads back"
    for name, schema in sorted(decider.downcasters.keys() - down):
        yield f"{name} v{schema}: a step back that nothing takes"


def _faults_of(
    decider: AnyDecider, resting: "_Resting", what: tuple[str, int], data: Json
) -> Iterator[str]:
    name, schema = what
    target = decider.versions.get(name, 1)
    if schema == decider.written.get(name):
        yield from _not_written_again(decider, what, data)
    for at in range(schema, target):
        step = decider.upcasters.get((name, at))
        if step is None:
            return  # said above
        given = deepcopy(data)
        once = step(given)
        if given != data:
            yield f"the step from {at} changes what it is given"
        if step(deepcopy(data)) != once:
            yield f"the step from {at} answers differently the second time"
        data = json.loads(msgspec.json.encode(once))
    yield from resting.faults(name, target, data)


def _not_written_again(decider: AnyDecider, what: tuple[str, int], data: Json) -> Iterator[str]:
    """What is wrong with writing an event in the version in which it was said."""
    codec = Codec([decider])
    try:
        event = codec.event(stored(*what, data))
        name, body = codec.encode(recorded(event))
        again = codec.event(StoredEvent(ID, "thing-1", 1, name, body, GENESIS, GENESIS))
    except Exception as broken:  # noqa: BLE001 - whatever it is, it cannot be written
        yield f"cannot be written: {broken!r}"
        return
    if again != event or json.loads(body)["schema"] != what[1]:
        yield "is another event when it is written as before"


class _Resting:
    """At the target version no step is taken, and what is written again is the same."""

    def __init__(self, decider: AnyDecider) -> None:
        """Every step is counted."""
        self._taken: list[tuple[str, int]] = []
        steps = {key: self._counted(key, step) for key, step in decider.upcasters.items()}
        self._codec = Codec([replace(decider, upcasters=steps, written={})])

    def faults(self, name: str, target: int, data: Json) -> Iterator[str]:
        """Of an event that is at its target."""
        self._taken.clear()
        try:
            event = self._codec.event(stored(name, target, data))
            _, body = self._codec.encode(recorded(event))
            again = self._codec.event(StoredEvent(ID, "thing-1", 1, name, body, GENESIS, GENESIS))
        except Exception as broken:  # noqa: BLE001 - whatever it is, it cannot be read
            yield f"cannot be read at {target}: {broken!r}"
            return
        if again != event or self._codec.encode(recorded(again))[1] != body:
            yield "is another event when it is written again"
        if self._taken:
            yield f"is at its target, and the steps from {self._taken} are taken"

    def _counted(self, key: tuple[str, int], step: Step) -> Step:
        def counted(old: Json) -> Json:
            self._taken.append(key)
            return step(old)

        return counted


def stored(name: str, schema: int, data: Json) -> StoredEvent:
    """An event as it lies in the store."""
    body = {
        "name": name,
        "schema": schema,
        "actor": "somebody",
        "unit": "",
        "occurred_at": AT,
        "effective_at": AT,
        "correlation_id": "corpus",
        "causation_id": "corpus",
        "data": data,
    }
    return StoredEvent(ID, "thing-1", 1, name, msgspec.json.encode(body), GENESIS, GENESIS)
