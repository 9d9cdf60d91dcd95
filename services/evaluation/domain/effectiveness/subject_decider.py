"""The evaluation of one subject as an aggregate: what its decisions consult, and whose it is."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from services.evaluation.domain.effectiveness import subject_messages as fact
from services.evaluation.domain.effectiveness.framework import Period
from services.evaluation.domain.effectiveness.ids import (
    plan_id,
    plan_of,
    plan_reference,
    standing_reference,
    subject_of,
)
from services.evaluation.domain.effectiveness.plan import EffectivenessPlan
from services.evaluation.domain.effectiveness.subject import decide, evolve
from services.evaluation.domain.effectiveness.subject_states import Standing
from services.evaluation.domain.values import Subject
from shared.domain.decider import Decider, Owner, Reference


def identify(command: fact.StandingRequest) -> str:
    """One stream per plan and subject."""
    return command.effectiveness_id


def consults(command: fact.StandingRequest) -> Sequence[Reference]:
    """The plan; for a county's final score the plan of the units of its own level as well."""
    plan = plan_of(command.effectiveness_id)
    if isinstance(command, fact.ConcludeEffectiveness):
        return (plan_reference(plan), plan_reference(_units_plan(command.effectiveness_id)))
    return (plan_reference(plan),)


def _units_plan(effectiveness: str) -> str:
    """The plan by which a county evaluates its own units in the same period."""
    county, span = subject_of(effectiveness), plan_of(effectiveness).split("-")[1:2]
    year, period = (span[0][:4], span[0][4:]) if span else ("", "")
    known = year.isdecimal() and year.isascii() and period in set(Period)
    if not known:
        return county
    return plan_id(county, int(year), Period(period), Subject.BUDGET_UNIT)


def refers(
    command: fact.StandingRequest, _state: Standing, known: Sequence[object]
) -> Sequence[Reference]:
    """The units of the county's own level."""
    if not isinstance(command, fact.ConcludeEffectiveness) or not _is_county(known):
        return ()
    plan = _units_plan(command.effectiveness_id)
    return tuple(standing_reference(plan, code) for code in _unit_codes(known))


def _is_county(known: Sequence[object]) -> bool:
    first = known[0] if known else None
    issued = first.issued if isinstance(first, EffectivenessPlan) else None
    return issued is not None and issued.subject is Subject.COUNTY


def _unit_codes(known: Sequence[object]) -> list[str]:
    units = known[1] if len(known) > 1 else None
    if not isinstance(units, EffectivenessPlan) or units.issued is None:
        return []
    return [one.subject_code for one in units.issued.subjects]


def inform(command: fact.StandingRequest, states: Sequence[object]) -> fact.StandingRequest:
    """Write the plan, and what the units came to, into the command."""
    first = states[0] if states else None
    if isinstance(first, EffectivenessPlan) and first.issued is not None:
        plan = fact.Plan(issued=first.issued, fixed=first.fixed, is_frozen=first.frozen is not None)
        command = replace(command, plan=plan)
    if isinstance(command, fact.ConcludeEffectiveness) and _is_county(states):
        return replace(command, units=_units(states))
    return command


def _units(states: Sequence[object]) -> tuple[tuple[str, Decimal | None], ...]:
    found = [one for one in states[2:] if isinstance(one, Standing)]
    scores = [one.concluded.total.score if one.concluded else None for one in found]
    return tuple(zip(_unit_codes(states), scores, strict=True))


def owner(state: Standing) -> Owner | None:
    """A unit's is the unit's; a county's is looked after by the decision: two bureaus act on it."""
    found = state.computed
    if found is None or found.subject is Subject.COUNTY:
        return None
    return Owner(
        region_code=found.whose.region_code,
        department_code=found.whose.department_code or None,
        unit_code=found.whose.subject_code,
    )


effectiveness_decider: Decider[fact.StandingRequest, fact.StandingEvent, Standing] = Decider(
    category="effectiveness",
    initial=Standing(),
    commands=(
        fact.EnterFigures,
        fact.ScoreEffectiveness,
        fact.OpenObjectionWindow,
        fact.ObjectToEffectiveness,
        fact.CloseObjectionWindow,
        fact.DecideEffectivenessObjection,
        fact.ConcludeEffectiveness,
        fact.CorrectEffectiveness,
    ),
    events={
        "EffectivenessComputed": fact.EffectivenessComputed,
        "EffectivenessScored": fact.EffectivenessScored,
        "ObjectionWindowOpened": fact.ObjectionWindowOpened,
        "EffectivenessObjected": fact.EffectivenessObjected,
        "ObjectionWindowClosed": fact.ObjectionWindowClosed,
        "EffectivenessObjectionDecided": fact.EffectivenessObjectionDecided,
        "EffectivenessConcluded": fact.EffectivenessConcluded,
        "EffectivenessCorrected": fact.EffectivenessCorrected,
    },
    decide=decide,
    evolve=evolve,
    identify=identify,
    owner=owner,
    consults=consults,
    refers=refers,
    inform=inform,
)
