"""What becomes public of evaluations after they end: corrections, reports, what is overdue."""

from services.evaluation.domain.feedback.messages import RectificationOverdue
from services.evaluation.domain.judging import events as fact
from services.evaluation.domain.values import Whose
from shared.contracts import evaluation as said
from shared.contracts.public_event import PublicEvent
from shared.domain.workdays import business_date
from shared.messages import AnyRecorded


def of_judging(recorded: AnyRecorded) -> PublicEvent | None:
    """The word for a fact, or silence."""
    match recorded.event:
        case fact.EvaluationRechecked() as event:
            return _corrected(recorded, event, event.rechecked_on.isoformat())
        case fact.EvaluationObjectionDecided() as event:
            return _corrected(recorded, event, event.decided_on.isoformat())
        case fact.ReportSubmitted() as event:
            return said.EvaluationReportSubmitted.model_validate(
                {
                    **_whose(event.whose),
                    "evaluation_id": recorded.id,
                    "report_no": event.report.report_no,
                    "content_sha256": event.content_sha256,
                    "pdf_sha256": event.pdf_sha256,
                    "submitted_on": event.report.submitted_on,
                }
            )
        case fact.ReportFiled(whose=Whose() as whose) as event:
            return said.EvaluationReportFiled.model_validate(
                {
                    **_whose(whose),
                    "evaluation_id": recorded.id,
                    "report_no": event.report_no,
                    "pdf_sha256": event.report_sha256,
                    "filed_on": event.filed_on,
                }
            )
        case RectificationOverdue() as event:
            return said.RectificationOverdue.model_validate(
                {
                    **_whose(event.whose),
                    "feedback_id": recorded.id,
                    "source": event.source.value,
                    "due_on": event.due_on,
                    "found_on": business_date(recorded.occurred_at),
                }
            )
        case _:
            return None


def _whose(whose: Whose) -> dict[str, object]:
    return {
        "region_code": whose.region_code,
        "project_code": whose.project_code,
        "fiscal_year": whose.fiscal_year,
        "unit_code": whose.unit_code,
    }


def _corrected(
    recorded: AnyRecorded,
    event: fact.EvaluationRechecked | fact.EvaluationObjectionDecided,
    day: str,
) -> PublicEvent:
    return said.EvaluationCorrected.model_validate(
        {
            **_whose(event.whose),
            "evaluation_id": recorded.id,
            "kind": event.kind.value,
            "before": event.before,
            "after": event.score,
            "grade": event.grade.value,
            "corrected_on": day,
        }
    )
