"""Facts as JSON a reader can check: exact numbers and dates as texts, codes as codes."""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from shared.domain.money import Money

type State = Callable[[Any], Any]

_WAYS: Final[dict[type, State]] = {}
"""How values of a type are stated: a form holds hundreds, and its types are asked once."""


def stated(value: object) -> Any:  # noqa: ANN401 - JSON is what it is
    """A value of the domain as it lies in a read model."""
    kind = type(value)
    way = _WAYS.get(kind)
    if way is None:
        way = _WAYS[kind] = _way(kind)
    return way(value)


def _way(kind: type) -> State:  # noqa: PLR0911 - one answer per kind
    if issubclass(kind, Decimal):
        return lambda value: format(value, "f")
    if issubclass(kind, Money):
        return str
    if issubclass(kind, date):
        return lambda value: value.isoformat()
    if issubclass(kind, Mapping):
        return lambda value: {str(key): stated(item) for key, item in value.items()}
    if issubclass(kind, tuple | list):
        return lambda value: [stated(item) for item in value]
    if is_dataclass(kind):
        names = tuple(field.name for field in fields(kind))
        return lambda value: {name: stated(getattr(value, name)) for name in names}
    return lambda value: value
