"""What monitoring's ledger and its warnings say, as the money that may be taken back knows it."""

from collections.abc import Sequence
from typing import Any, Final

from services.evaluation.domain.funds import messages as money
from services.evaluation.domain.recovery import commands as recovery
from services.evaluation.domain.values import RecoveryReason, Route
from shared.contracts import evaluation, monitoring
from shared.domain.workdays import business_date
from shared.messages import AnyHeard

SPEAKER: Final = "abacus|evaluation"
RED: Final = "RED"
CURED: Final = frozenset({"VERIFIED", "CANCELLED"})
FUNDS_HEARS: Final = (
    monitoring.QuotaIssued,
    monitoring.QuotaAmended,
    monitoring.QuotaRecalled,
    monitoring.QuotaAdjusted,
    monitoring.QuotaFrozen,
    monitoring.QuotaReleased,
    monitoring.CommitmentsChanged,
    monitoring.WarningIssued,
    monitoring.WarningEscalated,
    evaluation.SelfEvaluationAccepted,
    evaluation.EvaluationConcluded,
)
type Quota = (
    monitoring.QuotaIssued
    | monitoring.QuotaAmended
    | monitoring.QuotaRecalled
    | monitoring.QuotaAdjusted
    | monitoring.QuotaWithdrawn
)
type Judged = (
    evaluation.SelfEvaluationAccepted | evaluation.ScoreCorrected | evaluation.EvaluationConcluded
)


def hear_of_funds(heard: AnyHeard) -> Sequence[object]:
    """The commands that a word about money leads to; most words lead to none."""
    match heard.word:
        case (
            monitoring.QuotaIssued()
            | monitoring.QuotaAmended()
            | monitoring.QuotaRecalled()
            | monitoring.QuotaAdjusted()
            | monitoring.QuotaWithdrawn()
        ) as word:
            return [_quota(word, heard)]
        case monitoring.QuotaFrozen() | monitoring.QuotaReleased() as word:
            return [_freeze(word, heard)]
        case monitoring.CommitmentsChanged(change=change) as word:
            return [money.NoteCommitted(**_of(word, heard), version=heard.version, change=change)]
        case (
            monitoring.PaymentSettled()
            | monitoring.PaymentReturned()
            | monitoring.PaymentsBooked() as word
        ) if word.committed_change:
            change = word.committed_change
            return [money.NoteCommitted(**_of(word, heard), version=heard.version, change=change)]
        case _:
            return _of_warnings(heard) or _of_results(heard)


def _of(word: Any, heard: AnyHeard) -> dict[str, Any]:  # noqa: ANN401 - a word of a project
    return {
        "project_code": word.project_code,
        "fiscal_year": word.fiscal_year,
        "by": SPEAKER,
        "now": heard.said_at,
    }


def _quota(word: Quota, heard: AnyHeard) -> money.NoteQuota:
    common = {**_of(word, heard), "version": heard.version, "region_code": word.region_code}
    match word:
        case monitoring.QuotaIssued(amount=amount):
            return money.NoteQuota(**common, issued=amount)
        case monitoring.QuotaAdjusted(quota=quota, adjustment_id=key):
            return money.NoteQuota(**common, quota=quota, freed=key)
        case _:
            return money.NoteQuota(**common, quota=word.quota)


def _freeze(
    word: monitoring.QuotaFrozen | monitoring.QuotaReleased, heard: AnyHeard
) -> money.NoteFreeze:
    held = word.amount if isinstance(word, monitoring.QuotaFrozen) else None
    return money.NoteFreeze(
        **_of(word, heard), version=heard.version, freeze_id=word.freeze_id, amount=held
    )


def _of_warnings(heard: AnyHeard) -> Sequence[object]:
    match heard.word:
        case (
            monitoring.WarningIssued(level="RED") | monitoring.WarningEscalated(level="RED") as red
        ):
            return [money.NoteRed(**_of(red, heard), warning_id=red.warning_id, over=False)]
        case monitoring.WarningClosed(level="RED", outcome=outcome) as word if outcome in CURED:
            return [money.NoteRed(**_of(word, heard), warning_id=word.warning_id, over=True)]
        case _:
            return ()


def _of_results(heard: AnyHeard) -> Sequence[object]:
    """What is judged 差 gives back what was not paid; what is not so any more gives nothing."""
    match heard.word:
        case (
            evaluation.SelfEvaluationAccepted()
            | evaluation.EvaluationConcluded()
            | evaluation.ScoreCorrected() as word
        ) if word.grade == "POOR":
            return [_ineffective(word, heard)]
        case evaluation.ScoreCorrected() as word:
            reason = f"复核后等级为{word.grade}，不再属于无效资金"
            key = _id(word, RecoveryReason.INEFFECTIVE)
            now = heard.said_at
            return [recovery.DropUnfounded(recovery_id=key, reason=reason, by=SPEAKER, now=now)]
        case _:
            return ()


def _id(word: Judged, reason: RecoveryReason) -> str:
    return f"{word.project_code}-{word.fiscal_year}-{reason.value}"


def _ineffective(word: Judged, heard: AnyHeard) -> recovery.CheckMoney:
    reason = RecoveryReason.INEFFECTIVE
    return recovery.CheckMoney(
        **_of(word, heard),
        recovery_id=_id(word, reason),
        reason=reason,
        checked_on=business_date(heard.said_at),
    )


def route_of(word: monitoring.PaymentReturned | monitoring.QuotaWithdrawn) -> Route:
    """How the money came back."""
    returned = isinstance(word, monitoring.PaymentReturned)
    return Route.CURRENT_YEAR_REFUND if returned else Route.QUOTA_WITHDRAWAL
