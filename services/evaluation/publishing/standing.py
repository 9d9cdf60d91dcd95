"""Where units and counties stand, as it is told: grades, rankings, records, circulars.

Of a case only a circular is told, and never whom it meets.
"""

from typing import Any

from services.evaluation.domain import appraisal_messages as appraisal
from services.evaluation.domain.case_messages import MeasureRecorded, Rung
from services.evaluation.domain.external import (
    ExternalRankingRecorded,
    ExternalScoreRecorded,
)
from services.evaluation.domain.ranking_messages import RankingPublished
from services.evaluation.domain.values import Subject
from shared.contracts import evaluation as said
from shared.contracts.public_event import PublicEvent
from shared.messages import AnyRecorded


def of_standing(recorded: AnyRecorded) -> PublicEvent | None:
    """The word for a fact, or silence."""
    word: PublicEvent | None = None
    match recorded.event:
        case appraisal.AppraisalConcluded(subject=Subject.BUDGET_UNIT) as event:
            word = _appraised(event)
        case appraisal.PriorAppraisalRecorded() as event:
            word = _appraised(event)
        case RankingPublished() as event:
            word = _ranked(recorded, event)
        case ExternalRankingRecorded() as event:
            word = _ranked_by_superior(event)
        case ExternalScoreRecorded() as event:
            word = _scored_by_superior(event)
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
    rows = [
        {
            "subject": row.subject,
            "score": row.score,
            "rank": row.rank,
            "previous_rank": row.previous_rank,
        }
        for row in event.rows
    ]
    known: dict[str, Any] = {
        "region_code": event.region_code,
        "ranking_id": recorded.id,
        "kind": event.subject.value,
        "fiscal_year": event.fiscal_year,
        "corrects": event.corrects,
        "document_no": event.document_no,
    }
    return said.RankingPublished.model_validate({**known, "period": event.period, "rows": rows})


def _ranked_by_superior(event: ExternalRankingRecorded) -> PublicEvent:
    rank = event.told
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
            "issuing_body": rank.issuing_body,
            "scope": rank.scope,
            "replaces": event.replaces,
        }
    )


def _scored_by_superior(event: ExternalScoreRecorded) -> PublicEvent:
    score = event.told
    return said.ExternalScoreRecorded(
        region_code=score.region_code,
        fund=score.fund,
        kind=score.kind,
        fund_year=score.fund_year,
        subject=score.subject,
        score=score.score,
        rank=score.rank,
        document_no=score.document_no,
        issuing_body=score.issuing_body,
        scope=score.scope,
        replaces=event.replaces,
    )


def _appraised(
    event: appraisal.AppraisalConcluded | appraisal.PriorAppraisalRecorded,
) -> PublicEvent:
    version = 0
    if isinstance(event, appraisal.AppraisalConcluded):
        version = event.rule_set_version
    return said.UnitAppraised(
        region_code=event.region_code,
        unit_code=event.subject_code,
        fiscal_year=event.fiscal_year,
        score=event.score,
        grade=event.grade.value,
        rule_set_version=version,
    )
