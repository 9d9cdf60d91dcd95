"""A score becomes final, and is corrected where it was wrong."""

from collections.abc import Sequence
from decimal import Decimal

from services.evaluation.domain.effectiveness import subject_messages as fact
from services.evaluation.domain.effectiveness.framework import EffectivenessFramework
from services.evaluation.domain.effectiveness.judging import judged_lines
from services.evaluation.domain.effectiveness.refusals import (
    EffectivenessStepOutOfOrder,
    ObjectionWindowNotOver,
    UnitsNotFinal,
)
from services.evaluation.domain.effectiveness.scoring import (
    ScoredAspect,
    ScoreSource,
    total,
)
from services.evaluation.domain.effectiveness.subject_states import (
    Standing,
    computed_of,
    scored_of,
)
from services.evaluation.domain.refusals import SamePersonDecidesAgain
from services.evaluation.domain.values import Subject
from shared.domain.grades import grade_of
from shared.domain.workdays import business_date


def conclude(
    command: fact.ConcludeEffectiveness, state: Standing, framework: EffectivenessFramework
) -> Sequence[fact.StandingEvent]:
    """Final, once: after the window, after the objection, by another person."""
    if state.concluded is not None:
        return []
    scored_of(state)
    window = state.window
    over = window is not None and business_date(command.now) > window.object_by
    if not over or state.is_contested:
        raise ObjectionWindowNotOver
    state.scorers.expect_another(command.by, SamePersonDecidesAgain)
    return [_result(command, state, framework, state.lines, _units(command, state))]


def _units(command: fact.ConcludeEffectiveness, state: Standing) -> tuple[tuple[str, Decimal], ...]:
    """The final scores of a county's own units: one that is missing is not left out in silence."""
    if computed_of(state).subject is not Subject.COUNTY:
        return ()
    missing = [code for code, score in command.units if score is None]
    if missing or not command.units:
        raise UnitsNotFinal(units=missing[:20])
    return tuple((code, score) for code, score in command.units if score is not None)


def _result(
    command: fact.ConcludeEffectiveness | fact.CorrectEffectiveness,
    state: Standing,
    framework: EffectivenessFramework,
    lines: Sequence[ScoredAspect],
    units: tuple[tuple[str, Decimal], ...],
) -> fact.EffectivenessConcluded:
    found, scored = computed_of(state), scored_of(state)
    whole = total(
        framework,
        lines,
        (scored.bonuses, scored.penalties),
        found.figures,
        [score for _, score in units] or None,
    )
    return fact.EffectivenessConcluded(
        plan_id=found.plan_id,
        subject=found.subject,
        subject_code=found.whose.subject_code,
        region_code=found.region_code,
        fiscal_year=found.fiscal_year,
        total=whole,
        grade=grade_of(whole.score, dict(framework.grades)),
        units=units,
        rule_set_version=framework.rule_set_version,
        concluded_by=command.by,
        concluded_on=business_date(command.now),
    )


def correct(
    command: fact.CorrectEffectiveness, state: Standing, framework: EffectivenessFramework
) -> Sequence[fact.StandingEvent]:
    """Replace a final score; by another person than who ever made it final or corrected it."""
    old = state.concluded
    if old is None:
        raise EffectivenessStepOutOfOrder(step="FINAL")
    if any(
        (one.document_no, one.reason) == (command.document_no, command.reason)
        for one in state.corrections
    ):
        return []
    state.finishers.expect_another(command.by, SamePersonDecidesAgain)
    lines = judged_lines(state.lines, command.corrections, ScoreSource.CORRECTED, at="/corrections")
    result = _result(command, state, framework, lines, old.units)
    return [
        fact.EffectivenessCorrected(
            before=old.total.score,
            result=result,
            lines=lines,
            reason=command.reason,
            document_no=command.document_no,
        )
    ]
