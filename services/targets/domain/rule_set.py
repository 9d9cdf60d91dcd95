"""The rules of a region and a fiscal year: drafted, adopted by another, superseded by the next.

An adopted version is never edited. A later version binds later decisions, and every score
names the version that produced it.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final, assert_never

from services.targets.domain.commands.rule_set import AdoptRuleSet, DraftRuleSet, RuleSetCommand
from services.targets.domain.events.rule_set import (
    RuleSetAdopted,
    RuleSetDrafted,
    RuleSetEvent,
    RuleSetSuperseded,
)
from services.targets.domain.refusals import (
    DrafterAdopts,
    ReasonMissing,
    RuleSetNotAdopted,
    RuleSetNotDrafted,
)
from services.targets.domain.rule_review import defects, refuse_any, settled, uncovered
from services.targets.domain.sourced_rules import SourcedRules, by_default
from shared.domain.decider import Decider, Owner, Reference
from shared.domain.hands import NOBODY, Hands
from shared.domain.rules import RuleSet
from shared.domain.workdays import business_date

VERSIONS_KEPT_MAX: Final = 128


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What waits to be adopted by somebody else; `drafters` are all who wrote it since the last."""

    stated: SourcedRules
    drafters: Hands


@dataclass(frozen=True, slots=True, kw_only=True)
class Adopted:
    """The version in force."""

    region_code: str
    rules: RuleSet
    stated: SourcedRules
    legal_basis: str
    adopted_on: date

    def lent_to(self, region_code: str) -> str:
        """The superior whose rules these are; empty for the region's own."""
        return "" if region_code == self.region_code else self.region_code


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The draft, where there is one, and the version in force, where there is one."""

    region_code: str = ""
    version: int = 0
    draft: Draft | None = None
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
    asked = SourcedRules(rules_json=command.rules_json, provenance=command.provenance)
    if _known(asked, state):
        return []
    refuse_any(defects(asked, _stated_before(state)))
    return [
        RuleSetDrafted(
            region_code=command.region_code,
            fiscal_year=command.fiscal_year,
            rule_set_version=state.version + 1,
            rules_json=command.rules_json,
            provenance=command.provenance,
            drafted_by=command.by,
        )
    ]


def _known(asked: SourcedRules, state: Rules) -> bool:
    if state.draft is not None:
        return asked == state.draft.stated
    if state.adopted is None or asked.rules_json != state.adopted.stated.rules_json:
        return False
    # Whoever states no source says nothing new about rules whose sources are known.
    return not asked.provenance or asked == state.adopted.stated


def _stated_before(state: Rules) -> SourcedRules | None:
    return state.adopted.stated if state.adopted is not None else None


def _adopt(command: AdoptRuleSet, state: Rules) -> Sequence[RuleSetEvent]:
    if state.draft is None:
        if state.adopted is None:
            raise RuleSetNotDrafted(remedy="Draft the rule set first.")
        return []
    state.draft.drafters.expect_another(command.by, DrafterAdopts)
    if not command.legal_basis.strip():
        raise ReasonMissing(pointer="/legal_basis")
    stated = settled(state.draft.stated, command.legal_basis, _stated_before(state))
    refuse_any(uncovered(stated))
    today = business_date(command.now)
    adopted = RuleSetAdopted(
        region_code=command.region_code,
        fiscal_year=command.fiscal_year,
        rule_set_version=state.version + 1,
        legal_basis=command.legal_basis,
        rules_json=stated.rules_json,
        adopted_on=today,
        provenance=dict(stated.provenance),
    )
    if state.adopted is None:
        return [adopted]
    superseded = RuleSetSuperseded(
        region_code=command.region_code,
        fiscal_year=command.fiscal_year,
        rule_set_version=state.version,
        superseded_by_version=adopted.rule_set_version,
        superseded_on=today,
    )
    return [superseded, adopted]


def evolve(state: Rules, event: RuleSetEvent) -> Rules:
    """The rules after this."""
    match event:
        case RuleSetDrafted():
            stated = SourcedRules(rules_json=event.rules_json, provenance=event.provenance)
            before = state.draft.drafters if state.draft is not None else NOBODY
            draft = Draft(stated=stated, drafters=before.also(event.drafted_by))
            return replace(state, region_code=event.region_code, draft=draft)
        case RuleSetAdopted():
            return Rules(
                region_code=event.region_code,
                version=event.rule_set_version,
                adopted=Adopted(
                    region_code=event.region_code,
                    rules=_read(event.rules_json, event.rule_set_version),
                    stated=adopted_rules(event),
                    legal_basis=event.legal_basis,
                    adopted_on=event.adopted_on,
                ),
            )
        case RuleSetSuperseded():
            # The adoption that follows in the same decision says what binds instead.
            return state
        case _:
            assert_never(event)


def adopted_rules(event: RuleSetAdopted) -> SourcedRules:
    """The rules that an adoption put in force, with the sources that count for them."""
    provenance = event.provenance or by_default(event.legal_basis)
    return SourcedRules(rules_json=event.rules_json, provenance=provenance)


def _owner(state: Rules) -> Owner | None:
    return Owner(region_code=state.region_code) if state.region_code else None


RULE_SET: Final[Decider[RuleSetCommand, RuleSetEvent, Rules]] = Decider(
    category="rule_set",
    initial=Rules(),
    commands=(DraftRuleSet, AdoptRuleSet),
    events={
        "RuleSetDrafted": RuleSetDrafted,
        "RuleSetAdopted": RuleSetAdopted,
        "RuleSetSuperseded": RuleSetSuperseded,
    },
    decide=decide,
    evolve=evolve,
    identify=lambda command: f"{command.region_code}-{command.fiscal_year}",
    owner=_owner,
)
