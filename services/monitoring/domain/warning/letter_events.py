"""What may happen to a letter: drafted, issued, received, objected to, corrected."""

from dataclasses import dataclass
from datetime import date

from services.monitoring.domain.values import Level, Project
from services.monitoring.domain.warning.letter import Letter


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterDrafted:
    """A letter is ready to be signed."""

    project: Project
    demands: str
    evidence_wanted: str
    contact: str
    phone: str
    drafted_by: str
    secrecy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterIssued:
    """A numbered letter left the bureau; it never changes.

    `content_sha256` is the fingerprint of what it says. `pdf_sha256` is that of the file, for the
    letters that were printed with their signature; since then it stands in `LetterFiled`.
    """

    project: Project
    level: Level
    serial: int
    letter: Letter
    content_sha256: str
    acknowledge_by: date
    plan_by: date
    finish_by: date
    pdf_sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterAcknowledged:
    """The unit has the letter; an objection is a text, none is empty."""

    project: Project
    received_by: str
    objection: str
    received_on: date
    acknowledged_by: str = ""
    letter_no: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionAnswered:
    """An objection was decided by somebody who had no part in the letter."""

    project: Project
    kept: bool
    answer: str
    answered_by: str
    answered_on: date
    letter_no: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionDrafted:
    """The text of a correction letter is ready to be signed; `reason` says what was wrong."""

    project: Project
    draft: LetterDrafted
    corrects: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterCorrected:
    """A new letter with its own number took the place of another, which stays as it was."""

    project: Project
    corrects: str
    reason: str
    issued: LetterIssued
