"""`python -m tests.contract --seconds 600 --seed 0`: every check, every phase, on all services.

Starts a system of its own, plays a small year, and has schemathesis read the four documents one
after the other: examples, boundaries, random requests, and chains of requests that follow links.
"""

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from deploy.local.layout import SERVICES
from tests.contract.reading import Asked, read
from tests.deploy.installation import installed
from tests.system.running import Running, Year, played


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.contract", description=__doc__)
    parser.add_argument("--seconds", type=int, default=600, help="for each phase of each service")
    parser.add_argument("--examples", type=int, default=None, help="for each operation")
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args()


async def _all(year: Year, arguments: argparse.Namespace, folder: Path) -> bool:
    sound = True
    for service in SERVICES:
        for phases in ("examples,coverage", "fuzzing", "stateful"):
            asked = Asked(
                phases=phases,
                seconds=arguments.seconds,
                seed=arguments.seed,
                examples=arguments.examples,
            )
            verdict = await read(year, service, asked, folder)
            sound &= verdict.sound
            print(f"{service} {phases}: {'sound' if verdict.sound else 'BROKEN'}")
            print(verdict.summary if verdict.sound else verdict.report)
    return sound


def main() -> int:
    """Read them all on a fresh system; leave nothing behind."""
    arguments = _arguments()
    with installed(clock="adjustable") as installation, tempfile.TemporaryDirectory() as folder:
        year = played(Running(installation))
        return int(not asyncio.run(_all(year, arguments, Path(folder))))


if __name__ == "__main__":
    sys.exit(main())
