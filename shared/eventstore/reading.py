"""What is read from the kernel's tables, and how rows become values."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from shared.eventstore import (
    CommandRecord,
    HeardWord,
    LedgerEntry,
    Loaded,
    LoadedStream,
    SaidWord,
    Snapshot,
    StoredEvent,
)

type Row = Any  # asyncpg.Record: by name or by number

_SNAPSHOT, _EVENT, _RECORD = 1, 2, 3

# One trip for everything a group of commands must know. A snapshot counts only when it is
# younger than what the caller already holds.
LOAD: Final = """
WITH asked AS MATERIALIZED (
  SELECT a.stream, a.after, s.version, s.schema, s.hash, s.body
  FROM unnest($1::text[], $2::int[]) AS a(stream, after)
  LEFT JOIN es.snapshot s ON $4 AND s.stream = a.stream COLLATE "C" AND s.version > a.after
)
SELECT 1, stream, version, schema::text, NULL::uuid, body, NULL::bytea, hash
FROM asked WHERE version IS NOT NULL
UNION ALL
SELECT 2, e.stream, e.version, e.name, e.event_id, e.body, e.prev_hash, e.hash
FROM asked a CROSS JOIN LATERAL (
  SELECT * FROM es.event e
  WHERE e.stream = a.stream COLLATE "C" AND e.version > coalesce(a.version, a.after)
  ORDER BY e.version) e
UNION ALL
SELECT 3, key, 0, NULL, NULL, answer, NULL, fingerprint
FROM es.command WHERE key = ANY($3::text[] COLLATE "C")
"""

# What a transaction writes into the log makes its commit wait for the standby, and the standby has
# the log in order. Where nobody waits for one, nothing is written.
ASSURE: Final = """
SELECT CASE WHEN current_setting('synchronous_standby_names') <> ''
  THEN pg_logical_emit_message(true, 'abacus', '') END
"""

LEDGER: Final = """
SELECT l.position, e.event_id, e.stream, e.version, e.name, e.body, e.prev_hash, e.hash
FROM es.ledger l JOIN es.event e USING (append_id, idx)
WHERE l.position > $1 AND l.position <= $1 + $2 ORDER BY l.position
"""

# A reader of few kinds of events is spared the others; the last one says how far was read.
LEDGER_OF: Final = """
SELECT l.position, e.event_id, e.stream, e.version, e.name, e.body, e.prev_hash, e.hash
FROM es.ledger l JOIN es.event e USING (append_id, idx)
WHERE l.position > $1 AND l.position <= $1 + $2 AND (e.name = ANY($3::text[]) OR l.position = (
  SELECT max(position) FROM es.ledger WHERE position > $1 AND position <= $1 + $2))
ORDER BY l.position
"""

WORDS: Final = """
SELECT s.number, w.subject, w.event_type, w.body, s.leaf_hash
FROM es.said s JOIN es.word w USING (append_id, idx)
WHERE s.number > $1 AND s.number <= $1 + $2 ORDER BY s.number
"""

HEARD: Final = """
SELECT producer, number, event_type, subject, version, body, heard_on FROM es.heard
WHERE producer = $1 AND number > $2 ORDER BY number LIMIT $3
"""

CURSOR: Final = "SELECT position FROM es.cursor WHERE name = $1"
SILENCE: Final = """
SELECT extract(epoch FROM clock_timestamp()) - position / 1000.0
FROM es.cursor WHERE name = 'worker:beat_ms'
"""
HEAD: Final = "SELECT size, words FROM es.head"
HEARD_VERSION: Final = "SELECT max(version) FROM es.heard WHERE producer = $1 AND subject = $2"
SEQUENCE: Final = "SELECT to_position, to_number, taken FROM es.sequence_batch($1, $2)"


def loaded(rows: Iterable[Row]) -> Loaded:
    """The answer to `LOAD`."""
    snapshots: dict[str, Snapshot] = {}
    events: dict[str, list[StoredEvent]] = {}
    records: dict[str, CommandRecord] = {}
    for kind, name, version, text, event_id, body, prev_hash, known in rows:
        if kind == _EVENT:
            event = StoredEvent(event_id, name, version, text, body, prev_hash, known)
            events.setdefault(name, []).append(event)
        elif kind == _RECORD:
            records[name] = CommandRecord(name, known, body)
        else:
            snapshots[name] = Snapshot(name, version, int(text), known, body)
    streams = _streams(snapshots, events)
    return Loaded(streams=streams, records=records)


def _streams(
    snapshots: Mapping[str, Snapshot], events: Mapping[str, list[StoredEvent]]
) -> dict[str, LoadedStream]:
    return {
        stream: LoadedStream(snapshots.get(stream), events.get(stream, ()))
        for stream in snapshots.keys() | events.keys()
    }


def ledger_entries(rows: Iterable[Row]) -> list[LedgerEntry]:
    """The answer to `LEDGER`."""
    return [LedgerEntry(position, StoredEvent(*event)) for position, *event in rows]


def said_words(rows: Iterable[Row]) -> list[SaidWord]:
    """The answer to `WORDS`."""
    return [SaidWord(*row) for row in rows]


def heard_words(rows: Iterable[Row]) -> list[HeardWord]:
    """The answer to `HEARD`."""
    return [HeardWord(*row) for row in rows]
