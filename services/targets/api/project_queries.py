"""Reading how the registration of a project was decided."""

from collections.abc import Iterator

from fastapi import APIRouter

from services.targets.api.explanations import (
    Step,
    Version,
    inputs_of,
    steps,
    streams,
    version_of,
)
from services.targets.api.register_views import ProjectExplanation, ProjectView
from services.targets.domain.values import Exemption, Trigger
from services.targets.projections.project_register import ProjectRow, project_row
from shared.domain.money import Money
from shared.http.reading import Read, Reading

router = APIRouter(tags=["Projects"])


@router.get("/v1/projects/{project_code}/explanation", operation_id="explain_project")
async def explain_project(read: Reading, project_code: str) -> ProjectExplanation:
    """Why the project needs an ex-ante assessment before it may enter the budget, or why not."""
    row = await read.one(project_row(project_code))
    read.check(row.region_code, department=row.department_code, unit=row.unit_code)
    return await _explained(read, row)


async def _explained(read: Read, row: ProjectRow) -> ProjectExplanation:
    of = row.rules_region or row.region_code
    version = await version_of(read, of, row.fiscal_year, row.rule_set_version)
    return ProjectExplanation(
        applied=version.applied("domain 3.1; 中发〔2018〕34号 §(七); 预算法实施条例 art. 5"),
        inputs=await inputs_of(
            read,
            *streams(
                ("project", row.project_code),
                version.stream,
            ),
        ),
        steps=list(_reasoned(row, version)),
        project=ProjectView.model_validate(row),
    )


def _reasoned(row: ProjectRow, version: Version) -> Iterator[Step]:
    holds = set(row.triggers.split(","))
    threshold = version.rules.get("ex_ante", {}).get("major_threshold_yuan", "unknown")
    formulas = {
        Trigger.NEW: "stated as new",
        Trigger.MAJOR: f"requested {Money(row.requested_fen)} >= threshold {threshold}",
        Trigger.NEW_POLICY: "stated as resting on a new policy",
        Trigger.RENEWED: "stated as expired and renewed",
    }
    for trigger, formula in formulas.items():
        yield from steps((trigger, formula, trigger in holds))
    if row.exemption != Exemption.NONE:
        yield from steps(("exemption", row.exemption_reason, row.exemption))
    yield from steps(("needs_ex_ante", "a trigger holds and nothing exempts", row.needs_ex_ante))
