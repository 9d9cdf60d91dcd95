"""Golden histories: streams as stories really left them, and what they came to at the release.

A history is what one store was told, in its order: facts, and words it heard. Its lines are locked
and never change. What the code of today makes of them, states and rows, on the way and in the end,
is compared with what was kept; `python -m tests.evolution fold` writes it anew and shows what is
different.
"""

import gzip
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from shared.contracts.envelope import Hearing, envelope
from shared.eventstore import GENESIS, StoredEvent, Transaction
from shared.eventstore.codec import Codec
from shared.eventstore.memory import MemoryStore
from shared.eventstore.rows import row_shape
from shared.manifest import Service
from shared.messages import AnyHeard, AnyRecorded, Recorded
from shared.projections import Change, Projection
from tests.evolution.canonical import canonical

HERE: Final = Path(__file__).parent / "histories"
LOCK: Final = HERE / "locked.txt"
UNTOLD: Final = HERE / "untold.txt"

type Line = dict[str, Any]


@dataclass(frozen=True, slots=True)
class History:
    """What one store was told, and by which story."""

    service: str
    story: str
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """As it is kept: a head, then a line for each fact and word."""
        head = {"story": self.story, "lines": len(self.lines)}
        return "".join(f"{written(one)}\n" for one in (head, *self.lines))

    @property
    def lock(self) -> str:
        """Its hash with its name."""
        return f"{sha256(self.text.encode()).hexdigest()}  {self.service} {self.story}"

    @property
    def names(self) -> frozenset[str]:
        """The events in it, each with the category of its stream."""
        return frozenset(_name(line) for line in self.lines if "body" in line)

    @property
    def heard(self) -> frozenset[str]:
        """The words in it."""
        return frozenset(line["word"]["type"] for line in self.lines if "word" in line)


def _name(line: Line) -> str:
    return f"{line['stream'].partition('-')[0]}/{line['body']['name']}"


def told_in(service: str) -> Path:
    """The file of the histories of a service; packed, since nobody ever compares two of it."""
    return HERE / f"told-{service}.jsonl.gz"


def keep(histories: Iterable[History]) -> None:
    """Add histories to their files, and their hashes to the list."""
    for one in histories:
        before = told_in(one.service).read_bytes() if told_in(one.service).exists() else b""
        # A packed file goes on with another one; what is there is not packed anew.
        told_in(one.service).write_bytes(before + gzip.compress(one.text.encode(), mtime=0))
        with LOCK.open("a", encoding="utf-8") as locked:
            locked.write(f"{one.lock}\n")


def written(line: object) -> str:
    """A line of a file."""
    return json.dumps(line, ensure_ascii=False, separators=(",", ":"))


def kept(service: str) -> list[History]:
    """The histories of a service, in their order."""
    path = told_in(service)
    if not path.exists():
        return []
    lines = iter(gzip.decompress(path.read_bytes()).decode().splitlines())
    found = []
    for head in map(json.loads, lines):
        told = tuple(json.loads(next(lines)) for _ in range(head["lines"]))
        found.append(History(service, head["story"], told))
    return found


def locks() -> list[str]:
    """The hash of each history with its name."""
    return LOCK.read_text(encoding="utf-8").splitlines()


@dataclass(frozen=True, slots=True)
class Folded:
    """What the code of today makes of a history: a line for each stream, row and table.

    The way of a stream is the digest of every state it went through, that of a table the digest
    of its rows after every fact and word that changed it.
    """

    states: tuple[Line, ...]
    rows: tuple[Line, ...]
    ways: tuple[Line, ...]


class Folding:
    """Folds histories of one service with the code of today."""

    def __init__(self, service: Service) -> None:
        """Read and fold as this service does."""
        self.service = service
        self._codec = Codec(service.deciders)
        self._hearing = Hearing(service.hears)
        self._deciders = {one.category: one for one in service.deciders}

    async def fold(self, history: History) -> Folded:
        """The state of every stream and the rows of every read model."""
        store = MemoryStore()
        ways = await self._ways(store, self._told(history))
        return Folded(tuple(self._states(history)), tuple(self._rows(store)), tuple(ways))

    def streams(self, history: History) -> Mapping[str, Sequence[AnyRecorded]]:
        """The facts of each stream, in their order."""
        streams: dict[str, list[AnyRecorded]] = {}
        for one in self._told(history):
            if isinstance(one, Recorded):
                streams.setdefault(one.stream, []).append(one)
        return streams

    def _told(self, history: History) -> Iterator[AnyRecorded | AnyHeard]:
        for place, line in enumerate(history.lines, 1):
            if "word" in line:
                body = json.dumps(line["word"], ensure_ascii=False).encode()
                heard = self._hearing.hear(envelope(body), line["number"])
                if heard is not None:
                    yield heard
                continue
            body = json.dumps(line["body"], ensure_ascii=False).encode()
            named = UUID(line["id"]), line["stream"], line["version"], line["body"]["name"]
            yield self._codec.decode(StoredEvent(*named, body, GENESIS, GENESIS), place)

    def _states(self, history: History) -> Iterator[Line]:
        for stream, found in self.streams(history).items():
            decider = self._deciders[stream.partition("-")[0]]
            state, way = decider.initial, sha256()
            for one in found:
                state = decider.evolve(state, one.event)
                way.update(written(canonical(state)).encode())
            told = {"stream": stream, "version": len(found), "way": way.hexdigest()[:16]}
            yield {**told, "is": type(state).__name__, "state": canonical(state)}

    async def _ways(
        self, store: MemoryStore, told: Iterable[AnyRecorded | AnyHeard]
    ) -> Iterable[Line]:
        """Fills the tables; the digest of what each of them showed on the way."""
        ways = {
            row_shape(table).name: (table, sha256())
            for projection in self.service.projections
            for table in projection.tables
        }
        for one in told:
            changes = [*self._changes(one)]
            if not changes:
                continue
            await store.commit(Transaction(changes=changes))
            for name in sorted({row_shape(change.table).name for change in changes}):
                table, way = ways[name]
                way.update(written([canonical(row) for row in store.rows(table)]).encode())
        return (
            {"table": name, "way": way.hexdigest()[:16]}
            for name, (table, way) in ways.items()
            if store.rows(table)
        )

    def _rows(self, store: MemoryStore) -> Iterator[Line]:
        for projection in self.service.projections:
            for table in projection.tables:
                shape = row_shape(table)
                for row in store.rows(table):
                    key = canonical(shape.key_of(row))
                    yield {"table": shape.name, "key": key, "row": canonical(row)}

    def _changes(self, one: AnyRecorded | AnyHeard) -> Iterator[Change]:
        for projection in self.service.projections:
            if not isinstance(one, Recorded):
                if projection.hear is not None:
                    yield from projection.hear(one)
            elif projection.project is not None and _shown(projection, one):
                yield from projection.project(one)


def _shown(projection: Projection, fact: AnyRecorded) -> bool:
    """Whether a fold is shown this fact, inline or by the worker."""
    if projection.inline:
        category = fact.stream.partition("-")[0]
        return not projection.streams or category in projection.streams
    return not projection.facts or type(fact.event) in projection.facts
