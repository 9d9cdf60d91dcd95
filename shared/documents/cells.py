"""One cell: from what a spreadsheet program made of it to the value of a field, and back."""

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Final

from shared.documents.sheet import TEN_THOUSAND, Column, Kind

CENT: Final = Decimal("0.01")
SEPARATORS: Final = re.compile(r"[、;；\n]")
YES: Final = frozenset({"是", "1", "true", "yes"})
NO: Final = frozenset({"否", "2", "false", "no"})
DAY_MARKS: Final = str.maketrans("年月/.", "----", "日")

type Raw = str | int | float | bool | time | date | datetime | timedelta | None
"""What a reader of workbooks makes of a cell."""


class CellUnreadable(ValueError):
    """The cell does not hold what its column is for; the message says what that is."""


def value_of(  # noqa: PLR0911 - one answer per kind
    raw: Raw,
    column: Column,
) -> object:
    """The field's value as JSON has it; None where the cell is empty."""
    text = shown(raw).strip()
    if not text:
        return None
    if "\0" in text:
        raise CellUnreadable("a text without the character NUL")
    if column.kind is Kind.LIST:
        parts = (part.strip() for part in SEPARATORS.split(text))
        return [_coded(part, column) for part in parts if part]
    text = _coded(text, column)
    match column.kind:
        case Kind.TEXT:
            return text
        case Kind.FLAG:
            return _flag(text)
        case Kind.DAY:
            return _day(raw, text)
        case Kind.WHOLE:
            return _whole(text)
        case Kind.NUMBER:
            return format(_number(text), "f")
        case Kind.YUAN | Kind.WAN:
            factor = TEN_THOUSAND if column.kind is Kind.WAN else Decimal(1)
            return _yuan(_number(text) * factor)


def shown(raw: Raw) -> str:
    """The text of a cell as a person sees it: a code that became a number has no `.0`."""
    match raw:
        case None:
            return ""
        case bool():
            return "是" if raw else "否"
        case float():
            return format(Decimal(repr(raw)), "f").removesuffix(".0")
        case datetime():
            return raw.date().isoformat()
        case date():
            return raw.isoformat()
        case _:
            return str(raw)


def cell_of(  # noqa: PLR0911 - one answer per kind
    value: object,
    column: Column,
) -> str | float | date:
    """What is written for a field's value; empty for none."""
    if value is None or value == "":
        return ""
    labels = {code: label for label, code in column.codes.items()}
    match column.kind:
        case Kind.LIST if isinstance(value, list | tuple):
            return "、".join(labels.get(str(part), str(part)) for part in value)
        case Kind.FLAG:
            said = "是" if value else "否"
            return labels.get(said, said)
        case Kind.DAY:
            return date.fromisoformat(str(value))
        case Kind.WHOLE:
            return int(str(value))
        case Kind.WAN:
            return format((Decimal(str(value)) / TEN_THOUSAND).normalize(), "f")
        case _:
            return labels.get(str(value), str(value))


def _coded(text: str, column: Column) -> str:
    if not column.codes:
        return text
    if text in column.codes:
        return column.codes[text]
    if text in column.codes.values():
        return text
    raise CellUnreadable(f"one of {'、'.join(column.codes)}")


def _flag(text: str) -> bool:
    if text.lower() in YES:
        return True
    if text.lower() in NO:
        return False
    raise CellUnreadable("是 or 否")


def _day(raw: Raw, text: str) -> str:
    if isinstance(raw, date):
        return text
    plain = text.translate(DAY_MARKS)
    try:
        year, month, day = (int(part) for part in plain.split("-"))
        return date(year, month, day).isoformat()
    except ValueError:
        raise CellUnreadable("a date such as 2021-05-31") from None


def _whole(text: str) -> int:
    number = _number(text)
    if number != number.to_integral_value():
        raise CellUnreadable("a whole number")
    return int(number)


def _number(text: str) -> Decimal:
    """A number as it is written; thousands may be separated, an exponent is refused."""
    plain = text.replace(",", "").replace("，", "")
    try:
        number = Decimal(plain)
    except InvalidOperation:
        raise CellUnreadable("a number") from None
    if not number.is_finite() or "e" in plain.lower():
        raise CellUnreadable("a number")
    return number


def _yuan(amount: Decimal) -> str:
    exact = amount.quantize(CENT, ROUND_HALF_UP)
    if exact != amount:
        raise CellUnreadable("an amount in whole fen")
    return format(exact, "f")
