"""What a recovery hears of the ledger, its terms, and the days to look for idle money."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from services.evaluation.domain.funds.messages import ChecksPlanned
from services.evaluation.domain.recovery import commands as recovery
from services.evaluation.domain.recovery import events as fact
from services.evaluation.domain.values import RecoveryReason
from services.evaluation.reactions.funds import SPEAKER, route_of
from shared.contracts import monitoring
from shared.domain.workdays import business_date, day_over
from shared.messages import AnyHeard, AnyRecorded, CalledOff, Deadline, Due

ANSWER_TERM: Final = "recovery-answer"
CHECK: Final = "recovery-check"
ONE_SECOND: Final = timedelta(seconds=1)


def hear_of_recoveries(heard: AnyHeard) -> Sequence[object]:
    """What the ledger gave, or could not give."""
    now = heard.said_at
    match heard.word:
        case monitoring.PaymentReturned(recovery_id=str()) as word:
            return [_returned(word, now)]
        case monitoring.QuotaWithdrawn() as word:
            return [_withdrawn(word, heard.version, now)]
        case monitoring.WithdrawalRefused() as word:
            return [
                recovery.FailRecovery(
                    recovery_id=word.recovery_id,
                    asked=word.asked,
                    available=word.available,
                    entry=f"refusal-{heard.version}",
                    by=SPEAKER,
                    now=now,
                )
            ]
        case _:
            return ()


def _returned(word: monitoring.PaymentReturned, now: datetime) -> recovery.BookRecovery:
    assert word.recovery_id is not None
    return recovery.BookRecovery(
        recovery_id=word.recovery_id,
        entry=word.return_id,
        amount=word.amount,
        document_no="",
        booked_on=word.returned_on,
        route=route_of(word),
        by=SPEAKER,
        now=now,
    )


def _withdrawn(
    word: monitoring.QuotaWithdrawn, version: int, now: datetime
) -> recovery.BookRecovery:
    return recovery.BookRecovery(
        recovery_id=word.recovery_id,
        entry=f"withdrawal-{version}",
        amount=word.amount,
        document_no=word.document_no,
        booked_on=word.withdrawn_on,
        route=route_of(word),
        by=SPEAKER,
        now=now,
    )


def schedule_recovery(recorded: AnyRecorded) -> Sequence[Deadline | CalledOff]:
    """A notified unit has until a day to answer; idle money is looked for on the planned days."""
    match recorded.event:
        case fact.RecoveryNotified(answer_by=day):
            key = f"{ANSWER_TERM}:{recorded.id}"
            due_at = day_over(day)
            return [Deadline(key=key, kind=ANSWER_TERM, subject=recorded.id, due_at=due_at)]
        case fact.RecoveryAnswered() | fact.RecoveryApproved() | fact.RecoveryWithdrawn():
            return [CalledOff(key=f"{ANSWER_TERM}:{recorded.id}")]
        case ChecksPlanned(checks=checks):
            return [
                Deadline(
                    key=f"{CHECK}:{recorded.id}:{one.reason.value}",
                    kind=CHECK,
                    subject=f"{recorded.id}|{one.reason.value}",
                    due_at=day_over(one.on),
                )
                for one in checks
            ]
        case _:
            return ()


def recovery_due(due: Due) -> object | None:
    """Silence is an answer, too; and the day has come to look for money."""
    if due.kind == ANSWER_TERM:
        return recovery.CloseAnswerTerm(recovery_id=due.subject, by=SPEAKER, now=due.now)
    if due.kind != CHECK:
        return None
    project_and_year, _, reason = due.subject.partition("|")
    code, _, year = project_and_year.rpartition("-")
    return recovery.CheckMoney(
        recovery_id=f"{project_and_year}-{reason}",
        project_code=code,
        fiscal_year=int(year),
        reason=RecoveryReason(reason),
        checked_on=business_date(due.due_at - ONE_SECOND),
        by=SPEAKER,
        now=due.now,
    )
