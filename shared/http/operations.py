"""A command endpoint made ready: everything about it that can be known before a request is.

The same `Operation` answers a single request and a line of an import, so both mean the same.
"""

import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, get_type_hints
from urllib.parse import quote

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from uuid_utils.compat import uuid7

from shared.domain.sealed import Sealed
from shared.http.commands import Asked, CommandEndpoint
from shared.http.failures import of_fields
from shared.http.limits import expect_sane_json
from shared.http.policy import Role
from shared.http.problems import FieldError, FieldsInvalid

VERSION_PREFIX: Final = "/v1"
SEGMENT_CHARACTERS_MAX: Final = 200
_PARAMETER: Final = re.compile(r"\{(\w+)\}")
_UNPRINTABLE: Final = re.compile(r"[\x00-\x1f\x7f]")


class NoFields(BaseModel):
    """The body of an operation that takes none: absent, or an empty object."""

    model_config = ConfigDict(extra="forbid", strict=True)


def fresh_id() -> str:
    """A UUIDv7 as text."""
    return str(uuid7())


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One command endpoint with its converters and validators."""

    endpoint: CommandEndpoint
    admitted: frozenset[Role]
    hints: Mapping[str, Any]
    name: str = field(init=False)
    path: str = field(init=False)
    parameters: tuple[str, ...] = field(init=False)
    body_type: type[BaseModel] | None = field(init=False)
    _adapters: Mapping[str, TypeAdapter[Any]] = field(init=False)
    kept_type: type[BaseModel] = field(init=False)
    _validate: Callable[[bytes], Any] = field(init=False)
    _validate_sent: Callable[[bytes], Any] = field(init=False)
    _location: str = field(init=False)

    def __post_init__(self) -> None:
        """Read the translator's signature once and hold it against the path."""
        put = object.__setattr__
        endpoint = self.endpoint
        path = VERSION_PREFIX + endpoint.path
        parameters = tuple(_PARAMETER.findall(path))
        expected = {"asked", *parameters}
        taken = set(inspect.signature(endpoint.translate).parameters)
        optional = {"body"} if endpoint.confidential is None else {"body", "sealed"}
        if taken - {"body", "sealed"} != expected or not taken <= expected | optional:
            raise TypeError(f"{endpoint.operation} takes {sorted(taken)}, its path {path} does not")
        body_type = self.hints.get("body")
        if body_type is not None and not body_type.model_config.get("strict"):
            # A day is a day and not a number of seconds; true is not 1.
            raise TypeError(f"{body_type.__name__} must be strict")
        adapters = {name: TypeAdapter(self.hints[name]) for name in parameters}
        sent = endpoint.confidential.body if endpoint.confidential else body_type
        put(self, "name", endpoint.operation)
        put(self, "path", path)
        put(self, "parameters", parameters)
        put(self, "body_type", sent)
        put(self, "kept_type", body_type or NoFields)
        put(self, "_validate_sent", TypeAdapter(sent or NoFields).validator.validate_json)
        put(self, "_adapters", {n: a for n, a in adapters.items() if self.hints[n] is not str})
        put(self, "_validate", TypeAdapter(body_type or NoFields).validator.validate_json)
        put(self, "_location", VERSION_PREFIX + (endpoint.location or endpoint.path + "/{id}"))

    @classmethod
    def of(cls, endpoint: CommandEndpoint, admitted: frozenset[Role]) -> "Operation":
        """Make an endpoint ready."""
        hints = get_type_hints(endpoint.translate)
        return cls(endpoint=endpoint, admitted=admitted, hints=hints)

    def commands(
        self,
        asked: Asked,
        place: Mapping[str, str],
        body: bytes,
        *,
        inside: str = "",
        sealed: Sealed | None = None,
    ) -> tuple[object, ...]:
        """The commands that a request means; raises a refusal when a field is wrong.

        `inside` leads every JSON Pointer, where the body is a part of something larger.
        """
        values = self._converted(place)
        if self.body_type is not None:
            values["body"] = self._validated(body, inside)
        elif body.strip():
            self._validated(body, inside)
        if self.endpoint.confidential is not None:
            values["sealed"] = sealed
        answer = self.endpoint.translate(asked, **values)
        return answer if isinstance(answer, tuple) else (answer,)

    def clear(self, body: bytes, *, inside: str = "") -> BaseModel:
        """The body of an endpoint with personal fields as it was sent; nothing is kept of it."""
        expect_sane_json(body)
        try:
            sent: BaseModel = self._validate_sent(body)
        except ValidationError as wrong:
            errors = wrong.errors(include_url=False, include_input=False)
            raise of_fields(errors, inside=inside) from None
        return sent

    def location(self, thing: str) -> str:
        """Where the created thing can be read."""
        return self._location.replace("{id}", quote(thing, safe=""))

    def _validated(self, body: bytes, inside: str) -> object:
        expect_sane_json(body)
        try:
            return self._validate(body)
        except ValidationError as wrong:
            errors = wrong.errors(include_url=False, include_input=False)
            raise of_fields(errors, inside=inside) from None

    def _converted(self, place: Mapping[str, str]) -> dict[str, Any]:
        values: dict[str, Any] = dict(place)
        for name, text in place.items():
            if len(text) > SEGMENT_CHARACTERS_MAX or _UNPRINTABLE.search(text):
                raise _bad_parameter(name)
        for name, adapter in self._adapters.items():
            try:
                values[name] = adapter.validate_strings(place[name])
            except ValidationError:
                raise _bad_parameter(name) from None
        return values


def _bad_parameter(name: str) -> FieldsInvalid:
    wrong = FieldError("This part of the path is malformed. 路径参数格式不符", parameter=name)
    return FieldsInvalid(f"1 wrong: {name}", errors=[wrong], detail_zh=f"1 处有误：{name}")


class PathTable:
    """Finds the operation of a path in a few dictionary look-ups, however many there are."""

    def __init__(self) -> None:
        """Start empty."""
        self._root: dict[str, Any] = {}

    def add(self, path: str, found: object) -> None:
        """Know a path; a parameter is a segment like `{target_id}`."""
        if self.setdefault(path, found) is not found:
            raise ValueError(f"two operations share {path}")

    def setdefault[T](self, path: str, found: T) -> T:
        """What is known of a path of this shape; `found`, if it was nothing."""
        node = self._root
        for segment in path.strip("/").split("/"):
            node = node.setdefault("*" if segment.startswith("{") else segment, {})
        known: T = node.setdefault("", found)
        return known

    def find(self, path: str) -> tuple[Any, list[str]] | None:
        """What lies at a path, and the values of its parameters."""
        segments = path[1:].split("/")
        return self._walk(self._root, segments, 0, []) if segments != [""] else None

    def _walk(
        self, node: dict[str, Any], segments: list[str], index: int, values: list[str]
    ) -> tuple[Any, list[str]] | None:
        if index == len(segments):
            return (node[""], values) if "" in node else None
        segment = segments[index]
        if not segment:
            return None
        if segment != "*" and (child := node.get(segment)) is not None:
            found = self._walk(child, segments, index + 1, values)
            if found is not None:
                return found
        if (child := node.get("*")) is not None:
            return self._walk(child, segments, index + 1, [*values, segment])
        return None
