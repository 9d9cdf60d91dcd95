"""The warning as one value the kernel can run."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from services.monitoring.domain import rules as rule_sets
from services.monitoring.domain.letterbook import Letterbook
from services.monitoring.domain.letterbook import reference as letterbook_reference
from services.monitoring.domain.region import Region
from services.monitoring.domain.region import reference as region_reference
from services.monitoring.domain.warning import commands as ask
from services.monitoring.domain.warning import events as fact
from services.monitoring.domain.warning.around import around, references
from services.monitoring.domain.warning.deciding import decide
from services.monitoring.domain.warning.evolving import evolve
from services.monitoring.domain.warning.measuring import entails
from services.monitoring.domain.warning.state import NotRaised, WarningState
from services.monitoring.domain.watch import Watch
from services.monitoring.domain.watch import reference as watch_reference
from shared.domain.decider import Decider, Owner, Reference
from shared.domain.workdays import business_date


def _consults(command: ask.WarningCommand) -> Sequence[Reference]:
    match command:
        case ask.RaiseWarning(region_code=region, fiscal_year=year):
            return (watch_reference(command.watch_id), *rule_sets.references(region, year))
        case ask.IssueLetter() | ask.CorrectLetter():
            region, now = command.region_code, command.now
            book = letterbook_reference(region, business_date(now).year)
            return (book, region_reference(region))
        case _:
            return ()


_LOOKS_AROUND: Final = (
    ask.IssueLetter,
    ask.CorrectLetter,
    ask.VerifyRectification,
    ask.FailRectification,
    ask.TakeMeasure,
)
"""What is decided by the money, the report and the rules of the project as they are now."""


def _refers(
    command: ask.WarningCommand, state: WarningState, _known: Sequence[object]
) -> Sequence[Reference]:
    if isinstance(state, NotRaised) or not isinstance(command, _LOOKS_AROUND):
        return ()
    return references(state.case)


def _inform(command: ask.WarningCommand, states: Sequence[object]) -> ask.WarningCommand:
    match command:
        case ask.RaiseWarning():
            watch, *rules = states
            known = watch if isinstance(watch, Watch) else None
            return replace(command, watch=known, rules=rule_sets.nearest(rules))
        case ask.IssueLetter() | ask.CorrectLetter():
            book, region, *more = states
            last = book.last_serial if isinstance(book, Letterbook) else 0
            named = region.known if isinstance(region, Region) else None
            return replace(command, last_serial=last, region=named, around=around(more))
        case ask.VerifyRectification() | ask.FailRectification() | ask.TakeMeasure():
            return replace(command, around=around(states))
        case _:
            return command


def _owner(state: WarningState) -> Owner | None:
    return None if isinstance(state, NotRaised) else state.case.project.owner


warning_decider: Final[Decider[ask.WarningCommand, fact.WarningEvent, WarningState]] = Decider(
    category="warning",
    initial=NotRaised(),
    commands=(
        ask.RaiseWarning,
        ask.ConfirmWarning,
        ask.DismissWarning,
        ask.DraftLetter,
        ask.IssueLetter,
        ask.DraftCorrection,
        ask.CorrectLetter,
        ask.AcknowledgeLetter,
        ask.AnswerObjection,
        ask.SubmitPlan,
        ask.SubmitEvidence,
        ask.ReviewRectification,
        ask.VerifyRectification,
        ask.FailRectification,
        ask.MarkOverdue,
        ask.MarkVerificationOverdue,
        ask.ProposeMeasure,
        ask.ApproveMeasure,
        ask.TakeMeasure,
        ask.ReleaseSuspension,
        ask.CloseWarning,
    ),
    events={
        "WarningRaised": fact.WarningRaised,
        "WarningPushed": fact.WarningPushed,
        "WarningCancelled": fact.WarningCancelled,
        "LetterDrafted": fact.LetterDrafted,
        "LetterIssued": fact.LetterIssued,
        "LetterAcknowledged": fact.LetterAcknowledged,
        "RectificationPlanSubmitted": fact.RectificationPlanSubmitted,
        "RectificationEvidenceSubmitted": fact.RectificationEvidenceSubmitted,
        "RectificationVerified": fact.RectificationVerified,
        "RectificationFailed": fact.RectificationFailed,
        "RectificationOverdue": fact.RectificationOverdue,
        "WarningUpgraded": fact.WarningUpgraded,
        "WarningEscalated": fact.WarningEscalated,
        "MeasureTaken": fact.MeasureTaken,
        "WarningClosed": fact.WarningClosed,
        "ObjectionAnswered": fact.ObjectionAnswered,
        "CorrectionDrafted": fact.CorrectionDrafted,
        "LetterCorrected": fact.LetterCorrected,
        "RectificationReviewed": fact.RectificationReviewed,
        "RectificationChecked": fact.RectificationChecked,
        "VerificationOverdue": fact.VerificationOverdue,
        "MeasureProposed": fact.MeasureProposed,
        "MeasureApproved": fact.MeasureApproved,
        "SuspensionReleased": fact.SuspensionReleased,
    },
    decide=decide,
    evolve=evolve,
    identify=lambda command: command.warning_id,
    refers=_refers,
    entails=entails,
    owner=_owner,
    consults=_consults,
    inform=_inform,
)
