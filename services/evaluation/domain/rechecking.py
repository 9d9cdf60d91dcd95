"""The bureau looks at the evidence itself; its score replaces the other. One objection follows.

It is filed within so many working days of the region after the result was told, and decided within
so many more by somebody who had no part in it (`domain` §3.7 e). The result is told with the fact.
"""

from collections.abc import Sequence
from decimal import Decimal

from services.evaluation.domain.adopted_rules import adopted
from services.evaluation.domain.checks import inflation
from services.evaluation.domain.judging.reconsidering import outcome_of
from services.evaluation.domain.judging.refusals import ObjectionTermOver
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
from shared.domain.hands import hands
from shared.domain.workdays import add_workdays, business_date


def recheck(command: RecheckSelfEvaluation, state: SelfEvaluation) -> Sequence[SelfEvaluationEvent]:
    """Replace the score of an accepted report; not by the one who handed it in or accepted it."""
    score = _in_range(command.score)
    if isinstance(state, Rechecked):
        if state.recheck.score == score and state.recheck.rechecked_by == command.by:
            return []
        raise RecheckAlreadyConcluded
    if not isinstance(state, Accepted):
        raise SelfEvaluationNotAccepted
    state.hands.also(state.submitted_by).expect_another(command.by, AuthorJudgesOwnReport)
    hands(state.accepted_by).expect_another(command.by, SamePersonDecidesAgain)
    known = adopted(command.rules)
    rules, today = known.rule_set, business_date(command.now)
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
            concluded_on=today,
            object_by=add_workdays(today, rules.objection_days, state.project.region_code),
            decide_days=rules.decide_days,
            rule_set_version=known.version,
            legal_basis=known.legal_basis,
        )
    ]


def file_objection(command: FileObjection, state: SelfEvaluation) -> Sequence[SelfEvaluationEvent]:
    """One objection per result."""
    if not isinstance(state, Rechecked):
        raise RecheckNotConcluded
    if state.objection is not None:
        if (state.objection.text, state.objection.filed_by) == (command.text, command.by):
            return []
        raise ObjectionAlreadyFiled
    told, today = state.recheck, business_date(command.now)
    if told.object_by and today > told.object_by:
        raise ObjectionTermOver(
            f"The last day was {told.object_by}.", object_by=told.object_by.isoformat()
        )
    region = state.project.region_code
    return [
        ObjectionFiled(
            text=command.text,
            filed_by=command.by,
            filed_on=today,
            decide_by=add_workdays(today, told.decide_days, region) if told.decide_days else None,
        )
    ]


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
    decided = hands(state.recheck.rechecked_by, state.result.accepted_by)
    decided.expect_another(command.by, SamePersonDecidesAgain)
    wrote = state.result.hands.also(state.objection.filed_by, state.result.submitted_by)
    wrote.expect_another(command.by, AuthorJudgesOwnReport)
    known = adopted(command.rules)
    rules, today = known.rule_set, business_date(command.now)
    due, before = state.objection.decide_by, state.result.score
    return [
        ObjectionDecided(
            whose=state.project.whose,
            before=before,
            score=score,
            grade=grade_of(score, rules.grades),
            inflation=inflation(state.result.self_score, score, rules.checks.inflated),
            reason=command.reason,
            decided_by=command.by,
            decided_on=today,
            outcome=outcome_of(before, score),
            late=due is not None and today > due,
            rule_set_version=known.version,
        )
    ]


def _in_range(score: Decimal) -> Decimal:
    if not 0 <= score <= FULL:
        raise ScoreOutOfRange(f"{score} is not between 0 and 100", pointer="/score")
    return rounded(score)
