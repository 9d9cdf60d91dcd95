"""How a self-evaluation is explained: rules, inputs, lines, findings, and whether it agrees."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Self

from pydantic import BaseModel, Field

from services.evaluation.api.self_evaluation_views import ScoreExplanationView
from services.evaluation.domain.findings.table import CONSEQUENCES, Consequence
from services.evaluation.domain.findings.words import Noticed, Step
from services.evaluation.domain.recomputing import Basis, Recomputed
from services.evaluation.domain.scores import value_of
from services.evaluation.domain.values import Indicator, Reported, Scored
from services.evaluation.domain.weighing import PartSum, part_sums, weight_case
from shared.contracts.fields import Number
from shared.domain.rules import RuleSet
from shared.http.facts import Fact


class InputFactView(BaseModel):
    """An event the result rests on. Folding the facts of a stream gives what was judged."""

    stream: str = Field(examples=["self_evaluation-65312121T000000000042-2021"])
    version: int
    fact: str
    event_id: str
    recorded_on: date

    @classmethod
    def of(cls, fact: Fact) -> Self:
        """As it was recorded."""
        return cls(
            stream=fact.stream,
            version=fact.version,
            fact=fact.fact,
            event_id=fact.event_id,
            recorded_on=fact.recorded_on,
        )


class StepView(BaseModel):
    """A value on the way, with its formula."""

    name: str
    formula: str
    value: str

    @classmethod
    def of(cls, told: Step) -> Self:
        """As it is told."""
        return cls(name=told.name, formula=told.formula, value=told.value)


class AppliedView(BaseModel):
    """The rules that were applied."""

    rule: str
    rule_set_version: int
    legal_basis: str = Field(description="The document that adopted the rule set.")
    found: bool = Field(description="Whether this version of the rules is known here.")


class LineView(BaseModel):
    """One indicator: what was promised, told and counted, and its points."""

    indicator_id: str
    name: str
    level1: str
    operator: str
    target: Number | None
    unit: str
    told: Number | None
    told_unit: str = Field(description="The unit of the value where it was another.")
    counted: Number | None = Field(description="The value in the unit of the indicator.")
    reach: Number | None
    weight: Number
    score: Number

    @classmethod
    def of(cls, indicator: Indicator, reported: Reported | None, line: Scored) -> Self:
        """A line of the recomputation."""
        return cls(
            indicator_id=indicator.indicator_id,
            name=indicator.name,
            level1=indicator.level1.value,
            operator=indicator.operator.value,
            target=indicator.target_value,
            unit=indicator.unit,
            told=reported.value if reported else None,
            told_unit=reported.unit if reported else "",
            counted=value_of(indicator, reported) if reported else None,
            reach=line.reach,
            weight=indicator.weight,
            score=line.score,
        )


class PartView(BaseModel):
    """A level-1 part: its points by the rules, its weight in this target, and its score."""

    part: str
    usual: Number
    weight: Number
    score: Number

    @classmethod
    def of(cls, told: PartSum) -> Self:
        """A part."""
        return cls(part=told.part, usual=told.usual, weight=told.weight, score=told.score)


class NoticedView(BaseModel):
    """A finding: the values it was found by, the law, who decides, and what acceptance does."""

    finding: str
    level: str
    treatment: str
    effect: str
    legal_basis: str
    places: list[str] = Field(description="Where its limits stand in the rule set.")
    steps: list[StepView]

    @classmethod
    def of(cls, noticed: Noticed) -> Self:
        """A finding with its consequence."""
        return cls.told(noticed.finding.value, CONSEQUENCES[noticed.finding], noticed.steps)

    @classmethod
    def told(cls, name: str, consequence: Consequence, steps: Iterable[Step]) -> Self:
        """A finding by name."""
        return cls(
            finding=name,
            level=consequence.level.value,
            treatment=consequence.treatment.value,
            effect=consequence.effect.value,
            legal_basis=consequence.legal_basis,
            places=list(consequence.places),
            steps=[StepView.of(one) for one in steps],
        )


class SelfEvaluationExplanationView(ScoreExplanationView):
    """What a result was computed from, and the same computed again from these events."""

    provisional: bool = Field(description="Not accepted yet: computed from what is known now.")
    agrees: bool = Field(description="Whether the recomputation gives what was recorded.")
    differences: list[str]
    applied: AppliedView
    inputs: list[InputFactView]
    weight_case: str
    parts: list[PartView]
    lines: list[LineView]
    steps: list[StepView]
    noticed: list[NoticedView]

    @classmethod
    def built(cls, row: Any, shown: dict[str, Any]) -> Self:  # noqa: ANN401 - a row of the register
        """A row of the register with everything beside it."""
        return cls.model_validate({**ScoreExplanationView.of(row).model_dump(), **shown})


def computed(basis: Basis, result: Recomputed, rules: RuleSet) -> dict[str, Any]:
    """Lines, parts, steps and findings of a recomputation."""
    case, indicators = result.case, basis.project.indicators
    weights = weight_case(basis.project.scheme, indicators, rules.weights)
    lines = [
        LineView.of(indicator, case.reports.get(indicator.indicator_id), line)
        for indicator, line in zip(indicators, case.machine.lines, strict=True)
    ]
    parts = part_sums(weights, indicators, case.machine.lines)
    return {
        "weight_case": weights.name,
        "parts": [PartView.of(part) for part in parts],
        "lines": lines,
        "steps": _steps(basis, result),
        "noticed": [NoticedView.of(one) for one in result.noticed],
    }


def _steps(basis: Basis, result: Recomputed) -> Sequence[StepView]:
    case, machine = result.case, result.case.machine
    told = (
        ("budget", "full-year adjusted budget", case.budget),
        ("paid", "settled less returned, of the treasury", case.paid),
        ("execution_rate", "paid ÷ budget, from 0 to 1", machine.execution_rate),
        ("E", f"scheme {basis.project.scheme.value}, {_finished(basis)}", machine.execution_score),
        ("Σ s", "sum of the indicators", machine.goal_score),
        ("S", "E + Σ s, at most 100", machine.score),
        ("grade", "of the rounded score", result.grade.value),
        ("d1", "self_score - S", case.self_score - machine.score),
    )
    return [StepView(name=name, formula=formula, value=str(value)) for name, formula, value in told]


def _finished(basis: Basis) -> str:
    return "finished" if basis.report.finished else "not finished"
