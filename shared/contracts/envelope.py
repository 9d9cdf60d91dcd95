"""A public event on the wire: CloudEvents 1.0.2, structured JSON, exactly as it was said.

The bytes are written once, in the transaction of the fact, and never made again: what was
told can be shown word for word. `subject` is the stream the word tells of, `sequence` its
version there; the region token of the source lets a superior source a subordinate's stream.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec

from shared.contracts.classification import highest
from shared.contracts.public_event import PublicEvent
from shared.messages import AnyHeard, AnyRecorded, Heard

CONTENT_TYPE: Final = "application/cloudevents+json"


class CloudEvent(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The envelope. Names are those of the CloudEvents attributes and extensions."""

    specversion: str
    id: UUID
    source: str
    type: str
    subject: str
    time: datetime
    datacontenttype: str
    sequence: str
    partitionkey: str
    correlationid: str
    causationid: str
    effectivetime: datetime
    dataclassification: str
    data: msgspec.Raw
    recordedtime: datetime | None = None
    traceparent: str | None = None


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(CloudEvent)


def say(word: PublicEvent, recorded: AnyRecorded, traceparent: str | None = None) -> bytes:
    """The bytes of a word about a fact just recorded."""
    return _encoder.encode(
        CloudEvent(
            specversion="1.0",
            id=recorded.event_id,
            source=f"/abacus/{word.region_code}/{word.producer}",
            type=word.event_type(),
            subject=recorded.stream,
            time=recorded.occurred_at,
            datacontenttype="application/json",
            sequence=str(recorded.version),
            partitionkey=recorded.stream,
            correlationid=recorded.correlation_id,
            causationid=recorded.causation_id,
            effectivetime=recorded.effective_at,
            recordedtime=recorded.occurred_at,
            dataclassification=highest(type(word)),
            traceparent=traceparent,
            data=msgspec.Raw(word.model_dump_json().encode()),
        )
    )


def subject_of(word: PublicEvent) -> str:
    """The bus subject: `abacus.653100.targets.TargetApproved.v1`."""
    return f"abacus.{word.region_code}.{word.event_type()}"


def envelope(body: bytes) -> CloudEvent:
    """The envelope alone; the data stays unread bytes."""
    return _decoder.decode(body)


class Hearing:
    """Reads the words a service listens to; a type nobody here knows is not an outage."""

    def __init__(self, hears: Iterable[type[PublicEvent]]) -> None:
        """Know these words."""
        self._types = {word.event_type(): word for word in hears}

    @property
    def producers(self) -> tuple[str, ...]:
        """Whose streams have to be read, in a fixed order."""
        return tuple(sorted({word.producer for word in self._types.values()}))

    def knows(self, event_type: str) -> bool:
        """Whether this service does anything with such a word."""
        return event_type in self._types

    def hear(self, cloud: CloudEvent, number: int) -> AnyHeard | None:
        """The word out of its envelope, or nothing when its type is not listened to."""
        word = self._types.get(cloud.type)
        if word is None:
            return None
        return Heard(
            word=word.model_validate_json(bytes(cloud.data)),
            event_id=cloud.id,
            producer=word.producer,
            number=number,
            subject=cloud.subject,
            version=int(cloud.sequence),
            said_at=cloud.time,
            effective_at=cloud.effectivetime,
            correlation_id=cloud.correlationid,
        )
