"""How each fact moves a target. History is believed: what does not fit changes nothing."""

from dataclasses import replace
from typing import assert_never

from services.targets.domain.duties import Desk
from services.targets.domain.events.target import (
    ReviewEvent,
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
from services.targets.domain.locks import at_unit
from services.targets.domain.promise import Promise, moved_to, worked_on
from services.targets.domain.target_states import (
    Adjusting,
    Approved,
    Before,
    Closed,
    Draft,
    InReview,
    NoTarget,
    Promised,
    Ready,
    Rejected,
    Stage,
    TargetState,
    ToComplete,
)
from shared.domain.grades import Grade
from shared.domain.hands import hands


def evolve(state: TargetState, event: TargetEvent) -> TargetState:
    """The target after this. History is believed: what does not fit changes nothing."""
    match event:
        case TargetDrafted():
            return _drafted(state, event)
        case TargetApproved() | TargetClosed():
            return _bound(state, event)
        case TargetValuesProposed() | TargetAdjustmentSigned() | TargetAdjustmentWithdrawn():
            return _considered(state, event)
        case TargetAdjustmentRequested() | TargetAdjusted() | TargetAdjustmentRefused():
            return _adjusted(state, event)
        case _ if isinstance(state, Draft | InReview | ToComplete | Ready | Rejected):
            return _reviewed(state, event)
        case _:
            return state


def _drafted(state: TargetState, event: TargetDrafted) -> TargetState:
    promise = Promise(
        basis=event.basis,
        content=event.content,
        scheme=event.scheme,
        findings=event.findings,
        rule_set_version=event.rule_set_version,
        rules_region=event.rules_region,
        authors=hands(event.drafted_by),
        pins=event.pins,
        desks=at_unit({}, {}, event.drafted_on),
    )
    return Draft(
        promise=promise, refused=state.refused if isinstance(state, NoTarget) else frozenset()
    )


def _reviewed(  # noqa: PLR0911 - one answer per fact
    state: Promised,
    event: ReviewEvent,
) -> TargetState:
    promise, refused = state.promise, state.refused
    match event:
        case TargetRevised() | TargetConfirmed() | TargetReturned():
            return Draft(promise=worked_on(promise, event), refused=refused)
        case TargetSubmitted(submitted_by=author, findings=findings, stay=stay):
            promise = replace(
                promise,
                authors=promise.authors.also(author),
                findings=promise.findings if findings is None else findings,
            )
            return InReview(
                promise=replace(promise, desks=moved_to(Desk.DEPARTMENT, stay)),
                stage=Stage.SUBMITTED,
                refused=refused,
            )
        case TargetReviewed(stay=stay):
            promise = replace(promise, desks=moved_to(Desk.BUREAU, stay))
            return InReview(promise=promise, stage=Stage.REVIEWED, refused=refused)
        case TargetChecked(stay=stay):
            promise = replace(promise, desks=moved_to(Desk.BUREAU, stay))
            return InReview(promise=promise, stage=Stage.CHECKED, refused=refused)
        case TargetGraded(grade=grade, stay=stay):
            promise = replace(promise, desks=moved_to(Desk.BUREAU, stay))
            if grade is Grade.EXCELLENT:
                return Ready(promise=promise, refused=refused)
            if grade is Grade.GOOD:
                return ToComplete(promise=promise, refused=refused)
            return replace(state, promise=promise)
        case TargetCompleted(content=content, completed_by=author, findings=findings, stay=stay):
            completed = replace(
                promise,
                content=content,
                findings=promise.findings if findings is None else findings,
                authors=promise.authors.also(author),
                pins=event.pins,
                desks=moved_to(Desk.BUREAU, stay),
            )
            return Ready(promise=completed, refused=refused)
        case TargetRejected():
            return Rejected(promise=promise, refused=refused)
        case _:
            assert_never(event)


def _bound(state: TargetState, event: TargetApproved | TargetClosed) -> TargetState:
    match event, state:
        case TargetApproved(), Ready(promise=promise, refused=refused):
            return Approved(
                basis=event.basis,
                authors=promise.authors,
                version=event.target_version,
                budget=event.budget,
                indicators=event.indicators,
                refused=refused,
                annual_goal=event.annual_goal,
            )
        case TargetClosed(), Approved():
            return Closed(approved=state)
        case _:
            return state


def _considered(
    state: TargetState,
    event: TargetValuesProposed | TargetAdjustmentSigned | TargetAdjustmentWithdrawn,
) -> TargetState:
    match event, state:
        case TargetValuesProposed(), Adjusting():
            return replace(state, proposal=event, askers=state.askers.also(event.proposed_by))
        case TargetAdjustmentSigned(office=office), Adjusting():
            return replace(state, signatures={**state.signatures, office: event})
        case TargetAdjustmentWithdrawn(adjustment_id=recalled), Adjusting(approved=before):
            return replace(before, withdrawn=before.withdrawn | {recalled})
        case _:
            return state


def _adjusted(  # noqa: PLR0911 - one answer per fact
    state: TargetState,
    event: TargetAdjustmentRequested | TargetAdjusted | TargetAdjustmentRefused,
) -> TargetState:
    match event, state:
        case TargetAdjustmentRequested(), Approved():
            return Adjusting(approved=state, asked=event, askers=hands(event.proposed_by))
        case TargetAdjusted(undoes=undone), Approved() if undone:
            return _changed(state, event)
        case TargetAdjusted(undoes=undone), Adjusting(approved=before) if undone:
            return replace(state, approved=_changed(before, event))
        case TargetAdjusted(), Adjusting(approved=before, askers=askers):
            # What stands there now is theirs as well.
            return _changed(replace(before, authors=before.authors.joined(askers)), event)
        case TargetAdjustmentRefused(adjustment_id=refused), Adjusting(
            approved=before, asked=asked
        ):
            after = replace(before, refused=before.refused | {refused})
            return after if asked.adjustment_id == refused else replace(state, approved=after)
        case TargetAdjustmentRefused(adjustment_id=refused), Closed(approved=before):
            return Closed(approved=replace(before, refused=before.refused | {refused}))
        case TargetAdjustmentRefused(adjustment_id=refused), NoTarget():
            return NoTarget(refused=state.refused | {refused})
        case TargetAdjustmentRefused(adjustment_id=refused), (
            Draft() | InReview() | ToComplete() | Ready() | Rejected() | Approved()
        ):
            return replace(state, refused=state.refused | {refused})
        case _:
            return state


def _changed(state: Approved, event: TargetAdjusted) -> Approved:
    """With the new amount and values; what stood there before is kept until it is undone."""
    before = {key: value for key, value in state.before.items() if key != event.undoes}
    if not event.undoes:
        before[event.adjustment_id] = Before(change=event, indicators=state.indicators)
    return replace(
        state,
        version=event.target_version,
        budget=event.budget,
        indicators=event.indicators,
        adjusted=state.adjusted | {event.adjustment_id},
        before=before,
    )
