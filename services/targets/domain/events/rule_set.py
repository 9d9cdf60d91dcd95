"""What may have happened to a rule set."""

from dataclasses import dataclass, field
from datetime import date

from services.targets.domain.sourced_rules import Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSetDrafted:
    """Rules were proposed; they can be read, and bind nobody yet."""

    region_code: str
    fiscal_year: int
    rule_set_version: int
    rules_json: str
    provenance: dict[str, Provenance] = field(default_factory=dict)
    drafted_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSetAdopted:
    """A version came into force. Rules and sources are kept exactly as they were adopted.

    Without sources: adopted before sources were stated, every value counts as a default (**D**).
    """

    region_code: str
    fiscal_year: int
    rule_set_version: int
    legal_basis: str
    rules_json: str
    adopted_on: date
    provenance: dict[str, Provenance] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSetSuperseded:
    """A version binds nothing decided from this day on; what it decided stands."""

    region_code: str
    fiscal_year: int
    rule_set_version: int
    superseded_by_version: int
    superseded_on: date


type RuleSetEvent = RuleSetDrafted | RuleSetAdopted | RuleSetSuperseded
