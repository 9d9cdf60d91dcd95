"""A transaction as SQL: one statement where that is possible, else a few in order.

A statement is a transaction of its own, so a plain command with its read models needs one
round trip instead of four (begin, append, fold, commit).
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from operator import attrgetter
from typing import Final

import msgspec

from shared.eventstore import Transaction
from shared.eventstore.appending import APPEND, APPEND_PARAMETERS, append_arguments
from shared.eventstore.gathering import Batch, Kind, gather
from shared.eventstore.rows import RowShape
from shared.eventstore.statements import Statement, StatementKey, copied, parameters_of, sql_of
from shared.eventstore.travelling import MANY
from shared.messages import CalledOff, Deadline

# Statements are prepared once per connection and combination of tables; three tables keep
# the number of combinations, and with it the memory of the server, small.
FOLDED_TABLES_MAX: Final = 3
COMBINATIONS_MAX: Final = 1_000

_DAY: Final = "SELECT set_config('abacus.day', $1, true)"
_MOVE: Final = "SELECT es.move_cursors($1::text[], $2::bigint[], $3::bigint[])"
_SNAPSHOTS: Final = """
INSERT INTO es.snapshot AS s (stream, version, schema, hash, body)
SELECT * FROM unnest($1::text[], $2::int[], $3::int[], $4::bytea[], $5::bytea[])
ON CONFLICT (stream) DO UPDATE SET version = excluded.version, schema = excluded.schema,
  hash = excluded.hash, body = excluded.body
WHERE (s.schema, s.version) < (excluded.schema, excluded.version)
"""
_HEARD: Final = """
INSERT INTO es.heard (producer, number, event_type, subject, version, body, heard_on)
SELECT * FROM unnest(
  $1::text[], $2::bigint[], $3::text[], $4::text[], $5::int[], $6::bytea[], $7::date[])
"""
_PARKED: Final = """
INSERT INTO es.parked (reader, producer, number, subject, reason)
SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::text[])
ON CONFLICT (reader, producer, number) DO UPDATE SET reason = excluded.reason
"""
_SNAPSHOT_ROW: Final = attrgetter("stream", "version", "schema", "hash", "body")
_HEARD_ROW: Final = attrgetter(
    "producer", "number", "event_type", "subject", "version", "body", "heard_on"
)
_PARKED_ROW: Final = attrgetter("reader", "producer", "number", "subject", "reason")
_CALL_OFF: Final = "DELETE FROM es.deadline WHERE key = ANY($1::text[])"
_SCHEDULE: Final = """
INSERT INTO es.deadline (key, kind, subject, due_at)
SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[])
ON CONFLICT (key) DO UPDATE SET kind = excluded.kind, subject = excluded.subject,
  due_at = excluded.due_at
"""


class Query(msgspec.Struct, frozen=True):
    """A statement with its arguments."""

    sql: str
    arguments: Sequence[object]


class Copy(msgspec.Struct, frozen=True):
    """Many new rows of one table, as the lines of a COPY."""

    shape: RowShape
    lines: bytes


class Written(Transaction, frozen=True, kw_only=True):
    """A transaction with the statements that make it true."""

    queries: Sequence[Query | Copy]


def written(transaction: Transaction) -> Written:
    """Its statements, unless they are there. What they do to read models is kept in them alone."""
    if isinstance(transaction, Written):
        return transaction
    kept = {name: getattr(transaction, name) for name in transaction.__struct_fields__}
    return Written(**{**kept, "changes": ()}, queries=queries(transaction))


def queries(transaction: Transaction) -> list[Query | Copy]:
    """The statements of a transaction, in their order; a single one needs no `BEGIN`.

    Cursors come first: a reader that has lost its place must not wait for anything else.
    """
    t = transaction
    rounds = gather(t.changes)
    if _fits_one(t, rounds):
        return [_folded_query(t, rounds[0] if rounds else [])]
    # Only what removes a row has no column to say the day in.
    drops = any(batch.kind is Kind.DROP for batches in rounds for batch in batches)
    found: list[Query | Copy] = [Query(_DAY, [_said(t.day)])] if drops else []
    if t.cursors:
        moves = sorted((move.name, move.before, move.after) for move in t.cursors)
        found.append(Query(_MOVE, _columns(moves)))
    if t.appends or t.records:
        found.append(Query(APPEND, append_arguments(t.appends, t.records)))
    found += [_fold(batch, t.day) for batches in rounds for batch in batches]
    return [*found, *_own_tables(transaction)]


def _fold(batch: Batch, day: date | None) -> Query | Copy:
    lines = copied(batch, day)
    if lines is not None:
        return Copy(batch.shape, lines)
    fold = Statement(batch, day)
    return Query(sql_of(fold.key), fold.arguments)


def _fits_one(t: Transaction, rounds: Sequence[Sequence[Batch]]) -> bool:
    """Whether append and read models are all there is, and no table comes twice."""
    others = t.snapshots or t.heard or t.cursors or t.parked or t.deadlines
    if others or not (t.appends or t.records):
        return False
    batches = [batch for batches in rounds for batch in batches]
    if any(batch.kind is Kind.DROP or len(batch.rows) >= MANY for batch in batches):
        return False
    tables = {batch.shape for batch in batches}
    return len(batches) == len(tables) <= FOLDED_TABLES_MAX


def _folded_query(t: Transaction, batches: Sequence[Batch]) -> Query:
    statements = [Statement(batch, t.day) for batch in batches]
    arguments: list[object] = [*append_arguments(t.appends, t.records)]
    for statement in statements:
        arguments += statement.arguments
    return Query(_folded(tuple([statement.key for statement in statements])), arguments)


def _own_tables(transaction: Transaction) -> Iterator[Query]:
    t = transaction
    if t.snapshots:
        last = {one.stream: one for one in t.snapshots}
        yield Query(_SNAPSHOTS, _columns(map(_SNAPSHOT_ROW, map(last.get, sorted(last)))))
    if t.heard:
        yield Query(_HEARD, _columns(map(_HEARD_ROW, t.heard)))
    if t.parked:
        yield Query(_PARKED, _columns(map(_PARKED_ROW, t.parked)))
    if t.deadlines:
        yield from _deadlines(t.deadlines)


def _deadlines(deadlines: Sequence[Deadline | CalledOff]) -> Iterator[Query]:
    """What was said last of a deadline counts. Sorted: two writers cannot lock in a circle."""
    last_of = {one.key: one for one in deadlines}
    called_off = sorted(key for key, one in last_of.items() if isinstance(one, CalledOff))
    scheduled = [one for _, one in sorted(last_of.items()) if isinstance(one, Deadline)]
    if called_off:
        yield Query(_CALL_OFF, [called_off])
    if scheduled:
        rows = [(one.key, one.kind, one.subject, one.due_at) for one in scheduled]
        yield Query(_SCHEDULE, _columns(rows))


def _columns(rows: Iterable[tuple[object, ...]]) -> list[list[object]]:
    return [list(column) for column in zip(*rows, strict=True)]


@lru_cache(maxsize=COMBINATIONS_MAX)
def _folded(keys: tuple[StatementKey, ...]) -> str:
    """The append as the main query, and every batch as a part that runs to its end with it."""
    if not keys:
        return APPEND
    parts = []
    first = APPEND_PARAMETERS + 1
    for nth, key in enumerate(keys):
        parts.append(f"t{nth} AS ({sql_of(key, first)})")
        first += parameters_of(key)
    return f"WITH {', '.join(parts)} {APPEND}"


def _said(day: date | None) -> str:
    """The day as the triggers of the read models read it; none: the database's own."""
    return day.isoformat() if day else ""
