"""Which of the stories that were written down become golden: those that tell what none has told.

Stores that lived are asked first; a story of one aggregate alone is taken where no store that lived
has such an event. A history that the code of today cannot fold is none.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.evolution.corpus import SERVICES
from tests.evolution.histories import Folding, History, Line, kept, written

BYTES_MAX: Final = 60_000
LONG: Final = 3
SLOPE: Final = 0.9  # how much a long story is preferred to several short ones

type Needs = frozenset[str]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A history, what it tells, and how long it is."""

    history: History
    tells: Needs
    bytes: int

    def worth(self, told: set[str]) -> float:
        """How much it tells that nobody has told."""
        return len(self.tells - told) / float((self.bytes + 500) ** SLOPE)


def told_by(history: History) -> Needs:
    """Events and words, and of which categories there is a stream of some length."""
    long = {
        line["stream"].partition("-")[0]
        for line in history.lines
        if "body" in line and line["version"] >= LONG
    }
    heard = {f"heard {one}" for one in history.heard}
    return history.names | heard | {f"long {category}" for category in long}


def materials(folder: Path) -> Iterator[tuple[bool, str, Sequence[Line]]]:
    """What was written down: whether by a store that lived, the story, and its lines."""
    for path in sorted(folder.glob("**/*.jsonl")):
        seen: dict[str, int] = {}
        for text in path.read_text(encoding="utf-8").splitlines():
            told = json.loads(text)
            story = told["story"] + (f" {told['category']}" if "category" in told else "")
            seen[story] = seen.get(story, 0) + 1
            name = story if seen[story] == 1 else f"{story} ({seen[story]})"
            yield "category" not in told, name, told["lines"]


def service_of(story: str, lines: Sequence[Line]) -> str | None:
    """Whose events these are; where several have such events, the story's own service."""
    names = {(one["stream"].partition("-")[0], one["body"]["name"]) for one in lines if "id" in one}
    fit = [
        service.name
        for service in SERVICES
        if names <= {(one.category, name) for one in service.deciders for name in one.events}
    ]
    own = [name for name in fit if story.startswith(f"tests/{name}/")]
    return next(iter(own or fit), None) if names else None


def candidates(folder: Path, *, lived: bool) -> Iterator[Candidate]:
    """What could be kept."""
    for alive, story, lines in materials(folder):
        service = service_of(story, lines)
        length = sum(len(written(one).encode()) for one in lines)
        if alive is lived and service is not None and length <= BYTES_MAX and is_whole(lines):
            history = History(service, story, tuple(lines))
            yield Candidate(history, told_by(history), length)


def is_whole(lines: Sequence[Line]) -> bool:
    """Whether every stream is there from its first event, in order."""
    last: dict[str, int] = {}
    for line in lines:
        if "body" in line:
            if line["version"] != last.get(line["stream"], 0) + 1:
                return False
            last[line["stream"]] = line["version"]
    return True


async def _folds(history: History) -> bool:
    folding = Folding(next(one for one in SERVICES if one.name == history.service))
    try:
        await folding.fold(history)
    except Exception as broken:  # noqa: BLE001 - whatever it is, it is no history
        print(f"left out: {history.story}: {broken!r}"[:200])
        return False
    return True


async def chosen(folder: Path) -> list[History]:
    """Histories that tell what those that are kept do not."""
    told = {
        service.name: set[str]().union(*(told_by(one) for one in kept(service.name)))
        for service in SERVICES
    }
    found: list[History] = []
    for lived in (True, False):
        left = [*candidates(folder, lived=lived)]
        while left:
            best = max(left, key=lambda one: one.worth(told[one.history.service]))
            left.remove(best)
            new = best.tells - told[best.history.service]
            if _needed(new, lived=lived) and await _folds(best.history):
                told[best.history.service] |= best.tells
                found.append(best.history)
            left = [one for one in left if one.tells - told[one.history.service]]
    return found


def _needed(new: Iterable[str], *, lived: bool) -> bool:
    """A story of one aggregate alone must tell an event."""
    return any(lived or "/" in one for one in new)
