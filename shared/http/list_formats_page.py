"""A page of a list on its way into another form."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from shared.http.freshness import Seen


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
    as_of: str
    seen: Seen | None
    bom: bool
