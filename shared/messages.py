"""A fact with its circumstances: as we recorded it, as we heard it, as it falls due."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from shared.contracts.public_event import PublicEvent


class Recorded[E](msgspec.Struct, frozen=True, kw_only=True):
    """A private event of this service with its envelope.

    `occurred_at` is when it was recorded by business time, `effective_at` when it was true in
    the world; `correlation_id` is one for everything that one request set off, across services.
    """

    event: E
    event_id: UUID
    stream: str
    version: int
    actor: str
    unit: str
    occurred_at: datetime
    effective_at: datetime
    correlation_id: str
    causation_id: str
    position: int | None = None

    @property
    def id(self) -> str:
        """The id of the aggregate: the stream without its category."""
        return self.stream.partition("-")[2]


class Heard[W: PublicEvent](msgspec.Struct, frozen=True, kw_only=True):
    """A public word of another service with its envelope.

    `number` is the producer's dense word number; `subject` is the stream it tells of.
    """

    word: W
    event_id: UUID
    producer: str
    number: int
    subject: str
    version: int
    said_at: datetime
    effective_at: datetime
    correlation_id: str


class Deadline(msgspec.Struct, frozen=True, kw_only=True):
    """Something falls due at a moment of business time, unless it is called off before.

    `key` is unique in the service: scheduling it again moves it. `kind` and `subject` are all
    that `fall_due` gets to build the command from.
    """

    key: str
    kind: str
    subject: str
    due_at: datetime


class CalledOff(msgspec.Struct, frozen=True, kw_only=True):
    """The deadline with this key no longer matters."""

    key: str


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """A deadline that business time has passed, and the business time it is now."""

    kind: str
    subject: str
    due_at: datetime
    now: datetime


class Large(msgspec.Struct, frozen=True, kw_only=True):
    """A command whose facts are large, or long in the making: few of them share a transaction.

    `react` answers it in place of the command.
    """

    command: object


type Rows = Sequence[Sequence[Any]]


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """What a due command has to be told first: queries over read models, and what follows.

    `fall_due` answers it instead of a command where the figures are not in any one stream.
    """

    queries: tuple[tuple[str, tuple[object, ...]], ...]
    then: Callable[[Sequence[Rows]], object | None]


type AnyRecorded = Recorded[Any]
type AnyHeard = Heard[Any]
