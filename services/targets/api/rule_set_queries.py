"""Reading the rule sets: drafts, versions, sources, differences, and what binds a region."""

import json
from typing import Annotated, Final

from fastapi import APIRouter, Body
from sqlmodel import select

from services.targets.api.applied_rules import nearest_in_force
from services.targets.api.filters import Filters, FiscalYear, Region
from services.targets.api.reach import check_region
from services.targets.api.rule_set_views import (
    ProvenanceView,
    RuleDefect,
    RuleDifference,
    RuleSetCheck,
    RuleSetDraftView,
    RuleSetVersionView,
    RuleSetView,
    RulesInForce,
)
from services.targets.api.rule_values import RuleValue, rule_values
from services.targets.api.schemas import RuleSetQuestion
from services.targets.api.translation import by_year, canonical, provenance
from services.targets.domain.rule_differences import differences
from services.targets.domain.rule_review import defects, settled, uncovered
from services.targets.domain.sourced_rules import ROOT, SourcedRules
from services.targets.projections import rule_sets
from services.targets.projections.narrowing import narrowed
from services.targets.projections.rule_sets import RuleSetRow, RuleSetVersionRow
from shared.domain.refusals import NotFound
from shared.http.pages import Page, PageRequest
from shared.http.reading import Read, Reading, ReadingNow

router = APIRouter(tags=["Rule sets"])

_QUESTIONS: Final = [
    {
        "region_code": "653100",
        "fiscal_year": 2021,
        "rules": {"grades": {"EXCELLENT": 90, "GOOD": 80, "FAIR": 60, "POOR": 0}},
    }
]


@router.get("/v1/rule-sets", operation_id="list_rule_sets")
async def list_rule_sets(read: Reading, page: PageRequest, filters: Filters) -> Page[RuleSetView]:
    """The rule sets one may see."""
    row = rule_sets.RuleSetRow
    rows = narrowed(
        select(row).where(read.scope.where(region=row.region_code)),
        row,
        region=filters.region,
        tree=filters.tree,
        fiscal_year=filters.fiscal_year,
    )
    return await read.page(rows, page, into=RuleSetView.model_validate)


@router.get("/v1/rule-sets/in-force", operation_id="get_rules_in_force")
async def get_rules_in_force(
    read: Reading, region: Region, fiscal_year: FiscalYear
) -> RulesInForce:
    """The rules that bind a region: its own, or those of the nearest superior that has some."""
    check_region(read, region)
    row = found(await nearest_in_force(read, region, fiscal_year))
    return RulesInForce.of(region, row)


@router.post("/v1/rule-sets/validate", operation_id="validate_rule_set")
async def validate_rule_set(
    read: ReadingNow, body: Annotated[RuleSetQuestion, Body(examples=_QUESTIONS)]
) -> RuleSetCheck:
    """Everything that is wrong with rules, told at once by JSON Pointer. Nothing is stored."""
    read.check(body.region_code)
    draft = SourcedRules(rules_json=canonical(body.rules), provenance=provenance(body.provenance))
    before = await _in_force(read, body.region_code, body.fiscal_year)
    return _checked(draft, before)


@router.get("/v1/rule-sets/{rule_set_id}", operation_id="get_rule_set")
async def get_rule_set(read: Reading, rule_set_id: str) -> RuleSetView:
    """The rules of a region and fiscal year."""
    row = await _mine(read, rule_set_id)
    read.tag(row.version)
    return RuleSetView.model_validate(row)


@router.get("/v1/rule-sets/{rule_set_id}/draft", operation_id="get_rule_set_draft")
async def get_rule_set_draft(read: Reading, rule_set_id: str) -> RuleSetDraftView:
    """What waits to be adopted: what is wrong with it, and what it would change."""
    row = await _mine(read, rule_set_id)
    draft = found(row.drafted)
    before = await _in_force(read, row.region_code, row.fiscal_year)
    read.tag(row.version)
    return RuleSetDraftView(
        region_code=row.region_code,
        fiscal_year=row.fiscal_year,
        drafted_by=row.drafted_by,
        rules=json.loads(draft.rules_json),
        provenance={p: ProvenanceView.model_validate(s) for p, s in draft.provenance.items()},
        differences=_differences(before, draft) if before else [],
        check=_checked(draft, before),
    )


@router.get("/v1/rule-sets/{rule_set_id}/versions", operation_id="list_rule_set_versions")
async def list_rule_set_versions(read: Reading, rule_set_id: str) -> list[RuleSetVersionView]:
    """Every version that was adopted, exactly as it was."""
    region_code, fiscal_year = by_year(rule_set_id)
    check_region(read, region_code)
    rows = await read.all(rule_sets.versions(region_code, fiscal_year))
    return [RuleSetVersionView.model_validate(row) for row in rows]


@router.get(
    "/v1/rule-sets/{rule_set_id}/versions/{before}/diff/{after}",
    operation_id="compare_rule_set_versions",
)
async def compare_rule_set_versions(
    read: Reading, rule_set_id: str, before: int, after: int
) -> list[RuleDifference]:
    """What differs between two versions, value by value; nothing for equal ones."""
    earlier = await _version(read, rule_set_id, before)
    later = await _version(read, rule_set_id, after)
    return _differences(earlier.stated, later.stated)


@router.get("/v1/rule-sets/{rule_set_id}/values", operation_id="list_rule_set_values")
async def list_rule_set_values(
    read: Reading, rule_set_id: str, version: int | None = None
) -> list[RuleValue]:
    """Every value with its source; without a version, of the one in force."""
    row = await _mine(read, rule_set_id)
    shown = await _version(read, rule_set_id, version or row.rule_set_version)
    return rule_values(shown.stated, [ROOT])


def found[T](row: T | None) -> T:
    """What is there, or the answer that nothing is."""
    if row is None:
        raise NotFound
    return row


async def _mine(read: Read, rule_set_id: str) -> RuleSetRow:
    row = await read.one(rule_sets.rule_set(*by_year(rule_set_id)))
    check_region(read, row.region_code)
    return row


async def _version(read: Read, rule_set_id: str, version: int) -> RuleSetVersionRow:
    region_code, fiscal_year = by_year(rule_set_id)
    check_region(read, region_code)
    return await read.one(rule_sets.version(region_code, fiscal_year, version))


async def _in_force(read: Read, region_code: str, fiscal_year: int) -> SourcedRules | None:
    row = await read.first(rule_sets.current([region_code], fiscal_year))
    return row.stated if row is not None else None


def _differences(before: SourcedRules, after: SourcedRules) -> list[RuleDifference]:
    return [RuleDifference.of(difference) for difference in differences(before, after)]


def _checked(draft: SourcedRules, before: SourcedRules | None) -> RuleSetCheck:
    wrong, open_points = defects(draft, before), uncovered(settled(draft, "", before))
    return RuleSetCheck(
        can_be_drafted=not wrong,
        can_be_adopted=not wrong and not open_points,
        sources_stated=bool(draft.provenance),
        defects=[RuleDefect.of(refusal) for refusal in (*wrong, *open_points)],
    )
