"""Reading the adjustments of targets."""

import json
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, Final

from fastapi import APIRouter

from services.targets.api.adjustment_views import (
    AdjustmentExplanation,
    AdjustmentView,
    ScaledValue,
    SignatureView,
)
from services.targets.api.explanations import Step, inputs_of, steps, streams, version_of
from services.targets.api.reach import readable_target
from services.targets.domain.adjustment import last_day
from services.targets.domain.approval_authority import GROUP
from services.targets.domain.signatures import needed
from services.targets.projections.adjustment_register import (
    AdjustmentRow,
    AdjustmentSignatureRow,
    adjustment,
    adjustments,
    signatures,
)
from services.targets.projections.region_register import region
from services.targets.projections.target_register import TargetRow
from services.targets.projections.target_versions import versions
from shared.domain.money import Money
from shared.http.reading import Read, Reading

router = APIRouter(tags=["Targets"])
LAW: Final = "domain 3.3, 3.6; 预算法 67-69, 72; 财预〔2015〕88号; 财预〔2021〕101号"


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
    of = row.rules_region or target.rules_region or target.region_code
    number = row.rule_set_version or target.rule_set_version
    version = await version_of(read, of, target.fiscal_year, number)
    signed = await read.all(signatures(row.adjustment_id))
    home = await read.first(region(target.region_code))
    bodies = json.loads(row.offices_json) or needed(row.kind, moves_money=bool(row.change_fen))
    stated = f"/{GROUP}" in (version.row.stated.places if version.row else ())
    return AdjustmentExplanation(
        applied=version.applied(LAW),
        inputs=await inputs_of(read, *streams(("target", row.target_id))),
        steps=list(_reasoned(target, row)),
        adjustment=AdjustmentView.model_validate(row),
        offices_needed=list(bodies),
        missing=[one for one in bodies if one not in {given.office for given in signed}],
        signatures=[SignatureView.model_validate(one) for one in signed],
        values=await _values(read, row, signed),
        approval_authority=home.approval_authority if home else "",
        authority_from="RULE_SET" if stated else "DEFAULT",
        rules=version.told([f"/{GROUP}"]),
        last_day=last_day(target.fiscal_year),
    )


async def _values(
    read: Read, row: AdjustmentRow, signed: Sequence[AdjustmentSignatureRow]
) -> list[ScaledValue]:
    """The values that change, each beside what it was before this adjustment was agreed to."""
    proposed = json.loads(row.proposed_values_json)
    set_: dict[str, str] = next(
        (own for one in signed if (own := json.loads(one.target_values_json)) is not None), {}
    )
    known: dict[str, dict[str, Any]] = {}
    for version in await read.all(versions(row.target_id)):
        if row.target_version is None or version.target_version < row.target_version:
            known = {one["indicator_id"]: one for one in json.loads(version.indicators_json)}
    return [
        ScaledValue(
            indicator_id=key,
            name=known[key]["name"],
            unit=known[key].get("unit", ""),
            current=known[key].get("target_value"),
            proposed=proposed.get(key, known[key].get("target_value")),
            signed=Decimal(set_[key]) if key in set_ else None,
            weight=known[key]["weight"],
        )
        for key in dict.fromkeys((*proposed, *set_))
        if key in known
    ]


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
