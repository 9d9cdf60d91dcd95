"""The states of a warning; each holds what only it knows."""

from dataclasses import dataclass
from enum import StrEnum

from services.monitoring.domain.warning.events import (
    Case,
    CorrectionDrafted,
    LetterDrafted,
    LetterIssued,
    MeasureProposed,
    MeasureTaken,
    Office,
    RectificationEvidenceSubmitted,
    RectificationPlanSubmitted,
    RectificationReviewed,
    Section,
    WarningOutcome,
)
from shared.domain.hands import NOBODY, Hands


class Objection(StrEnum):
    """Whether a unit objected to its letter, and what became of it."""

    NONE = "NONE"
    OPEN = "OPEN"
    KEPT = "KEPT"
    UPHELD = "UPHELD"


@dataclass(frozen=True, slots=True, kw_only=True)
class NotRaised:
    """Nobody warned."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """Waits for a confirmation, by another than who raised it."""

    case: Case
    replaces: str | None = None
    raisers: Hands = NOBODY


@dataclass(frozen=True, slots=True, kw_only=True)
class Pushed:
    """The unit knows; a letter has to follow. `hands` as in every state after a letter."""

    case: Case
    replaces: str | None = None
    overdue: int = 0
    hands: Hands = NOBODY


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """A letter waits for its signature; `writers` are all who drafted it, also otherwise."""

    case: Case
    draft: LetterDrafted
    replaces: str | None = None
    overdue: int = 0
    writers: Hands = NOBODY
    hands: Hands = NOBODY


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sent:
    """What every state after a letter knows: the letter, and what was said against it.

    `writers` are all who drafted the letter or a correction of it, `signers` who signed either,
    `objectors` who objected. `hands` are all who ever handed evidence in, also what was found
    wanting or replaced, and under an earlier letter.
    """

    case: Case
    issued: LetterIssued
    writers: Hands = NOBODY
    signers: Hands = NOBODY
    objectors: Hands = NOBODY
    hands: Hands = NOBODY
    objection: Objection = Objection.NONE
    correction: CorrectionDrafted | None = None
    overdue: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued(_Sent):
    """A letter was sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledged(_Sent):
    """The unit has the letter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rectifying(_Sent):
    """The unit works by its plan."""

    plan: RectificationPlanSubmitted


@dataclass(frozen=True, slots=True, kw_only=True)
class Verifying(_Sent):
    """Evidence waits to be checked; `checks` says which section found it good, and who."""

    plan: RectificationPlanSubmitted
    shown: RectificationEvidenceSubmitted
    reviewed: RectificationReviewed | None = None
    checks: tuple[tuple[Section, str], ...] = ()
    late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified(_Sent):
    """The cure was found good."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Unanswered(_Sent):
    """A red warning that was not answered: what is proposed, and who approved it.

    `proposers` are all who proposed a measure since the last one was taken.
    """

    proposal: MeasureProposed | None = None
    proposers: Hands = NOBODY
    approvals: tuple[tuple[Office, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalated(_Unanswered):
    """A red warning was not answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured(_Unanswered):
    """At least one measure was taken; `holds` are those on money that still stand."""

    measures: tuple[MeasureTaken, ...]
    holds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """Closed or cancelled."""

    case: Case
    outcome: WarningOutcome
    issued: LetterIssued | None = None


type Answering = Issued | Acknowledged | Rectifying | Verifying | Verified | Escalated | Measured
"""States after a letter."""

type OpenState = Raised | Pushed | Drafted | Answering
type WarningState = NotRaised | OpenState | Ended


def letter_of(state: object) -> LetterIssued | None:
    """The letter that stands, where one was sent."""
    return state.issued if isinstance(state, _Sent | Ended) else None
