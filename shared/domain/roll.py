"""A list of names that grows by one at a time, for ever: no name costs a copy of all others."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Self, overload, override


class Roll(Sequence[str]):
    """Different names in the order in which they came.

    It never changes; a longer one shares nearly everything with the one it grew from. The names
    lie in parts of falling length, and a new one is a part by itself: parts that are not longer
    than what follows them are joined. So each name is copied as often as its part doubles, and
    is looked for in as many parts as the length has bits.
    """

    __slots__ = ("_parts",)

    def __init__(self, *parts: Mapping[str, None]) -> None:
        """Of parts that nobody changes any more, with no name in two of them."""
        self._parts = parts

    @classmethod
    def of(cls, *names: str) -> Self:
        """These names, each where it comes first."""
        return cls(dict.fromkeys(names)) if names else cls()

    def with_name(self, name: str) -> Self:
        """The roll after one more name; itself where the name is there."""
        if name in self:
            return self
        parts = list(self._parts)
        last: Mapping[str, None] = {name: None}
        while parts and len(parts[-1]) <= len(last):
            last = {**parts.pop(), **last}
        return type(self)(*parts, last)

    @override
    def __contains__(self, name: object) -> bool:
        for part in self._parts:  # noqa: SIM110 - a generator would take most of the time
            if name in part:
                return True
        return False

    @override
    def __iter__(self) -> Iterator[str]:
        return chain.from_iterable(self._parts)

    @override
    def __len__(self) -> int:
        return sum(map(len, self._parts))

    @overload
    def __getitem__(self, place: int) -> str: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[str]: ...

    @override
    def __getitem__(self, place: int | slice) -> str | Sequence[str]:
        return tuple(self)[place]

    @override
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Roll) and tuple(self) == tuple(other)

    @override
    def __hash__(self) -> int:
        return hash(tuple(self))

    @override
    def __repr__(self) -> str:
        return f"Roll.of({', '.join(map(repr, self))})"
