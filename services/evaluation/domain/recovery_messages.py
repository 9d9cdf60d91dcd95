"""What may be asked of a recovery, and what may have happened to it."""

from dataclasses import dataclass
from datetime import date, datetime

from services.evaluation.domain.self_evaluation.messages import Project
from services.evaluation.domain.values import RecoveryReason, Route, Whose
from shared.domain.money import ZERO, Money


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryCommand:
    """Addresses a recovery as `<project code>-<fiscal year>-<claim no>`."""

    recovery_id: str
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentifyRecovery(RecoveryCommand):
    """Somebody found money that is idle or does no good.

    `quota`, `commitments` and `frozen` are what the officer verified; without a quota the
    approved budget stands for it. The ledger has the last word when the claim is approved.
    """

    project_code: str
    fiscal_year: int
    reason: RecoveryReason
    route: Route
    amount: Money
    basis: str
    quota: Money | None = None
    commitments: Money = ZERO
    frozen: Money = ZERO
    project: Project | None = None
    paid: Money = ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class NotifyRecovery(RecoveryCommand):
    """Tell the unit, with a document, until when it may answer."""

    document_no: str
    answer_by: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRecovery(RecoveryCommand):
    """The unit agrees or says why not."""

    agrees: bool
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseAnswerTerm(RecoveryCommand):
    """The term passed without an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveRecovery(RecoveryCommand):
    """Another person decides; a smaller amount than claimed may be approved."""

    document_no: str
    amount: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BookRecovery(RecoveryCommand):
    """Money was taken or came in: said by the ledger, or by slip where it was paid in.

    `route` is the way it came. Amounts add up by `entry`; the same entry never counts twice.
    """

    entry: str
    amount: Money
    document_no: str
    booked_on: date
    route: Route


@dataclass(frozen=True, slots=True, kw_only=True)
class FailRecovery(RecoveryCommand):
    """The ledger has less available than was approved."""

    asked: Money
    available: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawRecovery(RecoveryCommand):
    """The claim is not pursued."""

    reason: str


type RecoveryRequest = (
    IdentifyRecovery
    | NotifyRecovery
    | AnswerRecovery
    | CloseAnswerTerm
    | ApproveRecovery
    | BookRecovery
    | FailRecovery
    | WithdrawRecovery
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryIdentified:
    """A claim, with everything its amount rests on."""

    project_name: str
    whose: Whose
    reason: RecoveryReason
    route: Route
    amount: Money
    basis: str
    quota: Money
    paid: Money
    commitments: Money
    frozen: Money
    recoverable: Money
    origin: str
    identified_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryNotified:
    """The unit was told."""

    document_no: str
    answer_by: date
    notified_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryAnswered:
    """The unit answered."""

    agrees: bool
    text: str
    answered_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryUnanswered:
    """The unit let its term pass."""

    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryApproved:
    """The money is to be taken back."""

    whose: Whose
    route: Route
    reason: RecoveryReason
    amount: Money
    document_no: str
    approved_by: str
    approved_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PartReceived:
    """Part of the money came in."""

    entry: str
    amount: Money
    document_no: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryBooked:
    """All of it is in the books. Only now does it count."""

    whose: Whose
    route: Route
    amount: Money
    document_no: str
    booked_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryFailed:
    """The ledger could not give what was approved; the claim is open again."""

    whose: Whose
    asked: Money
    available: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryWithdrawn:
    """The claim ended without money."""

    reason: str


type RecoveryEvent = (
    RecoveryIdentified
    | RecoveryNotified
    | RecoveryAnswered
    | RecoveryUnanswered
    | RecoveryApproved
    | PartReceived
    | RecoveryBooked
    | RecoveryFailed
    | RecoveryWithdrawn
)
