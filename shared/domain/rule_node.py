"""A place in a published rule set: reads values and names the path of what is wrong."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Final

from shared.domain.refusals import Invalid

PAIR: Final = 2


class RuleSetUnreadable(Invalid):
    """The rule set lacks a value or holds one that cannot be read."""

    title_zh = "规则集缺少取值或取值无法识别"


class Node:
    """A place in the rule set: reads values and names the path of what is wrong."""

    __slots__ = ("path", "value")

    def __init__(self, value: object, path: str = "") -> None:
        """Stand at `path` of the rule set."""
        self.value = value
        self.path = path

    def at(self, *keys: str) -> "Node":
        """Go down; a missing key is refused by its path."""
        value, path = self.value, self.path
        for key in keys:
            path = f"{path}/{key}"
            if not isinstance(value, Mapping) or key not in value:
                raise RuleSetUnreadable(f"{path} is missing", pointer=path)
            value = value[key]
        return Node(value, path)

    def wrong(self, what: str) -> RuleSetUnreadable:
        """The refusal for this place."""
        return RuleSetUnreadable(f"{self.path} is not {what}: {self.value!r}", pointer=self.path)

    def number(self) -> Decimal:
        """An exact number; JSON numbers are read by their text."""
        if isinstance(self.value, bool) or not isinstance(self.value, int | float | str | Decimal):
            raise self.wrong("a number")
        try:
            return Decimal(str(self.value))
        except InvalidOperation:
            raise self.wrong("a number") from None

    def whole(self) -> int:
        """A whole number."""
        number = self.number()
        if number != number.to_integral_value():
            raise self.wrong("a whole number")
        return int(number)

    def text(self) -> str:
        """A text."""
        if not isinstance(self.value, str):
            raise self.wrong("a text")
        return self.value

    def flag(self) -> bool:
        """True or false."""
        if not isinstance(self.value, bool):
            raise self.wrong("true or false")
        return self.value

    def items(self) -> Sequence["Node"]:
        """A list."""
        if not isinstance(self.value, list | tuple):
            raise self.wrong("a list")
        return [Node(item, f"{self.path}/{index}") for index, item in enumerate(self.value)]

    def fields(self) -> Mapping[str, "Node"]:
        """A mapping."""
        if not isinstance(self.value, Mapping):
            raise self.wrong("a mapping")
        return {str(key): Node(item, f"{self.path}/{key}") for key, item in self.value.items()}

    def pair(self) -> tuple[Decimal, Decimal]:
        """Two numbers."""
        parts = [part.number() for part in self.items()]
        if len(parts) != PAIR:
            raise self.wrong("a pair of numbers")
        return parts[0], parts[1]

    def month_day(self) -> tuple[int, int]:
        """A day of the year, as month and day."""
        parts = self.text().split("-")
        if len(parts) != PAIR or not all(part.isdecimal() for part in parts):
            raise self.wrong('a day of the year like "05-31"')
        return int(parts[0]), int(parts[1])
