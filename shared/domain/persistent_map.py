"""A mapping that changes by one entry at a time: no change costs a copy of all entries."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, Self, override
from zlib import crc32

BUCKETS: Final = 256
_EMPTY: Final[tuple[dict[str, Any], ...]] = ({},) * BUCKETS


class PersistentMap[V](Mapping[str, V]):
    """Values by name, in an order that means nothing.

    It never changes; the next one shares all buckets but one with the one it came from. So a
    change copies the 256th part of the entries: some 80 of 20,000. The order is the same in every
    process, so that what is decided by it is, too; that of a library's hash map would not be.
    """

    __slots__ = ("_buckets", "_length")

    def __init__(self, buckets: tuple[dict[str, V], ...] = _EMPTY, length: int = 0) -> None:
        """Of buckets that nobody changes any more, with so many entries in all."""
        self._buckets = buckets
        self._length = length

    @classmethod
    def of(cls, entries: Mapping[str, V]) -> Self:
        """These entries."""
        buckets: tuple[dict[str, V], ...] = tuple({} for _ in range(BUCKETS))
        for name, value in entries.items():
            buckets[_place(name)][name] = value
        return cls(buckets, len(entries))

    def with_entry(self, name: str, value: V) -> Self:
        """The map after this name has this value."""
        place = _place(name)
        bucket = self._buckets[place].copy()
        bucket[name] = value
        return self._with_bucket(place, bucket)

    def without(self, name: str) -> Self:
        """The map after this name is gone; itself where it is not there."""
        place = _place(name)
        if name not in self._buckets[place]:
            return self
        bucket = self._buckets[place].copy()
        del bucket[name]
        return self._with_bucket(place, bucket)

    def _with_bucket(self, place: int, bucket: dict[str, V]) -> Self:
        buckets, length = self._buckets, self._length + len(bucket) - len(self._buckets[place])
        return type(self)((*buckets[:place], bucket, *buckets[place + 1 :]), length)

    @override
    def __getitem__(self, name: str) -> V:
        return self._buckets[_place(name)][name]

    @override
    def __iter__(self) -> Iterator[str]:
        for bucket in self._buckets:
            yield from bucket

    @override
    def __len__(self) -> int:
        return self._length

    @override
    def __repr__(self) -> str:
        return f"PersistentMap.of({dict(self)!r})"


def _place(name: str) -> int:
    return crc32(name.encode()) % BUCKETS
