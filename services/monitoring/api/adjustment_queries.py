"""Questions about adjustments: the list, one with its way, why, and what pools they touched."""

from collections.abc import Iterator
from typing import Annotated, Final

from fastapi import APIRouter, Query

from services.monitoring.api.adjustment_views import (
    AdjustmentExplanation,
    AdjustmentStory,
    AdjustmentView,
    ComputedView,
    InputView,
    PoolView,
)
from services.monitoring.domain.adjustment import AdjustmentStatus
from services.monitoring.domain.values import project_id
from services.monitoring.projections import adjustment_register as adjustments
from services.monitoring.projections.adjustment_register import AdjustmentRow
from shared.domain.money import Money
from shared.http.facts import facts_of
from shared.http.pages import Page, PageRequest
from shared.http.reading import Read, Reading

router: Final = APIRouter(tags=["Adjustments"])
YearAsked = Annotated[int, Query(ge=2000, le=2100)]
LAW: Final = (
    "domain 3.6; 预算法 63, 67-69, 72, 93; 预算法实施条例 2; 财预〔2015〕88号; 财预〔2021〕101号"
)


@router.get("/adjustments", operation_id="list_adjustments")
async def list_adjustments(
    read: Reading,
    page: PageRequest,
    fiscal_year: YearAsked,
    status: AdjustmentStatus | None = None,
) -> Page[AdjustmentView]:
    """The adjustments of a year."""
    mine = read.scope.where(
        region=AdjustmentRow.region_code,
        department=AdjustmentRow.department_code,
        unit=AdjustmentRow.unit_code,
    )
    query = adjustments.adjustments(fiscal_year, status).where(mine)
    return await read.page(query, page, into=AdjustmentView.of)


@router.get("/adjustments/pools", operation_id="list_pools")
async def list_pools(read: Reading, fiscal_year: YearAsked) -> list[PoolView]:
    """What went back to the pool of each fund nature in a year, and what was granted from it."""
    mine = read.scope.where(
        region=AdjustmentRow.region_code,
        department=AdjustmentRow.department_code,
        unit=AdjustmentRow.unit_code,
    )
    rows = await read.all(adjustments.executed(fiscal_year).where(mine))
    return [PoolView.of(line) for line in adjustments.pools(rows)]


@router.get("/adjustments/{adjustment_id}", operation_id="get_adjustment")
async def get_adjustment(read: Reading, adjustment_id: str) -> AdjustmentStory:
    """One adjustment: where it stands, who agreed, and every step with the fact behind it."""
    row = await _mine(read, adjustment_id)
    read.tag(row.version)
    return await _story(read, row)


@router.get("/adjustments/{adjustment_id}/explanation", operation_id="explain_adjustment")
async def explain_adjustment(read: Reading, adjustment_id: str) -> AdjustmentExplanation:
    """Why the money moved, or did not. The values of the rules stand with the target."""
    row = await _mine(read, adjustment_id)
    facts = await facts_of(read, [f"adjustment-{adjustment_id}"])
    return AdjustmentExplanation(
        rule=LAW,
        rule_set_version=row.rule_set_version,
        rules_region=row.rules_region,
        adjustment=await _story(read, row),
        inputs=[InputView.model_validate(one, from_attributes=True) for one in facts],
        computed=list(_computed(row)),
    )


async def _mine(read: Read, adjustment_id: str) -> AdjustmentRow:
    row = await read.one(adjustments.adjustment(adjustment_id))
    read.check(row.region_code, department=row.department_code, unit=row.unit_code)
    return row


async def _story(read: Read, row: AdjustmentRow) -> AdjustmentStory:
    approvals = await read.all(adjustments.approvals(row.adjustment_id))
    steps = await read.all(adjustments.steps(row.adjustment_id))
    return AdjustmentStory.told_by(row, list(approvals), list(steps))


def _computed(row: AdjustmentRow) -> Iterator[ComputedView]:
    after, change = Money(row.budget_fen), Money(row.change_fen)
    before = after - change
    ledger = project_id(row.project_code, row.fiscal_year)
    yield ComputedView(name="budget_before", formula=f"ledger {ledger}", value=str(before))
    yield ComputedView(name="change", formula="signed, as proposed", value=str(change))
    yield ComputedView(name="budget", formula="budget_before + change", value=str(after))
    yield ComputedView(name="held", formula="frozen now for it", value=str(Money(row.held_fen)))
    if change and before:
        ratio = format(after.ratio_to(before), "f")
        yield ComputedView(name="ratio", formula="budget / budget_before", value=ratio)
