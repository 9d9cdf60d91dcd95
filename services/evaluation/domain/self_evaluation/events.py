"""What may have happened to a self-evaluation between its opening and its acceptance."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from services.evaluation.domain.checks import Finding
from services.evaluation.domain.self_evaluation.core_problems import CoreProblem
from services.evaluation.domain.self_evaluation.desks import Stay
from services.evaluation.domain.self_evaluation.evidence import (
    EvidenceFile,
    EvidenceFlag,
    Verdict,
)
from services.evaluation.domain.values import Cause, Reported, Scored, Whose
from shared.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyNamed:
    """Three persons answer for this self-evaluation: business office, finance office, head."""

    business: str
    finance: str
    head: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFilled:
    """The business office stands by goals, values, causes and evidence.

    `both_done`: the finance office has confirmed before, so the head can sign.
    """

    reports: tuple[Reported, ...]
    evidence: tuple[EvidenceFile, ...]
    execution_cause: Cause | None
    finished: bool
    self_score: Decimal | None
    summary: str
    filled_by: str
    person: str
    filled_on: date
    both_done: bool = False
    stays: tuple[Stay, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExecutionConfirmed:
    """The finance office stands by the execution, as monitoring said it; nobody types it in.

    `both_done`: the business office has filled its part before, so the head can sign.
    """

    paid: Money
    budget: Money
    execution_rate: Decimal
    note: str
    confirmed_by: str
    person: str
    confirmed_on: date
    both_done: bool = False
    stays: tuple[Stay, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceJudged:
    """A reviewer accepted, rejected or doubted files of the report."""

    verdicts: tuple[Verdict, ...]
    judged_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateFound:
    """A file of this report proves something of another project or year, too."""

    sha256: str
    also_in: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfEvaluationSent:
    """The department submitted the audited report to finance."""

    sent_by: str
    sent_on: date
    stays: tuple[Stay, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreRecomputed:
    """The machine recomputed it from target, reported values and money: clean, or flagged."""

    lines: tuple[Scored, ...]
    paid: Money
    budget: Money
    execution_rate: Decimal
    execution_score: Decimal
    self_score: Decimal
    machine_score: Decimal
    findings: tuple[Finding, ...]
    flags: tuple[EvidenceFlag, ...]
    problems: tuple[CoreProblem, ...]
    rule_set_version: int

    @property
    def is_flagged(self) -> bool:
        """Whether anything is conspicuous."""
        return bool(self.findings or self.flags)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplanationRequested:
    """The bureau asked the unit to explain what the machine noticed."""

    text: str
    explain_by: date
    requested_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplanationGiven:
    """The head of the unit explained it; `corrects` takes the report back to correct it."""

    text: str
    corrects: bool
    explained_by: str


class Settlement(StrEnum):
    """How what was noticed ended."""

    CORRECTED = "CORRECTED"
    KEPT_WITH_FINDING = "KEPT_WITH_FINDING"


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingsKept:
    """The bureau read the explanation, or the term for it passed; the findings stay on record."""

    reason: str
    findings: tuple[str, ...]
    kept_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfEvaluationReminded:
    """The report is due soon, and the unit has not signed it."""

    whose: Whose
    due_on: date
    reminded_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfEvaluationOverdue:
    """The last day is over, and the unit has not signed its report."""

    whose: Whose
    due_on: date
    found_on: date


type FillingEvent = (
    DutyNamed
    | ReportFilled
    | ExecutionConfirmed
    | EvidenceJudged
    | DuplicateFound
    | SelfEvaluationSent
    | ScoreRecomputed
    | ExplanationRequested
    | ExplanationGiven
    | FindingsKept
    | SelfEvaluationReminded
    | SelfEvaluationOverdue
)
