"""One example of every public event, made from its schema and read back by its class."""

from collections.abc import Mapping
from typing import Any, Final

from shared.contracts.public_event import PublicEvent

BY_NAME: Final[Mapping[str, object]] = {
    "region_code": "653100",
    "fiscal_year": 2021,
    "budget_year": 2023,
    "basis_fiscal_year": 2021,
    "project_code": "65310021T000000000042",
    "unit_code": "653100101001",
    "department_code": "653100101",
    "node": "M08",
    "percent": "96.70",
    "score": "93.89",
    "weight": "10",
    "execution_rate": "0.5200",
    "title": "2021年项目绩效目标公开",
    "unit": "户",
}
BY_FORMAT: Final[Mapping[str, object]] = {
    "date": "2021-08-31",
    "date-time": "2021-08-31T02:00:00Z",
    "uuid": "018f5a52-9d3c-7aa0-8a54-6a0d4a1f7c11",
}


def example(word: type[PublicEvent]) -> dict[str, Any]:
    """A word that could be said; a schema that its class cannot read raises here."""
    whole = word.model_json_schema(mode="validation")
    made = _value(whole, whole, "")
    word.model_validate(made)
    assert isinstance(made, dict)
    return made


def _value(part: Mapping[str, Any], root: Mapping[str, Any], name: str) -> object:
    if "$ref" in part:
        return _value(root["$defs"][part["$ref"].removeprefix("#/$defs/")], root, name)
    if "anyOf" in part:
        # An exact number may come as a number or as text; text is how we say it.
        texts = [one for one in part["anyOf"] if "pattern" in one]
        return _value((texts or part["anyOf"])[0], root, name)
    if name in BY_NAME and part.get("type") in ("string", "integer"):
        return BY_NAME[name]
    chosen = [part[known] for known in ("const", "default") if known in part]
    chosen += [part[known][0] for known in ("enum", "examples") if part.get(known)]
    return chosen[0] if chosen else _by_type(part, root, name)


def _by_type(part: Mapping[str, Any], root: Mapping[str, Any], name: str) -> object:
    made: object
    match part.get("type"):
        case "object":
            members = part.get("properties", {})
            made = {key: _value(inner, root, key) for key, inner in members.items()}
        case "array":
            made = [_value(part["items"], root, name)] if "items" in part else []
        case "integer" | "number":
            made = max(1, part.get("minimum", 1))
        case "boolean":
            made = True
        case "string":
            made = BY_FORMAT.get(part.get("format", ""), _text(part, name))
        case _:
            made = {}
    return made


def _text(part: Mapping[str, Any], name: str) -> str:
    if "pattern" in part:
        return "1490000.00" if "{2}$" in part["pattern"] else "1"
    if name.endswith("sha256"):
        return "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
    return name.replace("_", "-") or "text"
