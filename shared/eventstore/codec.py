"""Event ⇄ bytes: what is stored has a name we chose, a schema version, and never a Python path.

The body holds everything that must be evident later (name, schema version, actor, unit,
times, cause, data) and is hashed as stored. Old bodies are read through upcasters, one step
per version; a name or a version nobody knows stops the reader instead of being skipped.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from shared.domain.decider import AnyDecider, Json
from shared.eventstore import StoredEvent
from shared.messages import AnyRecorded, Recorded


class Body(msgspec.Struct, frozen=True, kw_only=True):
    """The stored form of an event."""

    name: str
    schema: int
    actor: str
    unit: str
    occurred_at: datetime
    effective_at: datetime
    correlation_id: str
    causation_id: str
    data: msgspec.Raw


class _Writing(msgspec.Struct, frozen=True):
    """`Body` on its way out: the same fields in the same order, the data not yet bytes."""

    name: str
    schema: int
    actor: str
    unit: str
    occurred_at: datetime
    effective_at: datetime
    correlation_id: str
    causation_id: str
    data: object


class UnknownEvent(Exception):
    """The store holds an event that this version of the service cannot read."""


_encoder = msgspec.json.Encoder()
_body_decoder = msgspec.json.Decoder(Body)


class Codec:
    """Reads and writes the events of one service."""

    def __init__(self, deciders: Sequence[AnyDecider]) -> None:
        """Know every event of these aggregates."""
        self._names: dict[type, tuple[str, int]] = {}
        self._decoders: dict[str, tuple[int, msgspec.json.Decoder[Any]]] = {}
        self._upcasters: dict[tuple[str, int], Any] = {}
        for decider in deciders:
            for name, event in decider.events.items():
                version = decider.versions.get(name, 1)
                self._names[event] = (name, version)
                self._decoders[name] = (version, msgspec.json.Decoder(event))
            self._upcasters.update(decider.upcasters)

    def encode(self, recorded: AnyRecorded) -> tuple[str, bytes]:
        """The stored name and the bytes of an event with its envelope."""
        name, schema = self._names[type(recorded.event)]
        body = _Writing(
            name,
            schema,
            recorded.actor,
            recorded.unit,
            recorded.occurred_at,
            recorded.effective_at,
            recorded.correlation_id,
            recorded.causation_id,
            recorded.event,
        )
        return name, _encoder.encode(body)

    def event(self, stored: StoredEvent) -> object:
        """The event alone: all that a fold needs."""
        return self._data(_body_decoder.decode(stored.body))

    def decode(self, stored: StoredEvent, position: int | None = None) -> AnyRecorded:
        """The event with its envelope."""
        body = _body_decoder.decode(stored.body)
        return Recorded(
            event=self._data(body),
            event_id=stored.event_id,
            stream=stored.stream,
            version=stored.version,
            actor=body.actor,
            unit=body.unit,
            occurred_at=body.occurred_at,
            effective_at=body.effective_at,
            correlation_id=body.correlation_id,
            causation_id=body.causation_id,
            position=position,
        )

    def _data(self, body: Body) -> object:
        known = self._decoders.get(body.name)
        if known is None:
            raise UnknownEvent(body.name)
        version, decoder = known
        if body.schema == version:
            return decoder.decode(body.data)
        return msgspec.convert(self._upcast(body, version), decoder.type)

    def _upcast(self, body: Body, version: int) -> Json:
        data: Json = msgspec.json.decode(body.data)
        for schema in range(body.schema, version):
            step = self._upcasters.get((body.name, schema))
            if step is None:
                break
            data = step(data)
        else:
            if body.schema < version:
                return data
        raise UnknownEvent(f"{body.name} v{body.schema}")


def encode_state(state: object) -> bytes:
    """A snapshot's bytes."""
    return _encoder.encode(state)


def plain(value: object) -> Any:  # noqa: ANN401 - JSON is what it is
    """A fact as JSON-like values, for answers that show what would happen."""
    return msgspec.to_builtins(value, builtin_types=())


def event_names(deciders: Sequence[AnyDecider]) -> Mapping[str, type]:
    """Every stored name of a service."""
    return {name: event for decider in deciders for name, event in decider.events.items()}


__all__ = [
    "Body",
    "Codec",
    "UnknownEvent",
    "encode_state",
    "event_names",
    "plain",
]
