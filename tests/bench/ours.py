"""The jar service of the HTTP tests as a process: everything a real command goes through."""

import os

import uvicorn

from tests.shared.http.jars import service

if __name__ == "__main__":
    uvicorn.run(
        service.asgi(), port=int(os.environ["BENCH_PORT"]), loop="uvloop", http="httptools",
        access_log=False, log_config=None,
    )  # fmt: skip
