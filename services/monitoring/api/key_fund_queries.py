"""Questions about direct funds, findings and linkage funds."""

from itertools import groupby
from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Query

from services.monitoring.api.key_fund_linkage_views import LinkageView, NoticeView, ShareView
from services.monitoring.api.key_fund_tracing import Trace, below, key_of, trace
from services.monitoring.api.key_fund_views import (
    AllocationView,
    BatchView,
    ChainView,
    FindingView,
    FlowView,
    IssueView,
    LateView,
    LinkOfChain,
)
from services.monitoring.domain.fund_finding.events import FindingKind, FindingLevel, FindingStatus
from services.monitoring.domain.key_fund.values import DirectFundFlag
from services.monitoring.domain.linkage.linkage import LinkageKind
from services.monitoring.domain.values import project_id
from services.monitoring.projections import key_fund_batches as funds
from services.monitoring.projections import key_fund_findings as findings
from services.monitoring.projections import key_fund_linkage as linkage
from services.monitoring.projections.key_fund_batches import BatchRow
from services.monitoring.projections.key_fund_findings import FindingRow
from services.monitoring.projections.key_fund_linkage import LinkageRow
from shared.domain.money import Money
from shared.domain.workdays import business_date
from shared.http.pages import Page, PageRequest
from shared.http.reading import Read, Reading

router: Final = APIRouter(tags=["Key funds"])
Year = Annotated[int, Path(ge=2000, le=2100)]
YearAsked = Annotated[int, Query(ge=2000, le=2100)]


def of_units(read: Read, row: Any) -> Any:  # noqa: ANN401 - any row with an owner
    """What the caller may see of rows that belong to units."""
    return read.scope.where(
        region=row.region_code, department=row.department_code, unit=row.unit_code
    )


@router.get("/key-funds", operation_id="list_key_funds")
async def list_key_funds(
    read: Reading, page: PageRequest, fiscal_year: YearAsked, flag: DirectFundFlag | None = None
) -> Page[BatchView]:
    """The batches of direct funds of a year."""
    mine = read.scope.where(region=BatchRow.region_code)
    query = funds.batches(fiscal_year, flag).where(mine)
    return await read.page(query, page, into=BatchView.of)


async def _batch(read: Read, batch_id: str) -> BatchRow:
    row = await read.one(funds.batch(batch_id))
    read.check(row.region_code)
    return row


@router.get("/key-funds/{batch_id}", operation_id="get_key_fund")
async def get_key_fund(read: Reading, batch_id: str) -> BatchView:
    """One batch."""
    row = await _batch(read, batch_id)
    read.tag(row.version)
    return BatchView.of(row)


@router.get("/key-funds/{batch_id}/chain", operation_id="get_key_fund_chain")
async def get_key_fund_chain(read: Reading, batch_id: str) -> ChainView:
    """A batch from its receipt to its beneficiaries: counties, projects, payments, what is late."""
    row = await _batch(read, batch_id)
    mine = read.scope.where(region=BatchRow.region_code)
    rows = below(await read.all(funds.chain(row.root_id).where(mine)), batch_id)
    traced = await trace(read, rows)
    today = read.as_of or business_date(read.runtime.clock.now())
    return ChainView(
        flow=FlowView.of(traced.sums(Money(row.amount_fen))),
        late=[late for one in rows for late in LateView.every(one, today)],
        links=[_link(traced, one) for one in rows],
    )


def _link(traced: Trace, batch: BatchRow) -> LinkOfChain:
    given = traced.allocations.get(batch.batch_id, ())
    views = []
    for one in given:
        issued = [
            IssueView.of(
                issue,
                traced.paid[key_of(issue)],
                traced.proved[key_of(issue)],
                traced.payees.get(issue.ledger_id, 0),
            )
            for issue in traced.issues.get((batch.batch_id, one.allocation_id), ())
        ]
        views.append(AllocationView.of(one, issued))
    return LinkOfChain(batch=BatchView.of(batch), allocations=views)


@router.get("/fund-findings", operation_id="list_fund_findings")
async def list_fund_findings(  # noqa: PLR0913 - one parameter per filter
    read: Reading,
    page: PageRequest,
    *,
    fiscal_year: Annotated[int | None, Query(ge=2000, le=2100)] = None,
    level: FindingLevel | None = None,
    status: FindingStatus | None = None,
    kind: FindingKind | None = None,
) -> Page[FindingView]:
    """The findings about key funds."""
    query = findings.findings(fiscal_year=fiscal_year, level=level, status=status, kind=kind)
    return await read.page(query.where(of_units(read, FindingRow)), page, into=FindingView.of)


@router.get("/fund-findings/{finding_id}", operation_id="get_fund_finding")
async def get_fund_finding(read: Reading, finding_id: str) -> FindingView:
    """One finding."""
    row = await read.one(findings.finding(finding_id))
    read.check(row.region_code, department=row.department_code, unit=row.unit_code)
    read.tag(row.version)
    return FindingView.of(row)


@router.get("/linkage-projects", operation_id="list_linkage_projects")
async def list_linkage_projects(
    read: Reading, page: PageRequest, fiscal_year: YearAsked, kind: LinkageKind | None = None
) -> Page[LinkageView]:
    """The projects of rural linkage funds of a year."""
    query = linkage.projects(fiscal_year, kind).where(of_units(read, LinkageRow))
    return await read.page(query, page, into=LinkageView.of)


async def _project(read: Read, linkage_id: str) -> LinkageRow:
    row = await read.one(linkage.project(linkage_id))
    read.check(row.region_code, department=row.department_code, unit=row.unit_code)
    return row


@router.get("/linkage-projects/{linkage_id}", operation_id="get_linkage_project")
async def get_linkage_project(read: Reading, linkage_id: str) -> LinkageView:
    """One project of linkage funds."""
    row = await _project(read, linkage_id)
    read.tag(row.version)
    return LinkageView.of(row)


@router.get(
    "/linkage-projects/{project_code}/{fiscal_year}/notices", operation_id="list_fund_notices"
)
async def list_fund_notices(
    read: Reading, project_code: str, fiscal_year: Year
) -> list[NoticeView]:
    """The public notices of a project with their proof."""
    row = await _project(read, project_id(project_code, fiscal_year))
    return [NoticeView.of(one) for one in await read.all(linkage.notices([row.linkage_id]))]


@router.get("/linkage-shares/{fiscal_year}", operation_id="list_industry_shares")
async def list_industry_shares(read: Reading, fiscal_year: Year) -> list[ShareView]:
    """How much of the linkage funds of each county is for industry, against the rule value."""
    mine = read.scope.where(region=LinkageRow.region_code)
    query = linkage.projects(fiscal_year).where(mine).order_by(LinkageRow.region_code)
    rows = await read.all(query)
    counties = groupby(rows, key=lambda row: row.region_code)
    return [ShareView.of(region, list(of_county)) for region, of_county in counties]
