"""Private facts → public words. What is not listed as told stays inside, on purpose."""

from services.evaluation.domain import appraisal_messages as appraisal
from services.evaluation.domain import evaluation_messages as assessed
from services.evaluation.domain import self_evaluation_messages as own
from services.evaluation.domain.case import MeasureRecorded, Rung
from services.evaluation.domain.external import (
    ExternalRankingRecorded,
    ExternalScoreRecorded,
    RankTold,
    ScoreTold,
)
from services.evaluation.domain.ranking import RankingPublished
from services.evaluation.domain.values import Subject, Whose
from services.evaluation.publishing_money import of_consequences
from shared.contracts import evaluation as said
from shared.contracts.public_event import PublicEvent
from shared.domain.grades import Grade
from shared.messages import AnyRecorded


def publish(recorded: AnyRecorded) -> PublicEvent | None:
    """The word for a fact, or silence."""
    return _of_results(recorded) or of_consequences(recorded) or _of_records(recorded)


def _whose(whose: Whose) -> dict[str, object]:
    return {
        "region_code": whose.region_code,
        "project_code": whose.project_code,
        "fiscal_year": whose.fiscal_year,
        "unit_code": whose.unit_code,
    }


def _grade(grade: Grade) -> str:
    return grade.value


def _of_results(recorded: AnyRecorded) -> PublicEvent | None:
    match recorded.event:
        case own.SelfEvaluationAccepted() as event:
            return said.SelfEvaluationAccepted.model_validate(
                {
                    **_whose(event.whose),
                    "department_code": event.whose.department_code,
                    "self_score": event.self_score,
                    "machine_score": event.machine_score,
                    "final_score": event.machine_score,
                    "grade": _grade(event.grade),
                    "execution_rate": event.execution_rate,
                    "findings": tuple(finding.value for finding in event.findings),
                    "accepted_on": event.accepted_on,
                    "rule_set_version": event.rule_set_version,
                }
            )
        case own.RecheckConcluded() as event:
            return _corrected(event, event.concluded_on.isoformat())
        case own.ObjectionDecided() as event:
            return _corrected(event, event.decided_on.isoformat())
        case assessed.EvaluationConcluded() as event:
            return said.EvaluationConcluded.model_validate(
                {
                    **_whose(event.whose),
                    "evaluation_id": recorded.id,
                    "kind": event.kind.value,
                    "score": event.score,
                    "grade": _grade(event.grade),
                    "concluded_on": event.concluded_on,
                }
            )
        case _:
            return None


def _corrected(event: own.RecheckConcluded | own.ObjectionDecided, day: str) -> PublicEvent:
    return said.ScoreCorrected.model_validate(
        {
            **_whose(event.whose),
            "before": event.before,
            "after": event.score,
            "grade": _grade(event.grade),
            "finding": event.inflation.value,
            "corrected_on": day,
        }
    )


def _of_records(recorded: AnyRecorded) -> PublicEvent | None:
    word: PublicEvent | None = None
    match recorded.event:
        case appraisal.AppraisalConcluded(subject=Subject.BUDGET_UNIT) as event:
            word = _appraised(event)
        case appraisal.PriorAppraisalRecorded() as event:
            word = _appraised(event)
        case RankingPublished() as event:
            word = _ranked(recorded, event)
        case ExternalRankingRecorded(told=rank):
            word = _ranked_by_superior(rank)
        case ExternalScoreRecorded(told=score):
            word = _scored_by_superior(score)
        case MeasureRecorded(rung=Rung.CIRCULAR) as event:
            word = said.CircularIssued(
                region_code=event.region_code,
                case_id=recorded.id,
                unit_code=event.unit_code,
                subject=event.subject,
                issued_on=event.measured_on,
            )
        case _:
            pass
    return word


def _ranked(recorded: AnyRecorded, event: RankingPublished) -> PublicEvent:
    rows = [{"subject": row.subject, "score": row.score, "rank": row.rank} for row in event.rows]
    known = {"region_code": event.region_code, "ranking_id": recorded.id}
    return said.RankingPublished.model_validate({**known, "period": event.period, "rows": rows})


def _ranked_by_superior(rank: RankTold) -> PublicEvent:
    return said.ExternalRankingRecorded.model_validate(
        {
            "region_code": rank.region_code,
            "scheme": rank.scheme,
            "period": rank.period,
            "subject": rank.subject,
            "level": rank.level,
            "parent": rank.parent,
            "rank": rank.rank,
            "rank_at_most": rank.rank_at_most,
            "document_no": rank.document_no,
        }
    )


def _scored_by_superior(score: ScoreTold) -> PublicEvent:
    return said.ExternalScoreRecorded(
        region_code=score.region_code,
        fund=score.fund,
        kind=score.kind,
        fund_year=score.fund_year,
        subject=score.subject,
        score=score.score,
        rank=score.rank,
        document_no=score.document_no,
    )


def _appraised(
    event: appraisal.AppraisalConcluded | appraisal.PriorAppraisalRecorded,
) -> PublicEvent:
    return said.UnitAppraised(
        region_code=event.region_code,
        unit_code=event.subject_code,
        fiscal_year=event.fiscal_year,
        score=event.score,
        grade=event.grade.value,
    )
