"""What was said elsewhere, and what we do about it. A legitimate word is never refused."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from services.monitoring.domain.adjustment import (
    AdjustmentKind,
    ProposeAdjustment,
)
from services.monitoring.domain.ledger.commands import (
    ExpectRefund,
    WithdrawQuota,
)
from services.monitoring.domain.values import Level, Reason, Source
from services.monitoring.domain.warning.commands import RaiseWarning
from services.monitoring.domain.watch import NoteOverdueLetter
from services.monitoring.reactions.adjustments import HEARD_OF_ADJUSTMENTS, note_adjustment
from services.monitoring.reactions.key_funds import split
from services.monitoring.reactions.orders import ask_treasury
from services.monitoring.reactions.printing import file_letter
from services.monitoring.reactions.targets import of_targets, project_of
from services.monitoring.reactions.watching import WATCHING_HEARS
from shared.contracts import evaluation, monitoring, targets
from shared.messages import AnyHeard

HEARS: Final = (
    targets.RegionRegistered,
    targets.UnitRegistered,
    targets.RuleSetAdopted,
    targets.TargetApproved,
    targets.TargetAdjusted,
    targets.TargetAdjustmentRefused,
    evaluation.RecoveryApproved,
    monitoring.PreAnalysisRun,
    monitoring.MonitoringScored,
    monitoring.MonitoringMissed,
    monitoring.WarningEscalated,
    monitoring.LetterIssued,
    monitoring.AdjustmentExecuted,
    *HEARD_OF_ADJUSTMENTS,
    *WATCHING_HEARS,
    monitoring.QuotaFrozen,
    monitoring.QuotaWithdrawn,
    monitoring.TreasuryRequestOpened,
    monitoring.TreasuryRequestAcknowledged,
    monitoring.TreasuryRequestExecuted,
    monitoring.TreasuryRequestRefused,
    monitoring.FundAllocated,
)
type Commands = Sequence[object]
type Judged = monitoring.PreAnalysisRun | monitoring.MonitoringScored | monitoring.MonitoringMissed


def react(heard: AnyHeard) -> Commands:
    """The commands a word leads to; a tuple among them is one transaction."""
    by, now = f"{heard.producer}|word", heard.said_at
    match heard.word:
        case evaluation.RecoveryApproved() as word:
            return [*_recover(word, by, now), *ask_treasury(word, by, now)]
        case monitoring.FundAllocated() as word:
            return split(word, by, now)
        case monitoring.LetterIssued() as word:
            return file_letter(word, by, now)
        case monitoring.ProjectEvent() as word:
            return _of_our_own(word, by, now)
        case word:
            return of_targets(word, heard.version, by, now)


def _of_our_own(word: monitoring.ProjectEvent, by: str, now: datetime) -> Commands:
    match word:
        case (
            monitoring.PreAnalysisRun()
            | monitoring.MonitoringScored()
            | monitoring.MonitoringMissed()
        ):
            return _warn(word, by, now)
        case monitoring.WarningEscalated():
            return _continue(word, by, now)
        case monitoring.AdjustmentExecuted():
            return [*_continue(word, by, now), *ask_treasury(word, by, now)]
        case monitoring.QuotaReleased():
            return [*note_adjustment(word, by, now), *ask_treasury(word, by, now)]
        case monitoring.QuotaFrozen() | monitoring.QuotaWithdrawn():
            return ask_treasury(word, by, now)
        case _:
            return []


def _recover(word: evaluation.RecoveryApproved, by: str, now: datetime) -> Commands:
    project = project_of(word, "")
    match word.route:
        case "QUOTA_WITHDRAWAL":
            return [
                WithdrawQuota(
                    project=project,
                    recovery_id=word.recovery_id,
                    amount=word.amount,
                    document_no=word.document_no,
                    approved_on=word.approved_on,
                    by=by,
                    now=now,
                )
            ]
        case "CURRENT_YEAR_REFUND":
            key, amount = word.recovery_id, word.amount
            return [ExpectRefund(project=project, recovery_id=key, amount=amount, by=by, now=now)]
        case "PRIOR_YEAR_PAYMENT":
            # Money of earlier years is paid in by slip; it never was in this year's quota.
            return []


def _warn(word: Judged, by: str, now: datetime) -> Commands:
    if word.level == "NORMAL":
        return []
    ahead = isinstance(word, monitoring.PreAnalysisRun)
    source = Source.PRE_ANALYSIS if ahead else Source.NODE
    key = f"{word.project_code}-{word.fiscal_year}-{word.node}-{source}"
    return [
        RaiseWarning(
            warning_id=key,
            project_code=word.project_code,
            fiscal_year=word.fiscal_year,
            region_code=word.region_code,
            node=word.node,
            level=Level(word.level),
            reasons=tuple(Reason(reason) for reason in word.reasons),
            source=source,
            execution_rate=word.execution_rate,
            goal_rate=None if isinstance(word, monitoring.MonitoringMissed) else word.goal_rate,
            rule_set_version=word.rule_set_version,
            by=by,
            now=now,
        )
    ]


def _continue(
    word: monitoring.WarningEscalated | monitoring.AdjustmentExecuted, by: str, now: datetime
) -> Commands:
    year = word.fiscal_year
    if isinstance(word, monitoring.WarningEscalated):
        if word.measure:
            return []
        key, code = word.warning_id, word.project_code
        return [
            NoteOverdueLetter(project_code=code, fiscal_year=year, warning_id=key, by=by, now=now)
        ]
    # A transfer of before both halves were proposed together: the other half comes now.
    if word.transfer_to is None or word.partner_adjustment_id:
        return []
    return [
        ProposeAdjustment(
            adjustment_id=f"{word.adjustment_id}-in",
            project_code=word.transfer_to,
            fiscal_year=year,
            kind=AdjustmentKind.INTERNAL_TRANSFER,
            amount=-word.change,
            reason=f"{word.project_code} → {word.transfer_to}: {word.adjustment_id}",
            receives=True,
            by=by,
            now=now,
        )
    ]
