"""Questions about industrial funds, and the figures of all key funds of a year."""

from datetime import date
from typing import Annotated, Any, Final, Literal, Self

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, Field

from services.monitoring.api.key_fund_people_queries import place_totals
from services.monitoring.api.key_fund_queries import of_units
from services.monitoring.api.key_fund_tracing import trace
from services.monitoring.api.key_fund_views import FlowView
from services.monitoring.domain.beneficiary.totals import added
from services.monitoring.domain.beneficiary.values import COUNTY_DIGITS
from services.monitoring.projections import key_fund_batches as funds
from services.monitoring.projections import key_fund_findings as findings
from services.monitoring.projections import key_fund_industry as industry
from services.monitoring.projections.key_fund_batches import BatchRow
from services.monitoring.projections.key_fund_findings import FindingRow
from services.monitoring.projections.key_fund_industry import IndustryRow, StageRow
from shared.contracts.fields import Yuan
from shared.domain.money import Money
from shared.http.pages import Page, PageRequest
from shared.http.reading import Reading, ReadingNow
from shared.http.scope import covers

router: Final = APIRouter(tags=["Industry funds"])
Year = Annotated[int, Path(ge=2000, le=2100)]
YearAsked = Annotated[int, Query(ge=2000, le=2100)]


def _yuan(fen: int | None) -> Money | None:
    return None if fen is None else Money(fen)


class IndustryView(BaseModel):
    """One grant to an enterprise, and the stage it waits for."""

    fund_id: str
    name: str
    region_code: str
    department_code: str
    unit_code: str
    fiscal_year: int
    planned: Yuan
    enterprise: str
    credit_code: str
    stage: str
    next_stage: str | None
    outcome: str
    allocated: Yuan
    paid: Yuan
    recovered: Yuan
    jobs: int | None
    output: Yuan | None
    tax: Yuan | None
    moved_on: date
    version: int

    @classmethod
    def of(cls, row: IndustryRow) -> Self:
        """A row in yuan."""
        plain = {name: value for name, value in row.model_dump().items() if name[-4:] != "_fen"}
        return cls(
            **plain,
            planned=Money(row.planned_fen),
            allocated=Money(row.allocated_fen),
            paid=Money(row.paid_fen),
            recovered=Money(row.recovered_fen),
            output=_yuan(row.output_fen),
            tax=_yuan(row.tax_fen),
        )


class StageView(BaseModel):
    """One stage that is behind."""

    stage: str
    passed_on: date
    passed_by: str
    statement: dict[str, Any]

    @classmethod
    def of(cls, row: StageRow) -> Self:
        """A row; what a stage does not state is not shown."""
        stated = {name: value for name, value in row.statement.items() if value not in (None, "")}
        return cls(
            stage=row.stage,
            passed_on=row.passed_on,
            passed_by=row.passed_by,
            statement={name: value for name, value in stated.items() if value != []},
        )


class KeyFundStatisticsView(BaseModel):
    """Direct funds of a year in one region, or in all below it."""

    fiscal_year: int
    regions: list[str]
    batches: int
    flow: FlowView = Field(description="Money that went to a county below counts once.")
    payees: int
    households: int
    persons: int
    enterprises: int
    findings: dict[str, dict[str, int]] = Field(description="By level and status.")


@router.get("/industry-funds", operation_id="list_industry_funds")
async def list_industry_funds(
    read: Reading,
    page: PageRequest,
    fiscal_year: YearAsked,
    *,
    waiting: Annotated[bool, Query(description="Only loops that have not ended.")] = False,
) -> Page[IndustryView]:
    """The loops of a year; with `waiting` the open ends."""
    query = industry.funds(fiscal_year, waiting=waiting).where(of_units(read, IndustryRow))
    return await read.page(query, page, into=IndustryView.of)


@router.get("/industry-funds/{fund_id}", operation_id="get_industry_fund")
async def get_industry_fund(read: Reading, fund_id: str) -> IndustryView:
    """One loop."""
    row = await read.one(industry.fund(fund_id))
    read.check(row.region_code, department=row.department_code, unit=row.unit_code)
    read.tag(row.version)
    return IndustryView.of(row)


@router.get("/industry-funds/{fund_id}/stages", operation_id="list_industry_stages")
async def list_industry_stages(read: Reading, fund_id: str) -> list[StageView]:
    """The stages that are behind, with who passed them and what was stated."""
    row = await read.one(industry.fund(fund_id))
    read.check(row.region_code, department=row.department_code, unit=row.unit_code)
    return [StageView.of(one) for one in await read.all(industry.stages(fund_id))]


@router.get(
    "/key-fund-statistics/{fiscal_year}",
    operation_id="get_key_fund_statistics",
    tags=["Key funds"],
)
async def get_key_fund_statistics(
    read: ReadingNow,
    fiscal_year: Year,
    region: Annotated[str | None, Query(max_length=40)] = None,
    scope: Literal["self", "tree"] = "tree",
) -> KeyFundStatisticsView:
    """Direct funds of a year: received, allocated, issued, paid, proved, payees, findings."""

    def asked(code: str) -> bool:
        if region is None:
            return True
        return covers(region, code) if scope == "tree" else code == region

    mine = read.scope.where(region=BatchRow.region_code)
    every = await read.all(funds.batches(fiscal_year).where(mine))
    rows = [one for one in every if asked(one.region_code)]
    known = {one.batch_id for one in rows}
    # What one region passed to another below it came in once.
    received = Money(sum(one.amount_fen for one in rows if one.parent_id not in known))
    traced = await trace(read, rows)
    places = [
        one
        for one in await place_totals(read, fiscal_year)
        if asked(one.place_code[:COUNTY_DIGITS])
    ]
    total = added(places)
    found: dict[str, dict[str, int]] = {}
    of_year = findings.findings(fiscal_year=fiscal_year).where(of_units(read, FindingRow))
    for one in await read.all(of_year):
        if asked(one.region_code):
            by_status = found.setdefault(one.level, {})
            by_status[one.status] = by_status.get(one.status, 0) + 1
    return KeyFundStatisticsView(
        fiscal_year=fiscal_year,
        regions=sorted({one.region_code for one in rows}),
        batches=len(rows),
        flow=FlowView.of(traced.sums(received)),
        payees=total.payees,
        households=total.households,
        persons=total.persons,
        enterprises=total.enterprises,
        findings=found,
    )
