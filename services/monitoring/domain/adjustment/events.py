"""What may have happened to an adjustment."""

from dataclasses import dataclass
from datetime import date

from services.monitoring.domain.adjustment.words import AdjustmentKind
from services.monitoring.domain.values import Project
from shared.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentProposed:
    """Money is to change; its target must change with it.

    `partner_project` and `partner_adjustment_id`: the other half of a transfer; both change, or
    neither. `fund_type_code` and `direct_fund_flag`: the pool that money returns to or comes from.
    """

    project: Project
    kind: AdjustmentKind
    change: Money
    budget: Money
    reason: str
    proposed_by: str
    proposed_on: date
    transfer_to: str | None = None
    lowers_key_expenditure: bool = False
    changes_total_budget: bool = False
    partner_project: str = ""
    partner_adjustment_id: str = ""
    fund_type_code: str = ""
    direct_fund_flag: str = ""
    adjustment_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentTargetPaired:
    """A target waits to change with the money. `bodies` have to agree, by those rules."""

    project: Project
    bodies: tuple[str, ...]
    rule_set_version: int
    rules_region: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentSigned:
    """A body agreed: by a signature, or by the document that was recorded for it."""

    project: Project
    body: str
    signed_by: str
    authority: str = ""
    document_no: str = ""
    decided_on: date | None = None
    sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentApproved:
    """All have agreed, and the target has a new version."""

    project: Project
    target_version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentExecuted:
    """Money and target have changed together."""

    project: Project
    kind: AdjustmentKind
    change: Money
    budget: Money
    transfer_to: str | None = None
    partner_adjustment_id: str = ""
    fund_type_code: str = ""
    direct_fund_flag: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentFailed:
    """The target changed and the money could not follow: the target is changed back.

    Facts of before moved what there was; since then nothing moves, and a break tells how much
    was missing.
    """

    project: Project
    kind: AdjustmentKind
    reason: str
    partner_adjustment_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentRefused:
    """Neither has changed; what was held is free again."""

    project: Project
    reason: str
    kind: AdjustmentKind | None = None
    partner_adjustment_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspensionEnded:
    """What a suspension held may be spent again."""

    project: Project
    adjustment_id: str
    reason: str
    ended_by: str
    ended_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentReported:
    """It was reported to whoever has to know of it."""

    project: Project
    reported_to: str
    document_no: str
    reported_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentClosed:
    """Nothing is left to do about it."""

    project: Project
    closed_on: date


type AdjustmentEvent = (
    AdjustmentProposed
    | AdjustmentTargetPaired
    | AdjustmentSigned
    | AdjustmentApproved
    | AdjustmentExecuted
    | AdjustmentFailed
    | AdjustmentRefused
    | SuspensionEnded
    | AdjustmentReported
    | AdjustmentClosed
)
