"""The event store on lists: the same promises without a server, for tests and simulation."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from shared.eventstore import (
    BODY_BYTES_MAX,
    EVENTS_PER_APPEND_MAX,
    GENESIS,
    Append,
    CommandRecord,
    CursorMoved,
    Head,
    HeardWord,
    KeyReused,
    LedgerEntry,
    Loaded,
    LoadedStream,
    Parked,
    SaidWord,
    Sequenced,
    Snapshot,
    StoredEvent,
    Transaction,
    VersionConflict,
)
from shared.eventstore.hashes import event_hash, word_hash
from shared.eventstore.merkle import Frontier, extend
from shared.eventstore.rows import Key, RowShape, row_shape
from shared.messages import CalledOff, Deadline
from shared.projections import Add, Change, Drop, Fresh, Put, Set, Sums, Table

type Rows = dict[Key, dict[str, object]]


@dataclass(slots=True)
class _Staged:
    """What a transaction would make true: checked completely before anything is changed."""

    events: dict[str, list[StoredEvent]] = field(default_factory=dict)
    records: dict[str, CommandRecord] = field(default_factory=dict)
    rows: dict[str, dict[Key, dict[str, object] | None]] = field(default_factory=dict)


class MemoryStore:
    """Keeps the promises of `EventStore` as long as the process lives."""

    def __init__(self) -> None:
        """Nothing has happened yet."""
        self.parked: list[Parked] = []
        self.deadlines: dict[str, Deadline] = {}
        self.ledger_frontier: Frontier = ()
        self.word_frontier: Frontier = ()
        self._streams: dict[str, list[StoredEvent]] = {}
        self._records: dict[str, CommandRecord] = {}
        self._snapshots: dict[str, Snapshot] = {}
        self._unsequenced: list[Append] = []
        self._ledger: list[LedgerEntry] = []
        self._said: list[SaidWord] = []
        self._heard: dict[str, dict[int, HeardWord]] = {}
        self._cursors: dict[str, int] = {}
        self._rows: dict[str, Rows] = {}

    def rows(self, table: Table) -> list[dict[str, object]]:
        """The rows of a read model, by primary key."""
        found = self._rows.get(row_shape(table).qualified, {})
        return [dict(found[key]) for key in sorted(found)]

    async def load(
        self, streams: Mapping[str, int], keys: Sequence[str] = (), *, snapshots: bool = True
    ) -> Loaded:
        """Read streams after the given versions, and answered commands by key."""
        found: dict[str, LoadedStream] = {}
        for stream, after in streams.items():
            snapshot = self._snapshots.get(stream) if snapshots else None
            if snapshot is not None and snapshot.version <= after:
                snapshot = None
            start = after if snapshot is None else snapshot.version
            events = self._streams.get(stream, [])[start:]
            if snapshot is not None or events:
                found[stream] = LoadedStream(snapshot, events)
        records = {key: self._records[key] for key in keys if key in self._records}
        return Loaded(streams=found, records=records)

    def written(self, transaction: Transaction) -> Transaction:
        """There is nothing to write down."""
        return transaction

    async def commit(self, transaction: Transaction) -> None:
        """Make all of it true, or raise and leave nothing."""
        t = transaction
        staged = _Staged()
        for move in t.cursors:
            if self._cursors.get(move.name, 0) != move.before:
                raise CursorMoved(move.name)
        for record in t.records:
            self._stage_record(staged, record)
        for append in t.appends:
            self._stage_append(staged, append)
        for change in t.changes:
            self._stage_changes(staged, change)
        for word in t.heard:
            if word.number in self._heard.get(word.producer, {}):
                raise ValueError(word)
        self._make_true(transaction, staged)

    async def assure(self) -> None:
        """Nothing here is safer than anything else."""

    async def sequence(self, appends_max: int = 500) -> Sequenced:
        """Number what has been committed."""
        due = self._unsequenced[:appends_max]
        del self._unsequenced[:appends_max]
        events = [event for append in due for event in append.events]
        words = [word for append in due for word in append.words]
        hashes = [event.hash for event in events]
        leaves = [word_hash(word.body) for word in words]
        self.ledger_frontier = extend(self.ledger_frontier, len(self._ledger), hashes)
        self.word_frontier = extend(self.word_frontier, len(self._said), leaves)
        for event in events:
            self._ledger.append(LedgerEntry(len(self._ledger) + 1, event))
        for word, leaf in zip(words, leaves, strict=True):
            number = len(self._said) + 1
            said = SaidWord(number, word.subject, word.event_type, word.body, leaf)
            self._said.append(said)
        return Sequenced(await self.head(), len(due))

    async def head(self) -> Head:
        """How far the numbers go."""
        return Head(len(self._ledger), len(self._said))

    async def read_ledger(
        self, after: int, limit: int, names: Collection[str] = ()
    ) -> Sequence[LedgerEntry]:
        """Private events in ledger order; of some names, and the last one of all."""
        read = self._ledger[after : after + limit]
        return [one for one in read if not names or one.event.name in names or one is read[-1]]

    async def read_words(self, after: int, limit: int) -> Sequence[SaidWord]:
        """What this service has said, in order."""
        return self._said[after : after + limit]

    async def read_heard(self, producer: str, after: int, limit: int) -> Sequence[HeardWord]:
        """What this service has heard, in order."""
        heard = self._heard.get(producer, {})
        return [heard[number] for number in sorted(heard) if number > after][:limit]

    async def cursor(self, name: str) -> int:
        """Where a reader stands; 0 before its first step."""
        return self._cursors.get(name, 0)

    async def silence(self) -> float | None:
        """A store in one process has no worker elsewhere."""
        return None

    async def heard_version(self, producer: str, subject: str) -> int:
        """The last version of a producer's stream that has been heard and applied; 0 for none."""
        heard = self._heard.get(producer, {}).values()
        return max((word.version for word in heard if word.subject == subject), default=0)

    def _stage_record(self, staged: _Staged, record: CommandRecord) -> None:
        known = self._records.get(record.key) or staged.records.get(record.key)
        if known is None:
            staged.records[record.key] = record
        elif known.fingerprint != record.fingerprint:
            raise KeyReused(record.key)
        else:
            raise VersionConflict(record.key)

    def _stage_append(self, staged: _Staged, append: Append) -> None:
        if not 1 <= len(append.events) <= EVENTS_PER_APPEND_MAX:
            raise ValueError(len(append.events))
        for event in append.events:
            known = self._streams.get(event.stream, [])
            fresh = staged.events.setdefault(event.stream, [])
            last = fresh[-1] if fresh else known[-1] if known else None
            expected = (last.version + 1, last.hash) if last is not None else (1, GENESIS)
            if (event.version, event.prev_hash) != expected:
                raise VersionConflict(event.stream)
            right = event_hash(
                event.event_id, event.stream, event.version, event.prev_hash, event.body
            )
            if event.hash != right or len(event.body) > BODY_BYTES_MAX:
                raise ValueError(event)
            fresh.append(event)

    def _stage_changes(self, staged: _Staged, change: Change) -> None:
        """A change of many rows as what it is: one for each of them."""
        shape = row_shape(change.table)
        if isinstance(change, Fresh):
            for values in change.rows:
                row = dict(zip(change.columns, values, strict=True))
                if self._row(staged.rows.get(shape.qualified, {}), shape, shape.key_of(row)):
                    raise ValueError(row)
                self._stage_change(staged, Put(change.table, row))
        elif isinstance(change, Sums):
            for key, deltas in change.rows.items():
                named = dict(zip(shape.key, key, strict=True))
                amounts = dict(zip(change.columns, deltas, strict=True))
                self._stage_change(staged, Add(change.table, named, amounts))
        else:
            self._stage_change(staged, change)

    def _stage_change(self, staged: _Staged, change: Put | Set | Add | Drop) -> None:
        shape = row_shape(change.table)
        rows = staged.rows.setdefault(shape.qualified, {})
        key = shape.key_of(change.row if isinstance(change, Put) else change.key)
        row = self._row(rows, shape, key)
        match change:
            case Put(row=whole):
                rows[key] = shape.complete(whole)
            case Set(values=values) if row is not None:
                rows[key] = shape.complete(row | dict(values))
            case Add(key=named, deltas=deltas) if row is None:
                rows[key] = shape.complete(dict(named) | dict(deltas))
            case Add(deltas=deltas) if row is not None:
                sums = {name: row[name] + delta for name, delta in deltas.items()}  # type: ignore[operator]
                rows[key] = row | sums
            case Drop():
                rows[key] = None
            case _:
                pass

    def _row(
        self, staged: Mapping[Key, dict[str, object] | None], shape: RowShape, key: Key
    ) -> dict[str, object] | None:
        return staged[key] if key in staged else self._rows.get(shape.qualified, {}).get(key)

    def _make_true(self, t: Transaction, staged: _Staged) -> None:
        for stream, events in staged.events.items():
            self._streams.setdefault(stream, []).extend(events)
        self._records |= staged.records
        self._unsequenced.extend(t.appends)
        for name, changed in staged.rows.items():
            rows = self._rows.setdefault(name, {})
            for key, row in changed.items():
                if row is None:
                    rows.pop(key, None)
                else:
                    rows[key] = row
        for snapshot in t.snapshots:
            known = self._snapshots.get(snapshot.stream)
            if known is None or _age(known) < _age(snapshot):
                self._snapshots[snapshot.stream] = snapshot
        for word in t.heard:
            self._heard.setdefault(word.producer, {})[word.number] = word
        for move in t.cursors:
            self._cursors[move.name] = move.after
        self.parked.extend(t.parked)
        self._schedule(t.deadlines)

    def _schedule(self, deadlines: Sequence[Deadline | CalledOff]) -> None:
        for deadline in deadlines:
            if isinstance(deadline, Deadline):
                self.deadlines[deadline.key] = deadline
            else:
                self.deadlines.pop(deadline.key, None)


def _age(snapshot: Snapshot) -> tuple[int, int]:
    return snapshot.schema, snapshot.version
