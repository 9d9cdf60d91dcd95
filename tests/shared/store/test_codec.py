"""What is stored of an event says all of its envelope, and an old version comes up step by step."""

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from msgspec import structs

from shared.domain.decider import Decider, Json
from shared.eventstore import StoredEvent
from shared.eventstore.codec import (
    Codec,
    NotYetRecordable,
    UnknownEvent,
    event_names,
)
from shared.messages import Recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    grams: int
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Emptied:
    by: str


def _steps(name: str) -> dict[tuple[str, int], Any]:
    def second(old: Json) -> Json:
        return {"grams": int(str(old["kilograms"])) * 1_000}

    def third(old: Json) -> Json:
        return {**old, "by": "somebody"}

    return {(name, 1): second, (name, 2): third}


def scales(category: str, event: type, **more: Any) -> Decider[Any, Any, Any]:  # noqa: ANN401
    told: dict[str, Any] = {
        "category": category,
        "initial": None,
        "commands": (),
        "events": {event.__name__: event},
        "decide": lambda _command, _state: [],
        "evolve": lambda state, _event: state,
        "identify": str,
        **more,
    }
    return Decider(**told)


WEIGHED = scales("scales", Weighed, versions={"Weighed": 3}, upcasters=_steps("Weighed"))
CODEC = Codec([WEIGHED, scales("jars", Emptied)])
RECORDED = Recorded(
    event=Weighed(grams=7, by="秤"),
    event_id=UUID(int=5),
    stream="scales-1",
    version=4,
    actor="iss|a",
    unit="U1",
    occurred_at=datetime(2021, 3, 1, tzinfo=UTC),
    effective_at=datetime(2021, 2, 1, tzinfo=UTC),
    correlation_id="c1",
    causation_id="c0",
)
BODY = {
    "name": "Weighed",
    "schema": 3,
    "actor": "iss|a",
    "unit": "U1",
    "occurred_at": "2021-03-01T00:00:00Z",
    "effective_at": "2021-02-01T00:00:00Z",
    "correlation_id": "c1",
    "causation_id": "c0",
    "data": {"grams": 7, "by": "秤"},
}


def stored(**changes: object) -> StoredEvent:
    body = json.dumps({**BODY, **changes}, ensure_ascii=False, separators=(",", ":")).encode()
    return StoredEvent(UUID(int=5), "scales-1", 4, "Weighed", body, b"", b"")


def test_the_bytes_are_these_and_no_others() -> None:
    assert CODEC.encode(RECORDED) == ("Weighed", stored().body)


def test_what_is_read_is_what_was_written_with_its_place() -> None:
    assert CODEC.decode(stored()) == RECORDED
    assert CODEC.decode(stored(), 9).position == 9
    assert CODEC.event(stored()) == RECORDED.event


@pytest.mark.parametrize(
    ("schema", "data", "event"),
    [
        (1, {"kilograms": 2}, Weighed(grams=2_000, by="somebody")),
        (2, {"grams": 7}, Weighed(grams=7, by="somebody")),
        (3, {"grams": 7, "by": "x"}, Weighed(grams=7, by="x")),
    ],
)
def test_every_version_is_read_and_never_by_another_steps(
    schema: int, data: Json, event: Weighed
) -> None:
    assert CODEC.event(stored(schema=schema, data=data)) == event
    assert CODEC.decode(stored(schema=schema, data=data)).event == event


@pytest.mark.parametrize(
    ("changes", "named"),
    [({"schema": 0}, "Weighed v0"), ({"schema": 4}, "Weighed v4"), ({"name": "Gone"}, "Gone")],
)
def test_what_nobody_knows_is_named(changes: dict[str, object], named: str) -> None:
    with pytest.raises(UnknownEvent, match=f"^{named}$"):
        CODEC.event(stored(**changes))


def test_a_step_that_is_missing_stops_the_reader_wherever_it_is() -> None:
    for left in (1, 2):
        steps = {key: step for key, step in _steps("Weighed").items() if key[1] == left}
        codec = Codec([scales("scales", Weighed, versions={"Weighed": 3}, upcasters=steps)])
        with pytest.raises(UnknownEvent, match=r"^Weighed v1$"):
            codec.event(stored(schema=1, data={"kilograms": 2}))


def _back(new: Json) -> Json:
    return {name: value for name, value in new.items() if name != "by"}


def _in_kilograms(new: Json) -> Json:
    return {"kilograms": int(str(new["grams"])) // 1_000}


@pytest.mark.parametrize(("written", "data"), [(2, {"grams": 7_000}), (1, {"kilograms": 7})])
def test_what_the_release_before_cannot_read_is_written_as_it_can(written: int, data: Json) -> None:
    steps = {("Weighed", 3): _back, ("Weighed", 2): _in_kilograms}
    beside = replace(WEIGHED, written={"Weighed": written}, downcasters=steps)
    event = Weighed(grams=7_000, by="somebody")
    name, body = Codec([beside]).encode(structs.replace(RECORDED, event=event))
    assert (name, body) == ("Weighed", stored(schema=written, data=data).body)
    assert Codec([beside]).event(stored(schema=written, data=data)) == event
    assert Codec([beside]).event(stored()) == RECORDED.event


@pytest.mark.parametrize("event", [Weighed(grams=7_000, by="秤"), Weighed(grams=7, by="somebody")])
def test_what_an_older_version_cannot_say_is_refused_and_not_lost(event: Weighed) -> None:
    steps = {("Weighed", 3): _back, ("Weighed", 2): _in_kilograms}
    beside = replace(WEIGHED, written={"Weighed": 1}, downcasters=steps)
    with pytest.raises(NotYetRecordable):
        Codec([beside]).encode(structs.replace(RECORDED, event=event))


def test_every_stored_name_is_told() -> None:
    assert event_names([WEIGHED, scales("jars", Emptied)]) == {
        "Weighed": Weighed,
        "Emptied": Emptied,
    }
