"""One sample of a stored form, made from its types: with everything in it, or with the least.

`full` is what a writer of today may leave behind, `bare` what the first writer did, who knew of
no field that came later.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Literal

import msgspec
import yaml

from docs.generator.examples import BY_FORMAT, BY_NAME
from shared.contracts.public_event import PublicEvent

RULES: Final = yaml.safe_load(
    (Path(__file__).parents[2] / "deploy/demo/rule-set-v1.yaml").read_text(encoding="utf-8")
)
NAMED: Final[Mapping[str, object]] = {"reasons": "IDLE", "rules": RULES, "score": "93.89"}
"""What its readers understand only when it means something."""
NAMED_TYPES: Final = {"reasons": "string", "rules": "object", "score": "string"}

type Form = Literal["bare", "full"]
type Schema = Mapping[str, Any]
FORMS: Final[tuple[Form, ...]] = ("bare", "full")
TEXT_OF_NUMBER: Final = "1.00"


def fact_sample(event: type, form: Form) -> object:
    """The data of an event."""
    whole = msgspec.json.schema(event, schema_hook=_anything)
    made = _Sampling(whole, form).value(whole, "")
    try:
        msgspec.convert(made, event, strict=False)
    except msgspec.ValidationError:
        # The keys of a mapping are a choice, of which the schema says nothing.
        made = _Sampling(whole, form, mappings=False).value(whole, "")
        msgspec.convert(made, event, strict=False)
    return made


def word_sample(word: type[PublicEvent], form: Form) -> object:
    """The data of a public word."""
    whole = word.model_json_schema(mode="validation")
    return _Sampling(whole, form).value(whole, "")


def _anything(_kind: type) -> dict[str, Any]:
    """Content that only the one who wrote it understands."""
    return {"type": "string"}


class _Sampling:
    def __init__(self, root: Schema, form: Form, *, mappings: bool = True) -> None:
        self._root = root
        self._form = form
        self._mappings = mappings and form == "full"

    def value(self, part: Schema, name: str) -> object:
        if "$ref" in part:
            return self.value(self._root["$defs"][part["$ref"].removeprefix("#/$defs/")], name)
        if "anyOf" in part:
            return self._either(part["anyOf"], name)
        if name in NAMED and part.get("type") == NAMED_TYPES[name] and "properties" not in part:
            return NAMED[name]
        if name in BY_NAME and part.get("type") in ("string", "integer") and "format" not in part:
            return BY_NAME[name]
        chosen = [part["const"]] if "const" in part else part.get("enum", ())
        return chosen[0] if chosen else self._by_type(part, name)

    def _either(self, ways: Sequence[Schema], name: str) -> object:
        told = [one for one in ways if one.get("type") != "null"]
        if {one.get("type") for one in told} >= {"number", "string"}:
            # An exact number may come as a number or as text; text is how we say it.
            return NAMED.get(name, BY_NAME.get(name, TEXT_OF_NUMBER))
        return self.value(told[0], name)

    def _by_type(self, part: Schema, name: str) -> object:
        match part.get("type"):
            case "object":
                return self._object(part, name)
            case "array":
                items = part.get("prefixItems") or [part.get("items", {"type": "string"})]
                least = self._form == "bare" and "prefixItems" not in part
                return [] if least else [self.value(one, name) for one in items]
            case "integer" | "number":
                return max(1, part.get("minimum", 1))
            case "boolean":
                return True
            case _:
                return self._text(part, name)

    def _object(self, part: Schema, name: str) -> object:
        members = part.get("properties", {})
        required = set(part.get("required", ()))
        made = {
            key: self.value(inner, key)
            for key, inner in members.items()
            if self._form == "full" or key in required
        }
        more = part.get("additionalProperties")
        if isinstance(more, Mapping) and self._mappings:
            key = self.value(part.get("propertyNames", {"type": "string"}), "key")
            made[str(key)] = self.value(more, name)
        return made

    def _text(self, part: Schema, name: str) -> object:
        if name.endswith("_at"):
            return BY_FORMAT["date-time"]
        if "format" in part:
            return BY_FORMAT.get(part["format"], TEXT_OF_NUMBER)
        pattern = part.get("pattern", "")
        if pattern:
            return "1490000.00" if "{2}$" in pattern else "1"
        return "a" * 64 if name.endswith("sha256") else name.replace("_", "-") or "text"
