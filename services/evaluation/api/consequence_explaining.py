"""How a consequence is explained: rule, version, legal basis, input events, intermediate values."""

from collections.abc import Sequence
from datetime import date

from pydantic import BaseModel, Field

from services.evaluation.api.views import View
from shared.http.facts import facts_of
from shared.http.reading import Read


class InputFact(View):
    """An event the decision rests on. Folding the facts of a stream gives what was decided."""

    stream: str = Field(examples=["appraisal-653121101001-2021"])
    version: int
    fact: str = Field(examples=["AppraisalConcluded"])
    event_id: str
    recorded_on: date


class ExplainedStep(BaseModel):
    """One step of the reasoning, with its value."""

    name: str = Field(examples=["cap"])
    formula: str = Field(examples=["previous budget × factor"])
    value: str = Field(examples=["18000000.00"])


class AppliedRule(BaseModel):
    """The rule that was applied."""

    rule: str = Field(description="Where the rule is written.")
    rule_set_version: int | None
    legal_basis: str | None = Field(description="The document that adopted the rule set.")


class ConsequenceExplanation(BaseModel):
    """Everything that a cap, a cut or a recovery rests on."""

    applied: AppliedRule
    inputs: list[InputFact] = Field(description="The events it rests on, as they were recorded.")
    steps: list[ExplainedStep]


def steps_of(*told: tuple[str, str, object]) -> list[ExplainedStep]:
    """Name, formula and value of each step, in order; what has no value is left out."""
    return [
        ExplainedStep(name=name, formula=formula, value=str(value))
        for name, formula, value in told
        if value is not None
    ]


async def explained(
    read: Read, applied: AppliedRule, streams: Sequence[str], steps: list[ExplainedStep]
) -> ConsequenceExplanation:
    """With the facts of the streams, as they lie in the store."""
    facts = [InputFact.of(one) for one in await facts_of(read, list(streams))]
    return ConsequenceExplanation(applied=applied, inputs=facts, steps=steps)
