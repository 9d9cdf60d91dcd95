"""Reading what the lint says of a target, and how the target could be simpler."""

import json
from collections.abc import Mapping
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
from services.targets.domain.lint.likeness import Wording, alike, l13_likeness
from services.targets.domain.simplifying import simplify
from services.targets.domain.values import Indicator
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

    To have a target linted without saving it, ask `draft_target` or `revise_target` with
    `?dry_run=true`: the fact that would be recorded holds the findings.
    """
    row = await _mine(read, target_id)
    said = await read.one(draft(target_id))
    return FindingsView.of(
        target_id,
        (row.scheme, row.rule_set_version),
        _FINDINGS.validate_json(row.findings_json),
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
    wordings = {code: _wording(code, goal, said) for code, _, goal, said in rows[:OTHERS_MAX]}
    own = await read.one(draft(target_id))
    mine = _wording(row.project_code, own.annual_goal, own.indicators_json)
    found = alike(mine, wordings.values())
    return SimilarView(
        target_id=target_id,
        compared=len(wordings.keys() - {row.project_code}),
        complete=len(rows) <= OTHERS_MAX,
        similar=alike_views(found, names),
        findings=[FindingView.model_validate(one) for one in l13_likeness(found)],
    )


def _wording(project_code: str, annual_goal: str, indicators_json: str) -> Wording:
    names = tuple(str(one["name"]) for one in _NAMES.validate_json(indicators_json))
    return Wording(project_code=project_code, annual_goal=annual_goal, names=names)


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
