"""Facts are verified, the draft goes to the evaluated party, and its answer or silence counts."""

from collections.abc import Iterable, Sequence
from datetime import date

from services.evaluation.domain.adopted_rules import adopted
from services.evaluation.domain.judging import refusals as no
from services.evaluation.domain.judging.commands import (
    AnswerDraft,
    CloseDraftTerm,
    ScoreEvaluation,
)
from services.evaluation.domain.judging.events import (
    DraftAnswered,
    DraftUnanswered,
    EvaluationEvent,
    EvaluationScored,
)
from services.evaluation.domain.judging.framework import Case, score_items, total
from services.evaluation.domain.judging.state import Evaluation, at, evaluators, is_departments
from services.evaluation.domain.judging.values import Figure, ItemScore, Side, Step
from services.evaluation.domain.refusals import EvaluationStepOutOfOrder
from shared.domain.rules import RuleSet
from shared.domain.workdays import add_workdays, business_date

type Facts = Sequence[EvaluationEvent]


def score(command: ScoreEvaluation, state: Evaluation) -> Facts:
    """Points for every item of the plan; the rest follows from money and figures."""
    evaluators(state, command.side)
    before = state.scored
    if before is None:
        at(state, Step.DATA_COLLECTED)
    assert state.plan is not None
    rules = adopted(command.rules).rule_set
    check_evidence(state, command.scores, command.figures)
    case = Case(
        budget=state.selected.budget,
        received=command.received,
        paid=command.paid,
        figures={figure.item_id: figure for figure in command.figures},
    )
    scores = score_items(state.plan.items, command.scores, case)
    fact = EvaluationScored(
        received=command.received,
        paid=command.paid,
        scores=scores,
        score=total(scores),
        answer_by=before.answer_by if before else _answer_by(command, state, rules),
        scored_by=command.by,
        figures=command.figures,
        rule_set_version=rules.version,
    )
    if before == fact:
        return []
    if before:
        raise EvaluationStepOutOfOrder("It has been scored; the draft is with the unit.")
    return [fact]


def check_evidence(
    state: Evaluation, scores: Iterable[ItemScore], figures: Iterable[Figure] = ()
) -> None:
    """Whatever a score rests on was collected."""
    known = {material.number for material in state.materials}
    told = (
        ("scores", [one.evidence for one in scores]),
        ("figures", [one.evidence for one in figures]),
    )
    for field, given in told:
        for place, evidence in enumerate(given):
            lacking = [number for number in evidence if number not in known]
            if lacking:
                raise no.EvidenceUnknown(
                    f"{lacking[0]} was not collected.",
                    pointer=f"/{field}/{place}/evidence",
                    evidence=lacking,
                )


def _answer_by(command: ScoreEvaluation, state: Evaluation, rules: RuleSet) -> date:
    """The day that was set, inside the longest term: working days of the region."""
    today = business_date(command.now)
    latest = add_workdays(today, rules.opinion_days, state.selected.whose.region_code)
    asked = command.answer_by or latest
    if not today < asked <= latest:
        raise no.OpinionTermWrong(
            f"The answer is due after {today} and by {latest}.",
            pointer="/answer_by",
            remedy="Leave answer_by out for the longest term.",
            latest=latest.isoformat(),
        )
    return asked


def answer(command: AnswerDraft, state: Evaluation) -> Facts:
    """The evaluated party answers once, in time."""
    fact = DraftAnswered(agrees=command.agrees, text=command.text, answered_by=command.by)
    if state.opinion == fact:
        return []
    at(state, Step.FACTS_VERIFIED)
    if is_departments(state) and command.side is Side.DEPARTMENT:
        raise no.EvaluatorAnswersItself
    assert state.scored is not None
    if business_date(command.now) > state.scored.answer_by:
        raise no.OpinionTermOver(answer_by=state.scored.answer_by.isoformat())
    return [fact]


def close(command: CloseDraftTerm, state: Evaluation) -> Facts:
    """When the last day is over, silence is agreement."""
    if state.scored is None or state.opinion:
        return []
    if business_date(command.now) <= state.scored.answer_by:
        return []
    return [DraftUnanswered(due_on=state.scored.answer_by)]
