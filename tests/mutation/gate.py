"""Runs pytest over the mutants of groups, and those that need a fresh process one by one."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tests.mutation.mutants import Mutant, Mutants
from tests.mutation.plan import ROOT

_PYTEST: Final = (
    sys.executable, "-m", "pytest", "-o", "addopts=", "--import-mode=importlib",
    "-p", "tests.mutation.trying", "-p", "no:randomly", "-p", "no:cacheprovider", "-p", "no:xdist",
)  # fmt: skip
_IN_MEMORY: Final = ("-m", "not real")
_NOTICED: Final = frozenset({1, 2, 3, 4})  # a test failed, or it could not even be loaded


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What became of one mutant: found (by which test), endless, survived or unreached."""

    mutant: Mutant
    before: str
    after: str
    word: str
    by: str

    @property
    def found(self) -> bool:
        """Whether somebody would have noticed; a test run that never ends is noticed, too."""
        return self.word in {"found", "endless"}


def judged(
    modules: Mapping[str, Mutants],
    mutants: Sequence[Mutant],
    suites: Sequence[str],
    *,
    real: bool = False,
) -> Iterator[Verdict]:
    """Each mutant with its verdict, as they come; `real`: before tests with a database, too."""
    program = _PYTEST if real else (*_PYTEST, *_IN_MEMORY)
    with tempfile.TemporaryDirectory(prefix="mutants-") as name:
        folder = Path(name)
        for line in _hot(program, mutants, suites, folder):
            mutant = modules[line["module"]].all[line["number"]]
            module = modules[mutant.module]
            word, by = line["verdict"], line["by"]
            if word == "cold":
                text = module.source(mutant)
                word = _cold([*program, *line["files"]], mutant.module, text, folder, line["limit"])
            before, after = module.change(mutant)
            yield Verdict(mutant=mutant, before=before, after=after, word=word, by=by)


def _hot(
    program: Sequence[str], mutants: Sequence[Mutant], suites: Sequence[str], folder: Path
) -> list[dict[str, Any]]:
    task: dict[str, list[int]] = {}
    for mutant in mutants:
        task.setdefault(mutant.module, []).append(mutant.number)
    (folder / "task.json").write_text(json.dumps(task), encoding="utf-8")
    verdicts = folder / "verdicts"
    asked = ["--task", str(folder / "task.json"), "--verdicts", str(verdicts)]
    done = subprocess.run(
        [*program, "-p", "no:terminal", *asked, "--basetemp", str(folder / "tests"), *suites],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    lines = verdicts.read_text(encoding="utf-8").splitlines() if verdicts.exists() else []
    if len(lines) != len(mutants):
        raise SystemExit(f"pytest ended with {done.returncode}: {done.stdout}{done.stderr}")
    return [json.loads(line) for line in lines]


def _cold(program: Sequence[str], path: str, text: str, folder: Path, seconds: float) -> str:
    (folder / "mutant.py").write_text(text, encoding="utf-8")
    environment = os.environ | {
        "ABACUS_MUTANT": path,
        "ABACUS_MUTANT_TEXT": str(folder / "mutant.py"),
    }
    try:
        done = subprocess.run(
            [*program, "-x", "-q", "--basetemp", str(folder / "cold")],
            cwd=ROOT,
            env=environment,
            check=False,
            capture_output=True,
            timeout=seconds,
        )
    except subprocess.TimeoutExpired:
        return "endless"
    if done.returncode and done.returncode not in _NOTICED:
        raise SystemExit(f"pytest ended with {done.returncode} at a mutant of {path}")
    return "found" if done.returncode else "survived"
