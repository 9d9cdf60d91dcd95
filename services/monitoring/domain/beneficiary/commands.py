"""What may be asked about beneficiaries."""

from dataclasses import dataclass
from datetime import datetime

from services.monitoring.domain.beneficiary.values import Counting, PayeeKind, RevealPurpose
from services.monitoring.domain.ledger.state import Ledger
from services.monitoring.domain.rules import RulesInForce
from services.monitoring.domain.values import project_id
from shared.domain.money import Money
from shared.domain.sealed import Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfRoll:
    project_code: str
    fiscal_year: int
    by: str
    now: datetime

    @property
    def roll_id(self) -> str:
        """The roll this is about: one for each project and year."""
        return project_id(self.project_code, self.fiscal_year)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordBeneficiary(_OfRoll):
    """Say who got a part of a payment. The same line again changes nothing."""

    payment_id: str
    line_id: str
    month: str
    place_code: str
    payee_kind: PayeeKind
    counting: Counting
    persons: int
    amount: Money
    sealed: Sealed
    ledger: Ledger | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawBeneficiary(_OfRoll):
    """Take a line back that was wrong; it stays in the record as withdrawn."""

    payment_id: str
    line_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishBeneficiaries(_OfRoll):
    """Tell the public how much reached how many, place by place and never person by person."""

    month: str
    rules: RulesInForce | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfEntry:
    project_code: str
    fiscal_year: int
    payment_id: str
    line_id: str
    asker_region: str
    by: str
    now: datetime
    found: Sealed | None = None
    found_in: str = ""
    """What the roll says of the line, and the region it belongs to."""

    @property
    def roll_id(self) -> str:
        """The roll in which the line stands."""
        return project_id(self.project_code, self.fiscal_year)


@dataclass(frozen=True, slots=True, kw_only=True)
class RevealData(_OfEntry):
    """Look at one person's fields in clear: for a stated purpose, on the record."""

    reveal_id: str
    purpose: RevealPurpose
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EraseSubject(_OfEntry):
    """Make a person's fields unreadable for ever, here and in every line of that person."""

    subject: str
    reason: str


type RollCommand = RecordBeneficiary | WithdrawBeneficiary | PublishBeneficiaries
