"""Facts as JSON a reader can check: exact numbers and dates as texts, codes as codes."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from shared.domain.money import Money


def stated(value: object) -> Any:  # noqa: ANN401, PLR0911 - JSON is what it is
    """A value of the domain as it lies in a read model."""
    match value:
        case Decimal():
            return format(value, "f")
        case Money():
            return str(value)
        case date():
            return value.isoformat()
        case Mapping():
            return {str(key): stated(item) for key, item in value.items()}
        case tuple() | list():
            return [stated(item) for item in value]
        case _ if is_dataclass(value):
            return {field.name: stated(getattr(value, field.name)) for field in fields(value)}
        case _:
            return value
