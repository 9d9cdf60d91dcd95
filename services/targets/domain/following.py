"""What the facts of a target have for other aggregates, in the same transaction."""

from collections.abc import Iterator

from services.targets.domain.adjustment_words import NO_PARTNER, SUSPENSION, Partner
from services.targets.domain.commands.adjusting import (
    CompletePair,
    DropPair,
    PairCommand,
    UndoAdjustment,
)
from services.targets.domain.commands.project import FollowResumption, FollowSuspension
from services.targets.domain.commands.unit_goals import DropGoal, NoteGoal, UnitGoalsCommand
from services.targets.domain.events.target import (
    TargetAdjusted,
    TargetAdjustmentRefused,
    TargetCompleted,
    TargetDrafted,
    TargetEvent,
    TargetRejected,
    TargetRevised,
)
from services.targets.domain.target_states import TargetState, basis_of
from services.targets.domain.unit_goals import compared_of

type Paired = PairCommand | FollowSuspension | FollowResumption
type Entailed = UnitGoalsCommand | Paired


def entails(event: TargetEvent, state: TargetState) -> Iterator[Entailed]:
    """What was written is noted with the goals of the unit; what was rejected is dropped.

    An adjustment takes the other half of its transfer along, or the project it suspends.
    """
    yield from _adjusted(event)
    basis = basis_of(state)
    if basis is None:
        return
    match event:
        case TargetDrafted() | TargetRevised() | TargetCompleted():
            yield NoteGoal(
                unit_code=basis.unit_code,
                fiscal_year=basis.fiscal_year,
                project_code=basis.project_code,
                words=compared_of(event.content),
            )
        case TargetRejected():
            yield DropGoal(
                unit_code=basis.unit_code,
                fiscal_year=basis.fiscal_year,
                project_code=basis.project_code,
            )
        case _:
            return


def _undone(event: TargetAdjusted) -> Iterator[Paired]:
    """The other half is undone with it; a project that stopped for it goes on."""
    if event.partner != NO_PARTNER:
        yield UndoAdjustment(
            project_code=event.partner.project_code,
            fiscal_year=event.basis.fiscal_year,
            adjustment_id=event.partner.adjustment_id,
            reason=event.reason,
            undone_on=event.adjusted_on,
        )
    if event.kind == SUSPENSION:
        yield FollowResumption(project_code=event.basis.project_code, adjustment_id=event.undoes)


def _adjusted(event: TargetEvent) -> Iterator[Paired]:
    """What a decision has for the other half, and for a project whose money is held."""
    match event:
        case TargetAdjusted(undoes=undone) if undone:
            yield from _undone(event)
        case TargetAdjusted(partner=partner) if partner != NO_PARTNER:
            yield CompletePair(
                project_code=partner.project_code,
                fiscal_year=event.basis.fiscal_year,
                adjustment_id=partner.adjustment_id,
                adjusted_on=event.adjusted_on,
            )
        case TargetAdjusted(kind=kind) if kind == SUSPENSION:
            yield FollowSuspension(
                project_code=event.basis.project_code,
                adjustment_id=event.adjustment_id,
                reason=event.reason,
            )
        case TargetAdjustmentRefused(partner=partner) if partner != NO_PARTNER:
            yield DropPair(
                project_code=partner.project_code,
                fiscal_year=event.fiscal_year,
                adjustment_id=partner.adjustment_id,
                region_code=event.region_code,
                unit_code=event.unit_code,
                reason=event.reason,
                partner=Partner(project_code=event.project_code, adjustment_id=event.adjustment_id),
            )
        case _:
            return
