"""Commands about policies and ideas: a request becomes a command, nothing else."""

from collections.abc import Sequence
from typing import Final

from services.disclosure.api import library_schemas as schemas
from services.disclosure.domain import idea, policy
from services.disclosure.domain.policy.refusals import PolicyDatesContradict
from services.disclosure.projections.policy_questions import PolicyStatus
from shared.http.commands import Asked


def draft_policy(asked: Asked, body: schemas.DraftPolicyBody) -> policy.DraftPolicy:
    """Enter a policy document with its layer and the steps that it rules."""
    fields = body.model_dump() | {
        "steps": tuple(body.steps),
        "supersedes": tuple(body.supersedes),
    }
    return policy.DraftPolicy(document=policy.Document(**fields), by=asked.actor, now=asked.now)


def revise_policy(
    asked: Asked, policy_id: str, body: schemas.RevisePolicyBody
) -> policy.RevisePolicy:
    """Change a draft. What was reviewed has to be reviewed again."""
    return policy.RevisePolicy(
        policy_id=policy_id,
        layer=body.layer,
        title=body.title,
        steps=tuple(body.steps),
        text_sha256=body.text_sha256,
        supersedes=tuple(body.supersedes),
        by=asked.actor,
        now=asked.now,
    )


def review_policy_legality(
    asked: Asked, policy_id: str, body: schemas.ReviewPolicyLegalityBody
) -> policy.ReviewPolicyLegality:
    """Say whether a draft is lawful; never by whoever drafted or revised it."""
    return policy.ReviewPolicyLegality(
        policy_id=policy_id,
        passed=body.passed,
        opinion=body.opinion,
        by=asked.actor,
        now=asked.now,
    )


def issue_policy(asked: Asked, policy_id: str, body: schemas.IssuePolicyBody) -> policy.IssuePolicy:
    """Make a reviewed draft binding from a day on; what it supersedes ends on that day."""
    return policy.IssuePolicy(
        policy_id=policy_id,
        issued_on=body.issued_on,
        effective_on=body.effective_on,
        by=asked.actor,
        now=asked.now,
    )


def record_policy(asked: Asked, body: schemas.RecordPolicyBody) -> policy.RecordPolicy:
    """Enter a document that was issued elsewhere, with its whole life: a row of 制度清单."""
    _expect_status(body)
    return policy.RecordPolicy(
        document=policy.Document(
            policy_id=body.policy_id,
            region_code=body.region_code,
            layer=body.layer,
            title=body.title,
            document_no=body.document_no,
            issuer=body.issuer,
            steps=tuple(body.steps),
            text_sha256=body.text_sha256,
            origin=policy.PolicyOrigin.IMPORTED,
        ),
        issued_on=body.issued_on,
        effective_on=body.effective_on,
        end=_end(body),
        by=asked.actor,
        now=asked.now,
    )


def amend_policy(asked: Asked, policy_id: str, body: schemas.AmendPolicyBody) -> policy.AmendPolicy:
    """Change what an issued document says or rules: a new version from a day on."""
    return policy.AmendPolicy(
        policy_id=policy_id,
        steps=tuple(body.steps),
        summary=body.summary,
        effective_on=body.effective_on,
        by=asked.actor,
        now=asked.now,
        text_sha256=body.text_sha256,
    )


def map_policy_step(
    asked: Asked, policy_id: str, body: schemas.MapPolicyStepBody
) -> policy.MapPolicyStep:
    """Say that an issued document rules one more step from a day on."""
    return policy.MapPolicyStep(
        policy_id=policy_id, step=body.step, from_on=body.from_on, by=asked.actor, now=asked.now
    )


def unmap_policy_step(
    asked: Asked, policy_id: str, body: schemas.MapPolicyStepBody
) -> policy.UnmapPolicyStep:
    """Say that an issued document no longer rules a step from a day on."""
    return policy.UnmapPolicyStep(
        policy_id=policy_id, step=body.step, from_on=body.from_on, by=asked.actor, now=asked.now
    )


def supersede_policy(
    asked: Asked, policy_id: str, body: schemas.SupersedePolicyBody
) -> policy.SupersedePolicy:
    """Let another document of the library bind in its place."""
    return policy.SupersedePolicy(
        policy_id=policy_id,
        superseded_by=body.superseded_by,
        ends_on=body.ends_on,
        by=asked.actor,
        now=asked.now,
    )


def repeal_policy(
    asked: Asked, policy_id: str, body: schemas.RepealPolicyBody
) -> policy.RepealPolicy:
    """End a document."""
    return policy.RepealPolicy(
        policy_id=policy_id,
        reason=body.reason,
        ends_on=body.ends_on,
        by=asked.actor,
        now=asked.now,
    )


def declare_idea(asked: Asked, body: schemas.DeclareIdeaBody) -> idea.DeclareIdea:
    """Declare an idea of performance management."""
    return idea.DeclareIdea(**body.model_dump(), by=asked.actor, now=asked.now)


def drop_idea(asked: Asked, idea_id: str, body: schemas.DropIdeaBody) -> idea.DropIdea:
    """No longer declare an idea."""
    return idea.DropIdea(idea_id=idea_id, dropped_on=body.dropped_on, by=asked.actor, now=asked.now)


_UNISSUED: Final = frozenset({PolicyStatus.DRAFT, PolicyStatus.LEGALITY_REVIEWED})
_NEEDED: Final[Sequence[tuple[PolicyStatus, str]]] = (
    (PolicyStatus.SUPERSEDED, "superseded_by"),
    (PolicyStatus.SUPERSEDED, "ended_on"),
    (PolicyStatus.REPEALED, "ended_on"),
)


def _expect_status(body: schemas.RecordPolicyBody) -> None:
    """The state of a row is what its days say; on which day it is read does not matter."""
    if body.status is None:
        return
    if (body.status in _UNISSUED) != (body.issued_on is None):
        raise PolicyDatesContradict(
            "A draft has no day of issue, and every other document has one.",
            pointer="/status",
            remedy="Fill in the day of issue, or say that it is a draft.",
            detail_zh="草案没有印发日期，其他文件须有印发日期",
            remedy_zh="请填写印发日期，或将状态改为草案",
        )
    for status, name in _NEEDED:
        if body.status is status and not getattr(body, name):
            raise PolicyDatesContradict(
                f"A {status.value.lower()} document states its {name}.",
                pointer=f"/{name}",
                remedy="Fill it in, or correct the state.",
                detail_zh="已替代或已废止的文件须填写终止日期；已替代的还须填写替代文件",
                remedy_zh="请补充填写，或更正状态",
            )


def _end(body: schemas.RecordPolicyBody) -> policy.PolicySuperseded | policy.PolicyRepealed | None:
    if body.ended_on is None:
        return None
    if body.superseded_by:
        return policy.PolicySuperseded(superseded_by=body.superseded_by, ends_on=body.ended_on)
    return policy.PolicyRepealed(reason=body.end_reason, ends_on=body.ended_on)
