"""Event ⇄ bytes: what is stored has a name we chose, a schema version, and never a Python path.

The body holds everything that must be evident later (name, schema version, actor, unit,
times, cause, data) and is hashed as stored. Old bodies are read through upcasters, one step
per version; a name or a version nobody knows stops the reader instead of being skipped.

A release reads a new version before it writes it, so that the release before can be beside it:
meanwhile the fact is written through downcasters, and what would be lost on that way is refused.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from shared.domain.decider import AnyDecider, Json, Step
from shared.domain.refusals import Conflict
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


class NotYetRecordable(Conflict):
    """What is new here can be recorded when the release before is no longer in use."""

    title_zh = "须待旧版本停用后方可记录"


_encoder = msgspec.json.Encoder()
_body_decoder = msgspec.json.Decoder(Body)


class Codec:
    """Reads and writes the events of one service."""

    def __init__(self, deciders: Sequence[AnyDecider]) -> None:
        """Know every event of these aggregates."""
        self._names: dict[type, tuple[str, int]] = {}
        self._decoders: dict[str, tuple[int, msgspec.json.Decoder[Any]]] = {}
        self._upcasters: dict[tuple[str, int], Step] = {}
        self._downcasters: dict[tuple[str, int], Step] = {}
        for decider in deciders:
            for name, event in decider.events.items():
                version = decider.versions.get(name, 1)
                self._names[event] = (name, decider.written.get(name, version))
                self._decoders[name] = (version, msgspec.json.Decoder(event))
            self._upcasters.update(decider.upcasters)
            self._downcasters.update(decider.downcasters)

    def encode(self, recorded: AnyRecorded) -> tuple[str, bytes]:
        """The stored name and the bytes of an event with its envelope.

        Raises `NotYetRecordable` where the version that is still written cannot say it.
        """
        name, schema = self._names[type(recorded.event)]
        newest = self._decoders[name][0]
        data = recorded.event if schema == newest else self._as_before(recorded.event, name, schema)
        body = _Writing(
            name,
            schema,
            recorded.actor,
            recorded.unit,
            recorded.occurred_at,
            recorded.effective_at,
            recorded.correlation_id,
            recorded.causation_id,
            data,
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
        return self._upcast(body.name, body.schema, msgspec.json.decode(body.data))

    def _upcast(self, name: str, written: int, data: Json) -> object:
        version, decoder = self._decoders[name]
        for schema in range(written, version):
            step = self._upcasters.get((name, schema))
            if step is None:
                break
            data = step(data)
        else:
            if written < version:
                return msgspec.convert(data, decoder.type)
        raise UnknownEvent(f"{name} v{written}")

    def _as_before(self, event: object, name: str, written: int) -> Json:
        """The data in an older version, if it says the same there."""
        version, _ = self._decoders[name]
        data: Json = msgspec.json.decode(_encoder.encode(event))
        for schema in range(version, written, -1):
            data = self._downcasters[name, schema](data)
        if self._upcast(name, written, data) != event:
            raise NotYetRecordable(remedy="Leave out what is new, or ask again after the upgrade.")
        return data


def encode_state(state: object) -> bytes:
    """A snapshot's bytes."""
    return _encoder.encode(state)


def event_names(deciders: Sequence[AnyDecider]) -> Mapping[str, type]:
    """Every stored name of a service."""
    return {name: event for decider in deciders for name, event in decider.events.items()}
