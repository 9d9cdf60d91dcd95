"""Questions about third parties, samples and the feedback of results."""

from collections.abc import Sequence
from typing import Annotated, Final

from fastapi import APIRouter, Query
from sqlmodel import col

from services.evaluation.api.evaluation_views import (
    AssignmentView,
    FeedbackView,
    RecheckItemView,
    SampleView,
    StepView,
    StratumView,
    ThirdPartyView,
)
from services.evaluation.domain.sampling.draw import drawn, size
from services.evaluation.domain.sampling.messages import RecheckSampled, SampleReason
from services.evaluation.domain.sampling.sample import recheck_sample_decider
from services.evaluation.projections import (
    feedback_board,
    judging_steps,
    recheck_samples,
    third_parties,
)
from services.evaluation.projections.feedback_board import FeedbackRow
from services.evaluation.projections.recheck_samples import RecheckItemRow, RecheckStratumRow
from services.evaluation.projections.third_parties import AssignmentRow
from shared.domain.actors import subject_of
from shared.domain.refusals import NotFound
from shared.http.facts import said_in
from shared.http.pages import Page, PageRequest
from shared.http.policy import Role
from shared.http.reading import Read, Reading

router: Final = APIRouter(tags=["Third parties"])
Year = Annotated[int | None, Query(ge=2000, le=2100)]
_THEIRS: Final = frozenset({Role.THIRD_PARTY_LEAD, Role.THIRD_PARTY_MEMBER})


@router.get("/third-parties", operation_id="list_third_parties")
async def list_third_parties(read: Reading, page: PageRequest) -> Page[ThirdPartyView]:
    """The register of third parties."""
    return await read.page(third_parties.institutions(), page, into=ThirdPartyView.of)


@router.get("/third-parties/{unified_credit_code}", operation_id="get_third_party")
async def get_third_party(read: Reading, unified_credit_code: str) -> ThirdPartyView:
    """One institution."""
    row = await read.one(third_parties.institution(unified_credit_code))
    read.tag(row.version)
    return ThirdPartyView.of(row)


@router.get("/assignments", operation_id="list_assignments")
async def list_assignments(
    read: Reading,
    page: PageRequest,
    *,
    status: str | None = None,
    unified_credit_code: str | None = None,
) -> Page[AssignmentView]:
    """The contracts with third parties."""
    query = third_parties.assignments(status=status, unified_credit_code=unified_credit_code)
    mine = read.scope.where(
        region=AssignmentRow.region_code, department=AssignmentRow.department_code
    )
    return await read.page(query.where(mine), page, into=AssignmentView.of)


async def _assignment(read: Read, assignment_id: str) -> AssignmentRow:
    row = await read.one(third_parties.assignment(assignment_id))
    read.check(row.region_code, department=row.department_code or None)
    is_theirs = row.lead_evaluator.get("account") == subject_of(read.person.actor)
    if read.scope.roles <= _THEIRS and not is_theirs:
        raise NotFound
    read.tag(row.version)
    return row


@router.get("/assignments/{assignment_id}", operation_id="get_assignment")
async def get_assignment(read: Reading, assignment_id: str) -> AssignmentView:
    """One contract; a third party sees its own."""
    return AssignmentView.of(await _assignment(read, assignment_id))


@router.get("/assignments/{assignment_id}/steps", operation_id="list_assignment_steps")
async def list_assignment_steps(read: Reading, assignment_id: str) -> list[StepView]:
    """Every step that was taken."""
    await _assignment(read, assignment_id)
    rows = await read.all(judging_steps.steps_of(f"assignment-{assignment_id}"))
    return [StepView.of(row) for row in rows]


@router.get("/recheck-samples/{sample_id}", operation_id="get_recheck_sample", tags=["Re-checks"])
async def get_recheck_sample(read: Reading, sample_id: str) -> SampleView:
    """The sample of a region and year, `<region>-<year>`, drawn again from its seeds."""
    read.check(sample_id.rpartition("-")[0])
    mine = read.scope.where(region=RecheckStratumRow.region_code)
    rows = await read.all(recheck_samples.strata(sample_id).where(mine))
    if not rows:
        raise NotFound
    said = await said_in(read, f"{recheck_sample_decider.category}-{sample_id}")
    return SampleView(
        sample_id=sample_id,
        reproduced=reproduced(said),
        strata=[StratumView.of(row) for row in rows],
    )


def reproduced(said: Sequence[object]) -> bool:
    """Whether every stratum comes out the same when it is drawn again from what is kept."""
    return all(_again(one) for one in said if isinstance(one, RecheckSampled))


def _again(event: RecheckSampled) -> bool:
    by_reason = {item.name for item in event.items if SampleReason.RANDOM not in item.reasons}
    others = [name for name in event.population if name not in by_reason]
    wanted = size(event.population, event.ratio, event.least)
    lots = drawn(event.seed, f"{event.kind}|{event.department_code}", others, wanted)
    return set(lots) == {item.name for item in event.items} - by_reason


@router.get(
    "/recheck-samples/{sample_id}/items", operation_id="list_recheck_items", tags=["Re-checks"]
)
async def list_recheck_items(
    read: Reading,
    page: PageRequest,
    sample_id: str,
    *,
    status: str | None = None,
    reason: SampleReason | None = None,
) -> Page[RecheckItemView]:
    """What was drawn, why, and what the re-check came to."""
    query = recheck_samples.items(sample_id, status=status, reason=reason)
    mine = read.scope.where(
        region=RecheckItemRow.region_code,
        department=RecheckItemRow.department_code,
        unit=RecheckItemRow.unit_code,
    )
    return await read.page(query.where(mine), page, into=RecheckItemView.of)


@router.get("/feedbacks", operation_id="list_feedbacks", tags=["Feedback"])
async def list_feedbacks(
    read: Reading,
    page: PageRequest,
    *,
    fiscal_year: Year = None,
    status: str | None = None,
    overdue: bool = False,
) -> Page[FeedbackView]:
    """Results that were told; those overdue if asked for."""
    query = feedback_board.feedbacks(fiscal_year=fiscal_year, status=status)
    if overdue:
        query = query.where(
            col(FeedbackRow.overdue_on).is_not(None), FeedbackRow.status != "CLOSED"
        )
    mine = read.scope.where(
        region=FeedbackRow.region_code,
        department=FeedbackRow.department_code,
        unit=FeedbackRow.unit_code,
    )
    return await read.page(query.where(mine), page, into=FeedbackView.of)


async def _feedback(read: Read, feedback_id: str) -> FeedbackRow:
    row = await read.one(feedback_board.feedback(feedback_id))
    read.check(row.region_code, department=row.department_code, unit=row.unit_code)
    read.tag(row.version)
    return row


@router.get("/feedbacks/{feedback_id}", operation_id="get_feedback", tags=["Feedback"])
async def get_feedback(read: Reading, feedback_id: str) -> FeedbackView:
    """One result that was told."""
    return FeedbackView.of(await _feedback(read, feedback_id))


@router.get("/feedbacks/{feedback_id}/steps", operation_id="list_feedback_steps", tags=["Feedback"])
async def list_feedback_steps(read: Reading, feedback_id: str) -> list[StepView]:
    """Plan, cures, findings: every step."""
    await _feedback(read, feedback_id)
    rows = await read.all(judging_steps.steps_of(f"feedback-{feedback_id}"))
    return [StepView.of(row) for row in rows]
