"""given facts, then a row: stories of read models, on the same store in memory as the API's.

register = ProjectionSpec(target_register)
story = register.given("target-p-2021", drafted, submitted)
await story.then(TargetRow, "p-2021", status="SUBMITTED")
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from shared.eventstore import Transaction
from shared.eventstore.memory import MemoryStore
from shared.eventstore.rows import row_shape
from shared.messages import AnyRecorded, Recorded
from shared.projections import Change, Projection, Table

MOMENT = datetime(2021, 3, 1, 2, tzinfo=UTC)


def recorded(stream: str, *facts: object, at: datetime = MOMENT) -> Sequence[AnyRecorded]:
    """Facts of one stream in their envelopes."""
    return [
        Recorded(
            event=fact,
            event_id=UUID(int=version),
            stream=stream,
            version=version,
            actor="issuer|somebody",
            unit="",
            occurred_at=at,
            effective_at=at,
            correlation_id="story",
            causation_id="story",
        )
        for version, fact in enumerate(facts, 1)
    ]


@dataclass(frozen=True, slots=True)
class Rows:
    """What the tables hold after the story."""

    changes: Sequence[Change]

    async def row(self, table: Table, *key: object) -> dict[str, object] | None:
        """The row with this primary key."""
        store = MemoryStore()
        for change in self.changes:
            await store.commit(Transaction(changes=[change]))
        names = row_shape(table).key
        rows = store.rows(table)
        return next((row for row in rows if tuple(row[name] for name in names) == key), None)

    async def then(self, table: Table, *key: object, **columns: object) -> None:
        """The row exists and says at least this."""
        row = await self.row(table, *key)
        assert row is not None, f"no row {key}"
        assert {name: row[name] for name in columns} == columns


@dataclass(frozen=True, slots=True)
class ProjectionSpec:
    """Stories of one read model."""

    projection: Projection

    def given(self, stream: str, *facts: object) -> Rows:
        """What has happened in one stream."""
        return self.across((stream, facts))

    def across(self, *streams: tuple[str, Sequence[object]]) -> Rows:
        """What has happened in several streams."""
        assert self.projection.project is not None
        project = self.projection.project
        told = [fact for stream, facts in streams for fact in recorded(stream, *facts)]
        return Rows([change for fact in told for change in project(fact)])
