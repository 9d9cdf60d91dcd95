"""The rules in force: what of the adopted rule set monitoring needs, by region and year.

Heard from the targets service, where a rule set is adopted. A region without a rule set of
its own follows the one of its superior.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Final

from services.monitoring.domain.values import region_line
from shared.domain.decider import Decider, Owner, Reference
from shared.domain.refusals import Conflict
from shared.domain.rules import (
    KeyFundRules,
    LetterRules,
    MonitoringRules,
    PaymentRules,
    RuleSet,
)

REFERENCES_REMEMBERED_MAX: Final = 1_024  # every project of a region and year asks for the same


class RulesNotHeard(Conflict):
    """No rule set was adopted for this region and year."""

    title_zh = "该地区本年度尚未启用规则集"


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesInForce:
    """The part of a rule set that monitoring decides by, and which version it is."""

    version: int
    name: str
    legal_basis: str
    monitoring: MonitoringRules
    letters: LetterRules
    deviation_tolerance: Decimal
    key_funds: KeyFundRules = field(default_factory=KeyFundRules)
    payments: PaymentRules = field(default_factory=PaymentRules)


def in_force(rules: RuleSet, legal_basis: str) -> RulesInForce:
    """The part of a whole rule set that monitoring decides by."""
    return RulesInForce(
        version=rules.version,
        name=rules.name,
        legal_basis=legal_basis,
        monitoring=rules.monitoring,
        letters=rules.letters,
        deviation_tolerance=rules.checks.deviation_cause,
        key_funds=rules.key_funds,
        payments=rules.payments,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class HearRules:
    """A rule set was adopted for a region and a year."""

    region_code: str
    fiscal_year: int
    rules: RulesInForce
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesHeard:
    """From now on these rules hold."""

    region_code: str
    fiscal_year: int
    rules: RulesInForce


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What holds for a region and a year; `None` before anything was adopted."""

    region_code: str = ""
    rules: RulesInForce | None = None


@lru_cache(maxsize=REFERENCES_REMEMBERED_MAX)
def references(region_code: str, fiscal_year: int) -> tuple[Reference, ...]:
    """The rules of a region and of those above it, nearest first."""
    return tuple(Reference("rules", f"{code}-{fiscal_year}") for code in region_line(region_code))


def nearest(states: Sequence[object]) -> RulesInForce | None:
    """The first rules in force among consulted states, nearest first."""
    found = (state.rules for state in states if isinstance(state, Rules) and state.rules)
    return next(found, None)


def required(rules: RulesInForce | None) -> RulesInForce:
    """The rules, or a refusal that says there are none."""
    if rules is None:
        raise RulesNotHeard
    return rules


def _decide(command: HearRules, state: Rules) -> Sequence[RulesHeard]:
    if state.rules is not None and state.rules.version >= command.rules.version:
        return []
    return [
        RulesHeard(
            region_code=command.region_code,
            fiscal_year=command.fiscal_year,
            rules=command.rules,
        )
    ]


def _evolve(_state: Rules, event: RulesHeard) -> Rules:
    return Rules(region_code=event.region_code, rules=event.rules)


def _owner(state: Rules) -> Owner | None:
    return Owner(region_code=state.region_code) if state.rules else None


rules_decider: Final[Decider[HearRules, RulesHeard, Rules]] = Decider(
    category="rules",
    initial=Rules(),
    commands=(HearRules,),
    events={"RulesHeard": RulesHeard},
    decide=_decide,
    evolve=_evolve,
    identify=lambda command: f"{command.region_code}-{command.fiscal_year}",
    owner=_owner,
)
