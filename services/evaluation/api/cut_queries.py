"""Questions about cuts: the register, its sums, one with its reasons, and what resembles what."""

from typing import Annotated, Final, Literal

from fastapi import APIRouter, Query

from services.evaluation.api.consequence_explaining import (
    AppliedRule,
    ConsequenceExplanation,
    explained,
    steps_of,
)
from services.evaluation.api.cut_views import CutView, SimilarGroupView, similar_group
from services.evaluation.api.rules_in_force import rules_in_force
from services.evaluation.api.totals import totals, within
from services.evaluation.api.views import TotalsView
from services.evaluation.projections import cut_register, programme_register
from services.evaluation.projections.cut_register import CutRow
from services.evaluation.projections.programme_register import ProgrammeRow
from shared.domain.money import Money
from shared.http.pages import Page, PageRequest
from shared.http.reading import Reading

router: Final = APIRouter(tags=["Budget cuts"])
Year = Annotated[int | None, Query(ge=2000, le=2100)]
YearAsked = Annotated[int, Query(ge=2000, le=2100)]
Reach = Literal["self", "tree"]
RULE: Final = "similar_project_cut: a share of the request by the grade (domain §4.9)"


@router.get("/budget-cuts", operation_id="list_budget_cuts")
async def list_budget_cuts(
    read: Reading,
    page: PageRequest,
    *,
    budget_year: Year = None,
    status: str | None = None,
    confirmed: bool = False,
) -> Page[CutView]:
    """预算调减台账; `confirmed`: what counts, wherever it stands by now."""
    query = cut_register.cuts(budget_year=budget_year, status=status)
    if confirmed:
        query = cut_register.counted(query)
    mine = read.scope.where(
        region=CutRow.region_code, department=CutRow.department_code, unit=CutRow.unit_code
    )
    return await read.page(query.where(mine), page, into=CutView.of)


@router.get("/budget-cuts/statistics", operation_id="get_budget_cut_statistics")
async def get_budget_cut_statistics(
    read: Reading,
    budget_year: YearAsked,
    basis_fiscal_year: YearAsked,
    region: str,
    scope: Reach = "tree",
) -> TotalsView:
    """Confirmed cuts of a coming budget on the results of a year."""
    query = cut_register.confirmed(budget_year=budget_year, basis_fiscal_year=basis_fiscal_year)
    mine = read.scope.where(
        region=CutRow.region_code, department=CutRow.department_code, unit=CutRow.unit_code
    )
    rows = [
        row for row in await read.all(query.where(mine)) if within(region, row.region_code, scope)
    ]
    return totals(rows, f"/v1/budget-cuts?budget_year={budget_year}&confirmed=true")


@router.get("/budget-cuts/candidates", operation_id="list_cut_candidates")
async def list_cut_candidates(
    read: Reading, page: PageRequest, *, budget_year: YearAsked, unit: str | None = None
) -> Page[SimilarGroupView]:
    """The applications of a coming year, each with the judged projects of its type.

    A proposal: that two projects are of one type is confirmed by whoever proposes the cut.
    """
    query = programme_register.applications(fiscal_year=budget_year, unit=unit)
    mine = read.scope.where(
        region=ProgrammeRow.region_code,
        department=ProgrammeRow.department_code,
        unit=ProgrammeRow.unit_code,
    )
    found = await read.page(query.where(mine), page)
    if not found.items:
        return Page(items=[], next=None)
    region = read.person.region_code or found.items[0].region_code
    rules = await rules_in_force(read, region, budget_year - 1, budget_year - 2, budget_year)
    basis_year = budget_year - rules.rule_set.linkage.budget_year_offset
    units = {row.unit_code for row in found.items}
    judged = await read.all(programme_register.judged(fiscal_year=basis_year, units=units))
    named = await read.all(programme_register.unit_names(units))
    owners = {one.unit_code: one.name for one in named}
    groups = [
        similar_group(row, judged, rules.rule_set, owners.get(row.unit_code, ""))
        for row in found.items
    ]
    return Page(items=groups, next=found.next)


@router.get("/budget-cuts/{cut_id}", operation_id="get_budget_cut")
async def get_budget_cut(read: Reading, cut_id: str) -> CutView:
    """One cut."""
    row = await read.one(cut_register.cut(cut_id))
    read.check(row.region_code, department=row.department_code, unit=row.unit_code)
    read.tag(row.version)
    return CutView.of(row)


@router.get("/budget-cuts/{cut_id}/explanation", operation_id="explain_budget_cut")
async def explain_budget_cut(read: Reading, cut_id: str) -> ConsequenceExplanation:
    """Grade, likeness, ratio and amount, with the rule and the events they rest on."""
    row = await read.one(cut_register.cut(cut_id))
    read.check(row.region_code, department=row.department_code, unit=row.unit_code)
    applied = AppliedRule(
        rule=RULE, rule_set_version=row.rule_set_version, legal_basis=row.legal_basis or None
    )
    steps = steps_of(
        (
            "grade",
            f"final result of {row.basis_project_code} in {row.basis_fiscal_year}",
            row.grade,
        ),
        ("execution_rate", "paid ÷ budget of the earlier project", row.execution_rate),
        ("likeness", "shared pairs of characters of both names", row.likeness),
        ("same_function", "seven digits of the function code", row.same_function),
        ("same_track", "code of the tracked project", row.same_track),
        ("requested", "the application", Money(row.requested_fen)),
        ("ratio", "amount ÷ requested, within the range of the grade", row.ratio),
        ("amount", "the cut", Money(row.amount_fen)),
        ("disposition", "of the grade", row.disposition or None),
        ("granted", "as the budget holds it", _granted(row)),
    )
    return await explained(read, applied, [*row.streams, f"cut-{cut_id}"], steps)


def _granted(row: CutRow) -> Money | None:
    return None if row.granted_fen is None else Money(row.granted_fen)
