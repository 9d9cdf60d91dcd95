"""The framework of department and finance evaluations as formulas (`domain` §4.7).

Source: 财预〔2020〕10号 art. 14 and annex. Beware: here the execution rate is paid ÷ received,
not paid ÷ budget as in the self-evaluation.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final, assert_never

from services.evaluation.domain.evaluation_messages import ItemScore, Measure, Part, PlanItem
from services.evaluation.domain.refusals import ItemNotJudged, PlanOutOfBalance, ScoreOutOfRange
from shared.domain.grades import rounded
from shared.domain.money import Money
from shared.domain.scoring import NOTHING, ONE

PLAN_POINTS: Final = Decimal(100)
RESULT_POINTS_MIN: Final = Decimal(60)  # art. 14: output and benefit together
BASIS_CHARACTERS_MIN: Final = 2


def check_plan(items: Sequence[PlanItem]) -> None:
    """Points sum to 100; what came of it weighs at least 60; no item twice."""
    results = sum((i.points for i in items if i.part in {Part.OUTPUT, Part.BENEFIT}), NOTHING)
    total = sum((i.points for i in items), NOTHING)
    unique = len({i.item_id for i in items}) == len(items)
    positive = all(i.points > 0 for i in items)
    if total != PLAN_POINTS or results < RESULT_POINTS_MIN or not unique or not positive:
        raise PlanOutOfBalance(pointer="/items", total=str(total), results=str(results))


def score_items(
    items: Sequence[PlanItem], given: Sequence[ItemScore], budget: Money, money: tuple[Money, Money]
) -> tuple[ItemScore, ...]:
    """Every item with its points: judged ones as given, the rest from `(received, paid)`."""
    told = {score.item_id: score for score in given}
    return tuple(_scored(item, told, budget, money) for item in items)


def _scored(
    item: PlanItem, told: Mapping[str, ItemScore], budget: Money, money: tuple[Money, Money]
) -> ItemScore:
    received, paid = money
    match item.measure:
        case Measure.JUDGED:
            return _judged(item, told.get(item.item_id))
        case Measure.FUNDS_IN_PLACE:
            return _computed(item, received, budget, "received ÷ budget")
        case Measure.EXECUTION:
            return _computed(item, paid, received, "paid ÷ received")
        case _:
            assert_never(item.measure)


def _judged(item: PlanItem, given: ItemScore | None) -> ItemScore:
    if given is None or len(given.basis.strip()) < BASIS_CHARACTERS_MIN:
        raise ItemNotJudged(item_id=item.item_id)
    if not 0 <= given.score <= item.points:
        raise ScoreOutOfRange(f"{item.name} takes 0 to {item.points}", item_id=item.item_id)
    return given


def _computed(item: PlanItem, part: Money, whole: Money, formula: str) -> ItemScore:
    rate = max(NOTHING, min(ONE, part.ratio_to(whole)))
    return ItemScore(
        item_id=item.item_id,
        score=rounded(item.points * rate),
        basis=f"{formula} = {part} ÷ {whole}",
    )


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
