"""Writes docs/reference and the schemas of the public events, or checks that they are fresh.

python -m docs.generate              write docs/reference
python -m docs.generate --contracts  write shared/contracts/schemas, say what changed in words
python -m docs.generate --check      write nothing; fail where something would change
"""

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from docs.generator import asyncapi, commands, events, http, problems, schemas, surroundings
from docs.generator.house import ROOT, House

REFERENCE: Final = ROOT / "docs" / "reference"
KINDS: Final = (events, asyncapi, commands, http, problems, surroundings)


def reference() -> dict[Path, str]:
    """Every page as it should be."""
    house = House.load()
    pages = [kind.pages(house) for kind in KINDS]
    return {REFERENCE / path: text for found in pages for path, text in found.items()}


def stale(wanted: Mapping[Path, str], folder: Path) -> list[str]:
    """What differs, is missing, or is there and should not be."""
    there = {path for path in folder.rglob("*") if path.is_file()}
    differing = {
        path for path, text in wanted.items() if path not in there or path.read_text() != text
    }
    return sorted(str(path.relative_to(ROOT)) for path in differing | (there - set(wanted)))


def write(wanted: Mapping[Path, str], folder: Path) -> list[str]:
    """Make the folder what it should be; the names of what changed."""
    changed = stale(wanted, folder)
    for path, text in wanted.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    for name in changed:
        if ROOT / name not in wanted:
            (ROOT / name).unlink()
    return changed


def contracts(*, allow_breaking: bool) -> int:
    """Write the schemas; a change that breaks hearers is refused unless it was asked for."""
    wanted = schemas.files()
    after = {path.name: json.loads(text) for path, text in wanted.items()}
    broken = schemas.changes(schemas.committed(), after)
    for name, wrong in broken.items():
        print(f"{name} breaks whoever hears it:")
        print("\n".join(f"  {line}" for line in wrong))
    if broken and not allow_breaking:
        print("Add a version instead. Before the first release: make contracts BREAKING=1")
        return 1
    for name in write(wanted, schemas.FOLDER):
        print(f"  {name}")
    return 0


def check() -> int:
    """Whether everything generated is what the code says now."""
    found = stale(schemas.files(), schemas.FOLDER) + stale(reference(), REFERENCE)
    if found:
        print("Not fresh, run `make contracts docs`:")
        print("\n".join(f"  {name}" for name in found))
    return 1 if found else 0


def main() -> int:
    """Do what the arguments ask."""
    parser = argparse.ArgumentParser(prog="docs.generate")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--contracts", action="store_true")
    parser.add_argument("--breaking", action="store_true")
    arguments = parser.parse_args()
    if arguments.check:
        return check()
    if arguments.contracts:
        return contracts(allow_breaking=arguments.breaking)
    for name in write(reference(), REFERENCE):
        print(f"  {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
