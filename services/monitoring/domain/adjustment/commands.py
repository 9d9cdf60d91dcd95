"""What may be asked of an adjustment, by a person or by what others said."""

from dataclasses import dataclass
from datetime import date, datetime

from services.monitoring.domain.adjustment.words import AdjustmentKind
from services.monitoring.domain.ledger.state import Ledger
from shared.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeAdjustment:
    """Propose to change, hold or recall the money of a project, for a stated reason.

    Who proposes says whether it lowers key expenditure (重点支出) or changes the total of the
    budget: others have to agree then (预算法 art. 67-69).
    """

    adjustment_id: str
    project_code: str
    fiscal_year: int
    kind: AdjustmentKind
    amount: Money
    reason: str
    transfer_to: str | None = None
    receives: bool = False
    by: str
    now: datetime
    lowers_key_expenditure: bool = False
    changes_total_budget: bool = False
    ledger: Ledger | None = None
    receiver: Ledger | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeReceiving:
    """The other half of a transfer, proposed in the same act: what one gives, another gets."""

    adjustment_id: str
    project_code: str
    fiscal_year: int
    amount: Money
    reason: str
    giver_code: str
    giver_adjustment_id: str
    lowers_key_expenditure: bool
    changes_total_budget: bool
    proposed_by: str
    proposed_on: date
    ledger: Ledger | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotePairing:
    """The target waits to change with the money; this is who has to agree."""

    adjustment_id: str
    bodies: tuple[str, ...]
    rule_set_version: int
    rules_region: str
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteApproval:
    """One of those that have to agree has agreed."""

    adjustment_id: str
    body: str
    signed_by: str
    authority: str
    document_no: str
    decided_on: date | None
    sha256: str
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ExecuteAdjustment:
    """The target was changed: the money follows."""

    adjustment_id: str
    budget: Money
    by: str
    now: datetime
    target_version: int = 0
    ledger: Ledger | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseAdjustment:
    """The target stays as it is, and so does the money."""

    adjustment_id: str
    reason: str
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteUndoing:
    """The target was changed back: its money, or that of the other half, could not follow."""

    adjustment_id: str
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EndSuspension:
    """The money may be spent again.

    `quiet`: a freeze of the ledger `ledger_id` was let go; of another one there is nothing to do.
    """

    adjustment_id: str
    reason: str
    by: str
    now: datetime
    quiet: bool = False
    ledger_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportAdjustment:
    """It was reported to whoever has to know of it, by a document."""

    adjustment_id: str
    reported_to: str
    document_no: str
    reported_on: date
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseAdjustment:
    """Nothing is left to do about it."""

    adjustment_id: str
    by: str
    now: datetime


type AdjustmentCommand = (
    ProposeAdjustment
    | ProposeReceiving
    | NotePairing
    | NoteApproval
    | ExecuteAdjustment
    | RefuseAdjustment
    | NoteUndoing
    | EndSuspension
    | ReportAdjustment
    | CloseAdjustment
)
