"""What a dataset is: a register as a whole, its rows in the order of their keys, day by day.

A row is exactly what the list of the API shows of it, so that counts and contents are equal.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import msgspec
from pydantic import BaseModel

from services.disclosure.api.bulk.places import Place
from shared.eventstore import EventStore
from shared.http.list_formats_asked import columns_of
from shared.http.list_formats_tables import fields_of
from shared.http.snapshots import Snapshot

FEED: Final = "/v1/feed"
"""The one list that is of no region and no year."""

type Key = tuple[str | int, ...]
type Shape = Callable[[Snapshot, Sequence[Any]], Awaitable[Sequence[BaseModel]]]

_part: Final = msgspec.json.Decoder(str | int).decode


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """All registers in one state, and how far the log went then."""

    registers: Snapshot
    store: EventStore
    upto: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """One register. `listed` is the list of the API that shows the same rows."""

    name: str
    title: str
    title_en: str
    view: type[BaseModel]
    key: tuple[str, ...]
    listed: str
    rows: Callable[[State], AsyncIterator[Sequence[bytes]]]

    @property
    def columns(self) -> list[str]:
        """The fields of a row, in their order."""
        return columns_of(self.view)

    def listed_of(self, region: str, year: int | None) -> str:
        """Its list for a region and a year; the log needs neither."""
        if year is None or self.listed == FEED:
            return self.listed
        joined = "&" if "?" in self.listed else "?"
        return f"{self.listed}{joined}region={region}&fiscal_year={year}"

    def key_of(self, row: bytes) -> Key:
        """By what a row is known."""
        found = fields_of(row)
        return tuple(_part(found[name]) for name in self.key)


def table(
    entity: type,
    view: type[BaseModel],
    select: Callable[[date], Any],
    shape: Shape | None = None,
) -> Callable[[State], AsyncIterator[Sequence[bytes]]]:
    """The rows of a read model, each as its list shows it."""
    shaped = shape or _as(view)

    async def rows(state: State) -> AsyncIterator[Sequence[bytes]]:
        registers = state.registers
        async for batch in registers.rows(select(registers.day), entity):
            yield [one.model_dump_json().encode() for one in await shaped(registers, batch)]

    return rows


def _as(view: type[BaseModel]) -> Shape:
    async def shape(_registers: Snapshot, batch: Sequence[Any]) -> Sequence[BaseModel]:
        return [view.model_validate(row[0]) for row in batch]

    return shape
