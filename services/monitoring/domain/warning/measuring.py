"""Measures against a unit that did not answer: proposed by one, approved by others, then taken."""

from collections.abc import Iterator, Sequence
from typing import Final

from services.monitoring.domain.adjustment import AdjustmentKind, ProposeAdjustment, signed_change
from services.monitoring.domain.ledger.commands import FreezeQuota, HoldForAdjustment, ReleaseQuota
from services.monitoring.domain.warning import refusals as no
from services.monitoring.domain.warning.commands import (
    ApproveMeasure,
    ProposeMeasure,
    ReleaseSuspension,
    TakeMeasure,
)
from services.monitoring.domain.warning.events import (
    Measure,
    MeasureApproved,
    MeasureProposed,
    MeasureTaken,
    SuspensionReleased,
    WarningClosed,
    WarningEvent,
)
from services.monitoring.domain.warning.measure_events import BASIS, NEEDED
from services.monitoring.domain.warning.state import Escalated, Measured, OpenState, WarningState
from shared.domain.money import ZERO
from shared.domain.workdays import business_date

type Facts = Sequence[WarningEvent]
type Unanswered = Escalated | Measured
NO_RECEIVER: Final = frozenset({AdjustmentKind.SUSPENSION})


def _due(state: OpenState) -> Unanswered:
    if not isinstance(state, Escalated | Measured):
        raise no.MeasureNotDue
    return state


def propose(command: ProposeMeasure, state: OpenState) -> Facts:
    """Say what should be done; another proposal takes the place of one that was not taken."""
    known = _due(state)
    if (command.measure is Measure.FUND_ADJUSTMENT) != (command.adjustment is not None):
        raise no.AdjustmentMissing(pointer="/adjustment")
    if command.adjustment and command.adjustment.kind in NO_RECEIVER:
        raise no.AdjustmentMissing(pointer="/adjustment/kind")
    proposed = MeasureProposed(
        project=known.case.project,
        measure=command.measure,
        reason=command.reason,
        legal_basis=command.legal_basis or BASIS.get(command.measure, known.case.legal_basis),
        proposed_by=command.by,
        proposed_on=business_date(command.now),
        adjustment=command.adjustment,
    )
    before = known.proposal
    same = before is not None and (before.measure, before.reason, before.adjustment) == (
        proposed.measure,
        proposed.reason,
        proposed.adjustment,
    )
    return [] if same or _was_taken(known, command.measure, command.reason) else [proposed]


def _was_taken(state: Unanswered, measure: Measure, reason: str) -> bool:
    taken = state.measures if isinstance(state, Measured) else ()
    return any(one.measure is measure and one.reason == reason for one in taken)


def approve(command: ApproveMeasure, state: OpenState) -> Facts:
    """Agree: not who proposed it, and nobody for two offices."""
    known = _due(state)
    proposal = known.proposal
    if proposal is None or proposal.measure is not command.measure:
        if isinstance(known, Measured) and any(
            one.measure is command.measure for one in known.measures
        ):
            return []
        raise no.MeasureNotProposed(measure=command.measure)
    known.proposers.expect_another(command.by, no.ApproverProposedMeasure)
    if command.by in {by for _, by in known.approvals}:
        return []
    missing = NEEDED[proposal.measure] - {office for office, _ in known.approvals}
    office = next((one for one in command.offices if one in missing), None)
    if office is None:
        if missing:
            raise no.ApprovalNotTheirs(missing=sorted(missing))
        return []
    return [
        MeasureApproved(
            project=known.case.project,
            measure=proposal.measure,
            office=office,
            approved_by=command.by,
        )
    ]


def take(command: TakeMeasure, state: OpenState) -> Facts:
    """Record the document; the same document is recorded once."""
    known = _due(state)
    taken = known.measures if isinstance(known, Measured) else ()
    if any(
        (one.measure, one.document_no) == (command.measure, command.document_no) for one in taken
    ):
        return []
    proposal = known.proposal
    if proposal is None or proposal.measure is not command.measure:
        raise no.MeasureNotProposed(measure=command.measure)
    missing = NEEDED[proposal.measure] - {office for office, _ in known.approvals}
    if missing:
        raise no.MeasureNotApproved(missing=sorted(missing))
    ledger = command.around.ledger
    available = ledger.available if ledger else ZERO
    # With nothing left as well: what comes in while it is in force is held.
    holds = command.measure is Measure.SUSPEND_PAYMENT and ledger is not None
    key = f"{command.warning_id}-{command.measure}-{len(taken) + 1}"
    return [
        MeasureTaken(
            project=known.case.project,
            measure=command.measure,
            document_no=command.document_no,
            decided_on=command.decided_on,
            note=command.note,
            legal_basis=proposal.legal_basis,
            reason=proposal.reason,
            taken_by=command.by,
            taken_at=command.now,
            hold_id=key if holds else "",
            held=available if holds else None,
            adjustment_id=key if proposal.adjustment else "",
            adjustment=proposal.adjustment,
        )
    ]


def release(command: ReleaseSuspension, state: OpenState) -> Facts:
    """Let payment go on; where nothing is held, nothing is to be done."""
    if not isinstance(state, Measured):
        raise no.NothingSuspended
    if not state.holds and not any(one.hold_id for one in state.measures):
        raise no.NothingSuspended
    return [
        SuspensionReleased(
            project=state.case.project,
            hold_id=key,
            reason=command.reason,
            released_by=command.by,
            released_at=command.now,
        )
        for key in state.holds
    ]


def entails(event: WarningEvent, _state: WarningState) -> Iterator[object]:
    """What a fact does to the money of its project, in the same transaction."""
    match event:
        case MeasureTaken():
            yield from _of_measure(event)
        case SuspensionReleased(hold_id=key, released_by=by, released_at=now):
            project = event.project
            yield ReleaseQuota(
                project_code=project.code,
                fiscal_year=project.fiscal_year,
                freeze_id=key,
                by=by,
                now=now,
            )
        case WarningClosed(released=keys, closed_at=now) if now is not None:
            for key in keys:
                yield ReleaseQuota(
                    project_code=event.project.code,
                    fiscal_year=event.project.fiscal_year,
                    freeze_id=key,
                    by=event.closed_by,
                    now=now,
                )
        case _:
            return


def _of_measure(event: MeasureTaken) -> Iterator[object]:
    project, by, now = event.project, event.taken_by, event.taken_at
    if now is None:
        return
    if event.hold_id and event.held is not None:
        yield FreezeQuota(
            project_code=project.code,
            fiscal_year=project.fiscal_year,
            freeze_id=event.hold_id,
            amount=event.held,
            reason=f"暂停拨付 {event.document_no}",
            suspends=True,
            by=by,
            now=now,
        )
    asked = event.adjustment
    if asked is None:
        return
    yield ProposeAdjustment(
        adjustment_id=event.adjustment_id,
        project_code=project.code,
        fiscal_year=project.fiscal_year,
        kind=asked.kind,
        amount=asked.amount,
        reason=f"{event.reason}（{event.document_no}）",
        transfer_to=asked.transfer_to,
        by=by,
        now=now,
    )
    yield HoldForAdjustment(
        project_code=project.code,
        fiscal_year=project.fiscal_year,
        adjustment_id=event.adjustment_id,
        amount=signed_change(asked.kind, asked.amount),
        by=by,
        now=now,
    )
