"""Who was warned, and what came of it."""

from datetime import date
from typing import Literal

from shared.contracts.fields import Number
from shared.contracts.monitoring.said import ProjectEvent

type Level = Literal["BLUE", "RED"]
type Source = Literal["PRE_ANALYSIS", "NODE", "DAILY", "AUDIT", "PUBLIC"]


class WarningIssued(ProjectEvent):
    """A unit was warned: blue is ordinary, red is important."""

    warning_id: str
    node: str
    level: Level
    reasons: tuple[str, ...]
    source: Source
    issued_on: date


class WarningEscalated(ProjectEvent):
    """A warning that was not answered became a red one, or a measure, on a stated basis."""

    warning_id: str
    level: Level
    measure: str = ""
    document_no: str = ""
    legal_basis: str = ""
    adjustment_id: str = ""


class LetterIssued(ProjectEvent):
    """A numbered warning and correction letter 《预警纠偏告知函》 was issued.

    `pdf_sha256` is that of a letter printed with its signature; of others `LetterFiled` tells it.
    """

    warning_id: str
    letter_no: str
    level: Level
    content_sha256: str
    issued_on: date
    finish_by: date
    pdf_sha256: str = ""
    corrects: str = ""


class LetterFiled(ProjectEvent):
    """The file of a letter was printed and is kept: one file for ever, known by its hash."""

    warning_id: str
    letter_no: str
    pdf_sha256: str
    pdf_bytes: int


class RectificationVerified(ProjectEvent):
    """What a warning asked for was done and checked."""

    warning_id: str
    verified_on: date
    execution_before: Number | None = None
    execution_after: Number | None = None
    goal_before: Number | None = None
    goal_after: Number | None = None


class WarningClosed(ProjectEvent):
    """A warning has its end state."""

    warning_id: str
    level: Level
    outcome: Literal["VERIFIED", "MEASURED", "CANCELLED"]
    closed_on: date
    overdue: int = 0
