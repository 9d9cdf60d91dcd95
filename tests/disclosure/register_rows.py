"""What a word of another service changes of its row in a register."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from msgspec.structs import replace

from shared.contracts.public_event import PublicEvent
from shared.projections import Projection
from shared.testing.projection_spec import Rows
from tests.disclosure.test_reactions import heard

LATE: Final = datetime(2021, 6, 30, 16, 30, tzinfo=UTC)
FIRST_OF_JULY: Final = date(2021, 7, 1)  # the legal day of that moment


@dataclass(frozen=True, slots=True)
class Place:
    """A row of a register, by its key."""

    of: Projection
    table: type[Any]
    key: tuple[object, ...]

    async def row(self, words: Sequence[PublicEvent]) -> dict[str, object]:
        """What it says after these words, each said late in the evening."""
        assert self.of.hear is not None
        said = [replace(heard(word), said_at=LATE, effective_at=LATE) for word in words]
        rows = Rows([change for word in said for change in self.of.hear(word)])
        return await rows.row(self.table, *self.key) or {}


@dataclass(frozen=True, slots=True)
class Told:
    """A word that comes after others, and all that it changes of a row; a first one says it all."""

    place: Place
    before: Sequence[PublicEvent]
    word: PublicEvent
    changes: dict[str, object]

    async def check(self) -> None:
        """These columns are others than before, and no more."""
        before = await self.place.row(self.before)
        after = await self.place.row([*self.before, self.word])
        assert {k: v for k, v in after.items() if before.get(k) != v} == self.changes
