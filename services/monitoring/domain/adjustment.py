"""A fund adjustment with its target: money and target change together, or neither does.

Proposed here, with what it needs held on the ledger; paired and decided by the targets
service in one act; then the ledger moves, or what was held is let go (`domain` §3.6). A
transfer first takes from the one project and is then proposed for the other: money in between
is back with the bureau and never granted twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final, TypeGuard, assert_never

from services.monitoring.domain.ledger.ledger import reference as ledger_reference
from services.monitoring.domain.ledger.refusals import AmountNotPositive, LedgerNotOpened
from services.monitoring.domain.ledger.state import Ledger
from services.monitoring.domain.values import Project, project_id
from shared.domain.decider import Decider, Owner, Reference
from shared.domain.money import ZERO, Money
from shared.domain.refusals import Conflict, Invalid, NotFound
from shared.domain.workdays import business_date


class AdjustmentReused(Conflict):
    """The id of an adjustment stands for one proposal."""

    title_zh = "调整编号已用于其他申请"


class AdjustmentNotProposed(NotFound):
    """There is no such adjustment."""

    title_zh = "该资金调整不存在"


class ReceiverNotOpened(Conflict):
    """The project that is to receive money has an approved target."""

    title_zh = "调入项目尚无批复的绩效目标"


class PurposeDiffers(Conflict):
    """Special-purpose money stays with its purpose and its unit."""

    title_zh = "专项资金不得改变用途或调出本单位"


class ReceiverMissing(Invalid):
    """A transfer names the project that receives the money, and no other kind does."""

    title_zh = "调剂须注明调入项目，其他调整不得注明"


class AdjustmentKind(StrEnum):
    """The five kinds of `domain` §3.6."""

    INTERNAL_TRANSFER = "INTERNAL_TRANSFER"
    REDUCTION = "REDUCTION"
    INCREASE = "INCREASE"
    SUSPENSION = "SUSPENSION"
    RECALL_IN_YEAR = "RECALL_IN_YEAR"


class AdjustmentStatus(StrEnum):
    """Where an adjustment stands."""

    PROPOSED = "PROPOSED"
    EXECUTED = "EXECUTED"
    REFUSED = "REFUSED"


_TAKES: Final = frozenset(
    {AdjustmentKind.INTERNAL_TRANSFER, AdjustmentKind.REDUCTION, AdjustmentKind.RECALL_IN_YEAR}
)


def signed_change(kind: AdjustmentKind, amount: Money, *, receives: bool = False) -> Money:
    """What an adjustment does to the budget of its project."""
    if kind is AdjustmentKind.SUSPENSION:
        return ZERO
    return -amount if kind in _TAKES and not receives else amount


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeAdjustment:
    """Propose to change, hold or recall the money of a project, for a stated reason."""

    adjustment_id: str
    project_code: str
    fiscal_year: int
    kind: AdjustmentKind
    amount: Money
    reason: str
    transfer_to: str | None = None
    receives: bool = False
    by: str
    now: datetime
    ledger: Ledger | None = None
    receiver: Ledger | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExecuteAdjustment:
    """The target was changed: the money follows."""

    adjustment_id: str
    budget: Money
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseAdjustment:
    """The target stays as it is, and so does the money."""

    adjustment_id: str
    reason: str
    by: str
    now: datetime


type AdjustmentCommand = ProposeAdjustment | ExecuteAdjustment | RefuseAdjustment


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentProposed:
    """Money is to change; its target must change with it."""

    project: Project
    kind: AdjustmentKind
    change: Money
    budget: Money
    reason: str
    proposed_by: str
    proposed_on: date
    transfer_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentExecuted:
    """Money and target have changed together."""

    project: Project
    kind: AdjustmentKind
    change: Money
    budget: Money
    transfer_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentRefused:
    """Neither has changed."""

    project: Project
    reason: str


type AdjustmentEvent = AdjustmentProposed | AdjustmentExecuted | AdjustmentRefused


@dataclass(frozen=True, slots=True, kw_only=True)
class NotProposed:
    """Nothing was proposed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment:
    """A proposal and what became of it."""

    proposal: AdjustmentProposed
    status: AdjustmentStatus = AdjustmentStatus.PROPOSED


type AdjustmentState = NotProposed | Adjustment


def _decide(command: AdjustmentCommand, state: AdjustmentState) -> Sequence[AdjustmentEvent]:
    match command:
        case ProposeAdjustment():
            return _propose(command, state)
        case ExecuteAdjustment():
            return [_executed(command, state.proposal)] if _waits(state) else []
        case RefuseAdjustment(reason=reason):
            if not _waits(state):
                return []
            return [AdjustmentRefused(project=state.proposal.project, reason=reason)]
        case _:
            assert_never(command)


def _waits(state: AdjustmentState) -> TypeGuard[Adjustment]:
    return isinstance(state, Adjustment) and state.status is AdjustmentStatus.PROPOSED


def _executed(command: ExecuteAdjustment, proposal: AdjustmentProposed) -> AdjustmentExecuted:
    return AdjustmentExecuted(
        project=proposal.project,
        kind=proposal.kind,
        change=proposal.change,
        budget=command.budget,
        transfer_to=proposal.transfer_to,
    )


def _propose(command: ProposeAdjustment, state: AdjustmentState) -> Sequence[AdjustmentEvent]:
    ledger = command.ledger
    if ledger is None:
        raise LedgerNotOpened
    change = signed_change(command.kind, command.amount, receives=command.receives)
    if isinstance(state, Adjustment):
        before = state.proposal
        same = (before.project.id, before.kind, before.change, before.transfer_to)
        if same != (ledger.project.id, command.kind, change, command.transfer_to):
            raise AdjustmentReused(adjustment_id=command.adjustment_id)
        return []
    if command.kind is not AdjustmentKind.SUSPENSION and command.amount <= ZERO:
        raise AmountNotPositive(pointer="/amount")
    _check_receiver(command, ledger)
    return [
        AdjustmentProposed(
            project=ledger.project,
            kind=command.kind,
            change=change,
            budget=ledger.budget + change,
            reason=command.reason,
            proposed_by=command.by,
            proposed_on=business_date(command.now),
            transfer_to=command.transfer_to,
        )
    ]


def _check_receiver(command: ProposeAdjustment, ledger: Ledger) -> None:
    transfers = command.kind is AdjustmentKind.INTERNAL_TRANSFER and not command.receives
    if transfers != (command.transfer_to is not None):
        raise ReceiverMissing(pointer="/transfer_to")
    if not transfers:
        return
    receiver = command.receiver
    if receiver is None:
        raise ReceiverNotOpened(project_code=command.transfer_to)
    if _purpose(receiver) != _purpose(ledger):
        raise PurposeDiffers(project_code=command.transfer_to)


def _purpose(ledger: Ledger) -> tuple[str, str, str]:
    return ledger.project.unit_code, ledger.fund_type_code, ledger.direct_fund_flag


def _evolve(state: AdjustmentState, event: AdjustmentEvent) -> AdjustmentState:
    match event, state:
        case AdjustmentProposed(), _:
            return Adjustment(proposal=event)
        case AdjustmentExecuted(), Adjustment():
            return replace(state, status=AdjustmentStatus.EXECUTED)
        case AdjustmentRefused(), Adjustment():
            return replace(state, status=AdjustmentStatus.REFUSED)
        case _:
            return state


def _consults(command: AdjustmentCommand) -> Sequence[Reference]:
    if not isinstance(command, ProposeAdjustment):
        return ()
    codes = (command.project_code, command.transfer_to or command.project_code)
    return tuple(ledger_reference(project_id(code, command.fiscal_year)) for code in codes)


def _inform(command: AdjustmentCommand, states: Sequence[object]) -> AdjustmentCommand:
    if not isinstance(command, ProposeAdjustment):
        return command
    ledger, receiver = (s if isinstance(s, Ledger) else None for s in states)
    return replace(command, ledger=ledger, receiver=receiver)


def _owner(state: AdjustmentState) -> Owner | None:
    return state.proposal.project.owner if isinstance(state, Adjustment) else None


adjustment_decider: Final[Decider[AdjustmentCommand, AdjustmentEvent, AdjustmentState]] = Decider(
    category="adjustment",
    initial=NotProposed(),
    commands=(ProposeAdjustment, ExecuteAdjustment, RefuseAdjustment),
    events={
        "AdjustmentProposed": AdjustmentProposed,
        "AdjustmentExecuted": AdjustmentExecuted,
        "AdjustmentRefused": AdjustmentRefused,
    },
    decide=_decide,
    evolve=_evolve,
    identify=lambda command: command.adjustment_id,
    owner=_owner,
    consults=_consults,
    inform=_inform,
)
