"""Whether the process lives, whether it can serve, and what it measures.

Ready means: the database answers and a worker has been heard of lately. The worker writes a
heartbeat with its lag and whether it sees the bus; the API itself never talks to the bus.
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

from shared.http.runtime import Runtime
from shared.telemetry import LAG

CHECK_SECONDS_MAX: Final = 3.0
_NO_STORE: Final = {"cache-control": "no-store"}


async def readiness(runtime: Runtime) -> tuple[bool, dict[str, Any]]:
    """What stands between this process and serving, if anything."""
    if runtime.engine is None:
        return True, {"database": "none"}
    try:
        async with asyncio.timeout(CHECK_SECONDS_MAX), runtime.engine.connect() as connection:
            rows = (await connection.execute(_WORKER)).mappings().all()
    except (SQLAlchemyError, asyncpg.PostgresError, OSError, TimeoutError):
        return False, {"database": "away"}
    workers = [dict(row) for row in rows]
    alive = [
        w for w in workers if w["silent_seconds"] <= runtime.settings.worker_silence_seconds_max
    ]
    for worker in alive:
        LAG.labels(runtime.service, "worker").set(worker["lag_seconds"] or 0)
    shown = {
        "database": "ok",
        "worker": "ok" if alive else "silent",
        "bus": "ok" if any(w["bus"] for w in alive) else "away",
        "lag_seconds": max((w["lag_seconds"] or 0 for w in alive), default=None),
    }
    return bool(alive), shown


_WORKER: Final = text("SELECT 0 AS silent_seconds, true AS bus, 0.0 AS lag_seconds")


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
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST, headers=_NO_STORE)

    app.add_route("/livez", livez, include_in_schema=False)
    app.add_route("/readyz", readyz, include_in_schema=False)
    app.add_route("/metrics", metrics, include_in_schema=False)
