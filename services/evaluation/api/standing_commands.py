"""Asked of standing: appraisals, rankings, what superiors said, results of earlier years."""

from typing import Any, Final

from services.evaluation.api import standing_schemas as told
from services.evaluation.domain import appraisal_messages as appraisal
from services.evaluation.domain import external
from services.evaluation.domain.prior_result import RecordPriorResult
from services.evaluation.domain.ranking_messages import PublishRanking
from shared.http.commands import Asked, CommandEndpoint, Translate


def record_prior_result(asked: Asked, body: told.PriorResultBody) -> RecordPriorResult:
    """Record a project's result of a year before the system, with its document."""
    return RecordPriorResult(**dict(body), by=asked.actor, now=asked.now)


def score_appraisal(asked: Asked, body: told.ScoreAppraisalBody) -> appraisal.ScoreAppraisal:
    """Give the points of every link of a unit's or county's performance work."""
    return appraisal.ScoreAppraisal(
        subject_code=body.subject_code,
        fiscal_year=body.fiscal_year,
        region_code=asked.region_code or "",
        subject=body.subject,
        links=tuple(appraisal.LinkScore(**dict(one)) for one in body.links),
        bonus=body.bonus,
        penalty=body.penalty,
        reason=body.reason,
        by=asked.actor,
        now=asked.now,
    )


def conclude_appraisal(asked: Asked, appraisal_id: str) -> appraisal.ConcludeAppraisal:
    """Conclude an appraisal, as somebody else; inflated self-scores cost points."""
    subject, _, year = appraisal_id.rpartition("-")
    return appraisal.ConcludeAppraisal(
        subject_code=subject,
        fiscal_year=int(year) if year.isdecimal() and year.isascii() else 0,
        region_code=asked.region_code or "",
        by=asked.actor,
        now=asked.now,
    )


def record_prior_appraisal(
    asked: Asked, body: told.PriorAppraisalBody
) -> appraisal.RecordPriorAppraisal:
    """Record a unit's grade of a year before the system, with its document."""
    return appraisal.RecordPriorAppraisal(
        **dict(body), region_code=asked.region_code or "", by=asked.actor, now=asked.now
    )


def publish_ranking(asked: Asked, body: told.RankingBody) -> PublishRanking:
    """Publish a ranking of concluded appraisals as it stands; equal scores share a rank."""
    return PublishRanking(
        **body.model_dump(exclude={"lines", "subjects", "corrects"}),
        subjects=(*body.subjects, *(one.subject for one in body.lines)),
        corrects=body.corrects or "",
        region_code=asked.region_code or "",
        by=asked.actor,
        now=asked.now,
    )


def record_external_ranking(
    asked: Asked, body: told.ExternalRankingBody
) -> external.RecordExternalRanking:
    """Record a rank that a superior gave, with its document."""
    rank = external.RankTold(**dict(body), region_code=asked.region_code or "")
    return external.RecordExternalRanking(told=rank, by=asked.actor, now=asked.now)


def record_external_score(
    asked: Asked, body: told.ExternalScoreBody
) -> external.RecordExternalScore:
    """Record a review score that a superior gave, with its document."""
    score = external.ScoreTold(**dict(body), region_code=asked.region_code or "")
    return external.RecordExternalScore(told=score, by=asked.actor, now=asked.now)


def _newer(body: told.SupersedeRankingBody | told.SupersedeScoreBody) -> dict[str, Any]:
    """What the newer document says, beside which one it replaces and why."""
    return {name: one for name, one in dict(body).items() if name not in {"replaces", "reason"}}


def supersede_external_ranking(
    asked: Asked, body: told.SupersedeRankingBody
) -> external.SupersedeExternalRanking:
    """Record that a newer document says another rank; the older one stays on record."""
    rank = external.RankTold(**_newer(body), region_code=asked.region_code or "")
    return external.SupersedeExternalRanking(
        told=rank, replaces=body.replaces, reason=body.reason, by=asked.actor, now=asked.now
    )


def supersede_external_score(
    asked: Asked, body: told.SupersedeScoreBody
) -> external.SupersedeExternalScore:
    """Record that a newer document says another score; the older one stays on record."""
    score = external.ScoreTold(**_newer(body), region_code=asked.region_code or "")
    return external.SupersedeExternalScore(
        told=score, replaces=body.replaces, reason=body.reason, by=asked.actor, now=asked.now
    )


_RECORD: Final = "Results on record"


def _records(path: str, translate: Translate) -> CommandEndpoint:
    return CommandEndpoint(path=path, translate=translate, tag=_RECORD, creates=True)


STANDING_COMMANDS: Final = (
    CommandEndpoint(
        path="/prior-results", translate=record_prior_result, tag="Results on record", creates=True
    ),
    CommandEndpoint(path="/appraisals", translate=score_appraisal, tag="Appraisals", creates=True),
    CommandEndpoint(
        path="/appraisals/{appraisal_id}/conclude",
        translate=conclude_appraisal,
        tag="Appraisals",
    ),
    CommandEndpoint(
        path="/prior-appraisals",
        translate=record_prior_appraisal,
        tag="Results on record",
        creates=True,
        location="/appraisals/{id}",
    ),
    CommandEndpoint(path="/rankings", translate=publish_ranking, tag="Rankings", creates=True),
    _records("/external-rankings", record_external_ranking),
    _records("/external-scores", record_external_score),
    _records("/external-rankings/supersede", supersede_external_ranking),
    _records("/external-scores/supersede", supersede_external_score),
)
