"""Rules with their sources: a tree of values, each named by its JSON Pointer (RFC 6901).

A source is stated for a place in the tree and holds for every value below it, until a place
further down states another.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final

TREES_KEPT_MAX: Final = 128
ROOT: Final = ""


class SourceTag(StrEnum):
    """Where a value comes from (`domain` §0.1), the strongest first."""

    S = "S"
    R1 = "R1"
    R2 = "R2"
    F = "F"
    R3 = "R3"
    D = "D"


FIXED: Final = frozenset({SourceTag.S, SourceTag.R1})
"""What a value may be changed away from only by naming another ground."""
FREE: Final = frozenset({SourceTag.F, SourceTag.D})
"""What needs no document: field practice and our own defaults."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Why a value is what it is: the rank of its source, and the document in words."""

    source_tag: SourceTag
    legal_basis: str = ""


type Provenances = Mapping[str, Provenance]
"""By JSON Pointer; the empty pointer stands for the whole rule set."""


@lru_cache(maxsize=TREES_KEPT_MAX)
def read_tree(rules_json: str) -> Mapping[str, Any]:
    """The rules as they are written; a broken number stays exact."""
    tree: Mapping[str, Any] = json.loads(rules_json, parse_float=Decimal)
    return tree


@lru_cache(maxsize=TREES_KEPT_MAX)
def read_values(rules_json: str) -> Mapping[str, Any]:
    """Every value by its pointer. An empty list or mapping is a value, too."""
    return MappingProxyType(dict(leaves(read_tree(rules_json))))


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcedRules:
    """Rules in their published form, as JSON text, and where each value comes from."""

    rules_json: str
    provenance: Provenances = field(default_factory=dict)

    @property
    def values(self) -> Mapping[str, Any]:
        """Every value by its pointer."""
        return read_values(self.rules_json)

    @property
    def places(self) -> frozenset[str]:
        """Every pointer that points at something."""
        return frozenset(above for pointer in self.values for above in upwards(pointer))

    def source(self, pointer: str) -> Provenance | None:
        """What is stated for a value, or for the nearest place above it."""
        stated = (self.provenance.get(place) for place in upwards(pointer))
        return next((source for source in stated if source is not None), None)


def by_default(legal_basis: str) -> Provenances:
    """The sources of rules that state none: every value counts as a default (**D**)."""
    return {ROOT: Provenance(source_tag=SourceTag.D, legal_basis=legal_basis)}


def is_default(provenance: Provenances) -> bool:
    """Whether nobody has stated where any single value comes from."""
    return provenance.keys() == {ROOT} and provenance[ROOT].source_tag is SourceTag.D


def upwards(pointer: str) -> Iterator[str]:
    """A place and every place above it, up to the whole."""
    while pointer:
        yield pointer
        pointer = pointer.rpartition("/")[0]
    yield ROOT


def leaves(value: object, pointer: str = ROOT) -> Iterator[tuple[str, object]]:
    """Every value at and below a place, by its pointer. What is empty is a value, too."""
    if isinstance(value, Mapping) and value:
        for key, below in value.items():
            yield from leaves(below, f"{pointer}/{escaped(str(key))}")
    elif isinstance(value, list) and value:
        for index, below in enumerate(value):
            yield from leaves(below, f"{pointer}/{index}")
    else:
        yield pointer, value


def escaped(key: str) -> str:
    """A key as a part of a pointer."""
    return key.replace("~", "~0").replace("/", "~1")


def unescaped(part: str) -> str:
    """The key that a part of a pointer stands for."""
    return part.replace("~1", "/").replace("~0", "~")
