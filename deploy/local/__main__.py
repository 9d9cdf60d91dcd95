"""`python -m deploy.local up | down | token | demo`, behind `make up` and its siblings."""

import argparse
import shutil
import sys
from dataclasses import replace
from pathlib import Path
from typing import Final

from deploy.local.launcher import NotStarted, down, links, memory_bytes, up
from deploy.local.layout import FIRST_PORT, SERVICES, Layout
from deploy.local.migration import write_step
from deploy.local.play import play
from deploy.local.state import State
from deploy.local.tokens import token

MEBIBYTE: Final = 1024 * 1024


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="deploy.local", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path(".abacus"), help="the data folder")
    parser.set_defaults(clock="system")
    parser.add_argument("--port", type=int, default=FIRST_PORT, help="the first of four ports")
    verbs = parser.add_subparsers(dest="verb", required=True)
    started = verbs.add_parser("up")
    started.add_argument("--clock", choices=("system", "adjustable"), default="system")
    verbs.add_parser("down")
    demo = verbs.add_parser("demo")
    demo.add_argument("--check", action="store_true", help="fail on a differing figure, then stop")
    demo.add_argument("--scenario", type=Path)
    demo.add_argument("--projects", type=int)
    step = verbs.add_parser("migration")
    step.add_argument("service", choices=SERVICES)
    step.add_argument("sentence")
    minted = verbs.add_parser("token")
    minted.add_argument("--role", action="append", required=True)
    for name in ("--region", "--unit", "--department", "--name"):
        minted.add_argument(name)
    return parser.parse_args()


def _up(layout: Layout) -> State:
    print("Starting Iron Abacus on this machine")
    state = up(layout)
    print(f"Ready. All processes together take {memory_bytes(state) // MEBIBYTE} MiB.")
    print(links(state))
    return state


def _demo(layout: Layout, arguments: argparse.Namespace) -> int:
    """A fresh system each time, so that the same year always gives the same figures."""
    down(layout)
    shutil.rmtree(layout.data, ignore_errors=True)
    state = _up(layout)
    code = play(layout, state, arguments)
    print(f"All processes together take {memory_bytes(state) // MEBIBYTE} MiB.")
    if arguments.check:
        down(layout)
        return code
    print(links(state))
    print("The system runs on; `make down` ends it.")
    return code


def main() -> int:
    """Do what was asked; the exit code says whether it was done."""
    arguments = _arguments()
    base = Layout(data=arguments.data.absolute(), first_port=arguments.port)
    own = replace(base, data=base.data / "up", clock=arguments.clock)
    demo = replace(base, data=base.data / "demo", clock="adjustable")
    try:
        match arguments.verb:
            case "up":
                _up(own)
            case "demo":
                return _demo(demo, arguments)
            case "down":
                ended = [down(layout) for layout in (own, demo)]
                print("Stopped." if any(ended) else "Nothing was running.")
            case "migration":
                write_step(arguments.service, arguments.sentence)
            case _:
                running = State.read(demo.state_file)
                print(token(demo if running is not None and running.alive else own, arguments))
    except NotStarted as problem:
        print(f"Iron Abacus did not start: {problem}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
