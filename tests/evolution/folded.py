"""The golden states and read models: as they are kept, as they come out today, and what differs."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from shared.manifest import Service
from tests.evolution.corpus import SERVICES
from tests.evolution.histories import HERE, Folding, History, Line, kept, written

KINDS: Final = {"states": "state", "rows": "row", "ways": "way"}
LONG: Final = 300

type Golden = Mapping[str, Line]
"""What was come to, by what it is: a stream of a history, a row of one of its tables, a table."""


def path_of(service: str, kind: str) -> Path:
    """The file of the golden states, of the golden rows or of the ways of the tables."""
    return HERE / f"{kind}-{service}.jsonl"


async def fold_all(service: Service) -> Golden:
    """What the code of today makes of every history."""
    folding = Folding(service)
    found: dict[str, Line] = {}
    for place, history in enumerate(kept(service.name), 1):
        folded = await folding.fold(history)
        for kind in KINDS:
            for line in getattr(folded, kind):
                found[f"{kind} {place} {_name(kind, line)}"] = {"history": place, **line}
    return found


def golden(service: str) -> Golden:
    """What is kept."""
    found: dict[str, Line] = {}
    for kind, what in KINDS.items():
        path = path_of(service, kind)
        for text in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
            line = json.loads(text)
            named = _name(kind, line)
            if "like" in line:  # what came out before came out once more
                line[what] = found[line.pop("like")][what]
            found[f"{kind} {line['history']} {named}"] = line
    return found


def write(service: str, found: Golden) -> None:
    """Keep what comes out; what is long and came out before is named by its first place."""
    lines: dict[str, list[str]] = {kind: [] for kind in KINDS}
    first: dict[str, str] = {}
    for name, line in found.items():
        kind = name.partition(" ")[0]
        what = KINDS[kind]
        text = written(line[what])
        place = first.setdefault(text, name) if len(text) > LONG else name
        rest = {key: value for key, value in line.items() if key != what}
        lines[kind].append(written(line if place == name else {**rest, "like": place}))
    for kind, told in lines.items():
        path_of(service, kind).write_text("".join(f"{one}\n" for one in told), encoding="utf-8")


def _name(kind: str, line: Line) -> str:
    if kind == "states":
        return str(line["stream"])
    if kind == "ways":
        return str(line["table"])
    return f"{line['table']} {json.dumps(line['key'], ensure_ascii=False)}"


def difference(before: Golden, after: Golden) -> list[str]:
    """What is missing, new or another, field by field."""
    found = []
    for name in sorted(before.keys() | after.keys()):
        if name not in after:
            found.append(f"- {name}")
        elif name not in before:
            found.append(f"+ {name}")
        elif before[name] != after[name]:
            found += [f"! {name}{one}" for one in _fields(before[name], after[name])]
    return found


def _fields(before: object, after: object, where: str = "") -> Iterator[str]:
    if isinstance(before, dict) and isinstance(after, dict):
        for name in sorted(before.keys() | after.keys()):
            if before.get(name) != after.get(name):
                yield from _fields(before.get(name), after.get(name), f"{where} .{name}")
    else:
        yield f"{where}: {written(before)[:120]} → {written(after)[:120]}"


def every_event(service: Service) -> Iterator[str]:
    """Each type of event with its aggregate."""
    for decider in service.deciders:
        for name in decider.events:
            yield f"{service.name} {decider.category}/{name}"


def untold() -> list[str]:
    """The types of events that no history has."""
    return sorted(
        one
        for service in SERVICES
        for one in {*every_event(service)} - _told(service.name, kept(service.name))
    )


def _told(service: str, histories: Iterable[History]) -> set[str]:
    return {f"{service} {name}" for one in histories for name in one.names}
