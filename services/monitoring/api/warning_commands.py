"""Commands about warnings: raise, letter, receipt, plan, evidence, verification, end."""

from typing import Final

from services.monitoring.api import schemas
from services.monitoring.domain.letterbook import EnterLetter
from services.monitoring.domain.warning.commands import (
    AcknowledgeLetter,
    CloseWarning,
    ConfirmWarning,
    DismissWarning,
    DraftLetter,
    FailRectification,
    IssueLetter,
    RaiseWarning,
    SubmitEvidence,
    SubmitPlan,
    TakeMeasure,
    VerifyRectification,
)
from services.monitoring.domain.warning.events import PlanStep
from shared.http.commands import Asked, CommandEndpoint
from shared.http.policy import Role

_LEADERS: Final = frozenset({Role.FB_LEADER, Role.COUNTY_FB})


def raise_warning(asked: Asked, body: schemas.RaiseWarningBody) -> RaiseWarning:
    """Warn of a project by hand; a second person confirms it."""
    return RaiseWarning(
        warning_id=asked.new_id(),
        project_code=body.project_code,
        fiscal_year=body.fiscal_year,
        region_code=asked.region_code or "",
        node=body.node,
        level=body.level,
        reasons=body.reasons,
        source=body.source,
        finding=body.finding,
        by=asked.actor,
        now=asked.now,
    )


def confirm_warning(asked: Asked, warning_id: str) -> ConfirmWarning:
    """Push a warning that a person raised to its unit."""
    return ConfirmWarning(warning_id=warning_id, by=asked.actor, now=asked.now)


def dismiss_warning(
    asked: Asked, warning_id: str, body: schemas.DismissWarningBody
) -> DismissWarning:
    """Drop a warning before any letter, for a stated reason; it stays in the statistics."""
    return DismissWarning(
        warning_id=warning_id,
        reason=body.reason,
        reason_code=body.reason_code or "",
        by=asked.actor,
        now=asked.now,
    )


def draft_letter(asked: Asked, warning_id: str, body: schemas.DraftLetterBody) -> DraftLetter:
    """Write the warning and correction letter 《预警纠偏告知函》."""
    return DraftLetter(
        warning_id=warning_id,
        demands=body.demands,
        evidence_wanted=body.evidence_wanted,
        contact=body.contact,
        phone=body.phone,
        by=asked.actor,
        now=asked.now,
    )


def issue_letter(asked: Asked, warning_id: str) -> tuple[IssueLetter, EnterLetter]:
    """Sign and send the letter: its number is taken from the book in the same act."""
    region = asked.region_code or ""
    issue = IssueLetter(
        warning_id=warning_id,
        region_code=region,
        signed_by_leader=bool(asked.roles & _LEADERS),
        by=asked.actor,
        now=asked.now,
    )
    return issue, EnterLetter(
        warning_id=warning_id, region_code=region, by=asked.actor, now=asked.now
    )


def acknowledge_letter(
    asked: Asked, warning_id: str, body: schemas.AcknowledgeLetterBody
) -> AcknowledgeLetter:
    """Sign the receipt of the letter."""
    return AcknowledgeLetter(
        warning_id=warning_id,
        received_by=body.received_by,
        objection=body.objection,
        by=asked.actor,
        now=asked.now,
    )


def submit_plan(asked: Asked, warning_id: str, body: schemas.SubmitPlanBody) -> SubmitPlan:
    """Say per problem what will be done, by whom and until when."""
    steps = tuple(PlanStep(**step.model_dump()) for step in body.steps)
    return SubmitPlan(warning_id=warning_id, steps=steps, by=asked.actor, now=asked.now)


def submit_evidence(
    asked: Asked, warning_id: str, body: schemas.SubmitEvidenceBody
) -> SubmitEvidence:
    """Show that the plan was carried out."""
    return SubmitEvidence(
        warning_id=warning_id,
        result=body.result,
        evidence=body.evidence,
        by=asked.actor,
        now=asked.now,
    )


def verify_rectification(
    asked: Asked, warning_id: str, body: schemas.VerifyRectificationBody
) -> VerifyRectification:
    """Find the cure good, with the numbers measured again."""
    return VerifyRectification(
        warning_id=warning_id,
        finding=body.finding,
        on_site=body.on_site,
        execution_rate=body.execution_rate,
        goal_rate=body.goal_rate,
        by=asked.actor,
        now=asked.now,
    )


def fail_rectification(
    asked: Asked, warning_id: str, body: schemas.FailRectificationBody
) -> FailRectification:
    """Find the cure wanting: once more, or on to the next level."""
    return FailRectification(
        warning_id=warning_id,
        reason=body.reason,
        escalate=body.escalate,
        by=asked.actor,
        now=asked.now,
    )


def take_measure(asked: Asked, warning_id: str, body: schemas.TakeMeasureBody) -> TakeMeasure:
    """Record a measure that was decided against a unit that did not answer."""
    return TakeMeasure(
        warning_id=warning_id,
        measure=body.measure,
        document_no=body.document_no,
        decided_on=body.decided_on,
        note=body.note,
        by=asked.actor,
        now=asked.now,
    )


def close_warning(asked: Asked, warning_id: str, body: schemas.CloseWarningBody) -> CloseWarning:
    """End a warning: every reason answered, effects on money and target stated."""
    return CloseWarning(
        warning_id=warning_id,
        answers=dict(body.answers),
        fund_effect=body.fund_effect,
        target_effect=body.target_effect,
        by=asked.actor,
        now=asked.now,
    )


_ONE: Final = "/warnings/{warning_id}"
_TAG: Final = "Warnings"

WARNING_COMMANDS: Final = (
    CommandEndpoint(path="/warnings", translate=raise_warning, tag=_TAG, creates=True),
    CommandEndpoint(path=f"{_ONE}/confirm", translate=confirm_warning, tag=_TAG),
    CommandEndpoint(path=f"{_ONE}/dismiss", translate=dismiss_warning, tag=_TAG),
    CommandEndpoint(path=f"{_ONE}/draft-letter", translate=draft_letter, tag=_TAG),
    CommandEndpoint(path=f"{_ONE}/issue-letter", translate=issue_letter, tag=_TAG),
    CommandEndpoint(path=f"{_ONE}/acknowledge", translate=acknowledge_letter, tag=_TAG),
    CommandEndpoint(path=f"{_ONE}/submit-plan", translate=submit_plan, tag=_TAG),
    CommandEndpoint(path=f"{_ONE}/submit-evidence", translate=submit_evidence, tag=_TAG),
    CommandEndpoint(path=f"{_ONE}/verify", translate=verify_rectification, tag=_TAG),
    CommandEndpoint(path=f"{_ONE}/fail", translate=fail_rectification, tag=_TAG),
    CommandEndpoint(path=f"{_ONE}/take-measure", translate=take_measure, tag=_TAG),
    CommandEndpoint(path=f"{_ONE}/close", translate=close_warning, tag=_TAG),
)
