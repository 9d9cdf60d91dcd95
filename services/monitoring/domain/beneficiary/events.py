"""What may have happened in a real-name ledger. What is personal in it is sealed."""

from dataclasses import dataclass
from datetime import date, datetime

from services.monitoring.domain.beneficiary.values import (
    Counting,
    PayeeKind,
    PlaceTotal,
    RevealPurpose,
)
from services.monitoring.domain.values import Project
from shared.domain.money import Money
from shared.domain.sealed import Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class BeneficiaryPaid:
    """A part of a payment reached this person or enterprise.

    `duplicate_of` names an earlier line of the same payee, project and month.
    """

    project: Project
    payment_id: str
    line_id: str
    month: str
    place_code: str
    payee_kind: PayeeKind
    counting: Counting
    persons: int
    amount: Money
    sealed: Sealed
    recorded_on: date
    duplicate_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BeneficiaryWithdrawn:
    """A line was wrong and counts no longer."""

    project: Project
    payment_id: str
    line_id: str
    amount: Money
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BeneficiariesPublished:
    """The public was told what reached how many, with small groups put together."""

    project: Project
    month: str
    places: tuple[PlaceTotal, ...]
    published_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DataRevealed:
    """Somebody looked at one person's fields in clear, and said why."""

    project_code: str
    fiscal_year: int
    region_code: str
    payment_id: str
    line_id: str
    sealed: Sealed
    purpose: RevealPurpose
    reason: str
    revealed_by: str
    revealed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectErased:
    """The key of a person is destroyed: what was sealed with it is unreadable for ever."""

    subject: str
    key_id: str
    region_code: str
    reason: str
    erased_by: str
    erased_on: date


type RollEvent = BeneficiaryPaid | BeneficiaryWithdrawn | BeneficiariesPublished
