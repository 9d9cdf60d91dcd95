"""One interpreter that has imported the services once; every process of theirs is its fork.

Importing costs more than everything else of a start, and the services import nearly the same.
The forks share what was imported, which saves time and memory, and are otherwise processes like
any other: own session, log, environment. The nest starts nothing by itself; it answers one line
of JSON for each that it reads.
"""

import ctypes
import gc
import json
import os
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from importlib import import_module
from typing import Any, Final, NoReturn

from shared.cli import run
from shared.manifest import Service

NAME_PROCESS: Final = 15  # prctl's PR_SET_NAME
FAILED: Final = 70
GIVE_BACK_SECONDS: Final = 5.0


def main() -> None:
    """Import the services that the command line names, then fork whatever is asked for."""
    services: dict[str, Service] = {
        name: import_module(f"services.{name}.main").service for name in sys.argv[1:]
    }
    gc.collect()
    gc.freeze()
    ended: dict[int, int] = {}
    for line in sys.stdin:
        asked = json.loads(line)
        _bury(ended)
        if "pid" in asked:
            answer = {"code": _code_of(asked["pid"], ended)}
        else:
            answer = {"pid": _begin(services[asked["service"]], asked)}
        print(json.dumps(answer), flush=True)


def _begin(service: Service, asked: Mapping[str, Any]) -> int:
    """The id of a process that goes on by itself."""
    pid = os.fork()
    if pid == 0:
        _become(service, asked)
    return pid


def _bury(ended: dict[int, int]) -> None:
    """Note how those ended that nobody has asked for yet."""
    with suppress(ChildProcessError):
        while True:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if not pid:
                return
            ended[pid] = os.waitstatus_to_exitcode(status)


def _code_of(pid: int, ended: dict[int, int]) -> int:
    """The exit code of a process, which is waited for."""
    if pid in ended:
        return ended.pop(pid)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _become(service: Service, asked: Mapping[str, Any]) -> NoReturn:
    """Be the process that was asked for, to the end."""
    code = FAILED
    try:
        os.setsid()
        ctypes.CDLL(None).prctl(NAME_PROCESS, str(asked["name"]).encode(), 0, 0, 0)
        nothing = os.open(os.devnull, os.O_RDONLY)
        log = os.open(asked["log"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        for source, place in ((nothing, 0), (log, 1), (log, 2)):
            os.dup2(source, place)
        os.environ.clear()
        os.environ.update(asked["environment"])
        threading.Thread(target=_give_back_for_ever, name="giving back", daemon=True).start()
        sys.argv = [f"services.{service.name}", asked["verb"]]
        run(service)
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else FAILED
    except BaseException:  # noqa: BLE001 - the last frame of a process: whatever it was, say it
        sys.excepthook(*sys.exc_info())
    finally:
        with suppress(OSError):  # its log may lie on a full disk
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


def _give_back_for_ever() -> None:
    while give_back():
        time.sleep(GIVE_BACK_SECONDS)


def give_back() -> bool:
    """What large batches took and freed lies between what is still used: glibc keeps it unasked.

    Answers whether this machine's library can be asked at all.
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
    return trim is not None


if __name__ == "__main__":
    main()
