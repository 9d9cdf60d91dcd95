"""The limit: an endpoint that reads a raw body and makes one INSERT, with none of our promises."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
import uvicorn
from fastapi import FastAPI, Request, Response

CONNECTIONS = 6


async def _leave_as_it_is(_connection: object) -> None:
    """No reset query: the bare limit gets every advantage that we give ourselves."""


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    app.state.pool = await asyncpg.create_pool(
        os.environ["BENCH_URL"], min_size=CONNECTIONS, max_size=CONNECTIONS, reset=_leave_as_it_is
    )
    yield
    await app.state.pool.close()


app = FastAPI(lifespan=_lifespan)


@app.post("/put/{jar_id}", status_code=204)
async def put(jar_id: str, request: Request) -> Response:
    """One row, committed."""
    await app.state.pool.execute(
        "INSERT INTO bare (jar, body) VALUES ($1, $2)", jar_id, await request.body()
    )
    return Response(status_code=204)


if __name__ == "__main__":
    uvicorn.run(
        app, port=int(os.environ["BENCH_PORT"]), loop="uvloop", http="httptools",
        access_log=False, log_level="error",
    )  # fmt: skip
