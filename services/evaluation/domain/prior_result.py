"""The result of a year before the system, taken over from the document that told it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from services.evaluation.domain.cut.commands import Basis
from services.evaluation.domain.cut.finding_messages import NoteJudged
from services.evaluation.domain.refusals import (
    AlreadyRecorded,
    ResultAlreadyJudged,
    ScoreOutOfRange,
    UnitUnknown,
)
from services.evaluation.domain.scores import FULL
from services.evaluation.domain.self_evaluation.states import project_of
from services.evaluation.domain.unit import Unit, known_unit, unit_reference
from services.evaluation.domain.values import project_year
from shared.domain.decider import Decider, Owner, Reference
from shared.domain.grades import Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPriorResult:
    """Take a result over, with the number of its document."""

    project_code: str
    name: str
    fiscal_year: int
    unit_code: str
    score: Decimal
    grade: Grade
    document_no: str
    told_on: date
    origin: str
    by: str
    now: datetime
    execution_rate: Decimal | None = None
    function_code: str = ""
    track_pro_code: str = ""
    unit: Unit | None = None
    judged_here: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorResultRecorded:
    """The result of a project in a year before the system."""

    project_code: str
    name: str
    fiscal_year: int
    unit_code: str
    region_code: str
    department_code: str
    score: Decimal
    grade: Grade
    document_no: str
    told_on: date
    origin: str
    execution_rate: Decimal | None
    function_code: str = ""
    track_pro_code: str = ""


type PriorResult = PriorResultRecorded | None


def decide(command: RecordPriorResult, state: PriorResult) -> Sequence[PriorResultRecorded]:
    """Record it once; another result under the same key is refused."""
    if command.unit is None:
        raise UnitUnknown
    if command.judged_here:
        raise ResultAlreadyJudged
    if not 0 <= command.score <= FULL:
        raise ScoreOutOfRange(f"{command.score} is not between 0 and 100", pointer="/score")
    fact = PriorResultRecorded(
        project_code=command.project_code,
        name=command.name,
        fiscal_year=command.fiscal_year,
        unit_code=command.unit_code,
        region_code=command.unit.region_code,
        department_code=command.unit.department_code,
        score=command.score,
        grade=command.grade,
        document_no=command.document_no,
        told_on=command.told_on,
        origin=command.origin,
        execution_rate=command.execution_rate,
        function_code=command.function_code,
        track_pro_code=command.track_pro_code,
    )
    if state is None:
        return [fact]
    if state == fact:
        return []
    raise AlreadyRecorded(document_no=state.document_no)


def evolve(_state: PriorResult, event: PriorResultRecorded) -> PriorResult:
    """A record is its own state."""
    return event


def identify(command: RecordPriorResult) -> str:
    """One stream per project and year."""
    return project_year(command.project_code, command.fiscal_year)


def consults(command: RecordPriorResult) -> Sequence[Reference]:
    """The unit has to be known, and the year must not have been judged here."""
    return (unit_reference(command.unit_code), Reference("self_evaluation", identify(command)))


def inform(command: RecordPriorResult, states: Sequence[object]) -> RecordPriorResult:
    """Write both into the command."""
    judged_here = any(project_of(state) for state in states)
    return replace(command, unit=known_unit(states), judged_here=judged_here)


def owner(state: PriorResult) -> Owner | None:
    """It belongs to the unit that spent."""
    if state is None:
        return None
    return Owner(
        region_code=state.region_code,
        department_code=state.department_code,
        unit_code=state.unit_code,
    )


def entails(event: PriorResultRecorded, _state: PriorResult) -> Iterable[NoteJudged]:
    """A result is held against what the unit asks for two years later."""
    yield NoteJudged(
        unit_code=event.unit_code,
        region_code=event.region_code,
        project_code=event.project_code,
        fiscal_year=event.fiscal_year,
        basis=Basis(
            region_code=event.region_code,
            department_code=event.department_code,
            unit_code=event.unit_code,
            grade=event.grade,
            rate=event.execution_rate,
            name=event.name,
            score=event.score,
            function_code=event.function_code,
            track_pro_code=event.track_pro_code,
        ),
    )


prior_result_decider: Decider[RecordPriorResult, PriorResultRecorded, PriorResult] = Decider(
    category="prior_result",
    initial=None,
    commands=(RecordPriorResult,),
    events={"PriorResultRecorded": PriorResultRecorded},
    decide=decide,
    evolve=evolve,
    identify=identify,
    owner=owner,
    consults=consults,
    inform=inform,
    entails=entails,
)
