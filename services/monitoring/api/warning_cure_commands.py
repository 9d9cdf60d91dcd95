"""Commands about cures and measures: plan, proof, opinion, checks; propose, approve, take, end."""

from typing import Final

from services.monitoring.api import warning_schemas as bodies
from services.monitoring.api.record_commands import reported
from services.monitoring.domain.warning.commands import (
    ApproveMeasure,
    FailRectification,
    ProposeMeasure,
    ReleaseSuspension,
    ReviewRectification,
    SubmitEvidence,
    SubmitPlan,
    TakeMeasure,
    VerifyRectification,
)
from services.monitoring.domain.warning.events import (
    AdjustmentAsked,
    EvidenceItem,
    Office,
    PlanStep,
    Section,
)
from shared.http.commands import Asked, CommandEndpoint
from shared.http.policy import Role

# A county's bureau is small: its people may act for either section, each of them for one.
_SECTIONS: Final = (
    (Section.BUSINESS, frozenset({Role.FB_BUSINESS, Role.COUNTY_FB})),
    (Section.PERFORMANCE, frozenset({Role.FB_PERFORMANCE, Role.COUNTY_FB})),
)
_OFFICES: Final = (
    (Office.BUDGET, frozenset({Role.FB_BUDGET, Role.COUNTY_FB})),
    (Office.LEADER, frozenset({Role.FB_LEADER, Role.COUNTY_FB})),
)


def submit_plan(asked: Asked, warning_id: str, body: bodies.SubmitPlanBody) -> SubmitPlan:
    """Say per problem what will be done, by whom and until when; the head of the unit signs."""
    steps = tuple(PlanStep(**step.model_dump()) for step in body.steps)
    return SubmitPlan(warning_id=warning_id, steps=steps, by=asked.actor, now=asked.now)


def submit_evidence(
    asked: Asked, warning_id: str, body: bodies.SubmitEvidenceBody
) -> SubmitEvidence:
    """Show that the plan was carried out, with the values the indicators have now."""
    return SubmitEvidence(
        warning_id=warning_id,
        result=body.result,
        evidence=body.evidence,
        items=tuple(EvidenceItem(**item.model_dump()) for item in body.items),
        values=reported(body.values),
        by=asked.actor,
        now=asked.now,
    )


def review_rectification(
    asked: Asked, warning_id: str, body: bodies.ReviewRectificationBody
) -> ReviewRectification:
    """Say what the department thinks of the cure; nothing depends on it."""
    return ReviewRectification(
        warning_id=warning_id,
        opinion=body.opinion,
        agrees=body.agrees,
        by=asked.actor,
        now=asked.now,
    )


def verify_rectification(
    asked: Asked, warning_id: str, body: bodies.VerifyRectificationBody
) -> VerifyRectification:
    """Find the cure good for one's section; with the second one the numbers are measured again."""
    return VerifyRectification(
        warning_id=warning_id,
        finding=body.finding,
        sections=tuple(section for section, roles in _SECTIONS if asked.roles & roles),
        on_site=body.on_site,
        execution_rate=body.execution_rate,
        goal_rate=body.goal_rate,
        by=asked.actor,
        now=asked.now,
    )


def fail_rectification(
    asked: Asked, warning_id: str, body: bodies.FailRectificationBody
) -> FailRectification:
    """Find the cure wanting: once more, or on to the next level."""
    return FailRectification(
        warning_id=warning_id,
        reason=body.reason,
        escalate=body.escalate,
        by=asked.actor,
        now=asked.now,
    )


def propose_measure(
    asked: Asked, warning_id: str, body: bodies.ProposeMeasureBody
) -> ProposeMeasure:
    """Propose what should be done to a unit that did not answer, and on what it rests."""
    change = body.adjustment
    return ProposeMeasure(
        warning_id=warning_id,
        measure=body.measure,
        reason=body.reason,
        legal_basis=body.legal_basis,
        adjustment=AdjustmentAsked(**change.model_dump()) if change else None,
        by=asked.actor,
        now=asked.now,
    )


def approve_measure(
    asked: Asked, warning_id: str, body: bodies.ApproveMeasureBody
) -> ApproveMeasure:
    """Agree to the proposed measure. To stop money takes the budget section and a leader."""
    return ApproveMeasure(
        warning_id=warning_id,
        measure=body.measure,
        offices=tuple(office for office, roles in _OFFICES if asked.roles & roles),
        by=asked.actor,
        now=asked.now,
    )


def take_measure(asked: Asked, warning_id: str, body: bodies.TakeMeasureBody) -> TakeMeasure:
    """Record the document of an approved measure; what it does to the money is done at once."""
    return TakeMeasure(
        warning_id=warning_id,
        measure=body.measure,
        document_no=body.document_no,
        decided_on=body.decided_on,
        note=body.note,
        by=asked.actor,
        now=asked.now,
    )


def release_suspension(
    asked: Asked, warning_id: str, body: bodies.ReleaseSuspensionBody
) -> ReleaseSuspension:
    """Let payment go on before the warning is closed, for a stated reason."""
    return ReleaseSuspension(
        warning_id=warning_id, reason=body.reason, by=asked.actor, now=asked.now
    )


_ONE: Final = "/warnings/{warning_id}"
_TAG: Final = "Warnings"

CURE_COMMANDS: Final = (
    CommandEndpoint(path=f"{_ONE}/submit-plan", translate=submit_plan, tag=_TAG),
    CommandEndpoint(path=f"{_ONE}/submit-evidence", translate=submit_evidence, tag=_TAG),
    CommandEndpoint(path=f"{_ONE}/review-rectification", translate=review_rectification, tag=_TAG),
    CommandEndpoint(path=f"{_ONE}/verify", translate=verify_rectification, tag=_TAG),
    CommandEndpoint(path=f"{_ONE}/fail", translate=fail_rectification, tag=_TAG),
    CommandEndpoint(path=f"{_ONE}/propose-measure", translate=propose_measure, tag=_TAG),
    CommandEndpoint(path=f"{_ONE}/approve-measure", translate=approve_measure, tag=_TAG),
    CommandEndpoint(path=f"{_ONE}/take-measure", translate=take_measure, tag=_TAG),
    CommandEndpoint(path=f"{_ONE}/release-suspension", translate=release_suspension, tag=_TAG),
)
