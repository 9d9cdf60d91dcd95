"""Field types of the published language that Pydantic does not have."""

from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field, GetCoreSchemaHandler, GetJsonSchemaHandler, PlainSerializer
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

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

type AnyJson = dict[str, Any]
