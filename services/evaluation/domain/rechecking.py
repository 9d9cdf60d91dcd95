"""The bureau looks at the evidence itself; its score replaces the other. One objection follows."""

from collections.abc import Sequence
from decimal import Decimal

from services.evaluation.domain.adopted_rules import adopted
from services.evaluation.domain.checks import inflation
from services.evaluation.domain.refusals import (
    AuthorJudgesOwnReport,
    ObjectionAlreadyFiled,
    ObjectionNotFiled,
    RecheckAlreadyConcluded,
    RecheckNotConcluded,
    SamePersonDecidesAgain,
    ScoreOutOfRange,
    SelfEvaluationNotAccepted,
)
from services.evaluation.domain.scores import FULL
from services.evaluation.domain.self_evaluation.messages import (
    DecideObjection,
    FileObjection,
    ObjectionDecided,
    ObjectionFiled,
    RecheckConcluded,
    RecheckSelfEvaluation,
    SelfEvaluationEvent,
)
from services.evaluation.domain.self_evaluation.states import Accepted, Rechecked, SelfEvaluation
from shared.domain.grades import grade_of, rounded
from shared.domain.workdays import business_date


def recheck(command: RecheckSelfEvaluation, state: SelfEvaluation) -> Sequence[SelfEvaluationEvent]:
    """Replace the score of an accepted report; not by the one who handed it in or accepted it."""
    score = _in_range(command.score)
    if isinstance(state, Rechecked):
        if state.recheck.score == score and state.recheck.rechecked_by == command.by:
            return []
        raise RecheckAlreadyConcluded
    if not isinstance(state, Accepted):
        raise SelfEvaluationNotAccepted
    if command.by == state.submitted_by:
        raise AuthorJudgesOwnReport
    if command.by == state.accepted_by:
        raise SamePersonDecidesAgain
    rules = adopted(command.rules).rule_set
    return [
        RecheckConcluded(
            whose=state.project.whose,
            before=state.score,
            score=score,
            grade=grade_of(score, rules.grades),
            inflation=inflation(state.self_score, score, rules.checks.inflated),
            reason=command.reason,
            document_no=command.document_no,
            rechecked_by=command.by,
            concluded_on=business_date(command.now),
        )
    ]


def file_objection(command: FileObjection, state: SelfEvaluation) -> Sequence[SelfEvaluationEvent]:
    """One objection per result."""
    if not isinstance(state, Rechecked):
        raise RecheckNotConcluded
    if state.objection is None:
        return [ObjectionFiled(text=command.text, filed_by=command.by)]
    if (state.objection.text, state.objection.filed_by) == (command.text, command.by):
        return []
    raise ObjectionAlreadyFiled


def decide_objection(
    command: DecideObjection, state: SelfEvaluation
) -> Sequence[SelfEvaluationEvent]:
    """Raise, keep or lower the score; decided by a person who did not decide the first time."""
    score = _in_range(command.score)
    if not isinstance(state, Rechecked) or state.objection is None:
        raise ObjectionNotFiled
    if state.decision is not None:
        if state.decision.score == score and state.decision.decided_by == command.by:
            return []
        raise ObjectionNotFiled("The objection has been decided; this is final.")
    if command.by in {state.recheck.rechecked_by, state.result.accepted_by}:
        raise SamePersonDecidesAgain
    if command.by in {state.objection.filed_by, state.result.submitted_by}:
        raise AuthorJudgesOwnReport
    rules = adopted(command.rules).rule_set
    return [
        ObjectionDecided(
            whose=state.project.whose,
            before=state.result.score,
            score=score,
            grade=grade_of(score, rules.grades),
            inflation=inflation(state.result.self_score, score, rules.checks.inflated),
            reason=command.reason,
            decided_by=command.by,
            decided_on=business_date(command.now),
        )
    ]


def _in_range(score: Decimal) -> Decimal:
    if not 0 <= score <= FULL:
        raise ScoreOutOfRange(f"{score} is not between 0 and 100", pointer="/score")
    return rounded(score)
