"""The applications and the judged projects of a unit, held against each other as they come.

Source: `domain` §4.9: a new application whose type was badly judged two years before is proposed
to be cut. Whichever comes last, the request or the result, is compared with all of the other; what
is found becomes a proposal of the machine, which people take up, change or drop.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final, assert_never

from services.evaluation.domain.adopted_rules import bind
from services.evaluation.domain.application import Application
from services.evaluation.domain.cut.basis import basis_of
from services.evaluation.domain.cut.commands import Basis, DropCut, FindCut
from services.evaluation.domain.cut.finding_messages import (
    AskedNoted,
    JudgedNoted,
    NoteAsked,
    NoteJudged,
    SimilarCommand,
    SimilarEvent,
    SimilarFound,
    SimilarGone,
)
from services.evaluation.domain.cut.similar import Programme, compare, range_of
from services.evaluation.domain.grounds import applied
from services.evaluation.domain.unit import known_unit, unit_reference
from services.evaluation.domain.values import project_year
from shared.domain.decider import Decider, Reference
from shared.domain.money import ZERO
from shared.domain.rules import RuleSet

MACHINE: Final = "abacus|evaluation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Similar:
    """Applications and results by project and year, and what was found by cut."""

    asked: Mapping[str, Application] = field(default_factory=dict)
    judged: Mapping[str, JudgedNoted] = field(default_factory=dict)
    found: Mapping[str, SimilarFound] = field(default_factory=dict)


def decide(command: SimilarCommand, state: Similar) -> Sequence[SimilarEvent]:
    """Note what is new, and say what it changes; what is known already is silent."""
    match command:
        case NoteAsked(application=new):
            key = project_year(new.project_code, new.fiscal_year)
            if state.asked.get(key) == new:
                return []
            noted: SimilarEvent = AskedNoted(application=new)
            touched = [new]
        case NoteJudged(basis=basis):
            key = project_year(command.project_code, command.fiscal_year)
            fact = _judged(command, basis)
            if fact is None or state.judged.get(key) == fact:
                return []
            noted, touched = fact, list(state.asked.values())
        case _:
            assert_never(command)
    if command.rules is None:
        return [noted]
    return [noted, *_moves(command, evolve(state, noted), touched)]


def _judged(command: NoteJudged, basis: Basis | None) -> JudgedNoted | None:
    if basis is None:
        return None
    return JudgedNoted(
        project_code=command.project_code, fiscal_year=command.fiscal_year, basis=basis
    )


def _moves(
    command: SimilarCommand, state: Similar, touched: Iterable[Application]
) -> Iterator[SimilarEvent]:
    """What was found anew, found worse, or is gone."""
    assert command.rules is not None
    rules = command.rules.rules.rule_set
    owner = command.unit.name if command.unit else ""
    for new in touched:
        key = project_year(new.project_code, new.fiscal_year)
        worst, known = _worst(new, state, rules, owner), state.found.get(key)
        if worst is None:
            if known is not None:
                yield SimilarGone(cut_id=key)
            continue
        fact = SimilarFound(
            cut_id=key,
            project_code=new.project_code,
            budget_year=new.fiscal_year,
            basis_project_code=worst.project_code,
            basis_fiscal_year=worst.fiscal_year,
            region_code=new.region_code,
            grade=worst.basis.grade,
            requested=new.requested,
        )
        if known != fact:
            yield fact


def _worst(new: Application, state: Similar, rules: RuleSet, owner: str) -> JudgedNoted | None:
    """The project of its type, two years before, whose grade costs the most."""
    year = new.fiscal_year - rules.linkage.budget_year_offset
    mine = Programme(
        name=new.name, unit_code=new.unit_code, function_code=new.function_code, owner=owner
    )
    costs = {
        key: _least(one.basis, rules)
        for key, one in state.judged.items()
        if one.fiscal_year == year
        and _least(one.basis, rules) > 0
        and compare(mine, _programme(one.basis, owner)).similar(rules.linkage.similar_name)
    }
    if not costs or new.requested <= ZERO:
        return None
    worst = max(costs, key=lambda key: (costs[key], key))
    return state.judged[worst]


def _least(basis: Basis, rules: RuleSet) -> Decimal:
    least, _ = range_of(basis.grade, basis.rate, rules.linkage, rules.checks.unspent)
    return least


def _programme(basis: Basis, owner: str) -> Programme:
    return Programme(
        name=basis.name,
        unit_code=basis.unit_code,
        function_code=basis.function_code,
        track_pro_code=basis.track_pro_code,
        owner=owner,
    )


def evolve(state: Similar, event: SimilarEvent) -> Similar:
    """What was said last counts."""
    match event:
        case AskedNoted(application=new):
            key = project_year(new.project_code, new.fiscal_year)
            return replace(state, asked={**state.asked, key: new})
        case JudgedNoted():
            key = project_year(event.project_code, event.fiscal_year)
            return replace(state, judged={**state.judged, key: event})
        case SimilarFound(cut_id=key):
            return replace(state, found={**state.found, key: event})
        case SimilarGone(cut_id=key):
            return replace(state, found={k: one for k, one in state.found.items() if k != key})
        case _:
            assert_never(event)


def _consults(command: SimilarCommand) -> Sequence[Reference]:
    """The name of the unit, the rules between the two years, and the result where it is judged."""
    if isinstance(command, NoteAsked):
        new = command.application
        years = (new.fiscal_year - 1, new.fiscal_year - 2, new.fiscal_year)
        return (unit_reference(new.unit_code), *bind(new.region_code, *years))
    year = command.fiscal_year
    result = Reference("self_evaluation", project_year(command.project_code, year))
    rules = bind(command.region_code, year + 1, year, year + 2)
    return (unit_reference(command.unit_code), result, *rules)


def _inform(command: SimilarCommand, states: Sequence[object]) -> SimilarCommand:
    rules, unit = applied(_consults(command), states), known_unit(states)
    if isinstance(command, NoteAsked):
        return replace(command, rules=rules, unit=unit)
    basis = command.basis or next((b for b in map(basis_of, states) if b), None)
    return replace(command, rules=rules, unit=unit, basis=basis)


def _entails(event: SimilarEvent, _state: Similar) -> Iterable[object]:
    """What is found is proposed, and what is gone taken back, in the same transaction."""
    match event:
        case SimilarFound():
            yield FindCut(
                cut_id=event.cut_id,
                project_code=event.project_code,
                budget_year=event.budget_year,
                basis_project_code=event.basis_project_code,
                basis_fiscal_year=event.basis_fiscal_year,
                region_code=event.region_code,
                by=MACHINE,
            )
        case SimilarGone():
            yield DropCut(
                cut_id=event.cut_id,
                reason="同类型项目的评价结果已更正，不再符合调减条件",
                by=MACHINE,
            )
        case _:
            return


similar_projects_decider: Final[Decider[SimilarCommand, SimilarEvent, Similar]] = Decider(
    category="similar_projects",
    initial=Similar(),
    commands=(NoteAsked, NoteJudged),
    events={
        "SimilarAskedNoted": AskedNoted,
        "SimilarJudgedNoted": JudgedNoted,
        "SimilarFound": SimilarFound,
        "SimilarGone": SimilarGone,
    },
    decide=decide,
    evolve=evolve,
    identify=lambda command: command.unit_code,
    consults=_consults,
    inform=_inform,
    entails=_entails,
    weigh=lambda state: 1 + len(state.asked) + len(state.judged),
)
