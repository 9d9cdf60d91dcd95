"""How a decision is explained: its rule, its version, its input facts, its intermediate values."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import BaseModel, Field

from services.targets.api.rule_values import AppliedRules
from services.targets.api.views import View
from services.targets.projections import rule_sets
from services.targets.projections.rule_sets import RuleSetVersionRow
from shared.http.facts import facts_of
from shared.http.reading import Read


class InputFact(View):
    """An event the decision rests on. Folding the facts of a stream gives what was decided."""

    stream: str = Field(examples=["target-65310121A00001-2021"])
    version: int
    fact: str = Field(examples=["TargetGraded"])
    event_id: str
    recorded_on: date


class Step(BaseModel):
    """One step of the reasoning, with its value."""

    name: str = Field(examples=["score"])
    formula: str = Field(examples=["sum of the points"])
    value: str = Field(examples=["92.00"])


class Applied(BaseModel):
    """The rules that were applied."""

    rule: str = Field(description="Where the rule is written.")
    rule_set_version: int | None
    legal_basis: str | None = Field(description="The document that adopted the rule set.")


class Explanation(BaseModel):
    """What every explanation has."""

    applied: Applied
    inputs: list[InputFact] = Field(description="The events it rests on, as they were recorded.")
    steps: list[Step]


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a rule set as the explanations use it; empty where it is not ours."""

    number: int | None
    row: RuleSetVersionRow | None

    @property
    def rules(self) -> Mapping[str, Any]:
        """Its values."""
        return dict(json.loads(self.row.rules_json)) if self.row else {}

    @property
    def stream(self) -> tuple[str, str | None]:
        """The category and id of the rule set, among the streams a decision rests on."""
        return "rule_set", f"{self.row.region_code}-{self.row.fiscal_year}" if self.row else None

    def applied(self, rule: str) -> Applied:
        """As every explanation shows it."""
        basis = self.row.legal_basis if self.row else None
        return Applied(rule=rule, rule_set_version=self.number, legal_basis=basis)

    def told(self, places: Sequence[str]) -> AppliedRules | None:
        """The values at these places, each with its source."""
        return AppliedRules.of(self.row, places) if self.row else None


async def version_of(
    read: Read, region_code: str, fiscal_year: int, rule_set_version: int | None
) -> Version:
    """A version of the rules of a region and year, as they were adopted."""
    row = await read.first(rule_sets.version(region_code, fiscal_year, rule_set_version or 0))
    return Version(rule_set_version, row)


async def inputs_of(read: Read, *streams: str) -> list[InputFact]:
    """The events of these streams."""
    return [InputFact.model_validate(fact) for fact in await facts_of(read, streams)]


def steps(*told: tuple[str, str, object]) -> list[Step]:
    """Name, formula and value of each step, in order."""
    return [Step(name=name, formula=formula, value=str(value)) for name, formula, value in told]


def streams(*named: tuple[str, str | None]) -> Sequence[str]:
    """Names of streams from category and id; what has no id has no stream."""
    return [f"{category}-{of}" for category, of in named if of]
