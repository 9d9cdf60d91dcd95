"""`python -m tests.evolution`: keep a sample of every event and word that has none yet.

It only adds. A line that is there stays as it is: whoever wrote it has long since gone home.
"""

import sys
from pathlib import Path

from tests.evolution.corpus import HERE, LOCK, missing


def main() -> int:
    """Append what is missing, and its hash."""
    added = missing()
    for golden in added:
        _append(HERE / golden.file, golden.text)
        _append(LOCK, golden.lock)
    print(f"{len(added)} lines added")
    return 0


def _append(path: Path, line: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
