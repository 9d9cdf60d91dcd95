"""What may have happened to a rule set."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSetDrafted:
    """Rules were proposed; they can be read, and bind nobody yet."""

    region_code: str
    fiscal_year: int
    rule_set_version: int
    rules_json: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSetAdopted:
    """A version came into force. The rules are kept exactly as they were adopted."""

    region_code: str
    fiscal_year: int
    rule_set_version: int
    legal_basis: str
    rules_json: str
    adopted_on: date


type RuleSetEvent = RuleSetDrafted | RuleSetAdopted
