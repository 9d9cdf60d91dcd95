"""Reading the adjustments of targets."""

import json
from collections.abc import Iterator

from fastapi import APIRouter

from services.targets.api.adjustment_views import (
    AdjustmentExplanation,
    AdjustmentView,
    SignatureView,
)
from services.targets.api.explanations import Step, inputs_of, steps, streams, version_of
from services.targets.api.reach import readable_target
from services.targets.domain.adjustment import last_day
from services.targets.domain.signatures import needed
from services.targets.projections.adjustment_register import (
    AdjustmentRow,
    adjustment,
    adjustments,
    signatures,
)
from services.targets.projections.region_register import region
from services.targets.projections.target_register import TargetRow
from shared.domain.money import Money
from shared.http.reading import Read, Reading

router = APIRouter(tags=["Targets"])


@router.get("/v1/targets/{target_id}/adjustments", operation_id="list_adjustments")
async def list_adjustments(read: Reading, target_id: str) -> list[AdjustmentView]:
    """What was asked to be changed after the approval, and what became of it."""
    await readable_target(read, target_id)
    rows = await read.all(adjustments(target_id))
    return [AdjustmentView.model_validate(row) for row in rows]


@router.get(
    "/v1/targets/{target_id}/adjustments/{adjustment_id}/explanation",
    operation_id="explain_adjustment",
)
async def explain_adjustment(
    read: Reading, target_id: str, adjustment_id: str
) -> AdjustmentExplanation:
    """Who has to sign, who has, how the values follow the money, and until when."""
    target = await readable_target(read, target_id)
    row = await read.one(adjustment(target_id, adjustment_id))
    return await _explained(read, target, row)


async def _explained(read: Read, target: TargetRow, row: AdjustmentRow) -> AdjustmentExplanation:
    of = target.rules_region or target.region_code
    version = await version_of(read, of, target.fiscal_year, target.rule_set_version)
    signed = await read.all(signatures(row.adjustment_id))
    home = await read.first(region(target.region_code))
    return AdjustmentExplanation(
        applied=version.applied("domain 3.3, 3.6; 财预〔2015〕88号; 财预〔2021〕101号"),
        inputs=await inputs_of(read, *streams(("target", row.target_id))),
        steps=list(_reasoned(target, row)),
        adjustment=AdjustmentView.model_validate(row),
        offices_needed=list(needed(row.kind, moves_money=bool(row.change_fen))),
        signatures=[SignatureView.model_validate(one) for one in signed],
        approval_authority=home.approval_authority if home else "",
        last_day=last_day(target.fiscal_year),
    )


def _reasoned(target: TargetRow, row: AdjustmentRow) -> Iterator[Step]:
    before = row.budget_fen - row.change_fen
    budget, after = Money(before), Money(row.budget_fen)
    yield from steps(
        ("budget_before", "as approved", budget),
        ("change", "signed, of the proposal", Money(row.change_fen)),
        ("budget", "budget_before + change", after),
    )
    if row.change_fen and before:
        yield from steps(("ratio", "budget ÷ budget_before", after.ratio_to(budget)))
    for indicator_id, value in json.loads(row.proposed_values_json).items():
        yield from steps((f"proposed {indicator_id}", "as asked, or target value x ratio", value))
    yield from steps(("target_version", "of the target now", target.target_version))
