"""Asked of the sample that is looked at again, and of the feedback of results."""

from typing import Final

from services.evaluation.api import third_party_schemas as told
from services.evaluation.domain.feedback import messages as ask
from services.evaluation.domain.sampling.messages import DrawRecheckSample, FindRecheckPopulation
from shared.http.commands import Asked, CommandEndpoint, Translate


def find_recheck_population(asked: Asked, body: told.PopulationBody) -> FindRecheckPopulation:
    """List every project of the year, so that what is drawn from is fixed before the draw."""
    return FindRecheckPopulation(
        region_code=asked.region_code or "",
        fiscal_year=body.fiscal_year,
        by=asked.actor,
        now=asked.now,
    )


def draw_recheck_sample(asked: Asked, sample_id: str, body: told.DrawBody) -> DrawRecheckSample:
    """Draw a round of the sample; its seed is kept, so that anybody can draw again."""
    region, _, year = sample_id.rpartition("-")
    return DrawRecheckSample(
        region_code=region,
        fiscal_year=int(year) if year.isdecimal() and year.isascii() else 0,
        round=body.round,
        seed=body.seed or asked.new_id(),
        is_seed_stated=body.seed is not None,
        by=asked.actor,
        now=asked.now,
    )


def issue_feedback(asked: Asked, body: told.FeedbackBody) -> ask.IssueFeedback:
    """Tell the evaluated party its result, with the day by which problems are put right."""
    return ask.IssueFeedback(
        feedback_id=body.feedback_id,
        region_code=asked.region_code or "",
        document_no=body.document_no,
        problems=tuple(ask.Problem(**dict(one)) for one in body.problems),
        by=asked.actor,
        now=asked.now,
    )


def acknowledge_feedback(asked: Asked, feedback_id: str) -> ask.AcknowledgeFeedback:
    """Say that the result has come."""
    return ask.AcknowledgeFeedback(feedback_id=feedback_id, by=asked.actor, now=asked.now)


def plan_rectification(
    asked: Asked, feedback_id: str, body: told.RectificationPlanBody
) -> ask.PlanRectification:
    """Say problem by problem what will be done."""
    return ask.PlanRectification(
        feedback_id=feedback_id,
        steps=tuple(ask.PlannedStep(**dict(one)) for one in body.steps),
        by=asked.actor,
        now=asked.now,
    )


def report_rectification(
    asked: Asked, feedback_id: str, body: told.RectificationBody
) -> ask.ReportRectification:
    """Say problem by problem what was done, with proof."""
    return ask.ReportRectification(
        feedback_id=feedback_id,
        cures=tuple(ask.Cure(**dict(one)) for one in body.cures),
        by=asked.actor,
        now=asked.now,
    )


def verify_rectification(
    asked: Asked, feedback_id: str, body: told.VerifyBody
) -> ask.VerifyRectification:
    """Find a rectification good, as another than who reported it."""
    return ask.VerifyRectification(
        feedback_id=feedback_id, **dict(body), by=asked.actor, now=asked.now
    )


def fail_rectification(
    asked: Asked, feedback_id: str, body: told.FailBody
) -> ask.FailRectification:
    """Find a rectification lacking."""
    return ask.FailRectification(
        feedback_id=feedback_id, reason=body.reason, by=asked.actor, now=asked.now
    )


def close_feedback(asked: Asked, feedback_id: str, body: told.CloseBody) -> ask.CloseFeedback:
    """End it: verified, or with the measure that was taken."""
    return ask.CloseFeedback(
        feedback_id=feedback_id, measure=body.measure, by=asked.actor, now=asked.now
    )


def _feedback(verb: str, translate: Translate) -> CommandEndpoint:
    path = f"/feedbacks/{{feedback_id}}/{verb}"
    return CommandEndpoint(path=path, translate=translate, tag="Feedback")


RECHECK_COMMANDS: Final = (
    CommandEndpoint(
        path="/recheck-samples", translate=find_recheck_population, tag="Re-checks", creates=True
    ),
    CommandEndpoint(
        path="/recheck-samples/{sample_id}/draw", translate=draw_recheck_sample, tag="Re-checks"
    ),
    CommandEndpoint(path="/feedbacks", translate=issue_feedback, tag="Feedback", creates=True),
    _feedback("acknowledge", acknowledge_feedback),
    _feedback("plan", plan_rectification),
    _feedback("report", report_rectification),
    _feedback("verify", verify_rectification),
    _feedback("fail", fail_rectification),
    _feedback("close", close_feedback),
)
