"""What may be asked of an accountability case, and what may have happened to it.

Whom a measure meets is told by the post, not by the name: the name stands in the document. Nothing
of it is published.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from services.evaluation.domain.unit import Unit


class Rung(StrEnum):
    """The ladder, mildest first."""

    REMINDER = "REMINDER"
    TALK = "TALK"
    CIRCULAR = "CIRCULAR"
    BUDGET_MEASURE = "BUDGET_MEASURE"
    PRIORITY_LOST = "PRIORITY_LOST"
    TRANSFER = "TRANSFER"


class ClueKind(StrEnum):
    """What gave rise to a clue."""

    TOLD = "TOLD"
    INFLATED_SCORES = "INFLATED_SCORES"
    OVERDUE_WARNING = "OVERDUE_WARNING"
    FUND_VIOLATION = "FUND_VIOLATION"
    OVERDUE_SELF_EVALUATIONS = "OVERDUE_SELF_EVALUATIONS"


class Violation(StrEnum):
    """Financial violations that the report and the law name (`domain` §3.11)."""

    FALSE_CLAIM = "FALSE_CLAIM"
    DIVERSION = "DIVERSION"
    WITHHOLDING = "WITHHOLDING"
    HOLDING_BACK = "HOLDING_BACK"
    FALSE_COMPLETION = "FALSE_COMPLETION"


_REGULATION: Final = "财政违法行为处罚处分条例"
STATUTES: Final = {
    Violation.FALSE_CLAIM: f"《{_REGULATION}》第六条第一项",
    Violation.DIVERSION: f"《{_REGULATION}》第六条第二项",
    Violation.WITHHOLDING: f"《{_REGULATION}》第六条第二项",
    Violation.HOLDING_BACK: f"《{_REGULATION}》第六条第三项",
    Violation.FALSE_COMPLETION: f"《{_REGULATION}》第九条第四项",
}
"""The article a suspicion would fall under (R1). Whether it does is for others to decide."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCommand:
    """Addresses a case by its number."""

    case_id: str
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteFinding(CaseCommand):
    """Something was found elsewhere; `decides` makes a clue of it at once, else it takes two."""

    kind: ClueKind
    source: str
    unit_code: str
    region_code: str
    subject: str
    detail: str
    decides: bool
    violation: Violation | None = None
    unit: Unit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCase(CaseCommand):
    """A clue became a case."""

    unit_code: str
    subject: str
    clue: str
    opened_on: date
    violation: Violation | None = None
    unit: Unit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StartInvestigation(CaseCommand):
    """Somebody looks into it."""

    office: str
    started_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordMeasure(CaseCommand):
    """Somebody in authority measured something out; keep it with its document."""

    rung: Rung
    authority: str
    document_no: str
    measured_on: date
    text: str = ""
    posts: tuple[str, ...] = ()
    recipient: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordNoAction(CaseCommand):
    """Somebody in authority decided that nothing is to be done."""

    authority: str
    document_no: str
    decided_on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseCase(CaseCommand):
    """The case ends."""

    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenCase(CaseCommand):
    """New facts came up."""

    reason: str


type CaseRequest = (
    NoteFinding
    | OpenCase
    | StartInvestigation
    | RecordMeasure
    | RecordNoAction
    | CloseCase
    | ReopenCase
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingNoted:
    """A finding is kept until there is enough of it."""

    kind: ClueKind
    source: str
    detail: str
    decides: bool
    violation: Violation | None
    noted_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ClueRaised:
    """There is a clue; whether it becomes a case is for a person to say."""

    kind: ClueKind
    unit_code: str
    region_code: str
    department_code: str
    subject: str
    clue: str
    violation: Violation | None
    statute: str
    raised_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseOpened:
    """There is a case."""

    unit_code: str
    region_code: str
    department_code: str
    subject: str
    clue: str
    opened_on: date
    violation: Violation | None = None
    statute: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InvestigationStarted:
    """Somebody looks into it."""

    office: str
    started_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureRecorded:
    """A measure was taken by an authority. A circular is also told to the public."""

    unit_code: str
    region_code: str
    subject: str
    rung: Rung
    authority: str
    document_no: str
    measured_on: date
    text: str
    posts: tuple[str, ...] = ()
    recipient: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoActionRecorded:
    """An authority decided that nothing is to be done."""

    authority: str
    document_no: str
    decided_on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseEnded:
    """The case is closed."""

    outcome: str
    ended_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseReopened:
    """The case is open again."""

    reason: str


type CaseEvent = (
    FindingNoted
    | ClueRaised
    | CaseOpened
    | InvestigationStarted
    | MeasureRecorded
    | NoActionRecorded
    | CaseEnded
    | CaseReopened
)
