"""The grade of a target decides what happens to it next (`domain` §4.5).

Excellent passes, good is completed, fair goes back to the unit, poor may not enter the budget.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from services.targets.domain.commands.target import GradeTarget
from services.targets.domain.events.target import (
    TargetEvent,
    TargetGraded,
    TargetRejected,
    TargetReturned,
)
from services.targets.domain.four_eyes import four_eyes
from services.targets.domain.refusals import (
    ReviewPointsWrong,
    TargetNotFirstReviewed,
)
from services.targets.domain.rule_set import in_force
from services.targets.domain.target_states import Draft, InReview, Rejected, Stage, TargetState
from services.targets.domain.values import ReviewItem
from shared.domain.grades import Grade, grade_of, rounded

# 财预〔2015〕88号 for the items, `domain` §4.5 (R3) for the points.
POINTS: Final = {
    ReviewItem.FORM_COMPLETE: Decimal(10),
    ReviewItem.CLEAR: Decimal(10),
    ReviewItem.FITS_DUTY: Decimal(15),
    ReviewItem.INDICATORS_SCIENTIFIC: Decimal(15),
    ReviewItem.PERFORMANCE_REASONABLE: Decimal(15),
    ReviewItem.MONEY_MATCHES: Decimal(15),
    ReviewItem.ATTAINABLE: Decimal(10),
    ReviewItem.CONDITIONS_SUFFICIENT: Decimal(10),
}


def grade(command: GradeTarget, state: TargetState) -> Sequence[TargetEvent]:
    """The points, and what they lead to, in one decision."""
    match state:
        case InReview(stage=Stage.CHECKED, promise=promise):
            four_eyes(command.by, promise)
        case Draft() | InReview():
            raise TargetNotFirstReviewed
        case Rejected() | _:
            return []
    _check(command)
    region_code = promise.basis.region_code
    adopted = in_force(command.rules, region_code)
    score = rounded(sum(command.points.values(), start=Decimal(0)))
    given = TargetGraded(
        points=command.points,
        score=score,
        grade=grade_of(score, adopted.rules.grades),
        rule_set_version=adopted.rules.version,
        rules_region=adopted.lent_to(region_code),
    )
    match given.grade:
        case Grade.FAIR:
            return [given, TargetReturned(reasons=("graded fair: revise and submit again",))]
        case Grade.POOR:
            return [given, TargetRejected(score=score)]
        case _:
            return [given]


def _check(command: GradeTarget) -> None:
    if command.points.keys() != POINTS.keys():
        missing = sorted(POINTS.keys() - command.points.keys())
        raise ReviewPointsWrong(pointer="/points", missing=missing)
    for item, most in POINTS.items():
        if not 0 <= command.points[item] <= most:
            raise ReviewPointsWrong(pointer=f"/points/{item}", points_max=most)
