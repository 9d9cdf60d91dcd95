"""What is said of an adjustment elsewhere, and what we note or do about it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from services.monitoring.domain.adjustment import EndSuspension, NoteApproval, NotePairing
from services.monitoring.domain.values import project_id
from shared.contracts import monitoring, targets

HEARD_OF_ADJUSTMENTS: Final = (
    targets.TargetAdjustmentPaired,
    targets.TargetAdjustmentSigned,
    monitoring.QuotaReleased,
)
RELEASED_BY_HAND: Final = "冻结已解除"

type OfAdjustment = (
    targets.TargetAdjustmentPaired | targets.TargetAdjustmentSigned | monitoring.QuotaReleased
)


def note_adjustment(word: OfAdjustment, by: str, now: datetime) -> Sequence[object]:
    """Pairing and approvals are noted; whoever lets suspended money go ends the suspension."""
    match word:
        case targets.TargetAdjustmentPaired():
            return [
                NotePairing(
                    adjustment_id=word.adjustment_id,
                    bodies=tuple(word.bodies),
                    rule_set_version=word.rule_set_version,
                    rules_region=word.rules_region,
                    by=by,
                    now=now,
                )
            ]
        case targets.TargetAdjustmentSigned():
            return [
                NoteApproval(
                    adjustment_id=word.adjustment_id,
                    body=word.body,
                    signed_by=word.signed_by,
                    authority=word.authority,
                    document_no=word.document_no,
                    decided_on=word.decided_on,
                    sha256=word.sha256,
                    by=by,
                    now=now,
                )
            ]
        case monitoring.QuotaReleased(freeze_id=key):
            return [
                EndSuspension(
                    adjustment_id=key,
                    reason=RELEASED_BY_HAND,
                    by=by,
                    now=now,
                    quiet=True,
                    ledger_id=project_id(word.project_code, word.fiscal_year),
                )
            ]
