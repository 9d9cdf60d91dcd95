"""What a target is measured against: the rules, and what other offices have said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from services.targets.domain.library import LibraryClass
from services.targets.domain.values import ProjectKind
from shared.domain.likeness import Alike
from shared.domain.money import Money
from shared.domain.rules import WeightRules


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    """What the ex-ante report promised, and the amount: accepted, or else asked for."""

    goal: str
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Yardstick:
    """What a target is measured against.

    `core_classes`: the core library in use by class code; empty where none was published.
    `library_class`: the class of the project in it, where one was stated. `budget`: what the
    project may expect in this year, where that is known. `alike`: the other projects of the
    unit that promise the same.
    """

    fiscal_year: int
    kind: ProjectKind
    weights: WeightRules
    nodes: Sequence[str]
    library_class: str = ""
    core_classes: Mapping[str, LibraryClass] = field(default_factory=dict)
    budget: Money | None = None
    assessed: Assessed | None = None
    alike: Sequence[Alike] = ()
