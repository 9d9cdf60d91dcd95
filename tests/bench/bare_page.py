"""The limit of reading: an application that knows nothing and answers 304 to everybody."""

import os
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import uvicorn

type Message = MutableMapping[str, Any]


async def app(
    _scope: Message, _receive: object, send: Callable[[Message], Awaitable[None]]
) -> None:
    """One tag for everything."""
    await send({"type": "http.response.start", "status": 304, "headers": [(b"etag", b'W/"1"')]})
    await send({"type": "http.response.body", "body": b""})


if __name__ == "__main__":
    uvicorn.run(
        app, port=int(os.environ["BENCH_PORT"]), loop="uvloop", http="httptools", lifespan="off",
        access_log=False, log_level="error",
    )  # fmt: skip
