"""How each fact moves a warning."""

from dataclasses import replace
from typing import Any, assert_never

from services.monitoring.domain.values import Level
from services.monitoring.domain.warning.events import (
    CorrectionDrafted,
    LetterAcknowledged,
    LetterCorrected,
    LetterDrafted,
    LetterIssued,
    MeasureApproved,
    MeasureProposed,
    MeasureTaken,
    ObjectionAnswered,
    RectificationChecked,
    RectificationEvidenceSubmitted,
    RectificationFailed,
    RectificationOverdue,
    RectificationPlanSubmitted,
    RectificationReviewed,
    RectificationVerified,
    SuspensionReleased,
    VerificationOverdue,
    WarningCancelled,
    WarningClosed,
    WarningEscalated,
    WarningEvent,
    WarningOutcome,
    WarningPushed,
    WarningRaised,
    WarningUpgraded,
)
from services.monitoring.domain.warning.state import (
    Acknowledged,
    Answering,
    Drafted,
    Ended,
    Escalated,
    Issued,
    Measured,
    NotRaised,
    Objection,
    OpenState,
    Pushed,
    Raised,
    Rectifying,
    Verified,
    Verifying,
    WarningState,
    letter_of,
)
from shared.domain.hands import NOBODY, hands


def evolve(state: WarningState, event: WarningEvent) -> WarningState:
    """The warning after one more fact."""
    if isinstance(event, WarningRaised):
        return Raised(case=event.case, raisers=hands(event.raised_by))
    return state if isinstance(state, NotRaised) else _further(state, event)


def _further(state: OpenState | Ended, event: WarningEvent) -> WarningState:  # noqa: PLR0911 - one per fact
    case = state.case
    match event, state:
        case WarningPushed(), Raised():
            return Pushed(case=case)
        case WarningCancelled(), _:
            return Ended(case=case, outcome=WarningOutcome.CANCELLED)
        case LetterDrafted(), Pushed() | Drafted():
            return _drafted(state, event)
        case LetterIssued(), Drafted():
            return Issued(
                case=case,
                issued=event,
                writers=state.writers,
                signers=hands(event.letter.signed_by),
                hands=state.hands,
                overdue=state.overdue,
            )
        case WarningClosed(outcome=outcome), _:
            return Ended(case=case, outcome=outcome, issued=letter_of(state))
        case _, Raised() | Pushed() | Drafted() | Ended():
            return state
        case _, _:
            return _answered(state, event)


def _drafted(state: Pushed | Drafted, event: LetterDrafted) -> Drafted:
    before = state.writers if isinstance(state, Drafted) else NOBODY
    return Drafted(
        case=state.case,
        draft=event,
        replaces=state.replaces,
        overdue=state.overdue,
        writers=before.also(event.drafted_by),
        hands=state.hands,
    )


def _sent(state: Answering) -> dict[str, Any]:
    """What every later state goes on knowing."""
    return {
        "case": state.case,
        "issued": state.issued,
        "writers": state.writers,
        "signers": state.signers,
        "objectors": state.objectors,
        "hands": state.hands,
        "objection": state.objection,
        "correction": state.correction,
        "overdue": state.overdue,
    }


def _answered(state: Answering, event: WarningEvent) -> WarningState:  # noqa: C901, PLR0911 - one per fact
    match event:
        case LetterAcknowledged() | ObjectionAnswered() | CorrectionDrafted() | LetterCorrected():
            return _of_letter(state, event)
        case RectificationPlanSubmitted():
            return Rectifying(**_sent(state), plan=event)
        case RectificationEvidenceSubmitted():
            plan = state.plan if isinstance(state, Rectifying | Verifying) else _no_plan(event)
            known = _sent(state) | {"hands": state.hands.also(event.submitted_by)}
            return Verifying(**known, plan=plan, shown=event)
        case RectificationReviewed() | RectificationChecked() | VerificationOverdue():
            return _looked_at(state, event)
        case RectificationVerified():
            return Verified(**_sent(state))
        case RectificationFailed():
            if isinstance(state, Verifying):
                return Rectifying(**_sent(state), plan=state.plan)
            return state
        case RectificationOverdue():
            return replace(state, overdue=state.overdue + 1)
        case WarningUpgraded(level=level):
            number = state.issued.letter.letter_no
            case = replace(state.case, level=level)
            return Pushed(case=case, replaces=number, overdue=state.overdue, hands=state.hands)
        case WarningEscalated():
            return Escalated(**_sent(state) | {"case": replace(state.case, level=Level.RED)})
        case MeasureProposed() | MeasureApproved() | MeasureTaken() | SuspensionReleased():
            return _measured(state, event)
        case _:
            return state


def _of_letter(
    state: Answering,
    event: LetterAcknowledged | ObjectionAnswered | CorrectionDrafted | LetterCorrected,
) -> Answering:
    match event:
        case LetterAcknowledged(objection=text):
            known = _sent(state) | {"objection": Objection.OPEN if text else Objection.NONE}
            if text:
                known |= {"objectors": state.objectors.also(event.acknowledged_by)}
            return Acknowledged(**known)
        case ObjectionAnswered(kept=kept):
            return replace(state, objection=Objection.KEPT if kept else Objection.UPHELD)
        case CorrectionDrafted():
            writers = state.writers.also(event.draft.drafted_by)
            return replace(state, correction=event, writers=writers)
        case LetterCorrected():
            return _corrected(state, event)
        case _:
            assert_never(event)


def _corrected(state: Answering, event: LetterCorrected) -> Answering:
    """Before a plan the unit receives the new letter; afterwards its plan goes on under it."""
    signers = state.signers.also(event.issued.letter.signed_by)
    settled = Objection.UPHELD if state.objection is Objection.OPEN else state.objection
    known = _sent(state) | {"issued": event.issued, "signers": signers, "correction": None}
    if isinstance(state, Issued | Acknowledged):
        return Issued(**known | {"objection": Objection.NONE})
    return replace(state, **known | {"objection": settled})


def _looked_at(
    state: Answering, event: RectificationReviewed | RectificationChecked | VerificationOverdue
) -> Answering:
    if not isinstance(state, Verifying):
        return state
    if isinstance(event, RectificationReviewed):
        return replace(state, reviewed=event)
    if isinstance(event, VerificationOverdue):
        return replace(state, late=True)
    return replace(state, checks=(*state.checks, (event.section, event.checked_by)))


def _measured(
    state: Answering,
    event: MeasureProposed | MeasureApproved | MeasureTaken | SuspensionReleased,
) -> Answering:
    if not isinstance(state, Escalated | Measured):
        return state
    match event:
        case MeasureProposed():
            proposers = state.proposers.also(event.proposed_by)
            return replace(state, proposal=event, proposers=proposers, approvals=())
        case MeasureApproved(office=office, approved_by=by):
            return replace(state, approvals=(*state.approvals, (office, by)))
        case MeasureTaken(hold_id=key):
            before = state.measures if isinstance(state, Measured) else ()
            holds = state.holds if isinstance(state, Measured) else ()
            holds = (*holds, key) if key else holds
            return Measured(**_sent(state), measures=(*before, event), holds=holds)
        case SuspensionReleased(hold_id=key) if isinstance(state, Measured):
            return replace(state, holds=tuple(one for one in state.holds if one != key))
        case _:
            return state


def _no_plan(event: RectificationEvidenceSubmitted) -> RectificationPlanSubmitted:
    return RectificationPlanSubmitted(project=event.project, steps=())
