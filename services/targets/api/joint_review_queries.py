"""Reading joint reviews."""

import json

from fastapi import APIRouter
from sqlmodel import select

from services.targets.api.filters import Filters, Status
from services.targets.api.joint_review_views import (
    JointReviewMinutes,
    JointReviewView,
    OpinionView,
    SessionOnTarget,
)
from services.targets.projections import joint_review_register as register
from services.targets.projections.narrowing import narrowed
from shared.http.pages import Page, PageRequest
from shared.http.reading import Read, Reading

router = APIRouter(tags=["Joint reviews"])


@router.get("/v1/joint-reviews", operation_id="list_joint_reviews")
async def list_joint_reviews(
    read: Reading, page: PageRequest, filters: Filters, status: Status = None
) -> Page[JointReviewView]:
    """The sessions of the regions one may see."""
    row = register.JointReviewRow
    rows = narrowed(
        select(row).where(read.scope.where(region=row.region_code)),
        row,
        region=filters.region,
        tree=filters.tree,
        fiscal_year=filters.fiscal_year,
        status=status,
    )
    return await read.page(rows, page, into=JointReviewView.model_validate)


@router.get("/v1/joint-reviews/{joint_review_id}", operation_id="get_joint_review")
async def get_joint_review(read: Reading, joint_review_id: str) -> JointReviewMinutes:
    """One session: its agenda, its members, every opinion and the minutes."""
    row = await read.one(register.joint_review(joint_review_id))
    read.check(row.region_code)
    read.tag(row.version)
    minutes = JointReviewMinutes.model_validate(row)
    said = await read.all(register.opinions(joint_review_id))
    return minutes.model_copy(
        update={"opinions": [OpinionView.model_validate(one) for one in said]}
    )


async def session_on(read: Read, joint_review_id: str, target_id: str) -> SessionOnTarget | None:
    """What a session said of one target."""
    row = await read.first(register.joint_review(joint_review_id))
    if row is None:
        return None
    said = await read.all(register.opinions(joint_review_id, target_id))
    return SessionOnTarget(
        joint_review_id=row.joint_review_id,
        held_on=row.held_on,
        chair=row.chair,
        decision=json.loads(row.decisions_json).get(target_id),
        opinions=[OpinionView.model_validate(one) for one in said],
    )
