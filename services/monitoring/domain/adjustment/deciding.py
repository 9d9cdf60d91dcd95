"""What an adjustment answers: what was heard is followed, what a person asks may be refused."""

from collections.abc import Sequence
from typing import Final, TypeGuard, assert_never

from services.monitoring.domain.adjustment import refusals as no
from services.monitoring.domain.adjustment.commands import (
    AdjustmentCommand,
    CloseAdjustment,
    EndSuspension,
    ExecuteAdjustment,
    NoteApproval,
    NotePairing,
    NoteUndoing,
    ProposeAdjustment,
    ProposeReceiving,
    RefuseAdjustment,
    ReportAdjustment,
)
from services.monitoring.domain.adjustment.events import (
    AdjustmentApproved,
    AdjustmentClosed,
    AdjustmentEvent,
    AdjustmentExecuted,
    AdjustmentFailed,
    AdjustmentRefused,
    AdjustmentReported,
    AdjustmentSigned,
    AdjustmentTargetPaired,
    SuspensionEnded,
)
from services.monitoring.domain.adjustment.proposing import propose, receive
from services.monitoring.domain.adjustment.state import Adjustment, AdjustmentState
from services.monitoring.domain.adjustment.words import CARRIED_OUT, WAITING, AdjustmentStatus
from services.monitoring.domain.ledger.adjusting import could_not_follow
from services.monitoring.domain.ledger.state import Ledger
from shared.domain.workdays import business_date

MONEY_LACKS: Final = "the money could not follow; the break of the ledger says how much is missing"
HOLD_LACKS: Final = "what the suspension held had been let go before it was decided"
UNDONE: Final = "the target was changed back"


def decide(  # noqa: PLR0911 - one answer per command
    command: AdjustmentCommand, state: AdjustmentState
) -> Sequence[AdjustmentEvent]:
    """Facts, silence, or a refusal."""
    match command:
        case ProposeAdjustment():
            return propose(command, state)
        case ProposeReceiving():
            return receive(command, state)
        case NotePairing() | NoteApproval() | ExecuteAdjustment() | RefuseAdjustment():
            return _follow(command, state) if _waits(state) else []
        case NoteUndoing():
            return _undone(state)
        case EndSuspension():
            return _end(command, state)
        case ReportAdjustment():
            return _report(command, _proposed(state))
        case CloseAdjustment():
            return _close(command, _proposed(state))
        case _:
            assert_never(command)


def _waits(state: AdjustmentState) -> TypeGuard[Adjustment]:
    return isinstance(state, Adjustment) and state.status in WAITING


def _proposed(state: AdjustmentState) -> Adjustment:
    if not isinstance(state, Adjustment):
        raise no.AdjustmentNotProposed
    return state


def _follow(
    command: NotePairing | NoteApproval | ExecuteAdjustment | RefuseAdjustment, state: Adjustment
) -> Sequence[AdjustmentEvent]:
    """What was decided where the targets are; a word that comes twice finds it done."""
    proposal = state.proposal
    match command:
        case NotePairing() if state.paired is None:
            return [
                AdjustmentTargetPaired(
                    project=proposal.project,
                    bodies=command.bodies,
                    rule_set_version=command.rule_set_version,
                    rules_region=command.rules_region,
                )
            ]
        case NoteApproval(body=body) if body not in state.signed:
            return [_signed(command, state)]
        case ExecuteAdjustment():
            return _execute(command, state)
        case RefuseAdjustment(reason=reason):
            return [
                AdjustmentRefused(
                    project=proposal.project,
                    reason=reason,
                    kind=proposal.kind,
                    partner_adjustment_id=proposal.partner_adjustment_id,
                )
            ]
        case _:
            return []


def _signed(command: NoteApproval, state: Adjustment) -> AdjustmentSigned:
    return AdjustmentSigned(
        project=state.proposal.project,
        body=command.body,
        signed_by=command.signed_by,
        authority=command.authority,
        document_no=command.document_no,
        decided_on=command.decided_on,
        sha256=command.sha256,
    )


def _execute(command: ExecuteAdjustment, state: Adjustment) -> Sequence[AdjustmentEvent]:
    proposal = state.proposal
    approved = AdjustmentApproved(project=proposal.project, target_version=command.target_version)
    if _lacks(command.ledger, command.adjustment_id, suspends=state.suspends):
        failed = AdjustmentFailed(
            project=proposal.project,
            kind=proposal.kind,
            reason=HOLD_LACKS if state.suspends else MONEY_LACKS,
            partner_adjustment_id=proposal.partner_adjustment_id,
        )
        return [approved, failed]
    return [
        approved,
        AdjustmentExecuted(
            project=proposal.project,
            kind=proposal.kind,
            change=proposal.change,
            budget=command.budget,
            transfer_to=proposal.transfer_to,
            partner_adjustment_id=proposal.partner_adjustment_id,
            fund_type_code=proposal.fund_type_code,
            direct_fund_flag=proposal.direct_fund_flag,
        ),
    ]


def _lacks(ledger: Ledger | None, adjustment_id: str, *, suspends: bool) -> bool:
    """Whether the ledger, in the same act, had too little to move, or holds nothing any more."""
    if ledger is None:
        return False
    if suspends:
        hold = ledger.freezes.get(adjustment_id)
        return hold is None or not hold.open
    return could_not_follow(ledger, adjustment_id)


def _undone(state: AdjustmentState) -> Sequence[AdjustmentEvent]:
    """The other half had failed when this one was carried out already: neither holds now."""
    if not isinstance(state, Adjustment) or state.status not in CARRIED_OUT:
        return []
    proposal = state.proposal
    return [
        AdjustmentFailed(
            project=proposal.project,
            kind=proposal.kind,
            reason=UNDONE,
            partner_adjustment_id=proposal.partner_adjustment_id,
        )
    ]


def _end(command: EndSuspension, state: AdjustmentState) -> Sequence[AdjustmentEvent]:
    if not isinstance(state, Adjustment):
        if command.quiet:
            return []
        raise no.AdjustmentNotProposed
    if state.ended is not None or command.ledger_id not in {"", state.proposal.project.id}:
        return []
    in_force = state.suspends and state.status in CARRIED_OUT
    if not in_force:
        if command.quiet:
            return []
        raise no.SuspensionNotInForce(status=state.status)
    return [
        SuspensionEnded(
            project=state.proposal.project,
            adjustment_id=command.adjustment_id,
            reason=command.reason,
            ended_by=command.by,
            ended_on=business_date(command.now),
        )
    ]


def _report(command: ReportAdjustment, state: Adjustment) -> Sequence[AdjustmentEvent]:
    told = AdjustmentReported(
        project=state.proposal.project,
        reported_to=command.reported_to,
        document_no=command.document_no,
        reported_on=command.reported_on,
    )
    if state.reported is not None:
        if state.reported != told:
            raise no.ReportDiffers(document_no=state.reported.document_no)
        return []
    if state.status is not AdjustmentStatus.EXECUTED:
        raise no.AdjustmentNotExecuted(status=state.status)
    return [told]


def _close(command: CloseAdjustment, state: Adjustment) -> Sequence[AdjustmentEvent]:
    if state.status is AdjustmentStatus.CLOSED:
        return []
    if state.status is not AdjustmentStatus.REPORTED:
        raise no.AdjustmentNotReported(status=state.status)
    if state.suspends and state.ended is None:
        raise no.SuspensionInForce
    today = business_date(command.now)
    return [AdjustmentClosed(project=state.proposal.project, closed_on=today)]
