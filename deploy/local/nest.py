"""One interpreter per service that has imported it once; every process of the service is its fork.

Importing costs more than everything else of a start. The forks share what was imported, which
saves time and memory, and are otherwise processes like any other: own session, log, environment.
A nest starts nothing by itself; it answers one line of JSON for each that it reads.
"""

import ctypes
import gc
import json
import os
import signal
import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Any, Final, NoReturn

from shared.cli import run
from shared.manifest import Service

NAME_PROCESS: Final = 15  # prctl's PR_SET_NAME
FAILED: Final = 70


def main() -> None:
    """Import the service that the command line names, then fork whatever is asked for."""
    service: Service = import_module(f"services.{sys.argv[1]}.main").service
    gc.collect()
    gc.freeze()
    # Nobody waits for the forks: the supervisor looks at them, the system buries them.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        asked = json.loads(line)
        print(json.dumps(_begin(service, asked)), flush=True)


def _begin(service: Service, asked: Mapping[str, Any]) -> Mapping[str, int]:
    """The id of a process that goes on, or the exit code of one that was waited for."""
    if asked["wait"]:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    pid = os.fork()
    if pid == 0:
        _become(service, asked)
    if not asked["wait"]:
        return {"pid": pid}
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    return {"code": code}


def _become(service: Service, asked: Mapping[str, Any]) -> NoReturn:
    """Be the process that was asked for, to the end."""
    code = FAILED
    try:
        os.setsid()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        ctypes.CDLL(None).prctl(NAME_PROCESS, str(asked["name"]).encode(), 0, 0, 0)
        nothing = os.open(os.devnull, os.O_RDONLY)
        log = os.open(asked["log"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        for source, place in ((nothing, 0), (log, 1), (log, 2)):
            os.dup2(source, place)
        os.environ.clear()
        os.environ.update(asked["environment"])
        sys.argv = [f"services.{service.name}", asked["verb"]]
        run(service)
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else FAILED
    except BaseException:  # noqa: BLE001 - the last frame of a process: whatever it was, say it
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
