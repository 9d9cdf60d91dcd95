"""What differs between two versions of a rule set, value by value."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from services.targets.domain.sourced_rules import Provenance, SourcedRules


class RuleChange(StrEnum):
    """What happened to a value between two versions."""

    ADDED = "ADDED"
    REMOVED = "REMOVED"
    CHANGED = "CHANGED"
    SOURCE_CHANGED = "SOURCE_CHANGED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One value that differs; what is not there on a side has no value and no source."""

    pointer: str
    change: RuleChange
    before: Any
    after: Any
    source_before: Provenance | None
    source_after: Provenance | None


def differences(before: SourcedRules, after: SourcedRules) -> Sequence[Difference]:
    """Every value that was added, removed or changed, or whose source is another one."""
    earlier, later = before.values, after.values
    pointers = [*earlier, *(pointer for pointer in later if pointer not in earlier)]
    found = (_difference(pointer, before, after) for pointer in pointers)
    return [difference for difference in found if difference is not None]


def _difference(pointer: str, before: SourcedRules, after: SourcedRules) -> Difference | None:
    earlier, later = before.values, after.values
    source_before = before.source(pointer) if pointer in earlier else None
    source_after = after.source(pointer) if pointer in later else None
    if pointer not in earlier:
        change = RuleChange.ADDED
    elif pointer not in later:
        change = RuleChange.REMOVED
    elif not same_value(earlier[pointer], later[pointer]):
        change = RuleChange.CHANGED
    elif source_before != source_after:
        change = RuleChange.SOURCE_CHANGED
    else:
        return None
    return Difference(
        pointer=pointer,
        change=change,
        before=earlier.get(pointer),
        after=later.get(pointer),
        source_before=source_before,
        source_after=source_after,
    )


def same_value(one: object, other: object) -> bool:
    """Equality of JSON: 0.3 is 0.30, but true is not 1."""
    return isinstance(one, bool) is isinstance(other, bool) and one == other
