"""Reading a draft rule set that nobody has checked: refused by its place, never by falling over."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from shared.domain.rule_node import Node, RuleSetUnreadable
from shared.domain.rules import RuleSet

NUMBER_MAX: Final = Decimal(10) ** 15  # above every amount; longer numbers would fill memory
TEXT_MAX: Final = 2_000
BITS_MAX: Final = 64


def read_draft(rules: Mapping[str, Any]) -> RuleSet:
    """The draft as typed rules, or the refusal with the place of what cannot be read."""
    for node in _leaves(Node(dict(rules))):
        _expect_bounded(node)
    try:
        return RuleSet.parse(rules)
    except RuleSetUnreadable:
        raise
    except (ValueError, ArithmeticError, TypeError):
        raise RuleSetUnreadable("The draft cannot be read.", pointer="/rules") from None


def _leaves(node: Node) -> Iterator[Node]:
    if isinstance(node.value, Mapping):
        for below in node.fields().values():
            yield from _leaves(below)
    elif isinstance(node.value, Sequence) and not isinstance(node.value, str):
        for below in node.items():
            yield from _leaves(below)
    else:
        yield node


def _expect_bounded(node: Node) -> None:
    value = node.value
    if isinstance(value, int) and value.bit_length() > BITS_MAX:
        raise RuleSetUnreadable("A number is too long.", pointer=node.path)
    text = str(value)
    if len(text) > TEXT_MAX:
        raise RuleSetUnreadable("A value is too long.", pointer=node.path)
    try:
        number = Decimal(text)
    except InvalidOperation:
        return
    if not number.is_finite() or not -NUMBER_MAX < number < NUMBER_MAX:
        raise node.wrong(f"a finite number below {NUMBER_MAX:,}")
