"""The plan as an aggregate: what its decisions consult, and what publishing it entails."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import assert_never

from services.evaluation.domain.adopted_rules import bind, first_adopted
from services.evaluation.domain.effectiveness import plan_messages as fact
from services.evaluation.domain.effectiveness.framework import before
from services.evaluation.domain.effectiveness.ids import (
    plan_id,
    plan_reference,
    standing_reference,
)
from services.evaluation.domain.effectiveness.plan import EffectivenessPlan, decide
from services.evaluation.domain.effectiveness.subject_states import Standing
from services.evaluation.domain.ranking_messages import PublishRanking, RankedSubject
from services.evaluation.domain.unit import Unit, unit_reference
from services.evaluation.domain.values import Subject
from shared.domain.decider import Decider, Owner, Reference
from shared.domain.workdays import day_over


def evolve(state: EffectivenessPlan, event: fact.PlanEvent) -> EffectivenessPlan:
    """What is true after this fact."""
    match event:
        case fact.EffectivenessPlanIssued():
            return replace(state, issued=event)
        case fact.IndicatorsFixed():
            return replace(state, fixed=event)
        case fact.DataFrozen():
            return replace(state, frozen=event)
        case fact.EffectivenessRanked():
            return replace(state, rankings=(*state.rankings, event))
        case fact.EffectivenessPublished():
            return replace(state, published=(*state.published, event))
        case fact.EffectivenessApplied():
            return replace(state, applied=event)
        case _:
            assert_never(event)


def identify(command: fact.PlanRequest) -> str:
    """One stream per region, period and kind of subject."""
    return command.plan_id


def consults(command: fact.PlanRequest) -> Sequence[Reference]:
    """The units that a plan names."""
    if isinstance(command, fact.IssueEffectivenessPlan) and command.subject is Subject.BUDGET_UNIT:
        return tuple(unit_reference(code) for code in command.subjects)
    return ()


def refers(
    command: fact.PlanRequest, state: EffectivenessPlan, _known: Sequence[object]
) -> Sequence[Reference]:
    """The rules of the year when the indicators are fixed; every subject when it is ranked."""
    issued = state.issued
    if issued is None:
        return ()
    match command:
        case fact.FixIndicators():
            return bind(issued.region_code, issued.fiscal_year, issued.fiscal_year - 1)
        case fact.RankEffectiveness():
            year, period = before(issued.fiscal_year, issued.period)
            previous = plan_id(issued.region_code, year, period, issued.subject)
            return (
                plan_reference(previous),
                *(standing_reference(command.plan_id, s.subject_code) for s in issued.subjects),
            )
        case _:
            return ()


def inform(command: fact.PlanRequest, states: Sequence[object]) -> fact.PlanRequest:
    """Write what they say into the command."""
    match command:
        case fact.IssueEffectivenessPlan():
            return replace(command, unit_regions=_places(command, states))
        case fact.FixIndicators():
            return replace(command, rules=first_adopted(states))
        case fact.RankEffectiveness():
            return replace(command, finals=_finals(states), previous=_previous(states))
        case _:
            return command


def _places(
    command: fact.IssueEffectivenessPlan, states: Sequence[object]
) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (code, unit.region_code, unit.department_code)
        for code, unit in zip(command.subjects, states, strict=False)
        if isinstance(unit, Unit) and unit.region_code
    )


def _finals(states: Sequence[object]) -> tuple[fact.FinalScore, ...]:
    found = [one.concluded for one in states if isinstance(one, Standing) and one.concluded]
    return tuple(
        fact.FinalScore(
            subject_code=one.subject_code, score=one.total.score, duties=one.total.duties
        )
        for one in found
    )


def _previous(states: Sequence[object]) -> tuple[tuple[str, int], ...]:
    plans = [one for one in states if isinstance(one, EffectivenessPlan) and one.rankings]
    return tuple((row.subject_code, row.rank) for one in plans for row in one.rankings[-1].rows)


def entails(event: fact.PlanEvent, state: EffectivenessPlan) -> Iterable[object]:
    """What is published becomes a snapshot among the rankings, beside those of appraisals."""
    if not isinstance(event, fact.EffectivenessPublished):
        return
    issued, last = state.known, state.rankings[-1]
    plan = plan_id(issued.region_code, issued.fiscal_year, issued.period, issued.subject)
    tied = [row.rank for row in last.rows]
    yield PublishRanking(
        ranking_id=last.ranking_id,
        subject=issued.subject,
        region_code=issued.region_code,
        fiscal_year=issued.fiscal_year,
        period=f"{issued.fiscal_year}{issued.period.value}",
        subjects=tuple(row.subject_code for row in last.rows),
        by=event.published_by,
        now=day_over(event.published_on - timedelta(days=1)),
        rows=tuple(
            RankedSubject(
                subject=row.subject_code,
                score=row.score,
                rank=row.rank,
                tie_break=row.duties if tied.count(row.rank) > 1 else None,
                previous_rank=row.previous_rank,
            )
            for row in last.rows
        ),
        plan_id=plan,
        corrects=last.corrects,
        reason="",
        document_no=event.document_no,
    )


def owner(state: EffectivenessPlan) -> Owner | None:
    """It belongs to the bureau that issued it."""
    return None if state.issued is None else Owner(region_code=state.issued.region_code)


effectiveness_plan_decider: Decider[fact.PlanRequest, fact.PlanEvent, EffectivenessPlan] = Decider(
    category="effectiveness_plan",
    initial=EffectivenessPlan(),
    commands=(
        fact.IssueEffectivenessPlan,
        fact.FixIndicators,
        fact.FreezeData,
        fact.RankEffectiveness,
        fact.PublishEffectiveness,
        fact.ApplyEffectiveness,
    ),
    events={
        "EffectivenessPlanIssued": fact.EffectivenessPlanIssued,
        "IndicatorsFixed": fact.IndicatorsFixed,
        "DataFrozen": fact.DataFrozen,
        "EffectivenessRanked": fact.EffectivenessRanked,
        "EffectivenessPublished": fact.EffectivenessPublished,
        "EffectivenessApplied": fact.EffectivenessApplied,
    },
    decide=decide,
    evolve=evolve,
    identify=identify,
    owner=owner,
    consults=consults,
    refers=refers,
    inform=inform,
    entails=entails,
)
