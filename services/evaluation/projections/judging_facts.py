"""Facts as JSON a reader can check: exact numbers and days as texts, codes as codes."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from shared.domain.money import Money


def plain_json(value: object) -> Any:  # noqa: ANN401, PLR0911 - JSON is what it is
    """A value of the domain as it is shown to people and machines."""
    match value:
        case Money():
            return str(value)
        case Decimal():
            return format(value, "f")
        case datetime() | date():
            return value.isoformat()
        case Mapping():
            return {str(key): plain_json(item) for key, item in value.items()}
        case tuple() | list():
            return [plain_json(item) for item in value]
        case frozenset():
            return sorted(plain_json(item) for item in value)
        case _ if is_dataclass(value):
            return {field.name: plain_json(getattr(value, field.name)) for field in fields(value)}
        case _:
            return value
