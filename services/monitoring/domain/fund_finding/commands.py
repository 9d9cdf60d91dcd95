"""What may be asked of a finding."""

from dataclasses import dataclass
from datetime import date, datetime

from services.monitoring.domain.fund_finding.events import FindingKind, FindingLevel, Judgement
from shared.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenFundFinding:
    """Suspect something. The same finding again changes nothing."""

    finding_id: str
    region_code: str
    fiscal_year: int
    kind: FindingKind
    level: FindingLevel
    by: str
    now: datetime
    batch_id: str = ""
    department_code: str | None = None
    unit_code: str | None = None
    project_code: str = ""
    amount: Money | None = None
    due_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgeFundFinding:
    """Say what the suspicion turned out to be."""

    finding_id: str
    judgement: Judgement
    opinion: str
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RectifyFundFinding:
    """Say how the violation was put right, with proof."""

    finding_id: str
    result: str
    evidence: tuple[str, ...]
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseFundFinding:
    """End it; whoever put it right does not close it."""

    finding_id: str
    by: str
    now: datetime


type FindingCommand = OpenFundFinding | JudgeFundFinding | RectifyFundFinding | CloseFundFinding
