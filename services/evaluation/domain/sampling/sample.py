"""The sample of a region and year: who is looked at again, in rounds, each from a kept seed.

All that the machine flagged, all high self-scores with low execution, and at random at least a
tenth of each department and at least one (`domain` §3.7 d, D). Rounds do not overlap: what
came later is drawn from later.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, assert_never

from services.evaluation.domain.adopted_rules import adopted, bind, first_adopted
from services.evaluation.domain.judging.state import Evaluation
from services.evaluation.domain.sampling import messages as told
from services.evaluation.domain.sampling import refusals as no
from services.evaluation.domain.sampling.draw import ALGORITHM, drawn, size
from services.evaluation.domain.sampling.messages import Candidate, Sampled, SampleReason
from services.evaluation.domain.sampling.roster import UnitRoster, roster_reference
from services.evaluation.domain.self_evaluation.states import Accepted
from services.evaluation.domain.unit import Unit, unit_reference
from shared.domain.decider import Decider, Owner, Reference
from shared.domain.rules import RuleSet
from shared.domain.workdays import business_date

type Facts = Sequence[told.SampleEvent]
type Stratum = tuple[Sampled, str]

DEPARTMENT: Final = "DEPARTMENT-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """What is drawn from, and the rounds that were drawn."""

    region_code: str = ""
    projects: tuple[str, ...] = ()
    seen: frozenset[str] = frozenset()
    seeds: Mapping[int, str] = field(default_factory=dict)


def decide(command: told.SampleRequest, state: Sample) -> Facts:
    """Facts, silence or a refusal."""
    match command:
        case told.FindRecheckPopulation():
            return _find(command, state)
        case told.DrawRecheckSample():
            return _draw(command, state)
        case _:
            assert_never(command)


def _find(command: told.FindRecheckPopulation, state: Sample) -> Facts:
    known = set(state.projects)
    found: list[told.SampleEvent] = []
    for one in command.listed:
        names = tuple(name for name in sorted(set(one.names)) if name not in known)
        if names:
            found.append(
                told.RecheckPopulationFound(
                    region_code=command.region_code,
                    fiscal_year=command.fiscal_year,
                    department_code=one.department_code,
                    names=names,
                )
            )
    return found


def _draw(command: told.DrawRecheckSample, state: Sample) -> Facts:
    if command.round in state.seeds:
        if not command.is_seed_stated or state.seeds[command.round] == command.seed:
            return []
        raise no.RoundAlreadyDrawn(seed=state.seeds[command.round])
    if command.round != len(state.seeds) + 1:
        raise no.RoundOutOfOrder(
            f"The next round is {len(state.seeds) + 1}.",
            pointer="/round",
            following=len(state.seeds) + 1,
        )
    if not state.projects:
        raise no.PopulationUnknown(remedy="List the population first.")
    known = adopted(command.rules)
    strata: dict[Stratum, list[Candidate]] = defaultdict(list)
    for one in command.candidates:
        if one.name not in state.seen:
            strata[one.kind, one.department_code].append(one)
    if not strata:
        raise no.NothingToSample
    return [
        told.RecheckSampled(
            region_code=command.region_code,
            fiscal_year=command.fiscal_year,
            round=command.round,
            kind=kind,
            department_code=department,
            seed=command.seed,
            algorithm=ALGORITHM,
            ratio=known.rule_set.checks.recheck_ratio,
            least=known.rule_set.checks.recheck_per_department_min,
            population=tuple(sorted(one.name for one in candidates)),
            items=chosen(command.seed, (kind, department), candidates, known.rule_set),
            rule_set_version=known.version,
            legal_basis=known.legal_basis,
            drawn_by=command.by,
            drawn_on=business_date(command.now),
        )
        for (kind, department), candidates in sorted(strata.items())
    ]


def chosen(
    seed: str, stratum: Stratum, candidates: Sequence[Candidate], rules: RuleSet
) -> tuple[told.SampledItem, ...]:
    """Everybody there is a reason for, then those whose lot was drawn among the others."""
    reasons = {one.name: tuple(_reasons(one, rules)) for one in candidates}
    others = [name for name, why in reasons.items() if not why]
    checks = rules.checks
    wanted = size(
        [one.name for one in candidates], checks.recheck_ratio, checks.recheck_per_department_min
    )
    kind, department = stratum
    lots = drawn(seed, f"{kind}|{department}", others, wanted)
    reasons |= dict.fromkeys(lots, (SampleReason.RANDOM,))
    return tuple(
        told.SampledItem(
            name=one.name, unit_code=one.unit_code, score=one.score, reasons=reasons[one.name]
        )
        for one in sorted(candidates, key=lambda one: one.name)
        if reasons[one.name]
    )


def _reasons(one: Candidate, rules: RuleSet) -> Iterator[SampleReason]:
    judging = rules.judging
    if one.is_flagged and judging.full_when_flagged:
        yield SampleReason.FLAGGED
    is_low = one.execution_rate is not None and one.execution_rate < judging.low_execution
    if is_low and one.score >= judging.high_score:
        yield SampleReason.HIGH_SCORE_LOW_EXECUTION


def evolve(state: Sample, event: told.SampleEvent) -> Sample:
    """The list grows; a round has been drawn."""
    match event:
        case told.RecheckPopulationFound():
            return replace(
                state, region_code=event.region_code, projects=(*state.projects, *event.names)
            )
        case told.RecheckSampled():
            return replace(
                state,
                seen=state.seen.union(event.population),
                seeds={**state.seeds, event.round: event.seed},
            )
        case _:
            assert_never(event)


def identify(command: told.SampleRequest) -> str:
    """One stream per region and year."""
    return f"{command.region_code}-{command.fiscal_year}"


def consults(command: told.SampleRequest) -> Sequence[Reference]:
    """The list comes from the units; the draw goes by the rules."""
    match command:
        case told.FindRecheckPopulation():
            return (roster_reference(command.region_code),)
        case told.DrawRecheckSample():
            return bind(command.region_code, command.fiscal_year)
        case _:
            assert_never(command)


def refers(
    command: told.SampleRequest, state: Sample, known: Sequence[object]
) -> Sequence[Reference]:
    """Every unit of the region; every result of every project on the list."""
    if isinstance(command, told.FindRecheckPopulation):
        rosters = [one for one in known if isinstance(one, UnitRoster)]
        return [unit_reference(code) for one in rosters for code in one.units]
    own = [Reference("self_evaluation", name) for name in state.projects]
    return [*own, *(Reference("evaluation", f"{DEPARTMENT}{name}") for name in state.projects)]


def inform(command: told.SampleRequest, states: Sequence[object]) -> told.SampleRequest:
    """Write them into the command."""
    if isinstance(command, told.FindRecheckPopulation):
        return replace(command, listed=tuple(_listed(states, command)))
    return replace(command, candidates=tuple(_candidates(states)), rules=first_adopted(states))


def _listed(states: Iterable[object], command: told.FindRecheckPopulation) -> Iterator[told.Listed]:
    found: dict[str, list[str]] = defaultdict(list)
    year = command.fiscal_year
    for unit in states:
        if isinstance(unit, Unit) and unit.region_code == command.region_code:
            names = [n for n, one in unit.budgets.items() if one.fiscal_year == year]
            found[unit.department_code] += names
    for department, names in sorted(found.items()):
        yield told.Listed(department_code=department, names=tuple(sorted(names)))


def _candidates(states: Iterable[object]) -> Iterator[Candidate]:
    for state in states:
        match state:
            case Accepted(project=project):
                yield Candidate(
                    name=f"{project.project_code}-{project.fiscal_year}",
                    kind=Sampled.SELF_EVALUATION,
                    department_code=project.department_code,
                    unit_code=project.unit_code,
                    score=state.self_score,
                    execution_rate=state.rate,
                    is_flagged=bool(state.findings),
                )
            case Evaluation(concluded=concluded, recheck=None) if concluded:
                whose = concluded.whose
                yield Candidate(
                    name=f"{DEPARTMENT}{whose.project_code}-{whose.fiscal_year}",
                    kind=Sampled.DEPARTMENT_EVALUATION,
                    department_code=whose.department_code,
                    unit_code=whose.unit_code,
                    score=concluded.score,
                )
            case _:
                pass


def owner(state: Sample) -> Owner | None:
    """It belongs to the bureau of the region."""
    return Owner(region_code=state.region_code) if state.region_code else None


recheck_sample_decider: Final[Decider[told.SampleRequest, told.SampleEvent, Sample]] = Decider(
    category="recheck_sample",
    initial=Sample(),
    commands=(told.FindRecheckPopulation, told.DrawRecheckSample),
    events={
        "RecheckPopulationFound": told.RecheckPopulationFound,
        "RecheckSampled": told.RecheckSampled,
    },
    decide=decide,
    evolve=evolve,
    identify=identify,
    owner=owner,
    consults=consults,
    refers=refers,
    inform=inform,
)
