"""Commands about adjustments of money and target: proposed, reported, closed, a suspension ended.

Who agrees, agrees where the targets are; what they say moves the money here.
"""

from typing import Final

from services.monitoring.api.adjustment_schemas import (
    EndSuspensionBody,
    ProposeAdjustmentBody,
    ReportAdjustmentBody,
)
from services.monitoring.domain.adjustment import (
    AdjustmentKind,
    CloseAdjustment,
    EndSuspension,
    HoldForAdjustment,
    ProposeAdjustment,
    ReportAdjustment,
    signed_change,
)
from shared.http.commands import Asked, CommandEndpoint


def propose_adjustment(
    asked: Asked, body: ProposeAdjustmentBody
) -> tuple[ProposeAdjustment, HoldForAdjustment]:
    """Propose a change of money that its target has to follow; what it takes is held at once.

    Of a transfer both halves are proposed, the other one as `<adjustment_id>-in`. A project has
    one open adjustment at a time; nothing is adjusted after 30 November, nor afterwards.
    """
    proposal = ProposeAdjustment(
        adjustment_id=body.adjustment_id,
        project_code=body.project_code,
        fiscal_year=body.fiscal_year,
        kind=body.kind,
        amount=body.amount,
        reason=body.reason,
        transfer_to=body.transfer_to,
        lowers_key_expenditure=body.lowers_key_expenditure,
        changes_total_budget=body.changes_total_budget,
        by=asked.actor,
        now=asked.now,
    )
    hold = HoldForAdjustment(
        project_code=body.project_code,
        fiscal_year=body.fiscal_year,
        adjustment_id=body.adjustment_id,
        amount=signed_change(body.kind, body.amount),
        suspends=body.kind is AdjustmentKind.SUSPENSION,
        by=asked.actor,
        now=asked.now,
    )
    return proposal, hold


def end_suspension(asked: Asked, adjustment_id: str, body: EndSuspensionBody) -> EndSuspension:
    """Let the money of a suspended project be spent again; its work goes on with it."""
    return EndSuspension(
        adjustment_id=adjustment_id, reason=body.reason, by=asked.actor, now=asked.now
    )


def report_adjustment(
    asked: Asked, adjustment_id: str, body: ReportAdjustmentBody
) -> ReportAdjustment:
    """Record to whom a change that was carried out has been reported, by which document."""
    return ReportAdjustment(
        adjustment_id=adjustment_id,
        reported_to=body.reported_to,
        document_no=body.document_no,
        reported_on=body.reported_on,
        by=asked.actor,
        now=asked.now,
    )


def close_adjustment(asked: Asked, adjustment_id: str) -> CloseAdjustment:
    """Close an adjustment that was reported; a suspension, when it has ended."""
    return CloseAdjustment(adjustment_id=adjustment_id, by=asked.actor, now=asked.now)


_TAG: Final = "Adjustments"
_ONE: Final = "/adjustments/{adjustment_id}"

ADJUSTMENT_COMMANDS: Final = (
    CommandEndpoint(
        path="/adjustments",
        translate=propose_adjustment,
        tag=_TAG,
        creates=True,
        moves_money=True,
    ),
    CommandEndpoint(
        path=f"{_ONE}/end-suspension",
        translate=end_suspension,
        tag=_TAG,
        moves_money=True,
        example={"reason": "整改核验通过，恢复拨付"},
    ),
    CommandEndpoint(
        path=f"{_ONE}/report",
        translate=report_adjustment,
        tag=_TAG,
        example={
            "reported_to": "喀什地区财政局",
            "document_no": "疏附财预〔2021〕32号",
            "reported_on": "2021-09-30",
        },
    ),
    CommandEndpoint(path=f"{_ONE}/close", translate=close_adjustment, tag=_TAG),
)
