"""Work in a forked child: what it says, or that it did not end; nothing of it stays behind."""

import contextlib
import json
import os
import resource
import select
import signal
import time
from collections.abc import Callable

MEMORY_MAX = 6 * 2**30  # bytes of address space: a mutant may ask for all there is


def in_a_child(work: Callable[[], object], seconds: float) -> object | None:
    """The answer of `work`; nothing where the child died or was still at it after that time."""
    listening, speaking = os.pipe()
    child = os.fork()
    if child == 0:
        _work(work, speaking)
    os.close(speaking)
    try:
        return _heard(listening, time.monotonic() + seconds)
    finally:
        os.close(listening)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def allow_processor_time(seconds: float) -> None:
    """From now on this process may work so long; then it is ended."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime + seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))


def _work(work: Callable[[], object], speaking: int) -> None:
    try:
        os.setsid()
        silence = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(silence, stream)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MAX, resource.RLIM_INFINITY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        answer = json.dumps(work()).encode() + b"\n"
        while answer:
            answer = answer[os.write(speaking, answer) :]
    finally:
        os._exit(0)


def _heard(listening: int, until: float) -> object | None:
    said = b""
    while not said.endswith(b"\n"):
        left = until - time.monotonic()
        if left <= 0 or not select.select([listening], [], [], left)[0]:
            return None
        part = os.read(listening, 1 << 20)
        if not part:
            return None
        said += part
    found: object = json.loads(said)
    return found
