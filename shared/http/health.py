"""Whether the process lives, whether it can serve, and what it measures.

Ready means: the database answers, and a worker that sees the bus has been heard of lately. It
writes that down every second (`shared.heartbeat`). A reader that has stopped at a word it cannot
apply is shown and counted, but does not take the API away from everybody; neither do words that
are parked with their reason (`python -m services.<name> parked` lists them).
"""

import asyncio
from typing import Any, Final

import asyncpg
import msgspec
from fastapi import FastAPI, Request
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import Response

from shared.http.measures import measure
from shared.http.runtime import Runtime
from shared.telemetry import LAG, PARKED

CHECK_SECONDS_MAX: Final = 3.0
MILLISECONDS: Final = 1_000
_NO_STORE: Final = {"cache-control": "no-store"}


async def readiness(runtime: Runtime) -> tuple[bool, dict[str, Any]]:
    """Whether this process can serve, and what was looked at."""
    if runtime.engine is None:
        return True, {"database": "none"}
    try:
        async with asyncio.timeout(CHECK_SECONDS_MAX), runtime.engine.connect() as connection:
            rows = (await connection.execute(_MARKS)).all()
            parked = (await connection.execute(_PARKED)).all()
    except (SQLAlchemyError, asyncpg.PostgresError, OSError, TimeoutError):
        return False, {"database": "away"}
    marks = {str(name): int(position) for name, position in rows}
    # Both moments are the database's: the clocks of api and worker may differ.
    silent = (marks.get("now:ms", 0) - marks.get("worker:beat_ms", 0)) / MILLISECONDS
    alive = silent <= runtime.settings.worker_silence_seconds_max
    behind = {n.removeprefix("lag:"): v for n, v in marks.items() if n.startswith("lag:")}
    halted = bool(marks.get("worker:halted"))
    shown = {
        "database": "ok",
        "feed": "knows more than the database" if halted else "ok",
        "worker": "ok" if alive else "silent",
        "bus": "ok" if alive and marks.get("worker:bus") else "away",
        "replicas_missing": marks.get("worker:replicas_missing", 0),
        "stopped_readers": marks.get("worker:stopped", 0),
        "parked_words": {str(reader): int(count) for reader, count in parked},
        "lag_seconds": marks.get("worker:lag_ms", 0) / MILLISECONDS,
        "lag_entries": behind,
    }
    for reader, entries in behind.items():
        LAG.labels(runtime.service, reader).set(entries)
    PARKED.clear()
    for reader, count in parked:
        PARKED.labels(runtime.service, reader).set(count)
    return alive and bool(marks.get("worker:bus")) and not halted, shown


_MARKS: Final = text(
    "SELECT name, position FROM es.cursor WHERE name LIKE 'worker:%' OR name LIKE 'lag:%' "
    "UNION ALL SELECT 'now:ms', (extract(epoch FROM clock_timestamp()) * 1000)::bigint"
)
_PARKED: Final = text("SELECT reader, count(*) FROM es.parked GROUP BY reader ORDER BY reader")


def add_health(app: FastAPI, runtime: Runtime) -> None:
    """Serve `/livez`, `/readyz` and `/metrics`; they need no token and are not published."""

    async def livez(_request: Request) -> Response:
        return Response(b'{"status":"ok"}', media_type="application/json", headers=_NO_STORE)

    async def readyz(_request: Request) -> Response:
        ready, checks = await readiness(runtime)
        body = msgspec.json.encode({"status": "ok" if ready else "unavailable", **checks})
        status = 200 if ready else 503
        headers = _NO_STORE if ready else {**_NO_STORE, "retry-after": "5"}
        return Response(body, status, media_type="application/json", headers=headers)

    async def metrics(_request: Request) -> Response:
        ready, checks = await readiness(runtime)
        await measure(runtime, checks, ready=ready)
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST, headers=_NO_STORE)

    app.add_route("/livez", livez, include_in_schema=False)
    app.add_route("/readyz", readyz, include_in_schema=False)
    app.add_route("/metrics", metrics, include_in_schema=False)
