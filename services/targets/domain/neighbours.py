"""What the decision of a target must know of other aggregates."""

from collections.abc import Sequence
from dataclasses import replace

from services.targets.domain import approving
from services.targets.domain.adjustment_pair import other_half
from services.targets.domain.commands.target import (
    ApproveAdjustment,
    ApproveTarget,
    CompleteTarget,
    ConfirmTarget,
    DraftTarget,
    GradeTarget,
    ReceiveAdjustment,
    RecordApproval,
    RequestTargetAdjustment,
    ReviseTarget,
    SubmitTarget,
    TargetCommand,
)
from services.targets.domain.ex_ante_states import assessment_of
from services.targets.domain.governing import governing, nearest
from services.targets.domain.joint_review_states import ConcludedSession
from services.targets.domain.library import Collection, library_of
from services.targets.domain.library_use import libraries_named
from services.targets.domain.project_states import Project
from services.targets.domain.region import Region
from services.targets.domain.rule_set import Rules
from services.targets.domain.signing import consulted, informed
from services.targets.domain.target_states import TargetState, basis_of, target_of
from services.targets.domain.unit_goals import NO_GOALS, UnitGoals, goals_of
from services.targets.domain.values import Library
from shared.domain.decider import Reference


def consults(command: TargetCommand) -> Sequence[Reference]:
    """What the command names."""
    match command:
        case DraftTarget() | ReviseTarget() | CompleteTarget():
            named = {Library.KS_CORE, *libraries_named(command.content)}
            return [
                Reference("project", command.project_code),
                Reference("ex_ante", f"{command.project_code}-{command.fiscal_year}"),
                *governing(command.region_code, command.fiscal_year),
                *(library_of(library) for library in sorted(named)),
            ]
        case ConfirmTarget() | SubmitTarget() | RequestTargetAdjustment():
            return consulted(command)
        case ReceiveAdjustment():
            return governing(command.region_code, command.fiscal_year)
        case GradeTarget(joint_review_id=session):
            rules = governing(command.region_code, command.fiscal_year)
            return rules if session is None else [*rules, Reference("joint_review", session)]
        case ApproveTarget():
            return approving.consulted(command)
        case _:
            return ()


def refers(
    command: TargetCommand, state: TargetState, known: Sequence[object]
) -> Sequence[Reference]:
    """What only the project or the target names: the goals and the coming budget of its unit."""
    basis = basis_of(state)
    match command, known:
        case DraftTarget() | ReviseTarget() | CompleteTarget(), [Project() as project, *_]:
            return [goals_of(project.registered.unit_code, command.fiscal_year)]
        case SubmitTarget(), _ if basis is not None:
            return [goals_of(basis.unit_code, command.fiscal_year)]
        case ApproveTarget(), _:
            return approving.referred(command, state)
        case ApproveAdjustment(), _:
            return other_half(state)
        case RecordApproval(), _ if basis is not None:
            return [Reference("region", basis.region_code), *other_half(state)]
        case _:
            return ()


def inform(  # noqa: PLR0911 - one answer per command
    command: TargetCommand, states: Sequence[object]
) -> TargetCommand:
    """The command with what those say."""
    match command, states:
        case DraftTarget() | ReviseTarget() | CompleteTarget(), [project, assessment, *known]:
            return replace(
                command,
                project=project if isinstance(project, Project) else None,
                assessment=assessment_of(assessment),
                rules=nearest([one for one in known if isinstance(one, Rules)]),
                collections=tuple(one for one in known if isinstance(one, Collection)),
                goals=_goals(known),
            )
        case ConfirmTarget() | RequestTargetAdjustment(), _:
            return informed(command, states)
        case ReceiveAdjustment() | ApproveAdjustment() | RecordApproval(), known:
            return _informed_of_adjustment(command, known)
        case SubmitTarget(), _:
            return replace(informed(command, states), goals=_goals(states))
        case GradeTarget(), known:
            held = next((one for one in known if isinstance(one, ConcludedSession)), None)
            return replace(command, rules=nearest(known), joint_review=held)
        case ApproveTarget(), _:
            return approving.informed(command, states)
        case _:
            return command


def _informed_of_adjustment[C: ReceiveAdjustment | ApproveAdjustment | RecordApproval](
    command: C, known: Sequence[object]
) -> C:
    """The rules that govern it; the other half of a transfer; the body that supervises."""
    if isinstance(command, ReceiveAdjustment):
        return replace(command, rules=nearest(known))
    if isinstance(command, ApproveAdjustment):
        return replace(command, other=target_of(known[0]))
    region, *other = known
    return replace(
        command,
        authority=region.approval_authority if isinstance(region, Region) else "",
        other=target_of(other[0]) if other else None,
    )


def _goals(known: Sequence[object]) -> UnitGoals:
    return next((one for one in known if isinstance(one, UnitGoals)), NO_GOALS)
