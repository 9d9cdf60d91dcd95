"""A page of a list on its way into another form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import msgspec

DOCUMENTED: Final = "https://docs.abacus.local/guides/verify-the-feed"
"""Where our own fields in feeds are explained (JSON Feed 1.1, "about")."""


class PageRead(msgspec.Struct):
    """A page as it was answered: each row the bytes that it was written with."""

    items: list[msgspec.Raw]
    next: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """The rows, what each is known by and which cursor follows it, and how fresh all of it is."""

    name: str
    columns: Sequence[str]
    rows: Sequence[bytes]
    keys: Sequence[str]
    cursors: Sequence[str | None]
    next_cursor: str | None
    address: str
    next_address: str | None
    freshness: Mapping[str, str | int | float]
    bom: bool

    @property
    def as_of(self) -> str:
        """The moment or the day that the page stands for."""
        return str(self.freshness["as_of"])
