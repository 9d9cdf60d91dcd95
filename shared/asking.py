"""One request and its answer, as HTTP, the inbox and the deadlines put it to the deciders."""

from collections.abc import Callable
from datetime import datetime

import msgspec

from shared.domain.decider import Owner
from shared.domain.refusals import Conflict, NotFound, Refusal
from shared.eventstore import KeyReused
from shared.messages import AnyRecorded


class VersionStale(Conflict):
    """The thing has changed since it was read."""

    title_zh = "数据已被他人修改"


class NotYours(NotFound):
    """There is no such thing, or it is not yours to see."""

    title_zh = "未找到"


def _anyone(_owner: Owner) -> bool:
    return True


class Ask(msgspec.Struct, frozen=True, kw_only=True):
    """One request: its commands are decided in order and become true together or not at all.

    `expected_version` guards the stream of the first command (`None`: whatever it is).
    `may` says whether the caller reaches a thing of this owner; `key` and `fingerprint` make
    a repeated request answer as the first did.
    """

    commands: tuple[object, ...]
    actor: str
    unit: str
    now: datetime
    correlation_id: str
    causation_id: str
    effective_at: datetime | None = None
    expected_version: int | None = None
    may: Callable[[Owner], bool] = _anyone
    key: str | None = None
    fingerprint: bytes = b""
    traceparent: str | None = None


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What the first command's stream is now. `said` is the version of its last public word."""

    stream: str
    version: int
    said: int = 0
    replayed: bool = False
    facts: tuple[AnyRecorded, ...] = ()

    @property
    def id(self) -> str:
        """The id of the thing: the stream without its category."""
        return self.stream.partition("-")[2]


type Outcome = Answer | Refusal | KeyReused
