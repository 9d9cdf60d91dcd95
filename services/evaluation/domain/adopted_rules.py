"""The rules that bind a region and a year, as the targets service said them.

Heard as text and read once per version: a rule set nobody can read is a problem of whoever
needs it, not of whoever hears it.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Final

from services.evaluation.domain.refusals import RulesNotAdopted
from shared.domain.decider import Decider, Reference
from shared.domain.rule_node import Node
from shared.domain.rules import RuleSet

READ_RULES_MAX: Final = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptRules:
    """A version of the rule set was adopted elsewhere; keep it."""

    region_code: str
    fiscal_year: int
    version: int
    legal_basis: str
    text: str
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesAdopted:
    """From now on these rules bind the region and year."""

    version: int
    legal_basis: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Effectiveness:
    """Points of the links of performance management (`domain` §4.11)."""

    links: dict[str, Decimal]
    bonus_max: Decimal
    penalty_max: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The newest version that was heard; version 0 is none."""

    version: int = 0
    legal_basis: str = ""
    text: str = ""

    @property
    def rule_set(self) -> RuleSet:
        """The typed rules."""
        return _read(self.text, self.version)

    @property
    def effectiveness(self) -> Effectiveness:
        """The framework of the appraisal."""
        return _read_effectiveness(self.text)


@lru_cache(maxsize=READ_RULES_MAX)
def _read(text: str, version: int) -> RuleSet:
    return RuleSet.parse(json.loads(text), version)


@lru_cache(maxsize=READ_RULES_MAX)
def _read_effectiveness(text: str) -> Effectiveness:
    fields = dict(Node(json.loads(text)).at("effectiveness").fields())
    bonus_max, penalty_max = fields.pop("bonus_max"), fields.pop("penalty_max")
    return Effectiveness(
        links={name: points.number() for name, points in fields.items()},
        bonus_max=bonus_max.number(),
        penalty_max=penalty_max.number(),
    )


def bind(region_code: str, *fiscal_years: int | str) -> tuple[Reference, ...]:
    """Where the binding rules may stand, the nearest first.

    A year comes before a level: a county without rules of its own is bound by those of its
    prefecture, and a prefecture by those of its province (GB/T 2260 codes).
    """
    levels = dict.fromkeys((region_code, f"{region_code[:4]}00", f"{region_code[:2]}0000"))
    return tuple(Reference("rules", f"{level}-{year}") for year in fiscal_years for level in levels)


def first_adopted(states: Iterable[object]) -> Rules | None:
    """The nearest rules that were adopted."""
    return next((s for s in states if isinstance(s, Rules) and s.version), None)


def adopted(rules: Rules | None) -> Rules:
    """The rules, or the refusal that there are none."""
    if rules is None:
        raise RulesNotAdopted(remedy="Adopt a rule set for the region and year in targets.")
    return rules


def decide(command: AdoptRules, state: Rules) -> Sequence[RulesAdopted]:
    """Keep a newer version; an older one arrives too late to matter."""
    if command.version <= state.version:
        return []
    return [
        RulesAdopted(version=command.version, legal_basis=command.legal_basis, text=command.text)
    ]


def evolve(_state: Rules, event: RulesAdopted) -> Rules:
    """The newest version binds."""
    return Rules(version=event.version, legal_basis=event.legal_basis, text=event.text)


def identify(command: AdoptRules) -> str:
    """One stream per region and year."""
    return f"{command.region_code}-{command.fiscal_year}"


adopted_rules_decider = Decider(
    category="rules",
    initial=Rules(),
    commands=(AdoptRules,),
    events={"RulesAdopted": RulesAdopted},
    decide=decide,
    evolve=evolve,
    identify=identify,
)
