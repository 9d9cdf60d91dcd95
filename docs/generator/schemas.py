"""JSON Schemas of the public events, and what may change about one that was released."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from docs.generator.house import ROOT, published
from shared.contracts.classification import classes_of, parts_of
from shared.contracts.public_event import PublicEvent

FOLDER: Final = ROOT / "shared" / "contracts" / "schemas"
CLASSIFIED: Final = "x-classification"
DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
NARROWING: Final = (
    "pattern", "format", "const", "minimum", "maximum", "minLength", "maxLength", "minItems",
    "maxItems", "additionalProperties",
)  # fmt: skip

type Schema = Mapping[str, Any]


def schema(word: type[PublicEvent]) -> dict[str, Any]:
    """The schema of one version of a word, as it is written."""
    made = word.model_json_schema(mode="serialization")
    for part in parts_of(word):
        inside = made if part is word else made["$defs"][part.__name__]
        for name, classified in classes_of(part).items():
            if name in inside["properties"]:
                inside["properties"][name][CLASSIFIED] = classified.value
    return {"$schema": DIALECT, **made}


def files() -> dict[Path, str]:
    """Every schema file as it should be: `targets.TargetApproved.v1.json`."""
    return {
        FOLDER / f"{word.event_type()}.json": json.dumps(schema(word), indent=2, ensure_ascii=False)
        + "\n"
        for word in published()
    }


def breaking(old: Schema, new: Schema) -> list[str]:
    """What a hearer of the old version would trip over. Adding an optional field is none."""
    return list(_Comparison(old, new).of(old, new, ""))


@dataclass(frozen=True, slots=True)
class _Comparison:
    """Two whole schemas; their parts refer into them."""

    old_root: Schema
    new_root: Schema
    seen: set[str] = field(default_factory=set)

    def of(self, old: Schema, new: Schema, at: str) -> Iterator[str]:
        """What is wrong at this place and below."""
        reference = old.get("$ref", "")
        if reference in self.seen:
            return
        self.seen.add(reference or at or "/")
        old, new = _resolved(old, self.old_root), _resolved(new, self.new_root)
        if _types(old) != _types(new):
            yield f"{at or '/'} was {_spoken(old)} and is {_spoken(new)}"
            return
        yield from _narrowed(old, new, at)
        yield from self._members(old, new, at)
        if "items" in old and "items" in new:
            yield from self.of(old["items"], new["items"], f"{at}/*")
        for one, other in zip(old.get("anyOf", ()), new.get("anyOf", ()), strict=False):
            yield from self.of(one, other, at)

    def _members(self, old: Schema, new: Schema, at: str) -> Iterator[str]:
        was, now = old.get("properties", {}), new.get("properties", {})
        for name in was:
            if name not in now:
                yield f"{at}/{name} is gone"
            else:
                yield from self.of(was[name], now[name], f"{at}/{name}")
        always, still = set(old.get("required", ())), set(new.get("required", ()))
        for name in sorted(always - still):
            yield f"{at}/{name} was always there and now may be missing"
        for name in sorted(still - set(was)):
            yield f"{at}/{name} is new and required: words already said lack it"


def _narrowed(old: Schema, new: Schema, at: str) -> Iterator[str]:
    for name in NARROWING:
        if old.get(name) != new.get(name) and not isinstance(new.get(name), Mapping):
            yield f"{at or '/'} {name} was {old.get(name)} and is {new.get(name)}"
    gone = set(old.get("enum", ())) - set(new.get("enum", old.get("enum", ())))
    if gone:
        yield f"{at or '/'} no longer says {sorted(gone)}"


def _resolved(part: Schema, root: Schema) -> Schema:
    reference = part.get("$ref")
    if reference is None:
        return part
    name = str(reference).removeprefix("#/$defs/")
    return {**root["$defs"][name], **{k: v for k, v in part.items() if k != "$ref"}}


def _types(part: Schema) -> Any:  # noqa: ANN401 - any part of a schema may be anything
    if "anyOf" in part:
        return sorted(str(one.get("$ref", one.get("type"))) for one in part["anyOf"])
    return part.get("type")


def _spoken(part: Schema) -> str:
    return str(_types(part) or "anything")


def changes(before: Mapping[str, Schema], after: Mapping[str, Schema]) -> dict[str, list[str]]:
    """What breaks, by file name; a version that is gone breaks whoever still hears it."""
    found = {
        name: breaking(old, after[name]) if name in after else ["is gone"]
        for name, old in before.items()
    }
    return {name: wrong for name, wrong in found.items() if wrong}


def committed(folder: Path = FOLDER) -> dict[str, Schema]:
    """The schemas as they lie in the folder."""
    return {path.name: json.loads(path.read_text()) for path in sorted(folder.glob("*.json"))}
