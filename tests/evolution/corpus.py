"""The golden corpus: lines that were written once and are never written again.

Each line has a name, and its hash lies in `locked.txt` beside it. A new type of event adds lines;
nothing changes or removes one.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from docs.generator.house import published
from services.disclosure.main import service as disclosure
from services.evaluation.main import service as evaluation
from services.monitoring.main import service as monitoring
from services.targets.main import service as targets
from shared.contracts.envelope import say
from shared.contracts.public_event import PublicEvent
from shared.messages import Recorded
from tests.evolution.samples import FORMS, fact_sample, word_sample

HERE: Final = Path(__file__).parent / "golden"
LOCK: Final = HERE / "locked.txt"
SERVICES: Final = (targets, monitoring, evaluation, disclosure)
AT: Final = datetime(2021, 8, 31, 2, tzinfo=UTC)
ID: Final = UUID("018f5a52-9d3c-7aa0-8a54-6a0d4a1f7c11")

type Line = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Golden:
    """One line: in which file it lies, what it is called, and what it says."""

    file: str
    name: str
    line: Line

    @property
    def text(self) -> str:
        """As it is stored."""
        return json.dumps(self.line, ensure_ascii=False, separators=(",", ":"))

    @property
    def lock(self) -> str:
        """Its hash with its name."""
        return f"{sha256(self.text.encode()).hexdigest()}  {self.file} {self.name}"


def wanted() -> Iterator[Golden]:
    """What there must be, as the code of today would write it."""
    for service in SERVICES:
        for decider in service.deciders:
            for name, event in decider.events.items():
                schema = decider.versions.get(name, 1)
                for form in FORMS:
                    body = {"name": name, "schema": schema, "data": fact_sample(event, form)}
                    key = f"{decider.category}/{name}.v{schema}.{form}"
                    yield Golden(f"facts-{service.name}.jsonl", key, {"of": key, **body})
    for word in published():
        for form in FORMS:
            key = f"{word.event_type()}.{form}"
            yield Golden("words.jsonl", key, {"of": key, "word": _said(word, form)})


def recorded(event: object) -> Recorded[Any]:
    """An event as it is in some store."""
    return Recorded(
        event=event,
        event_id=ID,
        stream="thing-1",
        version=1,
        actor="somebody",
        unit="",
        occurred_at=AT,
        effective_at=AT,
        correlation_id="corpus",
        causation_id="corpus",
    )


def _said(word: type[PublicEvent], form: Any) -> object:  # noqa: ANN401 - a form
    spoken = word.model_validate(word_sample(word, form))
    fact = recorded(None)
    cloud = json.loads(say(spoken, fact))
    # What the class adds by itself was not there when a field had not been thought of.
    return {**cloud, "data": word_sample(word, form)}


def kept() -> Mapping[tuple[str, str], Golden]:
    """What lies there, by file and name."""
    return {
        (path.name, line["of"]): Golden(path.name, line["of"], line)
        for path in sorted(HERE.glob("*.jsonl"))
        for line in map(json.loads, path.read_text(encoding="utf-8").splitlines())
    }


def locks() -> Mapping[str, str]:
    """The hash of each line, by file and name."""
    pairs = (line.split("  ", 1) for line in LOCK.read_text(encoding="utf-8").splitlines())
    return {name: digest for digest, name in pairs}


def missing() -> list[Golden]:
    """What the code writes and nobody has kept a sample of."""
    there = kept()
    return [one for one in wanted() if (one.file, one.name) not in there]
