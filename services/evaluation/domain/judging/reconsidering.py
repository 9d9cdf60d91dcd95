"""After the conclusion: the bureau's re-check of a department's evaluation, and one objection."""

from collections.abc import Sequence
from decimal import Decimal

from services.evaluation.domain.adopted_rules import adopted
from services.evaluation.domain.checks import inflation
from services.evaluation.domain.judging import refusals as no
from services.evaluation.domain.judging.commands import (
    DecideEvaluationObjection,
    NoteObjectionOverdue,
    ObjectToEvaluation,
    RecheckEvaluation,
)
from services.evaluation.domain.judging.events import (
    EvaluationEvent,
    EvaluationObjected,
    EvaluationObjectionDecided,
    EvaluationObjectionOverdue,
    EvaluationRechecked,
)
from services.evaluation.domain.judging.state import Evaluation, is_departments
from services.evaluation.domain.judging.values import Side
from services.evaluation.domain.refusals import (
    AuthorJudgesOwnReport,
    EvaluationStepOutOfOrder,
    ObjectionAlreadyFiled,
    ObjectionNotFiled,
    RecheckAlreadyConcluded,
    SamePersonDecidesAgain,
    ScoreOutOfRange,
)
from services.evaluation.domain.scores import FULL
from shared.domain.grades import grade_of, rounded
from shared.domain.hands import hands
from shared.domain.workdays import add_workdays, business_date

type Facts = Sequence[EvaluationEvent]


def recheck(command: RecheckEvaluation, state: Evaluation) -> Facts:
    """The bureau's score replaces that of the department; by nobody who had a part in it."""
    score = _in_range(command.score)
    if not is_departments(state):
        raise no.RecheckOfFinance
    if command.side is not Side.FINANCE:
        raise no.AnotherSideEvaluates(kind="FINANCE")
    if state.recheck:
        if (state.recheck.score, state.recheck.rechecked_by) == (score, command.by):
            return []
        raise RecheckAlreadyConcluded
    if state.concluded is None:
        raise EvaluationStepOutOfOrder("It is concluded before it is re-checked.")
    if state.objection:
        raise EvaluationStepOutOfOrder("It is being objected to, or was.")
    state.judges.expect_another(command.by, SamePersonDecidesAgain)
    known = adopted(command.rules)
    before = state.concluded.score
    return [
        EvaluationRechecked(
            kind=state.selected.kind,
            whose=state.selected.whose,
            before=before,
            score=score,
            grade=grade_of(score, known.rule_set.grades),
            inflation=inflation(before, score, known.rule_set.checks.inflated),
            reason=command.reason,
            document_no=command.document_no,
            rule_set_version=known.version,
            rechecked_by=command.by,
            rechecked_on=business_date(command.now),
        )
    ]


def objected(command: ObjectToEvaluation, state: Evaluation) -> Facts:
    """One objection per result, within the working days after it was notified."""
    if state.objection:
        if (state.objection.text, state.objection.objected_by) == (command.text, command.by):
            return []
        raise ObjectionAlreadyFiled
    if state.concluded is None or command.notified_on is None:
        raise no.ResultNotNotified
    state.judges.expect_another(command.by, AuthorJudgesOwnReport)
    rules = adopted(command.rules).rule_set
    region, today = state.selected.whose.region_code, business_date(command.now)
    notified = command.notified_on
    if state.recheck:
        notified = max(notified, state.recheck.rechecked_on)
    last = add_workdays(notified, rules.objection_days, region)
    if today > last:
        raise no.ObjectionTermOver(f"The last day was {last}.", object_by=last.isoformat())
    return [
        EvaluationObjected(
            whose=state.selected.whose,
            text=command.text,
            objected_by=command.by,
            objected_on=today,
            decide_by=add_workdays(today, rules.decide_days, region),
        )
    ]


def decide(command: DecideEvaluationObjection, state: Evaluation) -> Facts:
    """Raise, keep or lower, by somebody who had no part in the result. Final."""
    score = _in_range(command.score)
    if state.objection is None or state.result is None:
        raise ObjectionNotFiled
    if state.decision:
        if (state.decision.score, state.decision.decided_by) == (score, command.by):
            return []
        raise ObjectionNotFiled("The objection has been decided; this is final.")
    if command.side is not Side.FINANCE:
        raise no.AnotherSideEvaluates(kind="FINANCE")
    state.judges.expect_another(command.by, SamePersonDecidesAgain)
    hands(state.objection.objected_by).expect_another(command.by, AuthorJudgesOwnReport)
    known = adopted(command.rules)
    before, today = state.result[0], business_date(command.now)
    return [
        EvaluationObjectionDecided(
            kind=state.selected.kind,
            whose=state.selected.whose,
            before=before,
            score=score,
            grade=grade_of(score, known.rule_set.grades),
            outcome=outcome_of(before, score),
            reason=command.reason,
            rule_set_version=known.version,
            decided_by=command.by,
            decided_on=today,
            late=today > state.objection.decide_by,
        )
    ]


def outcome_of(before: Decimal, after: Decimal) -> str:
    """What a decision does to a score."""
    if after == before:
        return "KEPT"
    return "RAISED" if after > before else "LOWERED"


def overdue(command: NoteObjectionOverdue, state: Evaluation) -> Facts:
    """The clock finds that nobody has decided."""
    if state.objection is None or state.decision or state.overdue:
        return []
    if business_date(command.now) <= state.objection.decide_by:
        return []
    return [
        EvaluationObjectionOverdue(whose=state.selected.whose, due_on=state.objection.decide_by)
    ]


def _in_range(score: Decimal) -> Decimal:
    if not 0 <= score <= FULL:
        raise ScoreOutOfRange(f"{score} is not between 0 and 100", pointer="/score")
    return rounded(score)
