"""Reading what the lint says of a target, and how the target could be simpler."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from fastapi import APIRouter
from pydantic import TypeAdapter

from services.targets.api.lint_views import (
    FindingsView,
    FindingView,
    SimilarView,
    SuggestionView,
    alike_views,
)
from services.targets.domain.findings import Finding
from services.targets.domain.lint.likeness import alike, compared, compared_anew, l13_likeness
from services.targets.domain.simplifying import simplify
from services.targets.domain.values import Indicator, TargetStatus
from services.targets.projections import rule_sets
from services.targets.projections.target_register import OTHERS_MAX, TargetRow, of_unit, target
from services.targets.projections.target_versions import draft
from shared.domain.rules import RuleSet, WeightRules
from shared.http.reading import Read, Reading

router = APIRouter(tags=["Targets"])

_FINDINGS: Final = TypeAdapter(list[Finding])
_INDICATORS: Final = TypeAdapter(tuple[Indicator, ...])
_NAMES: Final = TypeAdapter(list[Mapping[str, object]])


@router.get("/v1/targets/{target_id}/findings", operation_id="list_target_findings")
async def list_target_findings(read: Reading, target_id: str) -> FindingsView:
    """What is wrong with the target, field by field, with remedies and the unit's answers.

    A draft is compared with the unit's other targets as they are now, as it will be when it is
    submitted; what was handed in shows what was found then.

    To have a target linted without saving it, ask `draft_target` or `revise_target` with
    `?dry_run=true`: the fact that would be recorded holds the findings.
    """
    row = await _mine(read, target_id)
    said = await read.one(draft(target_id))
    found = _FINDINGS.validate_json(row.findings_json)
    if row.status == TargetStatus.DRAFT:
        others = _words_by_project(await read.rows(of_unit(row.unit_code, row.fiscal_year)))
        mine = _words(said.annual_goal, said.indicators_json)
        found = [*compared_anew(found, alike(row.project_code, mine, others))]
    return FindingsView.of(
        target_id,
        (row.scheme, row.rule_set_version),
        found,
        json.loads(said.notes_json).get("answers", {}),
    )


@router.get("/v1/targets/{target_id}/suggestions", operation_id="suggest_simplification")
async def suggest_simplification(read: Reading, target_id: str) -> SuggestionView:
    """Which indicators to keep, merge and drop, and weights that satisfy the scheme."""
    row = await _mine(read, target_id)
    said = await read.one(draft(target_id))
    indicators = _INDICATORS.validate_json(said.indicators_json)
    return SuggestionView.of(target_id, row.scheme, simplify(indicators, await _weights(read, row)))


@router.get("/v1/targets/{target_id}/similar", operation_id="list_similar_targets")
async def list_similar_targets(read: Reading, target_id: str) -> SimilarView:
    """The unit's other targets of the year that say the same (L13), the most similar first."""
    row = await _mine(read, target_id)
    rows = await read.rows(of_unit(row.unit_code, row.fiscal_year))
    names = {code: name for code, name, _, _ in rows}
    others = _words_by_project(rows)
    own = await read.one(draft(target_id))
    mine = _words(own.annual_goal, own.indicators_json)
    found = alike(row.project_code, mine, others)
    return SimilarView(
        target_id=target_id,
        compared=len(others.keys() - {row.project_code}),
        complete=len(rows) <= OTHERS_MAX,
        similar=alike_views(found, names),
        findings=[FindingView.model_validate(one) for one in l13_likeness(found)],
    )


def _words_by_project(rows: Sequence[tuple[str, str, str, str]]) -> Mapping[str, str]:
    """What is compared of each target that was read."""
    return {code: _words(goal, said) for code, _, goal, said in rows[:OTHERS_MAX]}


def _words(annual_goal: str, indicators_json: str) -> str:
    """What is compared of a target as it is stored."""
    return compared(
        annual_goal, (str(one["name"]) for one in _NAMES.validate_json(indicators_json))
    )


async def _weights(read: Read, row: TargetRow) -> WeightRules:
    applied = await read.one(
        rule_sets.version(row.region_code, row.fiscal_year, row.rule_set_version)
    )
    rules = RuleSet.parse(json.loads(applied.rules_json, parse_float=Decimal))
    return replace(rules.weights, scheme=row.scheme)


async def _mine(read: Read, target_id: str) -> TargetRow:
    row = await read.one(target(target_id))
    read.check(row.region_code, department=row.department_code, unit=row.unit_code)
    return row
