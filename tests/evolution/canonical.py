"""A state or a row as JSON that is the same on every machine and readable in a difference.

What is empty is left out, so that a new field that no history fills changes nothing; what has no
order is sorted. A value that is neither is a mistake of whoever put it into a state.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

import msgspec
from pydantic import BaseModel

from shared.domain.money import Money

BYTES_MAX: Final = 48


def canonical(value: object) -> Any:  # noqa: ANN401 - JSON is what it is
    """The value as JSON knows it."""
    for kinds, say in _WAYS:
        if isinstance(value, kinds):
            return say(value)
    return _object(value)


def _object(value: object) -> dict[str, Any]:
    if is_dataclass(value):
        names: Iterable[str] = (one.name for one in fields(value))
    elif isinstance(value, msgspec.Struct):
        names = value.__struct_fields__
    elif isinstance(value, BaseModel):
        names = type(value).model_fields
    else:
        raise TypeError(f"{type(value)} has no canonical form: {value!r}")
    return _filled((name, getattr(value, name)) for name in sorted(names))


def _filled(pairs: Iterable[tuple[str, object]]) -> dict[str, Any]:
    found = ((name, canonical(value)) for name, value in pairs)
    return {name: value for name, value in found if value not in (None, "", 0, [], {})}


def _mapping(value: Mapping[Any, object]) -> Any:  # noqa: ANN401 - with text keys an object
    if all(type(key) is str for key in value):
        return _filled((key, value[key]) for key in sorted(value))
    pairs = ([canonical(key), canonical(one)] for key, one in value.items())
    return sorted(pairs, key=_text)


def _bytes(value: bytes) -> str:
    if len(value) <= BYTES_MAX:
        return value.hex()
    return f"{len(value)} bytes, sha256 {sha256(value).hexdigest()}"


def _text(value: object) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def _sorted(values: Iterable[object]) -> list[Any]:
    return sorted(map(canonical, values), key=_text)


_WAYS: Final[Sequence[tuple[Any, Callable[[Any], Any]]]] = (
    (Enum, lambda value: canonical(value.value)),
    ((type(None), bool, int, str), lambda value: value),
    ((Money, Decimal, UUID, timedelta), str),
    (date, lambda value: value.isoformat()),
    (bytes, _bytes),
    (Mapping, _mapping),
    (AbstractSet, _sorted),
    (Sequence, lambda value: [canonical(one) for one in value]),
)
