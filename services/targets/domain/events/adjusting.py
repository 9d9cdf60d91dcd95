"""What may have happened to an approved target that was asked to change."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.targets.domain.adjustment_words import (
    NO_PARTNER,
    AdjustmentCause,
    ApprovalDocument,
    Partner,
    SigningOffice,
)
from services.targets.domain.values import Basis, Evidence, Indicator
from shared.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetAdjustmentRequested:
    """The target is to change: because the money does, or for a cause the unit proves.

    With the money, the values are those that keep the target in proportion, and there is no
    `cause`; without it, they are those the unit asks for, and the budget stays as it is.
    `offices` are those that have to agree by the rules of that day (`rule_set_version` of
    `rules_region`); absent in facts from before it was a rule. `signed_by` is the head by name.
    """

    adjustment_id: str
    kind: str
    change: Money
    budget: Money
    reason: str
    proposed_by: str
    proposed_values: dict[str, Decimal]
    cause: AdjustmentCause | None = None
    evidence: tuple[Evidence, ...] = ()
    offices: tuple[SigningOffice, ...] = ()
    lowers_key_expenditure: bool = False
    changes_total_budget: bool = False
    rule_set_version: int = 0
    rules_region: str = ""
    partner: Partner = NO_PARTNER
    signed_by: str = ""
    basis: Basis | None = None
    """The project, where money changes and others have to hear of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetValuesProposed:
    """The unit asks for values of its own in an adjustment that the money brought."""

    adjustment_id: str
    reason: str
    evidence: tuple[Evidence, ...]
    proposed_values: dict[str, Decimal]
    proposed_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetAdjustmentSigned:
    """An office agreed; `target_values` are the performance section's own, where it set any.

    `reason` says why they are not those proposed. With a `document` a body outside the bureau
    agreed, and `signed_by` is who recorded it.
    """

    adjustment_id: str
    office: SigningOffice
    signed_by: str
    target_values: dict[str, Decimal] | None = None
    reason: str = ""
    document: ApprovalDocument | None = None
    basis: Basis | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetAdjusted:
    """Money and target changed together, in one decision; or the target alone did.

    `undoes`: the adjustment whose money could not follow; the target is again what it was.
    """

    basis: Basis
    adjustment_id: str
    target_version: int
    budget_before: Money
    budget: Money
    indicators: tuple[Indicator, ...]
    reason: str
    adjusted_on: date
    annual_goal: str = ""
    kind: str = ""
    partner: Partner = NO_PARTNER
    undoes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetAdjustmentRefused:
    """Neither money nor target changed. `was_open`: it had waited for a decision."""

    project_code: str
    fiscal_year: int
    region_code: str
    unit_code: str
    adjustment_id: str
    reason: str
    was_open: bool = False
    office: SigningOffice | None = None
    partner: Partner = NO_PARTNER


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetAdjustmentWithdrawn:
    """The unit took its own request back before it was decided."""

    adjustment_id: str


type AdjustmentEvent = (
    TargetAdjustmentRequested
    | TargetValuesProposed
    | TargetAdjustmentSigned
    | TargetAdjusted
    | TargetAdjustmentRefused
    | TargetAdjustmentWithdrawn
)
