"""The effectiveness evaluation of one unit or county (`domain` §3.8, §4.11).

computed (at the cut-off) → scored → objection window → final → corrected. What the system computed
is not judged by hand; what it cannot compute is judged with a document, or nothing goes on.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import assert_never

from services.evaluation.domain.effectiveness import subject_messages as fact
from services.evaluation.domain.effectiveness.concluding import conclude, correct
from services.evaluation.domain.effectiveness.framework import EffectivenessFramework
from services.evaluation.domain.effectiveness.ids import plan_of, subject_of
from services.evaluation.domain.effectiveness.judging import judged_lines
from services.evaluation.domain.effectiveness.refusals import (
    AspectNotJudged,
    EffectivenessObjectedOnce,
    EffectivenessStepOutOfOrder,
    EffectivenessUnknown,
    ExtraPointsOutOfRange,
    NoEffectivenessObjection,
    ObjectionJudgedByScorer,
    ObjectionWindowNotOpen,
)
from services.evaluation.domain.effectiveness.scoring import (
    ExtraPoints,
    ScoreSource,
    computed,
)
from services.evaluation.domain.effectiveness.subject_states import (
    Standing,
    computed_of,
    scored_of,
)
from services.evaluation.domain.values import Subject
from shared.domain.scoring import NOTHING
from shared.domain.workdays import add_workdays, business_date


def decide(  # noqa: PLR0911 - one per command
    command: fact.StandingRequest, state: Standing
) -> Sequence[fact.StandingEvent]:
    """Facts, silence or a refusal."""
    plan, framework = _plan(command)
    if isinstance(command, fact.EnterFigures):
        return _enter(command, state, plan, framework)
    _check_reach(command, plan)
    match command:
        case fact.ScoreEffectiveness():
            return _score(command, state, framework)
        case fact.OpenObjectionWindow():
            return _open(command, state, framework)
        case fact.ObjectToEffectiveness():
            return _object(command, state)
        case fact.CloseObjectionWindow():
            return _close(command, state)
        case fact.DecideEffectivenessObjection():
            return _answer(command, state)
        case fact.ConcludeEffectiveness():
            return conclude(command, state, framework)
        case fact.CorrectEffectiveness():
            return correct(command, state, framework)
        case _:
            assert_never(command)


def _plan(command: fact.StandingRequest) -> tuple[fact.Plan, EffectivenessFramework]:
    plan = command.plan
    subject = subject_of(command.effectiveness_id)
    if plan is None or all(one.subject_code != subject for one in plan.issued.subjects):
        raise EffectivenessUnknown
    if plan.fixed is None:
        raise EffectivenessStepOutOfOrder(step="INDICATORS_FIXED")
    return plan, plan.fixed.framework


def _check_reach(command: fact.StandingRequest, plan: fact.Plan) -> None:
    """A county objects, the bureau that issued the plan does the rest; others see no such thing."""
    by_clock = isinstance(command, fact.CloseObjectionWindow)
    if plan.issued.subject is not Subject.COUNTY or by_clock:
        return
    objects = isinstance(command, fact.ObjectToEffectiveness)
    county = subject_of(command.effectiveness_id)
    if command.region_code != (county if objects else plan.issued.region_code):
        raise EffectivenessUnknown


def _enter(
    command: fact.EnterFigures,
    state: Standing,
    plan: fact.Plan,
    framework: EffectivenessFramework,
) -> Sequence[fact.StandingEvent]:
    if state.computed is not None:
        return []
    if not plan.is_frozen:
        raise EffectivenessStepOutOfOrder(step="DATA_FROZEN")
    issued = plan.issued
    subject = subject_of(command.effectiveness_id)
    lines = computed(framework, command.figures.figures, issued.period.months)
    return [
        fact.EffectivenessComputed(
            plan_id=plan_of(command.effectiveness_id),
            subject=issued.subject,
            whose=next(one for one in issued.subjects if one.subject_code == subject),
            fiscal_year=issued.fiscal_year,
            region_code=issued.region_code,
            figures=command.figures,
            lines=lines,
            rule_set_version=framework.rule_set_version,
        )
    ]


def _score(
    command: fact.ScoreEffectiveness, state: Standing, framework: EffectivenessFramework
) -> Sequence[fact.StandingEvent]:
    found = computed_of(state)
    lines = judged_lines(found.lines, command.judged, ScoreSource.JUDGED)
    if missing := [line.aspect for line in lines if line.is_open]:
        raise AspectNotJudged(pointer="/judged", aspects=missing)
    _check_extra(command.bonuses, framework.bonus_max, "/bonuses")
    _check_extra(command.penalties, framework.penalty_max, "/penalties")
    scored = fact.EffectivenessScored(
        lines=lines,
        bonuses=command.bonuses,
        penalties=command.penalties,
        scored_by=command.by,
    )
    if state.scored == scored:
        return []
    if state.window is not None:
        raise EffectivenessStepOutOfOrder(step="MANUAL_SCORED")
    return [scored]


def _check_extra(extra: Iterable[ExtraPoints], limit: Decimal, pointer: str) -> None:
    points = [one.points for one in extra]
    if any(one <= 0 for one in points) or sum(points, NOTHING) > limit:
        raise ExtraPointsOutOfRange(pointer=pointer, limit=str(limit))


def _open(
    command: fact.OpenObjectionWindow, state: Standing, framework: EffectivenessFramework
) -> Sequence[fact.StandingEvent]:
    if state.window is not None:
        return []
    scored_of(state)
    region = computed_of(state).whose.region_code
    until = add_workdays(business_date(command.now), framework.objection_days, region)
    return [
        fact.ObjectionWindowOpened(
            document_no=command.document_no, object_by=until, opened_by=command.by
        )
    ]


def _object(command: fact.ObjectToEffectiveness, state: Standing) -> Sequence[fact.StandingEvent]:
    filed = fact.EffectivenessObjected(
        text=command.text, document_no=command.document_no, filed_by=command.by
    )
    if state.objection == filed:
        return []
    window = state.window
    today = business_date(command.now)
    if window is None or state.is_closed or state.concluded or today > window.object_by:
        raise ObjectionWindowNotOpen
    if state.objection is not None:
        raise EffectivenessObjectedOnce
    return [filed]


def _close(command: fact.CloseObjectionWindow, state: Standing) -> Sequence[fact.StandingEvent]:
    today = business_date(command.now)
    if state.window is None or state.is_closed or today <= state.window.object_by:
        return []
    return [fact.ObjectionWindowClosed(closed_on=today)]


def _answer(
    command: fact.DecideEffectivenessObjection, state: Standing
) -> Sequence[fact.StandingEvent]:
    if state.objection is None:
        raise NoEffectivenessObjection
    if state.decision is not None:
        told = state.decision
        if (told.reason, told.decided_by) == (command.reason, command.by):
            return []
        raise NoEffectivenessObjection
    judged = state.scorers.also(state.objection.filed_by)
    judged.expect_another(command.by, ObjectionJudgedByScorer)
    return [
        fact.EffectivenessObjectionDecided(
            reason=command.reason,
            document_no=command.document_no,
            lines=judged_lines(
                state.lines, command.corrections, ScoreSource.CORRECTED, at="/corrections"
            ),
            decided_by=command.by,
            decided_on=business_date(command.now),
        )
    ]


def evolve(  # noqa: PLR0911 - one per fact
    state: Standing, event: fact.StandingEvent
) -> Standing:
    """What is true after this fact."""
    match event:
        case fact.EffectivenessComputed():
            return replace(state, computed=event, lines=event.lines)
        case fact.EffectivenessScored():
            scorers = state.scorers.also(event.scored_by)
            return replace(state, scored=event, lines=event.lines, scorers=scorers)
        case fact.ObjectionWindowOpened():
            return replace(state, window=event)
        case fact.EffectivenessObjected():
            return replace(state, objection=event)
        case fact.ObjectionWindowClosed():
            return replace(state, is_closed=True)
        case fact.EffectivenessObjectionDecided():
            return replace(state, decision=event, lines=event.lines)
        case fact.EffectivenessConcluded():
            finishers = state.finishers.also(event.concluded_by)
            return replace(state, concluded=event, finishers=finishers)
        case fact.EffectivenessCorrected():
            return replace(
                state,
                concluded=event.result,
                corrections=(*state.corrections, event),
                lines=event.lines,
                finishers=state.finishers.also(event.result.concluded_by),
            )
        case _:
            assert_never(event)
