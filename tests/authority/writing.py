"""What may be written: every JSON body of every door, an example of it, and every name there is."""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import msgspec

from tests.authority.doors import Door, House

type Json = dict[str, Any]
_JSON: Final = "application/json"
# What an attacker would try first: who did it, whose it is, how far it is, and what came of it.
TEMPTING: Final = (
    "actor", "by", "role", "roles", "region_code", "unit_code", "department_code", "status",
    "state",
    "version", "approved", "approved_by", "approved_at", "score", "grade", "level", "total",
    "owner",
    "id", "now", "created_at", "secrecy_level", "published", "admin", "is_admin", "__proto__",
    "constructor", "extra", "model_config", "_id", "$set", "", "sealed", "asker_region", "body",
    "query", "path", "header", "cookie",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """An object inside a body: where it is and which names it may have."""

    steps: tuple[str | int, ...]
    names: frozenset[str]

    @property
    def pointer(self) -> str:
        """The place as a JSON pointer."""
        return "".join(f"/{step}" for step in self.steps)


@dataclass(frozen=True, slots=True)
class Body:
    """An example of what a door takes, and every object in it."""

    door: Door
    example: Any
    places: Sequence[Place]


@cache
def document(house: House) -> Json:
    """The description of a service's API."""
    found: Json = house.app.openapi()
    return found


def bodies(house: House) -> Iterator[Body]:
    """Every JSON body that a service takes."""
    document_, doors = document(house), {(d.path, d.method.lower()): d for d in house.doors}
    for ways in document_["paths"].values():
        for method, told in ways.items():
            content = told.get("requestBody", {}).get("content", {})
            if _JSON in content:
                door = next(d for (_, m), d in doors.items() if m == method and _same(d, told))
                yield Body(door, *_example(house, content[_JSON]))


def _same(door: Door, told: Json) -> bool:
    return door.operation == str(told["operationId"])


def _example(house: House, content: Json) -> tuple[object, Sequence[Place]]:
    schema = content["schema"]
    told = content.get("examples") or schema.get("examples") or _resolved(house, schema)["examples"]
    first = next(iter(told.values()))["value"] if isinstance(told, Mapping) else told[0]
    return first, list(_places(house, schema, first, ()))


def _resolved(house: House, schema: Json) -> Json:
    while "$ref" in schema:
        schema = document(house)["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return schema


def _places(
    house: House, schema: Json, value: object, steps: tuple[str | int, ...]
) -> Iterator[Place]:
    """The objects of an example that have fields of their own; a map takes what names it likes."""
    schema = _fitting(house, schema, value)
    if isinstance(value, list) and value and "items" in schema:
        yield from _places(house, schema["items"], value[0], (*steps, 0))
    elif isinstance(value, Mapping):
        named = schema.get("properties", {})
        if named:
            assert schema.get("additionalProperties") is False, f"open: {schema.get('title')}"
            yield Place(steps, frozenset(named))
        for name, inner in value.items():
            of = named.get(name) or schema.get("additionalProperties")
            if isinstance(of, dict):
                yield from _places(house, of, inner, (*steps, name))


def _fitting(house: House, schema: Json, value: object) -> Json:
    schema = _resolved(house, schema)
    for one in schema.get("anyOf") or schema.get("oneOf") or schema.get("allOf") or ():
        found = _fitting(house, one, value)
        named = found.get("properties")
        fits = {
            "object": isinstance(value, dict) and (named is None or set(value) <= set(named)),
            "array": isinstance(value, list),
        }
        if fits.get(str(found.get("type")), isinstance(value, str)):
            return found
    return schema


@cache
def every_name(house: House) -> Sequence[str]:
    """Every name of a field anywhere in a service: bodies, views, commands, facts, read models."""
    found = set(TEMPTING)
    for schema in document(house)["components"]["schemas"].values():
        found |= set(schema.get("properties", ()))
    for decider in house.manifest.deciders:
        for kind in (*decider.commands, *decider.events.values(), type(decider.initial)):
            found |= set(_fields(kind))
    for projection in house.manifest.projections:
        for table in projection.tables:
            found |= set(table.__table__.columns.keys())
    return sorted(found)


def _fields(kind: type) -> Sequence[str]:
    if dataclasses.is_dataclass(kind):
        return [field.name for field in dataclasses.fields(kind)]
    if issubclass(kind, msgspec.Struct):
        return list(kind.__struct_fields__)
    return []


def put(body: Body, place: Place, more: Mapping[str, object]) -> object:
    """The example with these names at a place."""
    found: object = msgspec.json.decode(msgspec.json.encode(body.example))
    inside: Any = found
    for step in place.steps:
        inside = inside[step]
    inside.update(more)
    return found
