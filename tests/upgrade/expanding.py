"""What a migration takes from a process of the release before it, or asks of it.

A step expands when everything that was there is there as it was, and nothing has to be given that
nobody gave before. Then an old process beside new tables reads and writes as ever.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import asyncpg

type Connection = asyncpg.Connection[asyncpg.Record]

# By table and column: its type, and whether a new row must name it.
_COLUMNS: Final = """
SELECT c.oid::regclass::text, a.attname::text, format_type(a.atttypid, a.atttypmod),
       a.attnotnull AND NOT a.atthasdef AND a.attidentity = ''
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname IN ('public', 'es', 'as_of') AND c.relkind IN ('r', 'v', 'p')
  AND a.attnum > 0 AND NOT a.attisdropped AND c.relname <> 'alembic_version'
"""
# What a row must keep: keys, checks, references; and a unique index, which is no constraint.
_RULES: Final = """
SELECT conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint
WHERE conrelid <> 0 AND contype <> 'n'
  AND connamespace IN (SELECT oid FROM pg_namespace WHERE nspname IN ('public', 'es'))
UNION
SELECT indrelid::regclass::text, regexp_replace(pg_get_indexdef(indexrelid), 'INDEX \\S+ ', '')
FROM pg_index JOIN pg_class c ON c.oid = indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE indisunique AND n.nspname IN ('public', 'es')
"""
_RIGHTS: Final = """
SELECT r.rolname || ' may ' || p || ' ' || c.oid::regclass FROM pg_roles r, pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
CROSS JOIN unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) AS p
WHERE r.rolname IN (current_database() || '_app', current_database() || '_worker')
  AND n.nspname IN ('public', 'es') AND c.relkind = 'r' AND has_table_privilege(r.oid, c.oid, p)
UNION
SELECT 'function ' || f.oid::regprocedure FROM pg_proc f JOIN pg_namespace n ON n.oid = pronamespace
WHERE n.nspname IN ('public', 'es')
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What a process may rely on in its database, and what it must do there."""

    columns: Mapping[tuple[str, str], tuple[str, bool]]
    rules: frozenset[tuple[str, str]]
    rights: frozenset[str]


async def shape(connection: Connection) -> Shape:
    """As it is now."""
    columns = await connection.fetch(_COLUMNS)
    return Shape(
        columns={(table, name): (kind, must) for table, name, kind, must in columns},
        rules=frozenset((table, rule) for table, rule in await connection.fetch(_RULES)),
        rights=frozenset(right for (right,) in await connection.fetch(_RIGHTS)),
    )


def narrowed(before: Shape, after: Shape) -> list[str]:
    """Everything that a process of before may stumble over after."""
    return sorted((*_columns(before, after), *_rules(before, after), *_rights(before, after)))


def _columns(before: Shape, after: Shape) -> Iterator[str]:
    tables = {table for table, _ in before.columns}
    for (table, name), (kind, must) in before.columns.items():
        now = after.columns.get((table, name))
        if now is None:
            yield f"{table}.{name} is gone"
        elif now[0] != kind:
            yield f"{table}.{name} was {kind} and is {now[0]}"
        elif now[1] and not must:
            yield f"{table}.{name} must be given now"
    for (table, name), (_, must) in after.columns.items():
        if must and table in tables and (table, name) not in before.columns:
            yield f"{table}.{name} is new, and must be given"


def _rules(before: Shape, after: Shape) -> Iterator[str]:
    tables = {table for table, _ in before.columns}
    for table, rule in after.rules - before.rules:
        if table in tables:
            yield f"{table} has a new rule: {rule}"


def _rights(before: Shape, after: Shape) -> Iterator[str]:
    gone = {table for table, _ in before.columns} - {table for table, _ in after.columns}
    for right in before.rights - after.rights:
        if right.rpartition(" ")[2] not in gone:
            yield f"no longer: {right}"
