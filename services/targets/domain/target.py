"""A performance target: drafted, submitted, reviewed, graded, and binding with its budget.

A project has one target a year. Business and finance office each confirm their part of the draft,
the head signs last. Whoever wrote, confirmed or submitted it judges it at no step. After the
approval it changes only together with the money (`adjustment.py`).
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from services.targets.domain.adjusting import adjust
from services.targets.domain.adjustment import receive
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
    RefuseAdjustment,
    RequestTargetAdjustment,
    ReturnTarget,
    ReviewTarget,
    ReviseTarget,
    SubmitTarget,
    TargetCommand,
    WithdrawAdjustment,
)
from services.targets.domain.duties import Desk
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
from services.targets.domain.ex_ante_states import assessment_of, conclusion_of
from services.targets.domain.four_eyes import four_eyes
from services.targets.domain.governing import governing, nearest
from services.targets.domain.grading import grade
from services.targets.domain.joint_review_states import ConcludedSession
from services.targets.domain.library import Collection, library_of
from services.targets.domain.library_use import libraries_named
from services.targets.domain.locks import left
from services.targets.domain.project_states import Project
from services.targets.domain.refusals import (
    AmountNotPositive,
    ExAnteNotIncluded,
    TargetAlreadyApproved,
    TargetNotApproved,
    TargetNotReady,
    TargetRejectedForGood,
    TargetUnknown,
)
from services.targets.domain.reviewing import check, give_back, review
from services.targets.domain.rule_set import Rules
from services.targets.domain.signing import confirm, consulted, informed, submit
from services.targets.domain.target_states import (
    Adjusting,
    Approved,
    Closed,
    NoTarget,
    Ready,
    Rejected,
    TargetState,
    basis_of,
    evolve,
)
from services.targets.domain.values import Conclusion, Library
from services.targets.domain.writing import complete, draft, revise
from shared.domain.decider import Decider, Owner, Reference
from shared.domain.money import ZERO
from shared.domain.workdays import business_date

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
            return _approve(command, state)
        case CloseTarget():
            return _close(state)
        case _:
            return adjust(command, state)


def _approve(command: ApproveTarget, state: TargetState) -> Sequence[TargetEvent]:
    match state:
        case Ready(promise=promise):
            pass
        case Approved(budget=budget, version=version) if (
            version > FIRST_VERSION or budget == command.budget
        ):
            return []
        case Approved(budget=budget):
            raise TargetAlreadyApproved(budget=str(budget))
        case Adjusting() | Closed():
            return []
        case Rejected():
            raise TargetRejectedForGood
        case _:
            raise TargetNotReady
    four_eyes(command.by, promise)
    if command.budget <= ZERO:
        raise AmountNotPositive(pointer="/budget")
    basis = promise.basis
    if basis.needs_ex_ante and command.conclusion is not Conclusion.INCLUDED:
        raise ExAnteNotIncluded(
            project_code=basis.project_code, conclusion=command.conclusion or "none"
        )
    return [
        TargetApproved(
            basis=basis,
            target_version=FIRST_VERSION,
            budget=command.budget,
            scheme=promise.scheme,
            annual_goal=promise.content.annual_goal,
            indicators=promise.content.indicators,
            rule_set_version=promise.rule_set_version,
            rules_region=promise.rules_region,
            approved_on=business_date(command.now),
            stay=left(promise.desks, Desk.BUREAU, command.now, basis.region_code),
            in_year_monitoring_exempt=command.in_year_monitoring_exempt,
        )
    ]


def _close(state: TargetState) -> Sequence[TargetEvent]:
    match state:
        case Approved(version=version):
            return [TargetClosed(target_version=version)]
        case Closed():
            return []
        case _:
            raise TargetNotApproved


def _consults(command: TargetCommand) -> Sequence[Reference]:
    match command:
        case DraftTarget() | ReviseTarget() | CompleteTarget():
            named = {Library.KS_CORE, *libraries_named(command.content)}
            return [
                Reference("project", command.project_code),
                Reference("ex_ante", f"{command.project_code}-{command.fiscal_year}"),
                *governing(command.region_code, command.fiscal_year),
                *(library_of(library) for library in sorted(named)),
            ]
        case ConfirmTarget() | SubmitTarget():
            return consulted(command)
        case GradeTarget(joint_review_id=session):
            rules = governing(command.region_code, command.fiscal_year)
            return rules if session is None else [*rules, Reference("joint_review", session)]
        case ApproveTarget():
            assessment = Reference("ex_ante", f"{command.project_code}-{command.fiscal_year}")
            return [assessment, Reference("project", command.project_code)]
        case _:
            return ()


def _inform(command: TargetCommand, states: Sequence[object]) -> TargetCommand:
    match command, states:
        case DraftTarget() | ReviseTarget() | CompleteTarget(), [project, assessment, *known]:
            return replace(
                command,
                project=project if isinstance(project, Project) else None,
                assessment=assessment_of(assessment),
                rules=nearest([one for one in known if isinstance(one, Rules)]),
                collections=tuple(one for one in known if isinstance(one, Collection)),
            )
        case ConfirmTarget(), _:
            return informed(command, states)
        case SubmitTarget(), _:
            return informed(command, states)
        case GradeTarget(), known:
            held = next((one for one in known if isinstance(one, ConcludedSession)), None)
            return replace(command, rules=nearest(known), joint_review=held)
        case ApproveTarget(), [assessment, project]:
            exempt = isinstance(project, Project) and project.in_year_monitoring_exempt
            concluded = conclusion_of(assessment)
            return replace(command, conclusion=concluded, in_year_monitoring_exempt=exempt)
        case _:
            return command


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
        RefuseAdjustment,
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
    consults=_consults,
    inform=_inform,
)
