"""A performance target: drafted, submitted, reviewed, graded, and binding with its budget.

A project has one target a year. Business and finance office each confirm their part of the draft,
the head signs last. Whoever wrote, confirmed or submitted it judges it at no step. After the
approval it changes only together with the money (`adjustment.py`).
"""

from collections.abc import Sequence
from typing import Final

from services.targets.domain import approving
from services.targets.domain.adjusting import adjust
from services.targets.domain.adjustment import receive
from services.targets.domain.adjustment_pair import pair
from services.targets.domain.commands.adjusting import CompletePair, DropPair, UndoAdjustment
from services.targets.domain.commands.target import (
    ApproveAdjustment,
    ApproveTarget,
    CheckTarget,
    CloseTarget,
    CompleteTarget,
    ConfirmTarget,
    DraftTarget,
    GradeTarget,
    ReceiveAdjustment,
    RecordApproval,
    RefuseAdjustment,
    RequestTargetAdjustment,
    ReturnTarget,
    ReviewTarget,
    ReviseTarget,
    SubmitTarget,
    TargetCommand,
    WithdrawAdjustment,
)
from services.targets.domain.events.target import (
    TargetAdjusted,
    TargetAdjustmentRefused,
    TargetAdjustmentRequested,
    TargetAdjustmentSigned,
    TargetAdjustmentWithdrawn,
    TargetApproved,
    TargetChecked,
    TargetClosed,
    TargetCompleted,
    TargetConfirmed,
    TargetDrafted,
    TargetEvent,
    TargetGraded,
    TargetRejected,
    TargetReturned,
    TargetReviewed,
    TargetRevised,
    TargetSubmitted,
    TargetValuesProposed,
)
from services.targets.domain.following import entails
from services.targets.domain.grading import grade
from services.targets.domain.neighbours import consults, inform, refers
from services.targets.domain.refusals import (
    TargetNotApproved,
    TargetUnknown,
)
from services.targets.domain.reviewing import check, give_back, review
from services.targets.domain.signing import confirm, submit
from services.targets.domain.target_evolving import evolve
from services.targets.domain.target_states import (
    Approved,
    Closed,
    NoTarget,
    TargetState,
    basis_of,
)
from services.targets.domain.writing import complete, draft, revise
from shared.domain.decider import Decider, Owner

FIRST_VERSION: Final = 1


def decide(  # noqa: C901, PLR0911, PLR0912 - one answer per command
    command: TargetCommand,
    state: TargetState,
) -> Sequence[TargetEvent]:
    """Facts, silence, or a refusal."""
    match command:
        case DraftTarget():
            return draft(command, state)
        case ReceiveAdjustment():
            return receive(command, state)
        case CompletePair() | DropPair() | UndoAdjustment():
            return pair(command, state)
        case _ if isinstance(state, NoTarget):
            raise TargetUnknown(project_code=command.project_code)
        case ReviseTarget():
            return revise(command, state)
        case ConfirmTarget():
            return confirm(command, state)
        case SubmitTarget():
            return submit(command, state)
        case ReviewTarget():
            return review(command, state)
        case CheckTarget():
            return check(command, state)
        case ReturnTarget():
            return give_back(command, state)
        case GradeTarget():
            return grade(command, state)
        case CompleteTarget():
            return complete(command, state)
        case ApproveTarget():
            return approving.approve(command, state)
        case CloseTarget():
            return _close(state)
        case _:
            return adjust(command, state)


def _close(state: TargetState) -> Sequence[TargetEvent]:
    match state:
        case Approved(version=version):
            return [TargetClosed(target_version=version)]
        case Closed():
            return []
        case _:
            raise TargetNotApproved


def _owner(state: TargetState) -> Owner | None:
    basis = basis_of(state)
    if basis is None:
        return None
    return Owner(
        region_code=basis.region_code,
        department_code=basis.department_code,
        unit_code=basis.unit_code,
    )


TARGET: Final[Decider[TargetCommand, TargetEvent, TargetState]] = Decider(
    category="target",
    initial=NoTarget(),
    commands=(
        DraftTarget,
        ReviseTarget,
        ConfirmTarget,
        SubmitTarget,
        ReviewTarget,
        CheckTarget,
        ReturnTarget,
        GradeTarget,
        CompleteTarget,
        ApproveTarget,
        ReceiveAdjustment,
        RequestTargetAdjustment,
        WithdrawAdjustment,
        ApproveAdjustment,
        RecordApproval,
        RefuseAdjustment,
        CompletePair,
        DropPair,
        UndoAdjustment,
        CloseTarget,
    ),
    events={
        "TargetDrafted": TargetDrafted,
        "TargetRevised": TargetRevised,
        "TargetConfirmed": TargetConfirmed,
        "TargetSubmitted": TargetSubmitted,
        "TargetReviewed": TargetReviewed,
        "TargetChecked": TargetChecked,
        "TargetReturned": TargetReturned,
        "TargetGraded": TargetGraded,
        "TargetCompleted": TargetCompleted,
        "TargetRejected": TargetRejected,
        "TargetApproved": TargetApproved,
        "TargetAdjustmentRequested": TargetAdjustmentRequested,
        "TargetValuesProposed": TargetValuesProposed,
        "TargetAdjustmentSigned": TargetAdjustmentSigned,
        "TargetAdjusted": TargetAdjusted,
        "TargetAdjustmentRefused": TargetAdjustmentRefused,
        "TargetAdjustmentWithdrawn": TargetAdjustmentWithdrawn,
        "TargetClosed": TargetClosed,
    },
    decide=decide,
    evolve=evolve,
    identify=lambda command: f"{command.project_code}-{command.fiscal_year}",
    owner=_owner,
    consults=consults,
    refers=refers,
    inform=inform,
    entails=entails,
)
