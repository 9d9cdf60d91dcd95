"""Rows as they lay in the tables of an earlier version: two in each, whatever their columns are."""

from collections.abc import Mapping
from typing import Any, Final

import asyncpg

type Connection = asyncpg.Connection[asyncpg.Record]

ROWS: Final = 2
_COLUMNS: Final = """
SELECT table_name, column_name, data_type FROM information_schema.columns
WHERE table_schema = 'public' AND table_name <> 'alembic_version' AND is_generated = 'NEVER'
  AND is_identity = 'NO' AND column_name NOT LIKE '\\_%' ORDER BY table_name, ordinal_position
"""
_VALUES: Final[Mapping[str, str]] = {
    "integer": "{n}",
    "bigint": "{n}",
    "smallint": "{n}",
    "numeric": "{n}.00",
    "double precision": "{n}",
    "boolean": "true",
    "date": "'2021-03-0{n}'",
    "timestamp with time zone": "'2021-03-0{n}T02:00:00Z'",
    "json": "'[]'",
    "jsonb": "'[]'",
    "ARRAY": "'{{}}'",
    "uuid": "'00000000-0000-0000-0000-00000000000{n}'",
    "bytea": "'\\x0{n}'",
    "text": "'old {n}'",
    "character varying": "'old {n}'",
}


async def columns(connection: Connection) -> dict[str, dict[str, str]]:
    """The types of the columns of each read model."""
    found: dict[str, dict[str, str]] = {}
    for table, column, kind in await connection.fetch(_COLUMNS):
        found.setdefault(table, {})[column] = kind
    return found


async def fill(connection: Connection) -> None:
    """Put two rows into every table that has none."""
    for table, kinds in (await columns(connection)).items():
        if await connection.fetchval(f'SELECT count(*) FROM public."{table}"'):  # noqa: S608
            continue
        names = ", ".join(f'"{name}"' for name in kinds)
        rows = ", ".join(
            f"({', '.join(_value(name, kind, n) for name, kind in kinds.items())})"
            for n in range(1, ROWS + 1)
        )
        await connection.execute(f'INSERT INTO public."{table}" ({names}) VALUES {rows}')  # noqa: S608


def _value(name: str, kind: str, n: int) -> str:
    return "'[]'" if name.endswith("_json") else _VALUES[kind].format(n=n)


async def contents(connection: Connection) -> dict[str, list[dict[str, Any]]]:
    """Every row of every read model."""
    return {
        table: [
            {name: row[name] for name in kinds}
            for row in await connection.fetch(f'SELECT * FROM public."{table}"')  # noqa: S608
        ]
        for table, kinds in (await columns(connection)).items()
    }
