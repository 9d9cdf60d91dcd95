"""The grade of a target decides what happens to it next (`domain` §4.5).

Excellent passes, good is completed, fair goes back to the unit, poor may not enter the budget.
"""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from services.targets.domain.commands.target import GradeTarget
from services.targets.domain.duties import Desk, ReturnReason, Stay
from services.targets.domain.events.target import (
    TargetEvent,
    TargetGraded,
    TargetRejected,
    TargetReturned,
)
from services.targets.domain.four_eyes import four_eyes
from services.targets.domain.locks import left
from services.targets.domain.refusals import (
    JointReviewNotConcluded,
    TargetNotFirstReviewed,
    TargetNotOnAgenda,
)
from services.targets.domain.review_points import check_points
from services.targets.domain.rule_set import in_force
from services.targets.domain.target_states import Draft, InReview, Rejected, Stage, TargetState
from services.targets.domain.values import Basis, Office
from shared.domain.grades import Grade, grade_of, rounded
from shared.domain.workdays import business_date


def grade(command: GradeTarget, state: TargetState) -> Sequence[TargetEvent]:
    """The points, and what they lead to, in one decision."""
    match state:
        case InReview(stage=Stage.CHECKED, promise=promise):
            four_eyes(command.by, promise)
        case Draft() | InReview():
            raise TargetNotFirstReviewed
        case Rejected() | _:
            return []
    check_points(command.points)
    _check_session(command, promise.basis)
    region_code = promise.basis.region_code
    adopted = in_force(command.rules, region_code)
    score = rounded(sum(command.points.values(), start=Decimal(0)))
    given = TargetGraded(
        points=command.points,
        score=score,
        grade=grade_of(score, adopted.rules.grades),
        rule_set_version=adopted.rules.version,
        rules_region=adopted.lent_to(region_code),
        joint_review_id=command.joint_review_id,
        stay=left(promise.desks, Desk.BUREAU, command.now, region_code),
    )
    match given.grade:
        case Grade.FAIR:
            return [given, _sent_back(command.now)]
        case Grade.POOR:
            return [given, TargetRejected(score=score)]
        case _:
            return [given]


def _check_session(command: GradeTarget, basis: Basis) -> None:
    """A grade that names a session rests on its minutes, and on a decision about this target."""
    if command.joint_review_id is None:
        return
    session = command.joint_review
    if session is None or session.session.plan.region_code != basis.region_code:
        raise JointReviewNotConcluded(pointer="/joint_review_id")
    if f"{command.project_code}-{command.fiscal_year}" not in session.adopted.decisions:
        raise TargetNotOnAgenda(pointer="/joint_review_id")


def _sent_back(now: datetime) -> TargetReturned:
    """Fair is not enough: the unit works on its goal again, from today."""
    today = business_date(now)
    return TargetReturned(
        reasons=("graded fair: revise and submit again",),
        codes=(ReturnReason.GRADED_FAIR,),
        reopened=(Office.BUSINESS,),
        stay=Stay(desk=Desk.BUREAU, since_on=today, until_on=today, workdays=0),
    )
