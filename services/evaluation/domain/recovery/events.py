"""What may have happened to a recovery."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.evaluation.domain.grounds import NO_GROUNDS, Grounds
from services.evaluation.domain.values import RecoveryReason, Route, Whose
from shared.domain.money import ZERO, Money


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
    recovery_id: str = ""
    claimed_before: Money = ZERO
    from_ledger: bool = False
    found_by_machine: bool = False
    checked_on: date | None = None
    execution_rate: Decimal | None = None
    grounds: Grounds = NO_GROUNDS


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryNotified:
    """The unit was told."""

    document_no: str
    answer_by: date
    notified_on: date
    notified_by: str = ""


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
    """The money is to be taken back.

    `recoverable` is what there was by then; none: nothing limits this way, or it was not heard.
    """

    whose: Whose
    route: Route
    reason: RecoveryReason
    amount: Money
    document_no: str
    approved_by: str
    approved_on: date
    recoverable: Money | None = None


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
    confirmation_no: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryReallocated:
    """Part of the booked money, or all of it, went to another project."""

    whose: Whose
    entry: str
    to_project_code: str
    to_unit_code: str
    purpose: str
    amount: Money
    left: Money
    document_no: str
    reallocated_by: str
    reallocated_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryClosed:
    """Nothing is left to do."""

    left: Money
    remark: str
    closed_by: str
    closed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryFailed:
    """The ledger could not give what was approved; the claim is open again."""

    whose: Whose
    asked: Money
    available: Money
    entry: str = ""


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
    | RecoveryReallocated
    | RecoveryClosed
    | RecoveryFailed
    | RecoveryWithdrawn
)
