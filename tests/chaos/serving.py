"""Processes that serve the jars on a port that is open already.

    python -m tests.chaos.serving DESCRIPTOR

Imports once and forks for every `begin` on its standard input, as the nest of `deploy/local` does;
answers the process id once the process serves. `end PID` sends SIGTERM and answers the exit code.
"""

import functools
import os
import signal
import socket
import sys
from typing import Never

import uvicorn

from shared.cli import serve
from tests.shared.http.jars import service


def main() -> None:
    """Do as told until nobody tells anything more; then nobody is left."""
    door = int(sys.argv[1])
    running: set[int] = set()
    try:
        for line in sys.stdin:
            match line.split():
                case ["end", pid]:
                    os.kill(int(pid), signal.SIGTERM)
                    running.discard(int(pid))
                    print(os.waitstatus_to_exitcode(os.waitpid(int(pid), 0)[1]), flush=True)
                case _:
                    running.add(begun(door))
    finally:
        for pid in running:
            os.kill(pid, signal.SIGKILL)


def begun(door: int) -> int:
    """A process more; waits until it serves."""
    ready, told = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(ready)
        _serve(door, told)
    os.close(told)
    os.read(ready, 1)
    os.close(ready)
    print(pid, flush=True)
    return pid


def _serve(door: int, told: int) -> Never:
    """`serve` as it is, but for the port, and for telling that it answers."""
    uvicorn.Config = functools.partial(uvicorn.Config, fd=door)  # type: ignore[assignment,misc]
    starting = uvicorn.Server.startup

    async def startup(self: uvicorn.Server, sockets: list[socket.socket] | None = None) -> None:
        await starting(self, sockets)
        os.write(told, b".")

    uvicorn.Server.startup = startup  # type: ignore[method-assign]
    code = 1
    try:
        serve(service)
        code = 0
    finally:
        os._exit(code)


if __name__ == "__main__":
    main()
