"""A request to the treasury or the budget system: freeze, unfreeze, reduce, recover, more quota.

Our own books move by our own decisions; the integrated system has to follow (`domain` §7.1). What
it is asked to do stands here until it says what it did: executed, with its new balance and batch
number, or refused with a reason.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, assert_never

from services.monitoring.domain.ledger.ledger import reference as ledger_reference
from services.monitoring.domain.ledger.state import Ledger
from services.monitoring.domain.treasury_values import (
    RequestKind,
    RequestStatus,
    TreasuryRequestAnswered,
    TreasuryRequestUnknown,
)
from services.monitoring.domain.values import Project
from shared.domain.decider import Decider, Owner, Reference
from shared.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTreasuryRequest:
    """Ask for something, once for the same cause."""

    request_id: str
    project: Project
    kind: RequestKind
    amount: Money
    reason: str
    source_id: str
    document_no: str = ""
    route: str = ""
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AcknowledgeTreasuryRequest:
    """The other system has it."""

    request_id: str
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ExecuteTreasuryRequest:
    """The other system has done it; this is its balance now, and the number of its batch."""

    request_id: str
    cur_amt: Money
    adj_batch_no: str
    by: str
    now: datetime
    ledger: Ledger | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseTreasuryRequest:
    """The other system will not do it."""

    request_id: str
    reason: str
    by: str
    now: datetime


type TreasuryRequestCommand = (
    OpenTreasuryRequest
    | AcknowledgeTreasuryRequest
    | ExecuteTreasuryRequest
    | RefuseTreasuryRequest
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TreasuryRequestOpened:
    """The treasury is asked for something."""

    project: Project
    kind: RequestKind
    amount: Money
    reason: str
    source_id: str
    document_no: str
    route: str
    opened_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TreasuryRequestAcknowledged:
    """It has received the request."""

    project: Project
    acknowledged_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TreasuryRequestExecuted:
    """It has done what was asked. `available` is what our ledger had at that moment."""

    project: Project
    kind: RequestKind
    amount: Money
    cur_amt: Money
    adj_batch_no: str
    available: Money | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TreasuryRequestRefused:
    """It will not do what was asked."""

    project: Project
    kind: RequestKind
    amount: Money
    reason: str


type TreasuryRequestEvent = (
    TreasuryRequestOpened
    | TreasuryRequestAcknowledged
    | TreasuryRequestExecuted
    | TreasuryRequestRefused
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotAsked:
    """Nothing was asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TreasuryRequest:
    """What was asked, and the answer."""

    asked: TreasuryRequestOpened
    status: RequestStatus = RequestStatus.OPEN
    answer: TreasuryRequestExecuted | TreasuryRequestRefused | None = None


type RequestState = NotAsked | TreasuryRequest


def _decide(command: TreasuryRequestCommand, state: RequestState) -> Sequence[TreasuryRequestEvent]:
    if isinstance(command, OpenTreasuryRequest):
        return [_opened(command)] if isinstance(state, NotAsked) else []
    if isinstance(state, NotAsked):
        raise TreasuryRequestUnknown
    match command:
        case AcknowledgeTreasuryRequest(by=by):
            if state.status is not RequestStatus.OPEN:
                return []
            return [TreasuryRequestAcknowledged(project=state.asked.project, acknowledged_by=by)]
        case ExecuteTreasuryRequest() | RefuseTreasuryRequest():
            return _answer(command, state)
        case _:
            assert_never(command)


def _opened(command: OpenTreasuryRequest) -> TreasuryRequestOpened:
    return TreasuryRequestOpened(
        project=command.project,
        kind=command.kind,
        amount=command.amount,
        reason=command.reason,
        source_id=command.source_id,
        document_no=command.document_no,
        route=command.route,
        opened_at=command.now,
    )


def _answer(
    command: ExecuteTreasuryRequest | RefuseTreasuryRequest, request: TreasuryRequest
) -> Sequence[TreasuryRequestEvent]:
    before, asked = request.answer, request.asked
    answer: TreasuryRequestExecuted | TreasuryRequestRefused
    if isinstance(command, RefuseTreasuryRequest):
        answer = TreasuryRequestRefused(
            project=asked.project, kind=asked.kind, amount=asked.amount, reason=command.reason
        )
    else:
        answer = TreasuryRequestExecuted(
            project=asked.project,
            kind=asked.kind,
            amount=asked.amount,
            cur_amt=command.cur_amt,
            adj_batch_no=command.adj_batch_no,
            available=command.ledger.available if command.ledger is not None else None,
        )
    if before is None:
        return [answer]
    if _said(before) == _said(answer):
        return []
    raise TreasuryRequestAnswered(status=request.status.value)


def _said(answer: TreasuryRequestExecuted | TreasuryRequestRefused) -> tuple[object, ...]:
    """What the other system said; our own balance beside it is no part of that."""
    if isinstance(answer, TreasuryRequestRefused):
        return (answer.reason,)
    return answer.cur_amt, answer.adj_batch_no


def _evolve(state: RequestState, event: TreasuryRequestEvent) -> RequestState:
    match event, state:
        case TreasuryRequestOpened(), _:
            return TreasuryRequest(asked=event)
        case TreasuryRequestAcknowledged(), TreasuryRequest():
            return replace(state, status=RequestStatus.ACKNOWLEDGED)
        case TreasuryRequestExecuted(), TreasuryRequest():
            return replace(state, status=RequestStatus.EXECUTED, answer=event)
        case TreasuryRequestRefused(), TreasuryRequest():
            return replace(state, status=RequestStatus.REFUSED, answer=event)
        case _:
            return state


def _refers(
    command: TreasuryRequestCommand, state: RequestState, _known: Sequence[object]
) -> Sequence[Reference]:
    if isinstance(command, ExecuteTreasuryRequest) and isinstance(state, TreasuryRequest):
        return (ledger_reference(state.asked.project.id),)
    return ()


def _inform(command: TreasuryRequestCommand, states: Sequence[object]) -> TreasuryRequestCommand:
    if not isinstance(command, ExecuteTreasuryRequest):
        return command
    (ledger,) = states
    return replace(command, ledger=ledger if isinstance(ledger, Ledger) else None)


def _owner(state: RequestState) -> Owner | None:
    return state.asked.project.owner if isinstance(state, TreasuryRequest) else None


treasury_request_decider: Final[
    Decider[TreasuryRequestCommand, TreasuryRequestEvent, RequestState]
] = Decider(
    category="treasury_request",
    initial=NotAsked(),
    commands=(
        OpenTreasuryRequest,
        AcknowledgeTreasuryRequest,
        ExecuteTreasuryRequest,
        RefuseTreasuryRequest,
    ),
    events={
        "TreasuryRequestOpened": TreasuryRequestOpened,
        "TreasuryRequestAcknowledged": TreasuryRequestAcknowledged,
        "TreasuryRequestExecuted": TreasuryRequestExecuted,
        "TreasuryRequestRefused": TreasuryRequestRefused,
    },
    decide=_decide,
    evolve=_evolve,
    identify=lambda command: command.request_id,
    owner=_owner,
    refers=_refers,
    inform=_inform,
)
