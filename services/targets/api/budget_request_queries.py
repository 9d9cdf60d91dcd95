"""Reading the budgets of coming years."""

from collections.abc import Iterator, Mapping
from typing import Final

from fastapi import APIRouter
from sqlmodel import select

from services.targets.api.applied_rules import rules_of_cap
from services.targets.api.budget_request_views import (
    BudgetExplanation,
    BudgetRequestView,
    CutView,
    UnitBudgetView,
)
from services.targets.api.explanations import Step, Version, inputs_of, steps, streams
from services.targets.api.filters import Filters, Status
from services.targets.api.reach import own_rows
from services.targets.api.translation import by_year
from services.targets.domain.values import CapExemption
from services.targets.projections import budget_requests as register
from services.targets.projections.narrowing import narrowed
from services.targets.projections.unit_register import unit
from shared.domain.money import Money
from shared.http.pages import Page, PageRequest
from shared.http.reading import Read, Reading

router = APIRouter(tags=["Budget requests"])

CAPS: Final[Mapping[str, str]] = {
    "EXCELLENT": "excellent: no cap, supported first",
    "GOOD": "good: not above the previous budget",
    "FAIR": "fair: not above the previous budget",
    "POOR": "poor: previous budget less the cut ratio of the rule set",
}


@router.get("/v1/budget-requests", operation_id="list_budget_requests")
async def list_budget_requests(
    read: Reading, page: PageRequest, filters: Filters, status: Status = None
) -> Page[BudgetRequestView]:
    """The requests one may see; `fiscal_year` is the budget year."""
    row = register.BudgetRequestRow
    rows = narrowed(
        register.of_year(select(row).where(own_rows(read, row)), filters.fiscal_year),
        row,
        region=filters.region,
        tree=filters.tree,
        unit=filters.unit,
        status=status,
    )
    return await read.page(rows, page, into=BudgetRequestView.model_validate)


@router.get("/v1/budget-requests/{request_id}", operation_id="get_budget_request")
async def get_budget_request(read: Reading, request_id: str) -> BudgetRequestView:
    """One request. The version is that of the unit's whole coming budget."""
    row = await read.one(register.request_row(request_id))
    read.check(row.region_code, department=row.department_code, unit=row.unit_code)
    whole = await read.one(register.unit_budget(row.unit_code, row.budget_year))
    read.tag(whole.version)
    return BudgetRequestView.model_validate(row)


@router.get("/v1/budget-requests/{request_id}/explanation", operation_id="explain_budget_request")
async def explain_budget_request(read: Reading, request_id: str) -> BudgetExplanation:
    """How a grant came about: the cap, the unit's other grants, the cut for a similar project."""
    row = await read.one(register.request_row(request_id))
    read.check(row.region_code, department=row.department_code, unit=row.unit_code)
    return await _explained(read, row)


async def _explained(read: Read, row: register.BudgetRequestRow) -> BudgetExplanation:
    whole = await read.first(register.unit_budget(row.unit_code, row.budget_year))
    cut = await read.first(register.cut_of(row.request_id))
    version, grade = await _rules_of_cap(read, whole), whole.grade if whole else None
    return BudgetExplanation(
        applied=version.applied("domain 3.9, 4.9; 财预〔2020〕10号 art. 27"),
        inputs=await inputs_of(
            read,
            *streams(
                ("budget_request", f"{row.unit_code}-{row.budget_year}"),
                ("project", row.project_code),
            ),
        ),
        steps=list(_reasoned(row, whole)),
        request=BudgetRequestView.model_validate(row),
        cap=Money(row.cap_fen) if row.cap_fen is not None else None,
        granted_to_others=Money(row.granted_to_others_fen),
        similar_cut=Money(row.similar_cut_fen),
        binding=UnitBudgetView.model_validate(whole) if whole else None,
        cut=CutView.model_validate(cut) if cut else None,
        capped_by=version.told([f"/linkage/{grade}", "/linkage/budget_year_offset"]),
    )


async def _rules_of_cap(read: Read, whole: register.UnitBudgetRow | None) -> Version:
    if whole is None or whole.rule_set_version is None or whole.basis_fiscal_year is None:
        return Version(None, None)
    year, version = whole.basis_fiscal_year, whole.rule_set_version
    return Version(version, await rules_of_cap(read, whole.region_code, year, version))


def _reasoned(
    row: register.BudgetRequestRow, whole: register.UnitBudgetRow | None
) -> Iterator[Step]:
    if whole is not None and whole.grade is not None:
        yield from steps(
            ("grade", f"appraisal of {whole.basis_fiscal_year}", whole.grade),
            ("previous_budget", "approved project budget before", _yuan(whole.previous_budget_fen)),
            ("cap", CAPS[whole.grade], _yuan(whole.cap_fen)),
        )
    at_most = max(0, row.requested_fen - row.similar_cut_fen)
    yield from steps(
        ("requested", "as asked", _yuan(row.requested_fen)),
        ("similar_cut", "confirmed for a similar project", _yuan(row.similar_cut_fen)),
        ("at_most", "requested - similar_cut, not below zero", _yuan(at_most)),
    )
    if row.exemption != CapExemption.NONE:
        yield from steps(("exemption", row.exemption_reason, row.exemption))
    elif row.cap_fen is not None:
        left = max(0, row.cap_fen - row.granted_to_others_fen)
        yield from steps(
            ("granted_to_others", "other projects under the cap", _yuan(row.granted_to_others_fen)),
            ("left", "cap - granted_to_others, not below zero", _yuan(left)),
        )
    if row.granted_fen is not None:
        reasons = row.reasons.replace(",", ", ")
        yield from steps(("granted", reasons, _yuan(row.granted_fen)))


def _yuan(fen: int | None) -> str:
    return "none" if fen is None else str(Money(fen))


@router.get("/v1/unit-budgets/{unit_budget_id}", operation_id="get_unit_budget")
async def get_unit_budget(read: Reading, unit_budget_id: str) -> UnitBudgetView:
    """What binds a unit in a coming year: its grade, its cap, whether it comes first.

    Its department views it as well (`domain` §2.3), by the entry of the unit today.
    """
    row = await read.one(register.unit_budget(*by_year(unit_budget_id)))
    entry = await read.first(unit(row.unit_code))
    department = entry.department_code if entry else None
    read.check(row.region_code, department=department, unit=row.unit_code)
    read.tag(row.version)
    return UnitBudgetView.model_validate(row)
