"""What may be asked about the adjustment of an approved target, by a person or by its pair."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from services.targets.domain.adjustment_words import (
    NO_PARTNER,
    AdjustmentCause,
    Partner,
    SigningOffice,
)
from services.targets.domain.delegation import Delegation
from services.targets.domain.rule_set import Rules
from services.targets.domain.target_states import TargetState
from services.targets.domain.values import Evidence, Responsible
from shared.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveAdjustment:
    """Heard from monitoring: money is to change, so the target must change with it."""

    project_code: str
    fiscal_year: int
    region_code: str
    unit_code: str
    adjustment_id: str
    kind: str
    change: Money
    budget: Money
    reason: str
    proposed_by: str
    proposed_on: date
    by: str
    now: datetime
    lowers_key_expenditure: bool = False
    changes_total_budget: bool = False
    partner: Partner = NO_PARTNER
    rules: Rules | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestTargetAdjustment:
    """The head of the unit asks for other values, for one of the four causes, with proof.

    Without a `person`, the head who is named for the target signs; what the matrix and a
    delegation say is filled in.
    """

    project_code: str
    fiscal_year: int
    adjustment_id: str
    cause: AdjustmentCause
    reason: str
    evidence: tuple[Evidence, ...]
    target_values: dict[str, Decimal]
    by: str
    now: datetime
    person: str = ""
    delegation_id: str = ""
    duty: Responsible | None = None
    delegation: Delegation | None = None
    shown_values: dict[str, Decimal] = field(default_factory=dict)
    """What the form showed as the values that are to change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawAdjustment:
    """The unit takes its own request back."""

    project_code: str
    fiscal_year: int
    adjustment_id: str
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveAdjustment:
    """Sign for one of the offices one may sign for; the last signature makes the change.

    The values are the performance section's to set; without values of its own, as proposed.
    """

    project_code: str
    fiscal_year: int
    adjustment_id: str
    offices: frozenset[SigningOffice]
    target_values: dict[str, Decimal] | None
    by: str
    now: datetime
    reason: str = ""
    other: TargetState | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordApproval:
    """A body outside the bureau agreed: its document is recorded, with its fingerprint.

    The name of the people's congress, or of who stands for it, is the region's to say.
    """

    project_code: str
    fiscal_year: int
    adjustment_id: str
    office: SigningOffice
    document_no: str
    decided_on: date
    sha256: str
    by: str
    now: datetime
    authority: str = ""
    other: TargetState | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseAdjustment:
    """Neither money nor target changes. Any office whose signature is needed may refuse."""

    project_code: str
    fiscal_year: int
    adjustment_id: str
    offices: frozenset[SigningOffice]
    reason: str
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletePair:
    """The other half of a transfer changes, so this one does: in the same transaction."""

    project_code: str
    fiscal_year: int
    adjustment_id: str
    adjusted_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DropPair:
    """The other half of a transfer does not change, so this one does not either."""

    project_code: str
    fiscal_year: int
    adjustment_id: str
    region_code: str
    unit_code: str
    reason: str
    partner: Partner


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoAdjustment:
    """The money could not follow: the target becomes again what it was (`domain` §3.6)."""

    project_code: str
    fiscal_year: int
    adjustment_id: str
    reason: str
    undone_on: date


type PairCommand = CompletePair | DropPair | UndoAdjustment
type AdjustingCommand = (
    RequestTargetAdjustment
    | WithdrawAdjustment
    | ApproveAdjustment
    | RecordApproval
    | RefuseAdjustment
)
