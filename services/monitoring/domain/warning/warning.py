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
from services.monitoring.domain.warning.deciding import decide
from services.monitoring.domain.warning.state import NotRaised, WarningState, evolve
from services.monitoring.domain.watch import Watch
from services.monitoring.domain.watch import reference as watch_reference
from shared.domain.decider import Decider, Owner, Reference
from shared.domain.workdays import business_date


def _consults(command: ask.WarningCommand) -> Sequence[Reference]:
    match command:
        case ask.RaiseWarning(region_code=region, fiscal_year=year):
            return (watch_reference(command.watch_id), *rule_sets.references(region, year))
        case ask.IssueLetter(region_code=region, now=now):
            book = letterbook_reference(region, business_date(now).year)
            return (book, region_reference(region))
        case _:
            return ()


def _inform(command: ask.WarningCommand, states: Sequence[object]) -> ask.WarningCommand:
    match command:
        case ask.RaiseWarning():
            watch, *rules = states
            known = watch if isinstance(watch, Watch) else None
            return replace(command, watch=known, rules=rule_sets.nearest(rules))
        case ask.IssueLetter():
            book, region = states
            last = book.last_serial if isinstance(book, Letterbook) else 0
            named = region.known if isinstance(region, Region) else None
            return replace(command, last_serial=last, region=named)
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
        ask.AcknowledgeLetter,
        ask.SubmitPlan,
        ask.SubmitEvidence,
        ask.VerifyRectification,
        ask.FailRectification,
        ask.MarkOverdue,
        ask.TakeMeasure,
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
    },
    decide=decide,
    evolve=evolve,
    identify=lambda command: command.warning_id,
    owner=_owner,
    consults=_consults,
    inform=_inform,
)
