"""A group of programmes as the kernel knows it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Final, assert_never

from services.evaluation.domain.adopted_rules import adopted, bind
from services.evaluation.domain.application import ApplicationNoted, application_reference
from services.evaluation.domain.disposition import Disposition
from services.evaluation.domain.duplicates.finding import Compared, DuplicateKind, Pair, compare
from services.evaluation.domain.duplicates.messages import (
    CloseDuplicates,
    DecideDuplicates,
    DuplicateEvent,
    DuplicateRequest,
    DuplicatesClosed,
    DuplicatesDecided,
    DuplicatesProposed,
    ProposeDuplicates,
)
from services.evaluation.domain.duplicates.refusals import (
    DuplicatesStepOutOfOrder,
    DuplicatesUnknown,
    GroupTooSmall,
    KeptProgrammeMissing,
    NotAlike,
    ProgrammeUnknown,
)
from services.evaluation.domain.grounds import applied, grounds
from services.evaluation.domain.refusals import AlreadyRecorded, SamePersonDecidesAgain
from services.evaluation.domain.self_evaluation.messages import Project
from services.evaluation.domain.self_evaluation.states import project_of
from services.evaluation.domain.unit import Unit, unit_reference
from services.evaluation.domain.values import project_year, region_line
from shared.domain.decider import Decider, Owner, Reference
from shared.domain.hands import hands
from shared.domain.money import Money
from shared.domain.rules import LinkageRules
from shared.domain.workdays import business_date

OVERLAP_MIN: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicates:
    """A proposal and how far it has come."""

    proposal: DuplicatesProposed
    decision: DuplicatesDecided | None = None
    closed: DuplicatesClosed | None = None


type DuplicatesState = Duplicates | None


def decide(command: DuplicateRequest, state: DuplicatesState) -> Sequence[DuplicateEvent]:
    """Proposed once, decided by another person, closed when it is done."""
    if isinstance(command, ProposeDuplicates):
        return _propose(command, state)
    if state is None:
        raise DuplicatesUnknown
    match command:
        case DecideDuplicates():
            return _decide(command, state)
        case CloseDuplicates():
            return _close(command, state)
        case _:
            assert_never(command)


def _propose(command: ProposeDuplicates, state: DuplicatesState) -> Sequence[DuplicateEvent]:
    codes = tuple(sorted(set(command.project_codes)))
    if state is not None:
        if (state.proposal.project_codes, state.proposal.kind) == (codes, command.kind):
            return []
        raise AlreadyRecorded
    rules = adopted(command.rules.rules if command.rules else None).rule_set.linkage
    least = OVERLAP_MIN if command.kind is DuplicateKind.OVERLAP else rules.fragments_min
    if len(codes) < least:
        raise GroupTooSmall(pointer="/project_codes", projects_min=least)
    known = {one.project_code: one for one in command.programmes}
    if missing := [code for code in codes if code not in known]:
        raise ProgrammeUnknown(pointer="/project_codes", projects=missing)
    pairs = tuple(compare(known[one], known[other]) for one, other in combinations(codes, 2))
    _expect_alike(pairs, codes, command.kind, rules)
    streams = [f"self_evaluation-{project_year(code, command.fiscal_year)}" for code in codes]
    return [
        DuplicatesProposed(
            fiscal_year=command.fiscal_year,
            region_code=command.region_code,
            kind=command.kind,
            project_codes=codes,
            pairs=pairs,
            amount=Money.total(known[code].amount for code in codes),
            reason=command.reason,
            proposed_by=command.by,
            proposed_on=business_date(command.now),
            grounds=grounds(command.rules, *streams),
        )
    ]


def _expect_alike(
    pairs: Sequence[Pair], codes: Sequence[str], kind: DuplicateKind, rules: LinkageRules
) -> None:
    """Every member is like another one; without a code that contradicts it."""
    overlap = kind is DuplicateKind.OVERLAP
    threshold = rules.duplicate_name if overlap else rules.similar_name
    alike = {
        code
        for pair in pairs
        if pair.names >= threshold and pair.same_function is not False
        for code in (pair.one, pair.other)
    }
    if lonely := [code for code in codes if code not in alike]:
        raise NotAlike(pointer="/project_codes", projects=lonely, threshold=str(threshold))


def _decide(command: DecideDuplicates, state: Duplicates) -> Sequence[DuplicateEvent]:
    fact = DuplicatesDecided(
        disposition=Disposition.RESTRUCTURE if command.restructure else None,
        keeps=command.keeps,
        reason=command.reason,
        decided_by=command.by,
        decided_on=business_date(command.now),
    )
    if state.decision is not None:
        known = (state.decision.disposition, state.decision.keeps)
        if known == (fact.disposition, fact.keeps):
            return []
        raise AlreadyRecorded
    hands(state.proposal.proposed_by).expect_another(command.by, SamePersonDecidesAgain)
    if command.restructure and command.keeps not in state.proposal.project_codes:
        raise KeptProgrammeMissing(pointer="/keeps")
    if not command.restructure and not command.reason.strip():
        raise DuplicatesStepOutOfOrder("Programmes are left as they are for a reason.")
    return [fact]


def _close(command: CloseDuplicates, state: Duplicates) -> Sequence[DuplicateEvent]:
    if state.closed:
        return []
    if state.decision is None:
        raise DuplicatesStepOutOfOrder("A group is closed after it was decided.")
    return [
        DuplicatesClosed(
            document_no=command.document_no,
            closed_by=command.by,
            closed_on=business_date(command.now),
        )
    ]


def evolve(state: DuplicatesState, event: DuplicateEvent) -> DuplicatesState:
    """What is true after this fact."""
    if isinstance(event, DuplicatesProposed):
        return Duplicates(proposal=event)
    assert state is not None
    if isinstance(event, DuplicatesDecided):
        return replace(state, decision=event)
    return replace(state, closed=event)


def _consults(command: DuplicateRequest) -> Sequence[Reference]:
    """Every member, as a programme with a target or as an application; and the rules."""
    if not isinstance(command, ProposeDuplicates):
        return ()
    year = command.fiscal_year
    names = [project_year(code, year) for code in sorted(set(command.project_codes))]
    return (
        *(Reference("self_evaluation", name) for name in names),
        *(application_reference(name) for name in names),
        *bind(command.region_code, year, year - 1, year - 2),
    )


def _refers(
    command: DuplicateRequest, _state: DuplicatesState, known: Sequence[object]
) -> Sequence[Reference]:
    """The units whose names stand in the names of their programmes."""
    if not isinstance(command, ProposeDuplicates):
        return ()
    found = (told for told in map(_told, known) if told)
    return [unit_reference(code) for code in dict.fromkeys(one.unit_code for one in found)]


def _inform(command: DuplicateRequest, states: Sequence[object]) -> DuplicateRequest:
    if not isinstance(command, ProposeDuplicates):
        return command
    consulted = _consults(command)
    known, units = states[: len(consulted)], states[len(consulted) :]
    named = zip(_refers(command, None, known), units, strict=True)
    owners = {one.id: unit.name for one, unit in named if isinstance(unit, Unit)}
    found: dict[str, Compared] = {}
    for state in known:
        told = _told(state)
        if told is not None and _inside(command.region_code, told.region_code):
            one = _compared(told, owners.get(told.unit_code, ""))
            found.setdefault(told.project_code, one)
    return replace(command, programmes=tuple(found.values()), rules=applied(consulted, known))


def _told(state: object) -> Project | ApplicationNoted | None:
    """The programme that a consulted state tells of."""
    return state if isinstance(state, ApplicationNoted) else project_of(state)


def _inside(region_code: str, where: str) -> bool:
    """A prefecture looks over its counties (GB/T 2260: their codes begin as its own does)."""
    return region_code in region_line(where)


def _compared(told: Project | ApplicationNoted, owner: str) -> Compared:
    return Compared(
        project_code=told.project_code,
        name=told.name,
        unit_code=told.unit_code,
        owner=owner,
        function_code=told.function_code,
        amount=told.requested if isinstance(told, ApplicationNoted) else told.budget,
    )


def _owner(state: DuplicatesState) -> Owner | None:
    """A group is the bureau's: its members may be of several units."""
    return Owner(region_code=state.proposal.region_code) if state else None


duplicates_decider: Final[Decider[DuplicateRequest, DuplicateEvent, DuplicatesState]] = Decider(
    category="duplicates",
    initial=None,
    commands=(ProposeDuplicates, DecideDuplicates, CloseDuplicates),
    events={
        "DuplicatesProposed": DuplicatesProposed,
        "DuplicatesDecided": DuplicatesDecided,
        "DuplicatesClosed": DuplicatesClosed,
    },
    decide=decide,
    evolve=evolve,
    identify=lambda command: command.group_id,
    owner=_owner,
    consults=_consults,
    refers=_refers,
    inform=_inform,
)
