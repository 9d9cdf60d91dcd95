"""A service over a real database in which two regions live: A's story, and B's, which is A's copy.

A's people do what people do. Every row that it leaves in a read model is copied for B with other
codes, and with a canary in every name and every text. What no story reaches gets a row of B made
up from the columns. Nothing of B may ever be seen from A.
"""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import asyncpg
import httpx
from sqlalchemy import Column

from shared.clock import AdjustableClock, FixedOffset
from shared.eventstore import CursorMove, EventStore, Transaction
from shared.http.app import create_app
from shared.manifest import Service
from shared.testing.servers import Postgres, fresh_database, migrated
from shared.testing.tokens import AUDIENCE, ISSUER, Tokens
from tests.authority.doors import House

BIRD: Final = "金丝雀"
CODE: Final = "CANARY"
UUID_HEAD: Final = "cafecafe"
CANARIES: Final = (BIRD, CODE, UUID_HEAD)
A: Final = "653101"
B: Final = "653121"
_UUID: Final = re.compile(r"\b[0-9a-f]{8}(?=-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b)")
_THING: Final = re.compile(r"\b(?=[A-Z]*[PUDHV]\d)([A-Z]{1,2}\d{1,3})(?![\w.])")
_CHINESE: Final = re.compile(r"[\u4e00-\u9fff]{2,}")
_WORDS: Final = frozenset({"M05", "M08", "I1", "I2", "I3"})

type Story = Callable[[House, EventStore], Awaitable[None]]
type Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Twins:
    """A service with both regions in it, and what B's rows hold by column."""

    house: House
    theirs: Mapping[str, list[Any]]
    together: list[Row]
    copied: int
    made_up: int


@asynccontextmanager
async def twins(
    manifest: Service, postgres: Postgres, data_dir: Path, story: Story
) -> AsyncIterator[Twins]:
    """Serve a database with both regions."""
    template = await asyncio.to_thread(migrated, postgres, manifest.name)
    with fresh_database(postgres, template) as url:
        tokens = Tokens.fresh()
        settings = manifest.settings.model_validate(
            {"issuer": ISSUER, "audience": AUDIENCE, "data_dir": data_dir, "database_url": url,
             "nats_url": "nats://127.0.0.1:9", "clock": "adjustable",
             "requests_per_second_max": 0, "hiding_milliseconds": 0}
        )  # fmt: skip
        clock = AdjustableClock(FixedOffset())
        app = create_app(manifest, settings=settings, keys=tokens.keys, clock=clock)
        async with app.router.lifespan_context(app):
            store = app.state.runtime.store
            house = House(
                name=manifest.name, manifest=manifest, app=app, store=store, tokens=tokens
            )
            await story(house, store)
            await _folded(manifest, store)
            yield await _twinned(house, url)


async def _folded(manifest: Service, store: EventStore) -> None:
    """The worker has numbered the facts and folded the later read models."""
    while (await store.sequence()).taken:
        pass
    codec = manifest.aggregates.codec
    for later in manifest.projections:
        if later.inline or later.project is None:
            continue
        before = await store.cursor(later.name)
        entries = await store.read_ledger(before, 10_000)
        facts = [codec.decode(entry.event, entry.position) for entry in entries]
        changes = [change for fact in facts for change in later.project(fact)]
        move = CursorMove(later.name, before, entries[-1].position)
        await store.commit(Transaction(changes=changes, cursors=[move]))


async def _twinned(house: House, url: str) -> Twins:
    tables = {
        table.__tablename__: table
        for projection in house.manifest.projections
        for table in projection.tables
    }
    connection = await asyncpg.connect(url)
    theirs: dict[str, list[Any]] = {}
    together: list[Row] = []
    copied = made_up = 0
    try:
        for name, table in sorted(tables.items()):
            found = await connection.fetch(f'SELECT to_jsonb(t)::text FROM "{name}" AS t')  # noqa: S608
            rows = [json.loads(_of_b(row[0])) for row in found]
            copied += len(rows)
            if not rows:
                rows = [_made_up(table.__table__.columns.values())]
                made_up += 1
            for row in rows:
                row.pop("_since", None)
                names = ", ".join(f'"{column}"' for column in row)
                await connection.execute(
                    f'INSERT INTO "{name}" ({names}) SELECT {names} '  # noqa: S608
                    f'FROM jsonb_populate_record(NULL::"{name}", $1::jsonb) ON CONFLICT DO NOTHING',
                    json.dumps(row, ensure_ascii=False),
                )
                together.append(row)
                for column, value in row.items():
                    if isinstance(value, str | int) and value not in ("", None):
                        theirs.setdefault(column, []).append(value)
    finally:
        await connection.close()
    return Twins(house=house, theirs=theirs, together=together, copied=copied, made_up=made_up)


def _of_b(text: str) -> str:
    """The same row as B would have it."""
    text = text.replace(A, B)
    text = _UUID.sub(UUID_HEAD, text)
    text = _THING.sub(lambda found: found[0] if found[0] in _WORDS else CODE + found[0], text)
    return _CHINESE.sub(lambda found: found[0] + BIRD, text)


def _made_up(columns: Any) -> Row:  # noqa: ANN401 - SQLAlchemy's own collection
    return {column.name: _value(column) for column in columns if not column.name.startswith("_")}


def _value(column: Column[Any]) -> object:
    """Something of B that fits a column."""
    name, kind = column.name, column.type.python_type
    known = {"region_code": B, "region": B, "unit_code": f"{B}001", "department_code": B,
             "fiscal_year": 2021, "node": "M05",
             "parent_id": ""}  # fmt: skip
    if name in known:
        return known[name]
    made: dict[type, object] = {
        bool: False, int: 1, Decimal: "1.00", float: 1.0, date: "2021-03-01", list: [], dict: {},
        datetime: "2021-03-01T02:00:00+00:00", bytes: "\\x00", str: f"{CODE}{BIRD}",
    }  # fmt: skip
    return made.get(kind, f"{CODE}{BIRD}")


def client_of(house: House) -> httpx.AsyncClient:
    """A client as the stories of the services have it."""
    transport = httpx.ASGITransport(house.app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://twins.test")
