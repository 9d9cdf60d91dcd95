"""Every operation as its OpenAPI document and its models know it, for rules that hold of all."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from fastapi import FastAPI
from fastapi.dependencies.utils import get_flat_params
from fastapi.routing import APIRoute
from pydantic import TypeAdapter, ValidationError

from shared.http.app import Api, create_app
from shared.http.failures import json_pointer, of_fields
from shared.http.problems import FieldError
from shared.http.routes import operation_name
from tests.architecture.house import manifest

JSON: Final = "application/json"

type Place = tuple[str | int, ...]
type Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Asking:
    """One operation: what its document says of it, and the models that read it."""

    service: str
    name: str
    documented: Schema
    schemas: Mapping[str, Schema]
    route: APIRoute

    def __str__(self) -> str:
        """As a test names it."""
        return f"{self.service}.{self.name}"

    @property
    def body(self) -> Schema:
        """What the document says of its JSON body; empty where it takes none."""
        content = self.documented.get("requestBody", {}).get("content", {})
        found: Schema = content.get(JSON, {})
        return found

    @property
    def examples(self) -> list[Any]:
        """The bodies that the document shows, at the operation itself."""
        told = self.body
        shown = [one.get("value") for one in told.get("examples", {}).values()]
        shown += [told["example"]] if "example" in told else []
        return [*shown, *told.get("schema", {}).get("examples", ())]

    def in_body(self, formats: frozenset[str]) -> list[Place]:
        """Where its body holds a text of one of these formats."""
        return list(_places(self.body.get("schema", {}), self.schemas, formats))

    def in_parameters(self, formats: frozenset[str]) -> list[str]:
        """Which of its parameters are a text of one of these formats."""
        return [
            parameter["name"]
            for parameter in self.documented.get("parameters", ())
            for _ in _places(parameter["schema"], self.schemas, formats)
        ]

    def wrong_in_body(self, value: object) -> Sequence[FieldError]:
        """What is wrong with a body, as its caller is told."""
        assert self.route.body_field is not None
        annotation: Any = self.route.body_field.field_info.annotation
        kind: TypeAdapter[object] = TypeAdapter(annotation)
        try:
            kind.validate_json(json.dumps(value))
        except ValidationError as wrong:
            return _told(wrong.errors(include_url=False))
        return ()

    def wrong_in_parameter(self, name: str, text: str) -> Sequence[FieldError]:
        """What is wrong with a parameter, as its caller is told."""
        field = next(f for f in get_flat_params(self.route.dependant) if f.alias == name)
        _, errors = field.validate(text, loc=("query", name))
        return _told(errors, placed=True) if errors else ()


@cache
def askings(service: str) -> tuple[Asking, ...]:
    """Every operation of a service, with its clock adjustable."""
    told = manifest(service)
    settings = told.settings(jwks="never-read", clock="adjustable")
    return tuple(told_by(create_app(told, settings=settings), service))


def told_by(app: FastAPI, service: str) -> Iterator[Asking]:
    """Every operation of an application, by its own document."""
    document = app.openapi()
    routes = {
        operation_name(route): route
        for route in _routes(app.described if isinstance(app, Api) else app.routes)
    }
    schemas = document["components"]["schemas"]
    for operations in document["paths"].values():
        for documented in operations.values():
            name = documented["operationId"]
            yield Asking(service, name, documented, schemas, routes[name])


def body_with(place: Place, value: object) -> object:
    """The smallest body that has a value at a place."""
    for step in reversed(place):
        value = [value] if isinstance(step, int) else {step: value}
    return value


def at(errors: Sequence[FieldError], place: Place) -> Sequence[FieldError]:
    """The errors that point at a place."""
    return [error for error in errors if error.pointer == json_pointer(place)]


def _routes(routes: Sequence[object]) -> Iterator[APIRoute]:
    """Those of included routers, too: the framework keeps them apart."""
    for route in routes:
        if isinstance(route, APIRoute):
            yield route
        yield from _routes(getattr(getattr(route, "original_router", None), "routes", ()))


def _told(errors: Sequence[Any], *, placed: bool = False) -> Sequence[FieldError]:
    told: Any = of_fields(errors, placed=placed).details["errors"]
    return tuple(told)


def _places(
    schema: Schema,
    schemas: Mapping[str, Schema],
    formats: frozenset[str],
    seen: frozenset[str] = frozenset(),
) -> Iterator[Place]:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        if name not in seen:
            yield from _places(schemas[name], schemas, formats, seen | {name})
        return
    if schema.get("format") in formats:
        yield ()
    for choice in (*schema.get("anyOf", ()), *schema.get("oneOf", ()), *schema.get("allOf", ())):
        yield from _places(choice, schemas, formats, seen)
    inner: dict[str | int, Schema] = dict(schema.get("properties", {}))
    inner |= {0: schema["items"]} if "items" in schema else {}
    inner |= {"any": more} if isinstance(more := schema.get("additionalProperties"), dict) else {}
    for step, part in inner.items():
        yield from ((step, *rest) for rest in _places(part, schemas, formats, seen))
