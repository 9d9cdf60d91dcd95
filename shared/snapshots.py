"""Snapshots: the state of a long stream, kept now and then, so that its facts need not be read.

A snapshot is believed only of the very shape that the states of this version have; any other is
passed over, and the stream is folded from its first fact.
"""

import zlib
from dataclasses import dataclass
from typing import Self

import msgspec

from shared.domain.decider import AnyDecider
from shared.eventstore.codec import encode_state


@dataclass(frozen=True, slots=True)
class SnapshotForm:
    """Of which states of an aggregate snapshots are taken, how often, and what shape they have."""

    kind: type
    every: int
    schema: int

    @classmethod
    def of(cls, decider: AnyDecider) -> Self | None:
        """The form of an aggregate's snapshots; nothing where none are taken."""
        if decider.snapshot_every is None:
            return None
        kind = decider.snapshot_of or type(decider.initial)
        shape = msgspec.json.encode(msgspec.json.schema(kind), order="deterministic")
        told = zlib.crc32(shape, decider.snapshot_version)
        return cls(kind, decider.snapshot_every, told & 0x7FFF_FFFF)

    def taken(self, before: int, version: int, state: object) -> bytes | None:
        """The snapshot due when a stream has grown from one version to another, if one is."""
        if type(state) is not self.kind or before // self.every == version // self.every:
            return None
        return encode_state(state)

    def read(self, body: bytes) -> object:
        """The state of a snapshot of this form."""
        return msgspec.json.decode(body, type=self.kind)
