"""What may have happened to the contracts of a ledger; no account moves."""

from dataclasses import dataclass
from datetime import date

from services.monitoring.domain.values import Project
from shared.domain.money import ZERO, Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A contract after payments or returns: what was paid on it, and what that did.

    `change` is what the sum of the verified commitments moved by; nothing while unverified.
    """

    contract_no: str
    paid: Money
    change: Money
    drawn_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentRegistered:
    """The unit registered a contract; `paid` was paid on it before."""

    project: Project
    contract_no: str
    amount: Money
    supplier: str
    evidence: tuple[str, ...]
    signed_on: date
    registered_by: str
    paid: Money = ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentVerified:
    """The bureau confirmed a contract: what is still owed on it is committed."""

    project: Project
    contract_no: str
    verified_by: str
    committed: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentReleased:
    """A contract ended; `released` was committed for it and is not any more."""

    project: Project
    contract_no: str
    released: Money
    reason: str
    released_by: str


type CommitmentEvent = CommitmentRegistered | CommitmentVerified | CommitmentReleased
