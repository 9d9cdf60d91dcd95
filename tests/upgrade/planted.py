"""`python -m tests.upgrade.planted`: whether an upgrade tells what the release before cannot read.

The release before is the last commit; this one is the same with a new version of three facts
planted in it. Written as before (ADR 0026) it must pass. Written anew it must be refused before
anything is started; and started nevertheless, the old processes must be seen to break. Exit code
1: one of the three was not so.
"""

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Final, NamedTuple

from deploy.local.layout import ROOT
from tests.upgrade.planting import plant
from tests.upgrade.release import commit_of, git_folder, laid_out


class Upgrade(NamedTuple):
    """How the facts are written, and what an upgrade makes of it."""

    title: str
    behind: bool
    code: int
    told: str
    """What must be in its output."""
    untold: str
    """What must not be there."""
    more: tuple[str, ...] = ()


STARTED: Final = "Starting Iron Abacus"
UPGRADES: Final = (
    Upgrade(
        title="read anew, written as before",
        behind=True,
        code=0,
        told="violations 0 of",
        untold="problem:",
    ),
    Upgrade(
        title="written anew",
        behind=False,
        code=1,
        told="is written in version 2",
        untold=STARTED,
    ),
    Upgrade(
        title="written anew, and nobody asked",
        behind=False,
        more=("--unasked",),
        code=1,
        told="problem: old /v1/",
        untold="problem: new /v1/",
    ),
)


def main() -> int:
    """All three, one after the other."""
    parser = argparse.ArgumentParser(prog="tests.upgrade.planted", description=__doc__)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--data", type=Path, default=ROOT / ".abacus" / "planted")
    arguments = parser.parse_args()
    commit = commit_of("HEAD")
    assert commit is not None, "this is no clone"
    right = [_as_it_must_be(one, commit, arguments) for one in UPGRADES]
    return int(not all(right))


def _as_it_must_be(upgrade: Upgrade, commit: str, arguments: argparse.Namespace) -> bool:
    began = time.monotonic()
    print(f"── {upgrade.title}", flush=True)
    with laid_out(commit) as tree:
        plant(tree, behind=upgrade.behind)
        done = subprocess.run(
            (sys.executable, "-m", "tests.upgrade", "--from", commit, "--seed", str(arguments.seed),
             "--data", str(arguments.data.absolute()), *upgrade.more),
            cwd=tree,
            env={**os.environ, "PYTHONPATH": str(tree), "GIT_DIR": str(git_folder())},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )  # fmt: skip
    print(done.stdout)
    right = (
        done.returncode == upgrade.code
        and upgrade.told in done.stdout
        and upgrade.untold not in done.stdout
    )
    took = time.monotonic() - began
    print(f"── {upgrade.title}: {'as it must be' if right else 'NOT SO'}, {took:.0f} s", flush=True)
    return right


if __name__ == "__main__":
    sys.exit(main())
