"""Asked of performance targets."""

from typing import Final

from services.targets.api.schemas import OpinionBody, SignBody
from services.targets.api.target_schemas import (
    ApproveTargetBody,
    CheckTargetBody,
    CompleteTargetBody,
    ConfirmTargetBody,
    ContentBody,
    DraftTargetBody,
    GradeTargetBody,
    ReturnTargetBody,
)
from services.targets.api.translation import asker, content, of_year, offices_of
from services.targets.domain.commands.ex_ante import ConsumeExAnteAssessment
from services.targets.domain.commands.project import ArrangeBudget
from services.targets.domain.commands.target import (
    ApproveTarget,
    CheckTarget,
    CloseTarget,
    CompleteTarget,
    ConfirmTarget,
    DraftTarget,
    GradeTarget,
    ReturnTarget,
    ReviewTarget,
    ReviseTarget,
    SubmitTarget,
)
from services.targets.domain.values import Office
from shared.http.commands import Asked, CommandEndpoint


def draft_target(
    asked: Asked, body: DraftTargetBody
) -> DraftTarget | tuple[DraftTarget, ConfirmTarget]:
    """Draft the target of a project for a year. What is wrong with it is listed at once.

    With `confirm` the business office closes its lock in the same act.
    """
    drafted = DraftTarget(
        project_code=body.project_code,
        fiscal_year=body.fiscal_year,
        region_code=asked.region_code or "",
        content=content(body),
        asker=asker(asked),
        by=asked.actor,
        now=asked.now,
    )
    if not body.confirm:
        return drafted
    target_id = f"{body.project_code}-{body.fiscal_year}"
    return drafted, confirm_target(asked, target_id, ConfirmTargetBody(office=Office.BUSINESS))


def revise_target(asked: Asked, target_id: str, body: ContentBody) -> ReviseTarget:
    """Change one's own part of a draft: business the goal, finance the cost indicators.

    The lock of the office whose part changed opens again.
    """
    return ReviseTarget(
        **of_year(target_id),
        region_code=asked.region_code or "",
        content=content(body),
        offices=offices_of(asked.roles),
        by=asked.actor,
        now=asked.now,
    )


def confirm_target(asked: Asked, target_id: str, body: ConfirmTargetBody) -> ConfirmTarget:
    """Close the lock of one's office: as the person who is named for it, or by delegation."""
    return ConfirmTarget(
        **of_year(target_id),
        office=body.office,
        offices=offices_of(asked.roles),
        person=body.person,
        delegation_id=body.delegation_id,
        by=asked.actor,
        now=asked.now,
    )


def submit_target(asked: Asked, target_id: str, body: SignBody) -> SubmitTarget:
    """Sign and hand the target in, as the head who is named for it, or by delegation.

    Errors keep it back, and so does an office that has not confirmed.
    """
    return SubmitTarget(
        **of_year(target_id),
        person=body.person,
        delegation_id=body.delegation_id,
        by=asked.actor,
        now=asked.now,
    )


def review_target(asked: Asked, target_id: str, body: OpinionBody) -> ReviewTarget:
    """Pass the target on to finance, as its department."""
    return ReviewTarget(
        **of_year(target_id),
        opinion=body.opinion,
        by=asked.actor,
        now=asked.now,
    )


def check_target(asked: Asked, target_id: str, body: CheckTargetBody) -> CheckTarget:
    """The first review of finance: four tests; one that fails returns the target."""
    return CheckTarget(
        **of_year(target_id),
        failed=body.failed,
        opinion=body.opinion,
        by=asked.actor,
        now=asked.now,
    )


def return_target(asked: Asked, target_id: str, body: ReturnTargetBody) -> ReturnTarget:
    """Give the target back to its unit, to the office that has to do its part again."""
    return ReturnTarget(
        **of_year(target_id),
        reasons=body.reasons,
        office=body.office,
        codes=body.codes,
        by=asked.actor,
        now=asked.now,
    )


def grade_target(asked: Asked, target_id: str, body: GradeTargetBody) -> GradeTarget:
    """Give points. Excellent passes, good is completed, fair goes back, poor is refused."""
    return GradeTarget(
        **of_year(target_id),
        region_code=asked.region_code or "",
        points=dict(body.points),
        joint_review_id=body.joint_review_id,
        by=asked.actor,
        now=asked.now,
    )


def complete_target(asked: Asked, target_id: str, body: CompleteTargetBody) -> CompleteTarget:
    """Complete a target graded good, together with its unit."""
    return CompleteTarget(
        **of_year(target_id),
        region_code=asked.region_code or "",
        content=content(body),
        amended=body.amended,
        by=asked.actor,
        now=asked.now,
    )


def approve_target(
    asked: Asked, target_id: str, body: ApproveTargetBody
) -> tuple[ApproveTarget, ArrangeBudget, ConsumeExAnteAssessment]:
    """Make the target binding together with its budget: one decision, both or neither.

    The ex-ante conclusion it rests on is used up with it; the budget is at most what that accepts.
    """
    year = of_year(target_id)
    return (
        ApproveTarget(**year, budget=body.budget, by=asked.actor, now=asked.now),
        ArrangeBudget(**year, by=asked.actor, now=asked.now),
        ConsumeExAnteAssessment(**year, by=asked.actor, now=asked.now),
    )


def close_target(asked: Asked, target_id: str) -> CloseTarget:
    """Close a target whose year has been evaluated."""
    return CloseTarget(**of_year(target_id), by=asked.actor, now=asked.now)


_TAG: Final = "Targets"
_ONE: Final = "/targets/{target_id}"

TARGET_COMMANDS: Final = (
    CommandEndpoint(path="/targets", translate=draft_target, tag=_TAG, creates=True),
    CommandEndpoint(path=f"{_ONE}/revise", translate=revise_target, tag=_TAG),
    CommandEndpoint(
        path=f"{_ONE}/confirm",
        translate=confirm_target,
        tag=_TAG,
        example={"office": "FINANCE", "person": "王芳"},
    ),
    CommandEndpoint(
        path=f"{_ONE}/submit", translate=submit_target, tag=_TAG, example={"person": "李强"}
    ),
    CommandEndpoint(path=f"{_ONE}/review", translate=review_target, tag=_TAG),
    CommandEndpoint(path=f"{_ONE}/check", translate=check_target, tag=_TAG),
    CommandEndpoint(
        path=f"{_ONE}/return",
        translate=return_target,
        tag=_TAG,
        example={"codes": ["AMOUNT_UNFOUNDED"], "reasons": ["测算依据不足"]},
    ),
    CommandEndpoint(path=f"{_ONE}/grade", translate=grade_target, tag=_TAG),
    CommandEndpoint(path=f"{_ONE}/complete", translate=complete_target, tag=_TAG),
    CommandEndpoint(path=f"{_ONE}/approve", translate=approve_target, tag=_TAG),
    CommandEndpoint(path=f"{_ONE}/close", translate=close_target, tag=_TAG),
)
