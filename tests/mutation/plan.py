"""Which modules are mutated, which tests must notice, how good they have to be; and who is excused.

Both are data beside this file: `plan.toml` and `excused.toml`.
"""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
FOLDER: Final = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Modules with the tests that exercise them.

    `core`: a sample is drawn from them. `least`: the part of the mutants that must be found.
    `real`: tests that ask for a database run as well, for what only a database can answer.
    """

    name: str
    modules: tuple[str, ...]
    tests: tuple[str, ...]
    core: bool
    least: float
    real: bool = False

    def files(self, root: Path = ROOT) -> tuple[str, ...]:
        """The modules by their paths."""
        return _paths(self.modules, root)

    def suites(self, root: Path = ROOT) -> tuple[str, ...]:
        """The tests by their paths; after `::` one test of a file."""
        parts = (one.partition("::") for one in self.tests)
        found = (
            f"{path}{mark}{name}" for file, mark, name in parts for path in _paths([file], root)
        )
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True, kw_only=True)
class Excuse:
    """A mutant that no test can find, and why."""

    module: str
    function: str
    before: str
    after: str
    reason: str


def groups(path: Path = FOLDER / "plan.toml") -> tuple[Group, ...]:
    """The plan."""
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(
        Group(
            name=one["name"],
            modules=tuple(one["modules"]),
            tests=tuple(one["tests"]),
            core=one.get("core", False),
            least=one["least"],
            real=one.get("real", False),
        )
        for one in told["group"]
    )


def excuses(path: Path = FOLDER / "excused.toml") -> tuple[Excuse, ...]:
    """Everything that is excused, each with its reason."""
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(Excuse(**one) for one in told.get("excused", ()))


def chosen(plan: Iterable[Group], asked: Sequence[str]) -> list[tuple[Group, tuple[str, ...]]]:
    """The groups that have a module below one of the asked paths, each with those modules."""
    found = []
    for group in plan:
        files = tuple(path for path in group.files() if any(_below(path, one) for one in asked))
        if files:
            found.append((group, files))
    unknown = [one for one in asked if not any(_below(f, one) for _, fs in found for f in fs)]
    if unknown:
        raise SystemExit(f"no group of tests/mutation/plan.toml has {', '.join(unknown)}")
    return found


def _below(path: str, asked: str) -> bool:
    return path == asked or path.startswith(f"{asked.rstrip('/')}/") or fnmatch(path, asked)


def _paths(patterns: Iterable[str], root: Path) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for pattern in patterns:
        paths = sorted(path.relative_to(root).as_posix() for path in root.glob(pattern))
        if not paths:
            raise SystemExit(f"{pattern} of tests/mutation/plan.toml is nowhere")
        found |= dict.fromkeys(path for path in paths if path.endswith(".py"))
    return tuple(found)
