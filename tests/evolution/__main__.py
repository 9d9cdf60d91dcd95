"""Keeps what is golden.

    python -m tests.evolution                   a sample of every event and word that has none yet
    python -m tests.evolution record PATH …     tell these stories, keep the histories that tell
                                                of events and words which no history has
    python -m tests.evolution fold              write golden states and read models anew, and show
                                                what is different from what they were

Samples and histories are only ever added to. A line that is there stays as it is: whoever wrote it
has long since gone home. `fold` is for a change that is meant: a new field, a new column.
"""

import asyncio
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.evolution.choosing import chosen
from tests.evolution.corpus import HERE, LOCK, SERVICES, missing
from tests.evolution.folded import difference, fold_all, golden, untold, write
from tests.evolution.histories import UNTOLD, keep


def main(arguments: Sequence[str]) -> int:
    """What the command line asks."""
    match arguments:
        case []:
            return sample()
        case ["fold"]:
            return asyncio.run(fold())
        case ["record", *paths] if paths:
            return record(paths)
        case _:
            print(__doc__)
            return 2


def sample() -> int:
    """Append the samples that are missing, and their hashes."""
    added = missing()
    for one in added:
        _append(HERE / one.file, f"{one.text}\n")
        _append(LOCK, f"{one.lock}\n")
    print(f"{len(added)} lines added")
    return 0


def record(paths: Sequence[str]) -> int:
    """Tell stories, and keep what they tell that no history has told; `fold` afterwards."""
    known = Path(paths[0])
    with tempfile.TemporaryDirectory() as folder:
        if not (known.is_dir() and any(known.glob("**/*.jsonl"))):
            listen = "-p", "tests.evolution.recording"
            told = [sys.executable, "-m", "pytest", "-q", *listen, *paths]
            subprocess.run(told, check=False, env={**os.environ, "HISTORIES": folder})
            known = Path(folder)
        found = asyncio.run(chosen(known))
    keep(found)
    for one in found:
        print(f"{one.service}: {one.story}, {len(one.lines)} lines")
    return asyncio.run(fold())


async def fold() -> int:
    """Golden states and read models as the code of today has them, and what was different."""
    for service in SERVICES:
        before, after = golden(service.name), await fold_all(service)
        for line in difference(before, after):
            print(f"{service.name} {line}")
        write(service.name, after)
    UNTOLD.write_text("".join(f"{one}\n" for one in untold()))
    return 0


def _append(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
