"""What the load was told against what lies in the stores.

Acknowledged: once. Refused: never. Unknown: at most once. The same key: the same answer. What
nobody asked for: nothing.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.chaos.judge.store import Store
from tests.chaos.judge.verdict import Verdict

INVALID = 422
MARK = "chaos"


@dataclass(slots=True)
class Asked:
    """One intention: what was asked and every answer there was."""

    service: str
    mark: str
    wrong: bool = False
    fen: int = 0
    outcome: str = "info"
    answers: set[str] = field(default_factory=set)


def read_journal(path: Path, verdict: Verdict) -> dict[str, Asked]:
    """The intentions of a journal, by key."""
    asked: dict[str, Asked] = {}
    for text in path.read_text(encoding="utf-8").splitlines():
        entry: dict[str, Any] = json.loads(text)
        verdict.seen[entry["kind"]] += 1
        if entry["kind"] == "invoke":
            asked[entry["id"]] = Asked(
                entry["service"], entry["mark"], entry.get("wrong", False), entry.get("fen", 0)
            )
            continue
        one = asked[entry["id"]]
        match entry["kind"]:
            case "ok" | "fail":
                one.outcome = entry["kind"]
                one.answers.add(entry["answer"])
            case "again":
                one.answers.add(entry["answer"])
            case "other" if entry["status"] != INVALID:
                verdict.wrong("key", f"{one.mark}: another body got {entry['status']}")
    return asked


def check_effects(
    asked: Mapping[str, Asked], stores: Mapping[str, Store], verdict: Verdict
) -> None:
    """Each intention against its effects, then the effects that nobody intended."""
    effects = {service: effects_of(store) for service, store in stores.items()}
    # A key belongs to its actor, whom the load does not know by the name the service gives.
    kept = {s: {key.rpartition("|")[2] for key in store.keys} for s, store in stores.items()}
    marks: dict[str, set[str]] = defaultdict(set)
    for key, one in asked.items():
        marks[one.service].add(one.mark)
        count = effects[one.service][one.mark]
        for kind in _wrongs(one, count):
            verdict.wrong(kind, f"{one.service} {one.mark}")
        if one.outcome == "ok" and count and key not in kept[one.service]:
            verdict.wrong("forgotten", f"{one.service} {one.mark}")
    for service, found in effects.items():
        # Other facts of the same streams follow from rules, not from a request.
        names = {mark.rpartition("/")[2] for mark in marks[service]}
        for mark in found.keys() - marks[service]:
            if mark.rpartition("/")[2] in names:
                verdict.wrong("unexpected", f"{service} {mark}: nobody asked for it")


def _wrongs(one: Asked, count: int) -> Iterator[str]:
    """What is wrong with an intention that had so many effects."""
    match one.outcome:
        case "ok":
            yield from (["lost"] if count == 0 else [])
            yield from (["accepted"] if one.wrong else [])
        case "fail":
            yield from (["unexpected"] if count else [])
            yield from ([] if one.wrong else ["refused"])
        case _:
            pass  # nobody knows, so once and never are both right
    if count > 1:
        yield "doubled"
    if len(one.answers) > 1:
        yield "answer"


def effects_of(store: Store) -> Counter[str]:
    """How often each mark has had an effect: `<what the load named>/<the event's name>`.

    What the load creates carries its mark in the stream; a line of money carries it in itself.
    """
    marks: Counter[str] = Counter()
    for stream, name, data in store.told():
        if MARK in stream:
            marks[f"{stream}/{name}"] += 1
        elif name in {"PaymentSettled", "PaymentReturned"}:
            line = data["payment_id" if name == "PaymentSettled" else "return_id"]
            marks[f"{line}/{name}"] += 1
    return marks
