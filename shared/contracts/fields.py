"""Field types of the published language that Pydantic does not have."""

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Any, Final

from pydantic import (
    BeforeValidator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PlainSerializer,
    PlainValidator,
    WithJsonSchema,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticKnownError, core_schema

from shared.domain.money import PATTERN, Money


class _YuanText:
    """Teaches Pydantic the one text form of `Money`, in both directions and in the schema."""

    @classmethod
    def __get_pydantic_core_schema__(
        cls, _source: object, _handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        from_text = core_schema.no_info_after_validator_function(
            Money.parse, core_schema.str_schema(strict=True)
        )
        return core_schema.json_or_python_schema(
            json_schema=from_text,
            python_schema=core_schema.union_schema(
                [core_schema.is_instance_schema(Money), from_text]
            ),
            serialization=core_schema.plain_serializer_function_ser_schema(
                str, return_schema=core_schema.str_schema()
            ),
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, _schema: CoreSchema, _handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {
            "type": "string",
            "pattern": PATTERN,
            "description": "Yuan with exactly two decimals.",
            "examples": ["1490000000.00"],
        }


Yuan = Annotated[Money, _YuanText]
"""An amount of yuan as text with exactly two decimals."""


def _plain(number: Decimal) -> str:
    return format(number, "f")


Number = Annotated[Decimal, PlainSerializer(_plain, return_type=str), Field(allow_inf_nan=False)]
"""An exact number as text, never with an exponent."""

WRITTEN_PATTERN: Final = r"^-?\d{1,20}(\.\d{1,20})?$"
_written: Final = re.compile(WRITTEN_PATTERN, re.ASCII).fullmatch


def _one_form(value: object) -> object:
    """A text that is no plain number is refused before anything makes a number of it."""
    if isinstance(value, str) and _written(value) is None:
        raise ValueError("a number in digits, without an exponent, is expected")
    return value


WrittenNumber = Annotated[
    Number,
    Field(strict=False),  # from a text, too: its form is held here
    BeforeValidator(_one_form),
    WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "string", "pattern": WRITTEN_PATTERN}]}),
]
"""The same as a request writes it, in one form; what others publish is read more tolerantly."""


def _rate(number: Decimal) -> str:
    return format(number.quantize(FOUR_PLACES, ROUND_HALF_UP), "f")


FOUR_PLACES: Final = Decimal("0.0001")
RATE_PATTERN: Final = r"^-?\d+\.\d{4}$"
Rate = Annotated[
    Decimal,
    PlainSerializer(_rate, return_type=str),
    WithJsonSchema({"type": "string", "pattern": RATE_PATTERN, "examples": ["0.8200"]}),
]
"""A part of a whole, shown with four decimals, rounded half up (`domain` §0.2)."""

type AnyJson = dict[str, Any]


DAY_PATTERN: Final = r"^\d{4}-\d{2}-\d{2}$"
INSTANT_PATTERN: Final = (
    r"^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})$"
)
_FIRST_YEAR: Final = 1
_LAST_YEAR: Final = 9999
_a_day: Final = re.compile(DAY_PATTERN, re.ASCII).fullmatch
_an_instant: Final = re.compile(INSTANT_PATTERN, re.ASCII).fullmatch


def day_of(text: str) -> date:
    """A day as `2021-07-31` (RFC 3339 `full-date`); whatever else it may look like, it is none."""
    if _a_day(text) is None:
        raise ValueError("year, month and day with hyphens are expected")
    return date.fromisoformat(text)


def instant_of(text: str) -> datetime:
    """An instant as `2021-07-31T09:00:00+08:00` (RFC 3339 `date-time`): never without an offset."""
    if _an_instant(text) is None:
        raise ValueError("RFC 3339 with an offset is expected")
    moment = datetime.fromisoformat(text.upper())
    if not _FIRST_YEAR < moment.year < _LAST_YEAR:
        raise ValueError("the year is out of range")  # an offset could lead out of the calendar
    return moment


def _read_day(value: object) -> date:
    if type(value) is date:
        return value
    if not isinstance(value, str):
        raise PydanticKnownError("date_type")
    try:
        return day_of(value)
    except ValueError as wrong:
        raise PydanticKnownError("date_parsing", {"error": str(wrong)}) from None


def _read_instant(value: object) -> datetime:
    if isinstance(value, datetime):
        value = value.isoformat()
    if not isinstance(value, str):
        raise PydanticKnownError("datetime_type")
    try:
        return instant_of(value)
    except ValueError as wrong:
        raise PydanticKnownError("datetime_parsing", {"error": str(wrong)}) from None


Day = Annotated[
    date,
    PlainValidator(_read_day),
    PlainSerializer(date.isoformat, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "format": "date"}),
]
"""A day that a request names: `YYYY-MM-DD`. Pydantic alone reads digits, too, as seconds."""

Instant = Annotated[
    datetime,
    PlainValidator(_read_instant),
    PlainSerializer(datetime.isoformat, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
"""An instant that a request names: RFC 3339 with an offset."""
