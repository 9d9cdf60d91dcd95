"""What a rule set has to hold, place by place, so that everything wrong is told at once.

`RuleSet.parse` reads the same places and stops at the first that it cannot read. What it finds
is found here, too: it is asked last, and a property of the tests holds the two together.
"""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import partial
from typing import Final

from services.targets.domain.rule_places import EACH_FIELD, SHAPE
from services.targets.domain.rule_readings import Reading, fields_of, number
from services.targets.domain.sourced_rules import leaves
from shared.domain.rule_node import Node, RuleSetUnreadable
from shared.domain.rules import RuleSet

EACH_ITEM: Final = "#"
WHERE_STATED: Final = "?"


def unreadable(tree: object) -> Iterator[RuleSetUnreadable]:
    """Every place that is missing or cannot be read, each once."""
    told: set[str | None] = set()
    for refusal in _by_place(tree):
        if refusal.pointer not in told:
            told.add(refusal.pointer)
            yield refusal
    if not told:
        yield from _refused(lambda: RuleSet.parse(tree))  # type: ignore[arg-type]


def _by_place(tree: object) -> Iterator[RuleSetUnreadable]:
    for place, reading in SHAPE:
        yield from _read(Node(tree), place.split("/")[1:], reading)
    # What nobody reads yet is kept for ever as well, and NaN is no JSON.
    for pointer, value in leaves(tree):
        if isinstance(value, float | Decimal):
            yield from _refused(partial(number, Node(value, pointer)))


def _read(node: Node, way: list[str], reading: Reading) -> Iterator[RuleSetUnreadable]:
    if not way:
        yield from _refused(lambda: reading(node))
        return
    try:
        below = _below(node, way[0])
    except RuleSetUnreadable as refusal:
        yield refusal
        return
    for place in below:
        yield from _read(place, way[1:], reading)


def _below(node: Node, step: str) -> Iterable[Node]:
    if step == EACH_ITEM:
        return node.items()
    if step.endswith(WHERE_STATED):
        name = step.removesuffix(WHERE_STATED)
        return [node.at(name)] if name in node.fields() else []
    return fields_of(node).values() if step == EACH_FIELD else [node.at(step)]


def _refused(read: Callable[[], object]) -> Iterator[RuleSetUnreadable]:
    try:
        read()
    except RuleSetUnreadable as refusal:
        yield refusal
