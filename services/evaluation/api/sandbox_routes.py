"""Draft rules tried on a past year: what would have come out otherwise. Nothing is decided.

POST /v1/sandboxes               a draft rule set, a year, a region → 202, the replay goes on
GET  /v1/sandboxes/{sandbox_id}  how far it is, then the difference
"""

import json
from decimal import Decimal
from typing import Annotated, Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5

from fastapi import APIRouter, Body, Header, Response

from services.evaluation.api.draft_rules import read_draft
from services.evaluation.api.rules_in_force import rules_in_force
from services.evaluation.api.sandbox_views import EXAMPLE_RULES
from services.evaluation.api.sandboxes import OPERATION, Sandboxes, Year, asked
from services.evaluation.domain.refusals import RulesNotAdopted
from services.evaluation.domain.sandbox import PENALTIES, Bound
from services.evaluation.domain.scoring_refusals import RegionNotSaid, YearTooLarge
from services.evaluation.projections import replayable
from services.evaluation.projections.linkage_board import LinkageRow
from services.evaluation.projections.self_evaluation_register import SelfEvaluationRow
from shared.domain.grades import Grade
from shared.domain.money import Money
from shared.domain.refusals import NotFound
from shared.http.idempotency import scoped_key
from shared.http.import_answers import answered
from shared.http.import_jobs import UNFINISHED, ImportJob
from shared.http.operations import fresh_id
from shared.http.problems import KeyReusedForAnother
from shared.http.reading import Read, ReadingNow
from shared.http.routes import refusals
from shared.http.sandbox_views import SandboxBody, SandboxView

REPORTS_MAX: Final = 50_000  # six times the whole prefecture
IN_BACKGROUND: Final = "respond-async"
_EXAMPLE: Final = {"rules": EXAMPLE_RULES, "fiscal_year": 2021, "region_code": "653100"}

router: Final = APIRouter(tags=["Sandboxes"])


@router.post("/sandboxes", operation_id="create_sandbox", status_code=202, responses=refusals(409))
async def create_sandbox(
    read: ReadingNow,
    response: Response,
    body: Annotated[SandboxBody, Body(examples=[_EXAMPLE])],
    idempotency_key: Annotated[str | None, Header(max_length=256)] = None,
) -> SandboxView:
    """Replay a past year under a draft rule set, in the background. It writes nothing else.

    Compared is what was recorded with what the same facts give under the draft: grades, findings,
    inflation, caps and their sums. Under the rules that were applied the difference is empty.
    """
    read_draft(body.rules)
    region = body.region_code or read.person.region_code
    if region is None:
        raise RegionNotSaid(pointer="/region_code")
    sandboxes = Sandboxes(read.runtime)
    job = await _job(read, sandboxes, body, region, idempotency_key)
    year = await _year(read, region, body.fiscal_year)
    job.report["total"] = len(year.reports)
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
    read: Read, sandboxes: Sandboxes, body: SandboxBody, region: str, key: str | None
) -> ImportJob:
    """A new job; with an idempotency key its id follows from the key, so a retry finds it."""
    scoped = scoped_key(key.encode() if key else None, read.person.actor, required=False)
    fresh = fresh_id() if scoped is None else uuid5(NAMESPACE_URL, f"sandbox|{scoped}")
    said = body.model_dump(mode="json")
    rows = json.dumps(said, ensure_ascii=False, sort_keys=True).encode()
    known = await sandboxes.find(str(fresh), read.person)
    if known is not None:
        if known.rows != rows:
            raise KeyReusedForAnother
        return known
    question: dict[str, Any] = {"fiscal_year": body.fiscal_year, "region_code": region}
    return ImportJob(
        id=str(fresh),
        operation=OPERATION,
        actor=read.person.actor,
        created_at=read.runtime.clock.now(),
        rows=rows,
        report=asked(body.rules, **question),
    )


async def _year(read: Read, region: str, fiscal_year: int) -> Year:
    """What the asker may see of the year in the region and below it."""
    mine = read.scope.where(
        region=SelfEvaluationRow.region_code,
        department=SelfEvaluationRow.department_code,
        unit=SelfEvaluationRow.unit_code,
    )
    reports = await read.all(replayable.reports(region, fiscal_year, REPORTS_MAX + 1).where(mine))
    if len(reports) > REPORTS_MAX:
        raise YearTooLarge(limit=REPORTS_MAX)
    units = read.scope.where(
        region=LinkageRow.region_code,
        department=LinkageRow.department_code,
        unit=LinkageRow.unit_code,
    )
    rows = await read.all(replayable.linkages(region, fiscal_year).where(units))
    appraised = await read.all(replayable.appraised(region, fiscal_year))
    scores = {row.subject_code: row.score for row in appraised}
    if not rows:
        return Year(reports=reports, bounds=())
    costs = await _penalties(read, region, fiscal_year)
    return Year(reports=reports, bounds=[_bound(row, scores, costs) for row in rows])


async def _penalties(read: Read, region: str, fiscal_year: int) -> tuple[Decimal, Decimal]:
    """What an inflated and a seriously inflated project cost a unit by the rules of the year."""
    try:
        rules = await rules_in_force(read, region, *range(fiscal_year, fiscal_year + 3))
    except RulesNotAdopted:
        return PENALTIES
    return rules.rule_set.checks.penalties


def _bound(
    row: LinkageRow, scores: dict[str, Decimal | None], penalties: tuple[Decimal, Decimal]
) -> Bound:
    return Bound(
        linkage_id=row.linkage_id,
        unit_code=row.unit_code,
        grade=Grade(row.grade),
        score=scores.get(row.unit_code),
        previous_budget=Money(row.previous_budget_fen),
        cap=None if row.cap_fen is None else Money(row.cap_fen),
        penalties=penalties,
    )
