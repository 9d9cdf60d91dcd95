"""Facts as JSON a reader can check: exact numbers and dates as texts, codes as codes."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from shared.domain.money import Money


def shown(value: object) -> Any:  # noqa: ANN401 - JSON is what it is
    """A value of the domain as it is shown to people and machines."""
    match value:
        case Money() | Decimal():
            return format(value, "f") if isinstance(value, Decimal) else str(value)
        case date():
            return value.isoformat()
        case Mapping():
            return {str(key): shown(item) for key, item in value.items()}
        case tuple() | list():
            return [shown(item) for item in value]
        case _ if is_dataclass(value):
            return {field.name: shown(getattr(value, field.name)) for field in fields(value)}
        case _:
            return value
