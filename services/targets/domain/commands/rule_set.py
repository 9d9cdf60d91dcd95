"""What may be asked of a rule set: the rules of one region and fiscal year."""

from dataclasses import dataclass, field
from datetime import datetime

from services.targets.domain.sourced_rules import Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRuleSet:
    """Propose rules. `rules_json` is the published form as canonical JSON text.

    `provenance` says by JSON Pointer where the values come from; it may grow until the adoption.
    """

    region_code: str
    fiscal_year: int
    rules_json: str
    by: str
    now: datetime
    provenance: dict[str, Provenance] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptRuleSet:
    """Somebody else puts the draft in force. It binds every decision from now on."""

    region_code: str
    fiscal_year: int
    legal_basis: str
    by: str
    now: datetime


type RuleSetCommand = DraftRuleSet | AdoptRuleSet
