"""Which form of a list is asked for, and what the answer to a request says of itself."""

import re
from collections.abc import MutableMapping, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final
from urllib.parse import parse_qs

from pydantic import BaseModel

from shared.http.freshness import Header
from shared.http.pages import Page
from shared.http.problems import FieldError, FieldsInvalid

type Scope = MutableMapping[str, Any]

_RANGE: Final = re.compile(r"\s*([\w*.+-]+/[\w*.+-]+)\s*((?:;[^,]*)?)", re.ASCII)
_WEIGHT: Final = re.compile(r";\s*q=([01](?:\.\d{0,3})?)")
DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


class Format(StrEnum):
    """The forms of a list."""

    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"
    NDJSON = "ndjson"
    JSON_FEED = "jsonfeed"
    ATOM = "atom"
    SSE = "sse"


MEDIA_TYPES: Final = {
    Format.JSON: "application/json",
    Format.CSV: "text/csv; charset=utf-8; header=present",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.NDJSON: "application/x-ndjson",
    Format.JSON_FEED: "application/feed+json",
    Format.ATOM: "application/atom+xml",
    Format.SSE: "text/event-stream",
}
FILES: Final = frozenset({Format.CSV, Format.XLSX, Format.NDJSON})
_BY_TYPE: Final = {text.partition(";")[0]: form for form, text in MEDIA_TYPES.items()}


def asked_form(scope: Scope) -> str:
    """The form that is asked for, by name; not yet whether it is known."""
    query: bytes = scope["query_string"]
    if b"format=" in query:
        named = parse_qs(query.decode("latin-1")).get("format")
        if named:
            return named[-1]
    accept: bytes | None = scope["abacus.headers"].get(b"accept")
    return Format.JSON if accept is None else preferred_form(accept.decode("latin-1"))


@lru_cache(maxsize=512)
def preferred_form(accept: str) -> Format:
    """What a caller likes best of what is here; JSON where nothing is (RFC 9110 §12.5.1)."""
    best, weight = Format.JSON, 0.0
    for part in accept.split(","):
        found = _RANGE.fullmatch(part)
        if found is None:
            continue
        form = _BY_TYPE.get(found[1].lower())
        if form is None and found[1] in {"*/*", "application/*"}:
            form = Format.JSON
        given = _WEIGHT.search(found[2])
        q = float(given[1]) if given else 1.0
        if form is not None and q > weight:
            best, weight = form, q
    return best


def known_form(form: str) -> Format:
    """The form of this name, or a refusal that names all."""
    if form in set(Format):
        return Format(form)
    raise FieldsInvalid(
        "A list has no such form.",
        errors=[
            FieldError(
                f"Known are {', '.join(Format)}.",
                parameter="format",
                remedy="Choose one of them, or leave `format` out for JSON.",
            )
        ],
        detail_zh="列表没有这种格式。",
    )


def row_model(scope: Scope) -> type[BaseModel] | None:
    """What the rows of the answered list are; nothing where it was no list."""
    model = getattr(scope.get("route"), "response_model", None)
    if not (isinstance(model, type) and issubclass(model, Page)):
        return None
    (row,) = model.__pydantic_generic_metadata__["args"]
    return row if isinstance(row, type) and issubclass(row, BaseModel) else None


def columns_of(model: type[BaseModel]) -> list[str]:
    """The fields of a row as they are called in the answer."""
    return [
        field.serialization_alias or field.alias or name
        for name, field in model.model_fields.items()
        if not field.exclude
    ]


def past_day(scope: Scope, headers: Sequence[Header]) -> str | None:
    """The day for which an answer stands for ever, where it does."""
    if b"immutable" not in dict(headers).get(b"cache-control", b""):
        return None
    named = parse_qs(scope["query_string"].decode("latin-1")).get("as_of")
    return named[-1] if named and DAY.fullmatch(named[-1]) else None


def base_of(scope: Scope) -> str:
    """The address under which the caller sees this service."""
    headers: dict[bytes, bytes] = scope["abacus.headers"]
    host = headers.get(b"host", b"localhost").decode("latin-1")
    prefix = headers.get(b"x-forwarded-prefix", b"").decode("latin-1").rstrip("/")
    return f"{scope.get('scheme', 'http')}://{host}{prefix}"


def address_of(scope: Scope) -> str:
    """The address that was asked for."""
    query = scope["query_string"].decode("latin-1")
    return f"{base_of(scope)}{scope['path']}" + (f"?{query}" if query else "")


def next_address(scope: Scope, headers: Sequence[Header]) -> str | None:
    """The address of the next page."""
    found = re.match(rb"<(\?[^>]*)>", dict(headers).get(b"link", b""))
    return f"{base_of(scope)}{scope['path']}{found[1].decode('latin-1')}" if found else None
