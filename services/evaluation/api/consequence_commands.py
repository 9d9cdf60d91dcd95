"""Asked of what is put on record: ranking, external record, accountability."""

from typing import Final

from services.evaluation.api import consequence_schemas as told
from services.evaluation.api.judging_schemas import ReasonBody
from services.evaluation.domain import case as cases
from services.evaluation.domain.external import (
    RankTold,
    RecordExternalRanking,
    RecordExternalScore,
    ScoreTold,
)
from services.evaluation.domain.ranking import PublishRanking
from shared.http.commands import Asked, CommandEndpoint, Translate


def publish_ranking(asked: Asked, body: told.RankingBody) -> PublishRanking:
    """Publish a ranking of concluded appraisals as it stands; equal scores share a rank."""
    return PublishRanking(
        **dict(body), region_code=asked.region_code or "", by=asked.actor, now=asked.now
    )


def record_external_ranking(asked: Asked, body: told.ExternalRankingBody) -> RecordExternalRanking:
    """Record a rank that a superior gave, with its document."""
    rank = RankTold(**dict(body), region_code=asked.region_code or "")
    return RecordExternalRanking(told=rank, by=asked.actor, now=asked.now)


def record_external_score(asked: Asked, body: told.ExternalScoreBody) -> RecordExternalScore:
    """Record a review score that a superior gave, with its document."""
    score = ScoreTold(**dict(body), region_code=asked.region_code or "")
    return RecordExternalScore(told=score, by=asked.actor, now=asked.now)


def open_case(asked: Asked, body: told.OpenCaseBody) -> cases.OpenCase:
    """Open an accountability case."""
    return cases.OpenCase(**dict(body), by=asked.actor, now=asked.now)


def record_measure(asked: Asked, case_id: str, body: told.RecordMeasureBody) -> cases.RecordMeasure:
    """Record a measure that others decided; this system decides none."""
    return cases.RecordMeasure(case_id=case_id, **dict(body), by=asked.actor, now=asked.now)


def close_case(asked: Asked, case_id: str, body: told.OutcomeBody) -> cases.CloseCase:
    """Close a case with its outcome."""
    return cases.CloseCase(case_id=case_id, outcome=body.outcome, by=asked.actor, now=asked.now)


def reopen_case(asked: Asked, case_id: str, body: ReasonBody) -> cases.ReopenCase:
    """Open a closed case again."""
    return cases.ReopenCase(case_id=case_id, reason=body.reason, by=asked.actor, now=asked.now)


def _creates(path: str, translate: Translate, tag: str) -> CommandEndpoint:
    return CommandEndpoint(path=path, translate=translate, tag=tag, creates=True)


def _case(verb: str, translate: Translate) -> CommandEndpoint:
    path = f"/cases/{{case_id}}/{verb}"
    return CommandEndpoint(path=path, translate=translate, tag="Accountability")


CONSEQUENCE_COMMANDS: Final = (
    _creates("/rankings", publish_ranking, "Rankings"),
    _creates("/external-rankings", record_external_ranking, "Results on record"),
    _creates("/external-scores", record_external_score, "Results on record"),
    _creates("/cases", open_case, "Accountability"),
    _case("record-measure", record_measure),
    _case("close", close_case),
    _case("reopen", reopen_case),
)
