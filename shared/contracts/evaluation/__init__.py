"""What the evaluation service says: how it was judged, and what money follows from it."""

from datetime import date
from typing import Literal

from pydantic import Field

from shared.contracts.evaluation.parts import CoreProblem as CoreProblem
from shared.contracts.evaluation.parts import DeviatingUnit as DeviatingUnit
from shared.contracts.evaluation.parts import ExemptedSpending as ExemptedSpending
from shared.contracts.evaluation.parts import RankedSubject as RankedSubject
from shared.contracts.evaluation.reports import EvaluationReportFiled as EvaluationReportFiled
from shared.contracts.evaluation.reports import (
    EvaluationReportSubmitted as EvaluationReportSubmitted,
)
from shared.contracts.evaluation.said import EvaluationEvent as EvaluationEvent
from shared.contracts.evaluation.said import JudgedProject as JudgedProject
from shared.contracts.fields import Number, Yuan

type GradeCode = Literal["EXCELLENT", "GOOD", "FAIR", "POOR"]
type Route = Literal["QUOTA_WITHDRAWAL", "CURRENT_YEAR_REFUND", "PRIOR_YEAR_PAYMENT"]


class SelfEvaluationAccepted(JudgedProject):
    """A unit's self-evaluation was recomputed and accepted."""

    department_code: str
    self_score: Number
    machine_score: Number
    final_score: Number
    grade: GradeCode
    execution_rate: Number
    findings: tuple[str, ...] = ()
    accepted_on: date
    rule_set_version: int
    flags: tuple[str, ...] = Field(default=(), description="What is conspicuous of its evidence.")
    settlement: str = Field(default="", description="CORRECTED or KEPT_WITH_FINDING, if asked.")
    core_problems: tuple[CoreProblem, ...] = Field(
        default=(), description="What was not reached, the dearest first."
    )


class SelfEvaluationOverdue(JudgedProject):
    """The last day is over, and the unit has not signed its self-evaluation."""

    department_code: str
    due_on: date
    found_on: date


class EvidenceReused(JudgedProject):
    """A file proves something of a second project or year."""

    sha256: str
    used_in: str = Field(description="The self-evaluation that uses it now.")
    first_in: str = Field(description="The one that used it first.")


class ScoreCorrected(JudgedProject):
    """A re-check replaced a score."""

    before: Number
    after: Number
    grade: GradeCode
    finding: str
    corrected_on: date


class EvaluationConcluded(JudgedProject):
    """A department or finance evaluation ended with a score."""

    evaluation_id: str
    kind: Literal["DEPARTMENT", "FINANCE"]
    score: Number
    grade: GradeCode
    concluded_on: date


class EvaluationCorrected(JudgedProject):
    """A re-check or an objection left another score of an evaluation, or the same."""

    evaluation_id: str
    kind: Literal["DEPARTMENT", "FINANCE"]
    before: Number
    after: Number
    grade: GradeCode
    corrected_on: date


class RectificationOverdue(JudgedProject):
    """What a result asks for was not put right in time."""

    feedback_id: str
    source: Literal["EVALUATION", "RECHECK"]
    due_on: date
    found_on: date


class UnitAppraised(EvaluationEvent):
    """The performance work of a unit in a fiscal year was graded."""

    unit_code: str
    fiscal_year: int
    score: Number | None = Field(default=None, description="Absent where only a grade was told.")
    grade: GradeCode
    rule_set_version: int = Field(default=0, description="0: told by a document of before.")


class RankingPublished(EvaluationEvent):
    """A ranking of units or counties was published, as it stood."""

    ranking_id: str
    period: str
    rows: tuple[RankedSubject, ...]
    kind: Literal["", "BUDGET_UNIT", "COUNTY"] = ""
    fiscal_year: int | None = None
    corrects: str = Field(default="", description="The ranking that this one takes the place of.")
    document_no: str = ""


class ExternalRankingRecorded(EvaluationEvent):
    """A rank that a superior gave was recorded with its document. It is never computed here."""

    scheme: str
    period: str
    subject: str
    level: Literal["region", "county"]
    parent: str | None = None
    rank: int | None = None
    rank_at_most: int | None = Field(default=None, description="Where only a bound was told.")
    document_no: str
    issuing_body: str = ""
    scope: str = ""
    replaces: str = Field(default="", description="The document that no longer counts.")


class ExternalScoreRecorded(EvaluationEvent):
    """A review score that a superior gave was recorded with its document."""

    fund: str
    kind: str
    fund_year: int
    subject: str
    score: Number
    rank: int | None = None
    document_no: str
    issuing_body: str = ""
    scope: str = ""
    replaces: str = Field(default="", description="The document that no longer counts.")


class BudgetLinkageDecided(EvaluationEvent):
    """The result of fiscal year N binds what a unit may ask for in N+2."""

    unit_code: str
    basis_fiscal_year: int
    budget_year: int
    grade: GradeCode
    previous_budget: Yuan
    cap: Yuan | None = Field(default=None, description="Absent where the grade sets no cap.")
    priority: bool = False
    rule_set_version: int
    exemptions: tuple[ExemptedSpending, ...] | None = Field(
        default=None,
        description="Everything that is exempt; absent in words from before they said so.",
    )


class RecoveryApproved(JudgedProject):
    """Idle or ineffective money is to be taken back; the ledger decides whether it can be."""

    recovery_id: str
    amount: Yuan
    route: Route
    reason: str
    document_no: str
    approved_on: date


class FundsRecovered(JudgedProject):
    """Recovered money is booked. Only now does it count."""

    recovery_id: str
    amount: Yuan
    route: Route
    document_no: str
    booked_on: date


class RecoveryFailed(JudgedProject):
    """An approved recovery could not be booked; the claim is open again."""

    recovery_id: str
    amount: Yuan
    reason: str


class BudgetCutConfirmed(EvaluationEvent):
    """A new application is cut because a similar project was badly judged."""

    cut_id: str
    project_code: str = Field(description="The new application that is cut.")
    basis_project_code: str
    unit_code: str
    basis_fiscal_year: int
    budget_year: int
    grade: GradeCode
    requested: Yuan
    amount: Yuan
    confirmed_on: date


class CircularIssued(EvaluationEvent):
    """A circular named a unit for its performance work."""

    case_id: str
    unit_code: str
    subject: str
    issued_on: date


class DeviationPublished(EvaluationEvent):
    """How far the self-scores of each unit lay above what re-checks found, as it stood."""

    fiscal_year: int
    rows: tuple[DeviatingUnit, ...]
    published_on: date


PUBLISHED = (
    SelfEvaluationAccepted,
    ScoreCorrected,
    SelfEvaluationOverdue,
    EvidenceReused,
    EvaluationConcluded,
    EvaluationCorrected,
    EvaluationReportSubmitted,
    EvaluationReportFiled,
    RectificationOverdue,
    UnitAppraised,
    RankingPublished,
    ExternalRankingRecorded,
    ExternalScoreRecorded,
    BudgetLinkageDecided,
    RecoveryApproved,
    FundsRecovered,
    RecoveryFailed,
    BudgetCutConfirmed,
    CircularIssued,
    DeviationPublished,
)
