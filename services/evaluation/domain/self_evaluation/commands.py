"""What may be asked of a self-evaluation between its opening and its acceptance."""

from dataclasses import dataclass
from decimal import Decimal

from services.evaluation.domain.self_evaluation.desks import ReturnCode
from services.evaluation.domain.self_evaluation.evidence import EvidenceFile, Verdict
from services.evaluation.domain.self_evaluation.messages import (
    JudgingCommand,
    SelfEvaluationCommand,
)
from services.evaluation.domain.values import Cause, Reported


@dataclass(frozen=True, slots=True, kw_only=True)
class NameDuty(SelfEvaluationCommand):
    """The responsibility matrix names who answers for the self-evaluation."""

    business: str
    finance: str
    head: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteDuplicate(SelfEvaluationCommand):
    """A file of the report was found in another one."""

    sha256: str
    also_in: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterSelfEvaluation(JudgingCommand):
    """The business office fills its part and stands by it."""

    reports: tuple[Reported, ...]
    evidence: tuple[EvidenceFile, ...] = ()
    execution_cause: Cause | None = None
    finished: bool = True
    self_score: Decimal | None = None
    summary: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmSelfEvaluation(JudgingCommand):
    """The finance office confirms the execution that monitoring says."""

    note: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitSelfEvaluation(JudgingCommand):
    """The head signs and hands in the report. Without a self-score the machine's is taken.

    Where two offices answer for it, the head signs what they stand by and sends no lines.
    """

    reports: tuple[Reported, ...] = ()
    prepared_by_business: str = ""
    prepared_by_finance: str = ""
    execution_cause: Cause | None = None
    finished: bool = True
    self_score: Decimal | None = None
    summary: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgeSelfEvaluationEvidence(SelfEvaluationCommand):
    """A reviewer accepts, rejects or doubts files of a report."""

    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditSelfEvaluation(JudgingCommand):
    """The department stands behind the report, and submits it to finance unless it holds it."""

    opinion: str = ""
    verdicts: tuple[Verdict, ...] = ()
    hold: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SendSelfEvaluation(JudgingCommand):
    """The department submits to finance what it audited and held."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnSelfEvaluation(SelfEvaluationCommand):
    """The department or the bureau sends the report back; the codes say whose part is open."""

    reason: str
    codes: tuple[ReturnCode, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestSelfEvaluationExplanation(JudgingCommand):
    """The bureau asks the unit to explain what was noticed."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerSelfEvaluationFindings(SelfEvaluationCommand):
    """The head explains, or takes the report back to correct it."""

    text: str
    corrects: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleSelfEvaluationFindings(SelfEvaluationCommand):
    """The bureau read the explanation; the findings stay on record with the report."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptSelfEvaluation(JudgingCommand):
    """The bureau recomputes the report and accepts it, or it goes back with its findings."""

    judged_low: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RemindOfSelfEvaluation(SelfEvaluationCommand):
    """The last day comes near."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteSelfEvaluationOverdue(SelfEvaluationCommand):
    """The last day is over."""


type FillingRequest = (
    NameDuty
    | NoteDuplicate
    | EnterSelfEvaluation
    | ConfirmSelfEvaluation
    | SubmitSelfEvaluation
    | JudgeSelfEvaluationEvidence
    | AuditSelfEvaluation
    | SendSelfEvaluation
    | ReturnSelfEvaluation
    | RequestSelfEvaluationExplanation
    | AnswerSelfEvaluationFindings
    | SettleSelfEvaluationFindings
    | AcceptSelfEvaluation
    | RemindOfSelfEvaluation
    | NoteSelfEvaluationOverdue
)
