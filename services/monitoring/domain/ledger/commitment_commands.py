"""What may be asked of a ledger about contracts."""

from dataclasses import dataclass
from datetime import date

from services.monitoring.domain.ledger.addressing import OfLedger
from shared.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterCommitment(OfLedger):
    """The unit has signed a contract that will cost money of this year."""

    contract_no: str
    amount: Money
    supplier: str
    evidence: tuple[str, ...]
    signed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyCommitment(OfLedger):
    """Somebody of the bureau has seen the contract: from now on it counts."""

    contract_no: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseCommitment(OfLedger):
    """Nothing more will be paid on the contract: it has ended, or it never began."""

    contract_no: str
    reason: str


type CommitmentCommand = RegisterCommitment | VerifyCommitment | ReleaseCommitment
