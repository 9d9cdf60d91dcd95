"""The words of the findings: what was noticed of a report, in which case, and from which values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Final

from services.evaluation.domain.scores import Machine
from services.evaluation.domain.values import Cause, Indicator, Reported
from shared.domain.likeness import Alike
from shared.domain.money import ZERO, Money


class Finding(StrEnum):
    """What the machine noticed, in the order of the table."""

    ARITHMETIC = "ARITHMETIC"
    GOAL_OVER_EXECUTION = "GOAL_OVER_EXECUTION"
    LOW_EXECUTION = "LOW_EXECUTION"
    PERFECT_SCORE = "PERFECT_SCORE"
    LOW_TARGET = "LOW_TARGET"
    MISSING_EVIDENCE = "MISSING_EVIDENCE"
    DODGED_CAUSE = "DODGED_CAUSE"
    COPY_PASTE = "COPY_PASTE"
    MAGNITUDE = "MAGNITUDE"
    NO_BUDGET = "NO_BUDGET"
    PAID_OVER_BUDGET = "PAID_OVER_BUDGET"


RETURNING: Final = frozenset({Finding.ARITHMETIC, Finding.DODGED_CAUSE})
"""Findings with which a report goes back instead of being accepted."""


class Level(StrEnum):
    """How serious it is."""

    RED = "RED"
    YELLOW = "YELLOW"
    FLAG = "FLAG"


class Treatment(StrEnum):
    """Who decides what becomes of it."""

    RETURNED = "RETURNED"
    """The system sends the report back by itself."""
    DECIDED = "DECIDED"
    """The performance section decides."""
    FLAGGED = "FLAGGED"
    """It is kept with the result and makes a re-check likelier."""


class Effect(StrEnum):
    """What it does to the acceptance of the report."""

    PREVENTS = "PREVENTS"
    NO_POINTS = "NO_POINTS"
    """The indicator has no points until it is proven."""
    KEPT = "KEPT"
    CORRECTS = "CORRECTS"
    """The score of the re-check replaces the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A value on the way to a finding."""

    name: str
    formula: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Noticed:
    """A finding with the values it was found by."""

    finding: Finding
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """A report beside what the machine made of it, and the reports that say the same."""

    indicators: Sequence[Indicator]
    reports: Mapping[str, Reported]
    execution_cause: Cause | None
    self_score: Decimal
    machine: Machine
    budget: Money
    paid: Money
    alike: Sequence[Alike] = field(default_factory=tuple)
    characters: int = 0
    """So many of its characters were compared with those of the others."""
    unspent: Money = ZERO
    """What was paid and does not count as spent: it lies on the unit's own account."""


def step(name: str, formula: str, value: object) -> Step:
    """A value as it is told."""
    return Step(name=name, formula=formula, value=str(value))
