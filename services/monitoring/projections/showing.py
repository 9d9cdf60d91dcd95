"""Facts as JSON a reader can check: exact numbers and dates as texts, codes as codes."""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from operator import attrgetter
from types import NoneType
from typing import Any, Final

from shared.domain.money import Money

PLAIN: Final = frozenset({str, int, bool, NoneType})

type Show = Callable[[Any], Any]

_WAYS: Final[dict[type, Show]] = {}


def shown(value: object) -> Any:  # noqa: ANN401 - JSON is what it is
    """A value of the domain as it is shown to people and machines."""
    return _way_of(type(value))(value)


def _way_of(kind: type) -> Show:
    """How values of a type are shown. A report shows thousands: its type is asked once."""
    known = _WAYS.get(kind)
    if known is None:
        known = _WAYS[kind] = _new_way(kind)
    return known


def _new_way(kind: type) -> Show:  # noqa: PLR0911 - one answer per kind
    if issubclass(kind, Money):
        return str
    if issubclass(kind, Decimal):
        return lambda value: format(value, "f")
    if issubclass(kind, date):
        return lambda value: value.isoformat()
    if issubclass(kind, Mapping):
        return lambda value: {str(key): shown(item) for key, item in value.items()}
    if issubclass(kind, tuple | list):
        return lambda value: [_way_of(type(item))(item) for item in value]
    if is_dataclass(kind):
        return _of_dataclass(kind)
    return _as_it_is


def _of_dataclass(kind: Any) -> Show:  # noqa: ANN401 - any dataclass
    names = tuple(field.name for field in fields(kind))
    if not names:
        return lambda _value: {}
    # Read together: two at least, so that what is read is always a tuple.
    read = attrgetter(*names, names[0])

    def show(value: Any) -> dict[str, Any]:  # noqa: ANN401 - one of the kind
        said = zip(names, read(value), strict=False)
        return {
            name: item if type(item) in PLAIN else _way_of(type(item))(item) for name, item in said
        }

    return show


def _as_it_is(value: Any) -> Any:  # noqa: ANN401 - JSON is what it is
    return value
