"""What may be asked of a rule set: the rules of one region and fiscal year."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRuleSet:
    """Propose rules. `rules_json` is the published form as canonical JSON text."""

    region_code: str
    fiscal_year: int
    rules_json: str
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptRuleSet:
    """Put the draft in force. It binds every decision from now on."""

    region_code: str
    fiscal_year: int
    legal_basis: str
    by: str
    now: datetime


type RuleSetCommand = DraftRuleSet | AdoptRuleSet
