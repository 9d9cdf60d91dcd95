"""The rules of a region and a fiscal year: drafted, then adopted; versions only go up.

An adopted version is never edited. A later version binds later decisions, and every score
names the version that produced it.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final, assert_never

from services.targets.domain.commands.rule_set import AdoptRuleSet, DraftRuleSet, RuleSetCommand
from services.targets.domain.events.rule_set import RuleSetAdopted, RuleSetDrafted, RuleSetEvent
from services.targets.domain.refusals import ReasonMissing, RuleSetNotAdopted, RuleSetNotDrafted
from shared.domain.decider import Decider, Owner, Reference
from shared.domain.rules import RuleSet
from shared.domain.workdays import business_date

VERSIONS_KEPT_MAX: Final = 128


@dataclass(frozen=True, slots=True, kw_only=True)
class Adopted:
    """The version in force."""

    region_code: str
    rules: RuleSet
    rules_json: str
    legal_basis: str
    adopted_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The draft, where there is one, and the version in force, where there is one."""

    region_code: str = ""
    version: int = 0
    draft_json: str | None = None
    adopted: Adopted | None = None


@lru_cache(maxsize=VERSIONS_KEPT_MAX)
def _read(rules_json: str, version: int) -> RuleSet:
    """The rules as typed values; a fold in every command must not parse them every time."""
    return RuleSet.parse(json.loads(rules_json, parse_float=Decimal), version)


def in_force(state: object, region_code: str) -> Adopted:
    """What a decision that consulted the rule set goes by."""
    if isinstance(state, Rules) and state.adopted is not None:
        return state.adopted
    raise RuleSetNotAdopted(
        remedy="Adopt a rule set for the region and fiscal year first.", region_code=region_code
    )


def rules_of(region_code: str, fiscal_year: int) -> Reference:
    """Where the rules of a region and fiscal year are decided."""
    return Reference("rule_set", f"{region_code}-{fiscal_year}")


def decide(command: RuleSetCommand, state: Rules) -> Sequence[RuleSetEvent]:
    """Facts, silence, or a refusal."""
    match command:
        case DraftRuleSet():
            return _draft(command, state)
        case AdoptRuleSet():
            return _adopt(command, state)
        case _:
            assert_never(command)


def _draft(command: DraftRuleSet, state: Rules) -> Sequence[RuleSetEvent]:
    version = state.version + 1
    in_use = state.adopted.rules_json if state.adopted else None
    if command.rules_json == (state.draft_json or in_use):
        return []
    _read(command.rules_json, version)
    return [
        RuleSetDrafted(
            region_code=command.region_code,
            fiscal_year=command.fiscal_year,
            rule_set_version=version,
            rules_json=command.rules_json,
        )
    ]


def _adopt(command: AdoptRuleSet, state: Rules) -> Sequence[RuleSetEvent]:
    if state.draft_json is None:
        if state.adopted is None:
            raise RuleSetNotDrafted(remedy="Draft the rule set first.")
        return []
    if not command.legal_basis.strip():
        raise ReasonMissing(pointer="/legal_basis")
    return [
        RuleSetAdopted(
            region_code=command.region_code,
            fiscal_year=command.fiscal_year,
            rule_set_version=state.version + 1,
            legal_basis=command.legal_basis,
            rules_json=state.draft_json,
            adopted_on=business_date(command.now),
        )
    ]


def evolve(state: Rules, event: RuleSetEvent) -> Rules:
    """The rules after this."""
    match event:
        case RuleSetDrafted():
            return Rules(
                region_code=event.region_code,
                version=state.version,
                draft_json=event.rules_json,
                adopted=state.adopted,
            )
        case RuleSetAdopted():
            return Rules(
                region_code=event.region_code,
                version=event.rule_set_version,
                adopted=Adopted(
                    region_code=event.region_code,
                    rules=_read(event.rules_json, event.rule_set_version),
                    rules_json=event.rules_json,
                    legal_basis=event.legal_basis,
                    adopted_on=event.adopted_on,
                ),
            )
        case _:
            assert_never(event)


def _owner(state: Rules) -> Owner | None:
    return Owner(region_code=state.region_code) if state.region_code else None


RULE_SET: Final[Decider[RuleSetCommand, RuleSetEvent, Rules]] = Decider(
    category="rule_set",
    initial=Rules(),
    commands=(DraftRuleSet, AdoptRuleSet),
    events={"RuleSetDrafted": RuleSetDrafted, "RuleSetAdopted": RuleSetAdopted},
    decide=decide,
    evolve=evolve,
    identify=lambda command: f"{command.region_code}-{command.fiscal_year}",
    owner=_owner,
)
