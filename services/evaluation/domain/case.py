"""Accountability case: what was measured out to a unit, recorded with its document.

clue → open → investigating → no action or measures up the ladder → (transferred) → closed →
reopened. The system records sanctions and decides none; who decided them stands in the document
and is named here (`domain` §3.11).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, assert_never

from services.evaluation.domain.case_messages import (
    STATUTES,
    CaseEnded,
    CaseEvent,
    CaseOpened,
    CaseReopened,
    CaseRequest,
    CloseCase,
    ClueRaised,
    FindingNoted,
    InvestigationStarted,
    MeasureRecorded,
    NoActionRecorded,
    NoteFinding,
    OpenCase,
    RecordMeasure,
    RecordNoAction,
    ReopenCase,
    Rung,
    StartInvestigation,
    Violation,
)
from services.evaluation.domain.refusals import AlreadyRecorded, UnitUnknown
from services.evaluation.domain.standing_refusals import (
    CaseClosed,
    CaseNotInvestigated,
    CaseUnknown,
    CaseWithoutEndState,
    LadderGoesUp,
    NothingDoneAndMeasured,
    TransferWithoutRecipient,
)
from shared.domain.workdays import business_date

FINDINGS_MIN: Final = 2  # `domain` §4.10: repeated is a second project of the same year


class CaseStatus(StrEnum):
    """Where a case stands."""

    CLUE = "CLUE"
    OPEN = "OPEN"
    INVESTIGATING = "INVESTIGATING"
    NO_ACTION = "NO_ACTION"
    MEASURE = "MEASURE"
    TRANSFERRED = "TRANSFERRED"
    CLOSED = "CLOSED"
    REOPENED = "REOPENED"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseState:
    """What is known; `since` are the measures since the case was last (re)opened."""

    findings: dict[str, FindingNoted] = field(default_factory=dict)
    clue: ClueRaised | None = None
    opened: CaseOpened | None = None
    investigation: InvestigationStarted | None = None
    measures: tuple[MeasureRecorded, ...] = ()
    since: int = 0
    no_action: NoActionRecorded | None = None
    outcome: str | None = None

    @property
    def has_ended(self) -> bool:
        """Whether it has one of the end states without which no case is closed."""
        return self.no_action is not None or len(self.measures) > self.since


def decide(command: CaseRequest, state: CaseState) -> Sequence[CaseEvent]:
    """Facts, silence or a refusal."""
    if isinstance(command, NoteFinding):
        return _note(command, state)
    if isinstance(command, OpenCase):
        return _open(command, state)
    if state.opened is None:
        raise CaseUnknown
    return _on_case(command, state, state.opened)


def _on_case(
    command: StartInvestigation | RecordMeasure | RecordNoAction | CloseCase | ReopenCase,
    state: CaseState,
    opened: CaseOpened,
) -> Sequence[CaseEvent]:
    match command:
        case StartInvestigation():
            if state.outcome is not None:
                raise CaseClosed
            if state.investigation is not None:
                return []
            return [InvestigationStarted(office=command.office, started_on=command.started_on)]
        case RecordMeasure():
            return _record(command, state, opened)
        case RecordNoAction():
            return _no_action(command, state)
        case CloseCase():
            return _close(command, state)
        case ReopenCase():
            return [] if state.outcome is None else [CaseReopened(reason=command.reason)]
        case _:
            assert_never(command)


def _note(command: NoteFinding, state: CaseState) -> Sequence[CaseEvent]:
    known = state.findings.get(command.source)
    if known is not None and (known.decides or not command.decides):
        return []
    today = business_date(command.now)
    violation = command.violation or (known.violation if known else None)
    noted = FindingNoted(
        kind=command.kind,
        source=command.source,
        detail=command.detail,
        decides=command.decides,
        violation=violation,
        noted_on=today,
    )
    findings = {**state.findings, command.source: noted}
    enough = len(findings) >= FINDINGS_MIN or any(one.decides for one in findings.values())
    if state.clue is not None or state.opened is not None or not enough:
        return [noted]
    return [noted, _clue(command, findings, violation)]


def _clue(
    command: NoteFinding, findings: dict[str, FindingNoted], violation: Violation | None
) -> ClueRaised:
    return ClueRaised(
        kind=command.kind,
        unit_code=command.unit_code,
        region_code=command.region_code,
        department_code=command.unit.department_code if command.unit else "",
        subject=command.subject,
        clue="；".join(one.detail for one in findings.values()),
        violation=violation,
        statute=STATUTES[violation] if violation else "",
        raised_on=business_date(command.now),
    )


def _open(command: OpenCase, state: CaseState) -> Sequence[CaseEvent]:
    if command.unit is None:
        raise UnitUnknown
    violation = command.violation or (state.clue.violation if state.clue else None)
    fact = CaseOpened(
        unit_code=command.unit_code,
        region_code=command.unit.region_code,
        department_code=command.unit.department_code,
        subject=command.subject,
        clue=command.clue,
        opened_on=command.opened_on,
        violation=violation,
        statute=STATUTES[violation] if violation else "",
    )
    if state.clue is not None and state.clue.unit_code not in {"", command.unit_code}:
        raise AlreadyRecorded(unit_code=state.clue.unit_code)
    if state.opened is None:
        return [fact]
    if state.opened == fact:
        return []
    raise AlreadyRecorded


def _record(command: RecordMeasure, state: CaseState, opened: CaseOpened) -> Sequence[CaseEvent]:
    fact = MeasureRecorded(
        unit_code=opened.unit_code,
        region_code=opened.region_code,
        subject=opened.subject,
        rung=command.rung,
        authority=command.authority,
        document_no=command.document_no,
        measured_on=command.measured_on,
        text=command.text,
        posts=command.posts,
        recipient=command.recipient,
    )
    if fact in state.measures:
        return []
    if state.outcome is not None:
        raise CaseClosed
    if state.investigation is None:
        raise CaseNotInvestigated
    if state.no_action is not None:
        raise NothingDoneAndMeasured
    if command.rung is Rung.TRANSFER and not command.recipient:
        raise TransferWithoutRecipient(pointer="/recipient")
    ladder = tuple(Rung)
    reached = max((ladder.index(m.rung) for m in state.measures), default=-1)
    if ladder.index(command.rung) < reached:
        raise LadderGoesUp(reached=ladder[reached])
    return [fact]


def _no_action(command: RecordNoAction, state: CaseState) -> Sequence[CaseEvent]:
    fact = NoActionRecorded(
        authority=command.authority,
        document_no=command.document_no,
        decided_on=command.decided_on,
        reason=command.reason,
    )
    if state.no_action == fact:
        return []
    if state.outcome is not None:
        raise CaseClosed
    if state.investigation is None:
        raise CaseNotInvestigated
    if state.has_ended:
        raise NothingDoneAndMeasured
    return [fact]


def _close(command: CloseCase, state: CaseState) -> Sequence[CaseEvent]:
    if state.outcome is not None:
        return []
    if not state.has_ended:
        missing = "END_STATE" if state.investigation else "INVESTIGATION"
        raise CaseWithoutEndState(missing=missing)
    return [CaseEnded(outcome=command.outcome, ended_on=business_date(command.now))]
