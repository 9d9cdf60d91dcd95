"""The framework of department and finance evaluations as formulas (`domain` §4.7).

Source: 财预〔2020〕10号 art. 14 and annex. Beware: here the execution rate is paid ÷ received,
not paid ÷ budget as in the self-evaluation.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, assert_never

from services.evaluation.domain.judging.refusals import FiguresMissing, PlanNotOfTheStage
from services.evaluation.domain.judging.values import (
    Figure,
    ItemScore,
    Measure,
    Part,
    PlanItem,
    Stage,
)
from services.evaluation.domain.refusals import ItemNotJudged, PlanOutOfBalance, ScoreOutOfRange
from shared.domain.grades import rounded
from shared.domain.judging_rules import Framework
from shared.domain.money import Money
from shared.domain.scoring import NOTHING, ONE

PLAN_POINTS: Final = Decimal(100)
BASIS_CHARACTERS_MIN: Final = 2
RESULTS: Final = frozenset({Part.OUTPUT, Part.BENEFIT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """The money of an evaluation, and the figures of its measured items."""

    budget: Money
    received: Money
    paid: Money
    figures: Mapping[str, Figure]


def items_of(framework: Framework, stage: Stage) -> tuple[PlanItem, ...]:
    """The items of the rule set with their points at a stage of the project."""
    return tuple(
        PlanItem(
            item_id=item.item_id,
            part=Part(item.part),
            name=item.name,
            points=points,
            measure=Measure(item.measure),
            level2=item.level2,
            explanation=item.explanation,
            key_points=item.key_points,
            standard=item.standard,
        )
        for item, points in framework.at(stage)
    )


def weights_of(items: Sequence[PlanItem]) -> Mapping[Part, Decimal]:
    """The points of each part."""
    return {part: sum((i.points for i in items if i.part is part), NOTHING) for part in Part}


def check_plan(items: Sequence[PlanItem], framework: Framework, stage: Stage) -> None:
    """Points sum to 100; what came of it weighs enough; no item twice; fit for the stage.

    Art. 14: decision, process and output weigh more where the project goes on, output and
    benefit more where it is finished: at least what they weigh without a stage.
    """
    weights = weights_of(items)
    results = weights[Part.OUTPUT] + weights[Part.BENEFIT]
    total = sum(weights.values(), NOTHING)
    unique = len({i.item_id for i in items}) == len(items)
    positive = all(i.points > 0 for i in items)
    if total != PLAN_POINTS or results < framework.result_points_min or not unique or not positive:
        raise PlanOutOfBalance(pointer="/items", total=str(total), results=str(results))
    usual = framework.weights["GENERAL"]
    on_the_way = PLAN_POINTS - usual[Part.BENEFIT]
    if stage is Stage.ONGOING and total - weights[Part.BENEFIT] < on_the_way:
        raise PlanNotOfTheStage(
            f"Decision, process and output of an ongoing project weigh at least {on_the_way}.",
            pointer="/items",
            remedy="Move points from benefit to decision, process or output.",
        )
    in_the_end = usual[Part.OUTPUT] + usual[Part.BENEFIT]
    if stage is Stage.FINISHED and results < in_the_end:
        raise PlanNotOfTheStage(
            f"Output and benefit of a finished project weigh at least {in_the_end}.",
            pointer="/items",
            remedy="Move points to output or benefit.",
        )


def score_items(
    items: Sequence[PlanItem], given: Sequence[ItemScore], case: Case
) -> tuple[ItemScore, ...]:
    """Every item with its points: judged ones as given, the rest computed."""
    told = {score.item_id: score for score in given}
    return tuple(_scored(item, told, case) for item in items)


def _scored(item: PlanItem, told: Mapping[str, ItemScore], case: Case) -> ItemScore:
    match item.measure:
        case Measure.JUDGED:
            return _judged(item, told.get(item.item_id))
        case Measure.FUNDS_IN_PLACE:
            rate = case.received.ratio_to(case.budget)
            return _computed(item, rate, f"received ÷ budget = {case.received} ÷ {case.budget}")
        case Measure.EXECUTION:
            rate = case.paid.ratio_to(case.received)
            return _computed(item, rate, f"paid ÷ received = {case.paid} ÷ {case.received}")
        case Measure.COMPLETION:
            told_of = _figure(item, case)
            return _divided(item, told_of, told_of.actual, told_of.planned, "actual ÷ planned")
        case Measure.QUALITY:
            told_of = _figure(item, case)
            formula = "up to standard ÷ actual"
            return _divided(item, told_of, told_of.qualified, told_of.actual, formula)
        case Measure.SAVING:
            return _saved(item, _figure(item, case))
        case _:
            assert_never(item.measure)


def _figure(item: PlanItem, case: Case) -> Figure:
    found = case.figures.get(item.item_id)
    if found is None:
        raise _lacking(item)
    return found


def _lacking(item: PlanItem) -> FiguresMissing:
    wanted = {
        Measure.COMPLETION: "planned and actual",
        Measure.QUALITY: "actual and qualified",
        Measure.SAVING: "planned_cost and actual_cost",
    }[item.measure]
    return FiguresMissing(
        f"{item.name} is computed from {wanted}.",
        pointer="/figures",
        remedy=f"Give {wanted} for {item.item_id}.",
        item_id=item.item_id,
    )


def _divided(
    item: PlanItem, figure: Figure, part: Decimal | None, whole: Decimal | None, formula: str
) -> ItemScore:
    if part is None or whole is None or part < 0 or whole < 0:
        raise _lacking(item)
    rate = part / whole if whole else NOTHING
    return _computed(item, rate, f"{formula} = {part} ÷ {whole}", figure.evidence)


def _saved(item: PlanItem, figure: Figure) -> ItemScore:
    """A cost up to the plan takes full points; what it overruns is lost in proportion (D)."""
    planned, actual = figure.planned_cost, figure.actual_cost
    if planned is None or actual is None or planned.fen <= 0 or actual.fen < 0:
        raise _lacking(item)
    saving = (planned - actual).ratio_to(planned)
    basis = f"(planned - actual cost) ÷ planned = ({planned} - {actual}) ÷ {planned}"
    return _computed(item, ONE + saving, basis, figure.evidence)


def _computed(
    item: PlanItem, rate: Decimal, basis: str, evidence: tuple[str, ...] = ()
) -> ItemScore:
    score = rounded(item.points * max(NOTHING, min(ONE, rate)))
    lost = item.points - score
    return ItemScore(
        item_id=item.item_id,
        score=score,
        basis=basis,
        deduction=f"按比率计算扣{rounded(lost)}分" if lost else "",
        evidence=evidence,
    )


def _judged(item: PlanItem, given: ItemScore | None) -> ItemScore:
    if given is None or len(given.basis.strip()) < BASIS_CHARACTERS_MIN:
        raise ItemNotJudged(item_id=item.item_id)
    if not 0 <= given.score <= item.points:
        raise ScoreOutOfRange(f"{item.name} takes 0 to {item.points}", item_id=item.item_id)
    return given


def corrected(
    items: Sequence[PlanItem], scores: Sequence[ItemScore], corrections: Sequence[ItemScore]
) -> tuple[ItemScore, ...]:
    """The scores after opinions were exchanged; only judged items can be corrected."""
    judged = {item.item_id: item for item in items if item.measure is Measure.JUDGED}
    changed: dict[str, ItemScore] = {}
    for correction in corrections:
        if correction.item_id not in judged:
            raise ItemNotJudged(item_id=correction.item_id)
        changed[correction.item_id] = _judged(judged[correction.item_id], correction)
    return tuple(changed.get(score.item_id, score) for score in scores)


def total(scores: Sequence[ItemScore]) -> Decimal:
    """The whole score."""
    return rounded(sum((score.score for score in scores), NOTHING))
