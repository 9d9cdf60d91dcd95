"""What may be asked of a recovery."""

from dataclasses import dataclass
from datetime import date, datetime

from services.evaluation.domain.funds.funds import NO_FUNDS, Funds
from services.evaluation.domain.grounds import Applied
from services.evaluation.domain.self_evaluation.messages import Project
from services.evaluation.domain.values import RecoveryReason, Route
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

    What the ledger says counts. Where nothing of it was heard, `quota`, `commitments` and
    `frozen` are what the officer verified; without a quota the approved budget stands for it.
    """

    project_code: str
    fiscal_year: int
    reason: RecoveryReason
    route: Route
    amount: Money
    basis: str
    quota: Money | None = None
    commitments: Money | None = None
    frozen: Money | None = None
    project: Project | None = None
    paid: Money = ZERO
    funds: Funds = NO_FUNDS
    rules: Applied | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckMoney(RecoveryCommand):
    """The day of a check came, or a word was heard: look for money to claim for this reason."""

    project_code: str
    fiscal_year: int
    reason: RecoveryReason
    checked_on: date
    project: Project | None = None
    paid: Money = ZERO
    funds: Funds = NO_FUNDS
    rules: Applied | None = None


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
    """Another person decides; a smaller amount than claimed may be approved.

    `paid` and `funds` are what is known of the money by then: what was recoverable when it was
    claimed may have been spent or bound since.
    """

    document_no: str
    amount: Money | None = None
    paid: Money = ZERO
    funds: Funds = NO_FUNDS


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
    confirmation_no: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FailRecovery(RecoveryCommand):
    """The ledger has less available than was approved; each of its refusals counts once."""

    asked: Money
    available: Money
    entry: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReallocateRecovery(RecoveryCommand):
    """Booked money goes where it is needed: to a project, with the document that says so."""

    entry: str
    to_project_code: str
    to_unit_code: str
    purpose: str
    amount: Money
    document_no: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseRecovery(RecoveryCommand):
    """The end; `remark` says where money is that was not reallocated."""

    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DropUnfounded(RecoveryCommand):
    """What a claim rested on is not so any more; only what the machine found is dropped."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawRecovery(RecoveryCommand):
    """The claim is not pursued."""

    reason: str


type RecoveryRequest = (
    IdentifyRecovery
    | CheckMoney
    | NotifyRecovery
    | AnswerRecovery
    | CloseAnswerTerm
    | ApproveRecovery
    | BookRecovery
    | FailRecovery
    | ReallocateRecovery
    | CloseRecovery
    | DropUnfounded
    | WithdrawRecovery
)
