"""Draft rules tried on a past year: which warnings there would have been. Nothing is decided.

POST /v1/sandboxes               a draft rule set, a year, a region → 202, the replay goes on
GET  /v1/sandboxes/{sandbox_id}  how far it is, then the difference
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Annotated, Final
from uuid import NAMESPACE_URL, UUID, uuid5

from fastapi import APIRouter, Body, Header, Response

from services.monitoring.api.sandbox_views import EXAMPLE_RULES
from services.monitoring.api.sandboxes import DRAFT, OPERATION, Sandboxes, Watched, Year
from services.monitoring.domain.rules import in_force
from services.monitoring.domain.sandbox.drafting import expect_replayable
from services.monitoring.projections import replayable
from services.monitoring.projections.key_fund_batches import BatchRow
from services.monitoring.projections.watched_projects import WatchedRow
from shared.domain.draft_rules import read_draft
from shared.domain.refusals import Invalid, NotFound
from shared.http.idempotency import scoped_key
from shared.http.import_answers import answered
from shared.http.import_jobs import UNFINISHED, ImportJob
from shared.http.operations import fresh_id
from shared.http.problems import KeyReusedForAnother
from shared.http.reading import Read, ReadingNow
from shared.http.routes import refusals
from shared.http.sandbox_views import SandboxBody, SandboxView

PROJECTS_MAX: Final = 50_000  # six times the whole prefecture
IN_BACKGROUND: Final = "respond-async"
_EXAMPLE: Final = {"rules": EXAMPLE_RULES, "fiscal_year": 2021, "region_code": "653100"}

router: Final = APIRouter(tags=["Sandboxes"])


class RegionNotSaid(Invalid):
    """Whoever is bound to no region says which one is meant."""

    title_zh = "请指明地区"


class YearTooLarge(Invalid):
    """A replay takes the projects of one prefecture, not of a province."""

    title_zh = "重放范围过大，请缩小地区"


@router.post("/sandboxes", operation_id="create_sandbox", status_code=202, responses=refusals(409))
async def create_sandbox(
    read: ReadingNow,
    response: Response,
    body: Annotated[SandboxBody, Body(examples=[_EXAMPLE])],
    idempotency_key: Annotated[str | None, Header(max_length=256)] = None,
) -> SandboxView:
    """Replay a past year under a draft rule set, in the background. It writes nothing else.

    Compared are the warnings that the rules raised, the scores of the nodes and the direct funds
    that were passed on late with those that the same money and the same reports lead to under the
    draft. Under the rules that were applied the difference is empty.
    """
    expect_replayable(in_force(read_draft(body.rules), DRAFT))
    region = body.region_code or read.person.region_code
    if region is None:
        raise RegionNotSaid(pointer="/region_code")
    sandboxes = Sandboxes(read.runtime)
    job = await _job(read, sandboxes, (body, region), idempotency_key)
    year = await _year(read, region, body.fiscal_year)
    job.report["total"] = year.total
    work = sandboxes.replay(job, year) if job.state in UNFINISHED else None
    response.headers["location"] = f"/v1/sandboxes/{job.id}"
    return SandboxView.of(await answered(response, sandboxes, (job, work, IN_BACKGROUND)))


@router.get("/sandboxes/{sandbox_id}", operation_id="get_sandbox")
async def get_sandbox(read: ReadingNow, sandbox_id: UUID) -> SandboxView:
    """One's own sandbox: how far it is, or what it found."""
    job = await Sandboxes(read.runtime).find(str(sandbox_id), read.person)
    if job is None:
        raise NotFound
    return SandboxView.of(job)


async def _job(
    read: Read, sandboxes: Sandboxes, asked: tuple[SandboxBody, str], key: str | None
) -> ImportJob:
    """A new job; with an idempotency key its id follows from the key, so a retry finds it."""
    body, region = asked
    scoped = scoped_key(key.encode() if key else None, read.person.actor, required=False)
    fresh = fresh_id() if scoped is None else uuid5(NAMESPACE_URL, f"sandbox|{scoped}")
    said = body.model_dump(mode="json")
    rows = json.dumps(said, ensure_ascii=False, sort_keys=True).encode()
    known = await sandboxes.find(str(fresh), read.person)
    if known is not None:
        if known.rows != rows:
            raise KeyReusedForAnother
        return known
    return ImportJob(
        id=str(fresh),
        operation=OPERATION,
        actor=read.person.actor,
        created_at=read.runtime.clock.now(),
        rows=rows,
        report={
            "rule_set": str(body.rules.get("rule_set", "")),
            "fiscal_year": body.fiscal_year,
            "region_code": region,
        },
    )


async def _year(read: Read, region: str, fiscal_year: int) -> Year:
    """What the asker may see of the year in the region and below it."""
    mine = read.scope.where(
        region=WatchedRow.region_code,
        department=WatchedRow.department_code,
        unit=WatchedRow.unit_code,
    )
    rows = await read.all(replayable.projects(region, fiscal_year, PROJECTS_MAX + 1).where(mine))
    funds = replayable.batches(region, fiscal_year, PROJECTS_MAX + 1)
    batches = await read.all(funds.where(read.scope.where(region=BatchRow.region_code)))
    if max(len(rows), len(batches)) > PROJECTS_MAX:
        raise YearTooLarge(limit=PROJECTS_MAX)
    return Year(
        projects=[
            Watched(
                watch_id=row.watch_id,
                project_code=row.project_code,
                fiscal_year=row.fiscal_year,
                region_code=row.region_code,
            )
            for row in rows
        ],
        nodes=_by_project(await read.rows(replayable.records(region, fiscal_year))),
        warnings=_by_project(await read.rows(replayable.warnings(region, fiscal_year))),
        batches=batches,
    )


def _by_project(rows: Iterable[tuple[str, str]]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for project, one in sorted(rows):
        found[project].append(one)
    return dict(found)
