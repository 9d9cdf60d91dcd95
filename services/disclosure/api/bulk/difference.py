"""What a day changed: two runs of rows in the order of their keys, walked side by side.

Applied to the rows of the day before, the changes give exactly the rows of the day: a `PUT` is
the whole row as it is since, a `DROP` the key of a row that is no longer there.
"""

from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Final

import msgspec

from services.disclosure.api.bulk.datasets import Key

CHANGE: Final = "change"
_fields: Final = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
_encode: Final = msgspec.json.Encoder().encode


class Change(StrEnum):
    """What became of a row."""

    PUT = "PUT"
    DROP = "DROP"


class OutOfOrder(Exception):
    """Rows did not come in the order of their keys: a difference of them would say nothing."""


class Run:
    """Rows in the order of their keys, one at a time."""

    def __init__(
        self, batches: AsyncIterator[Sequence[bytes]], key_of: Callable[[bytes], Key]
    ) -> None:
        """Nothing has been read yet."""
        self._rows = _one_by_one(batches)
        self._key_of = key_of
        self.row = b""
        self.key: Key | None = None
        self._last: Key | None = None

    async def step(self) -> None:
        """On to the next row; no key at the end."""
        try:
            self.row = await anext(self._rows)
        except StopAsyncIteration:
            self.key = None
            return
        self.key = self._key_of(self.row)
        if self._last is not None and self.key <= self._last:
            raise OutOfOrder(f"{self.key} after {self._last}")
        self._last = self.key


async def differences(before: Run, after: Run, names: Sequence[str]) -> AsyncIterator[bytes]:
    """Line by line what changed, in the order of the keys; `names` are those of the key."""
    await before.step()
    await after.step()
    while before.key is not None or after.key is not None:
        if after.key is None or (before.key is not None and before.key < after.key):
            assert before.key is not None
            yield _encode({CHANGE: Change.DROP, **dict(zip(names, before.key, strict=True))})
            await before.step()
        elif before.key is None or after.key < before.key:
            yield _put(after.row)
            await after.step()
        else:
            if before.row != after.row:
                yield _put(after.row)
            await before.step()
            await after.step()


def applied(
    before: Mapping[Key, bytes], lines: Iterable[bytes], key_of: Callable[[bytes], Key]
) -> dict[Key, bytes]:
    """The rows after the changes: what whoever took the files home does with them."""
    rows = dict(before)
    for line in lines:
        fields = _fields(line)
        change = msgspec.json.decode(fields.pop(CHANGE), type=Change)
        key = key_of(line)
        if change is Change.DROP:
            del rows[key]
        else:
            rows[key] = _encode(fields)
    return rows


def _put(row: bytes) -> bytes:
    """The row with the change in front; its own bytes stay as they are."""
    return b'{"%b":"%b",%b' % (CHANGE.encode(), Change.PUT.encode(), row[1:])


async def _one_by_one(batches: AsyncIterator[Sequence[bytes]]) -> AsyncIterator[bytes]:
    async for batch in batches:
        for row in batch:
            yield row
