"""Ranking of units or counties: an immutable snapshot; equal scores share a rank.

A wrong ranking is not changed: a new snapshot names the old one, with a reason and a document.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final, assert_never

from services.evaluation.domain.appraisal import Appraisal
from services.evaluation.domain.ranking_messages import (
    PublishRanking,
    RankedSubject,
    RankingEvent,
    RankingPublished,
    RankingRequest,
    RankingSuperseded,
    SupersedeRanking,
)
from services.evaluation.domain.refusals import AlreadyRecorded, AppraisalNotConcluded
from services.evaluation.domain.scores import ranks
from services.evaluation.domain.standing_refusals import (
    RankingAlreadyCorrected,
    RankingCorrectionUnfounded,
    RankingNotCorrectable,
    RankingUnknown,
)
from shared.domain.decider import Decider, Owner, Reference
from shared.domain.scoring import NOTHING
from shared.domain.workdays import business_date, day_over

__all__ = ["PublishRanking", "RankedSubject", "RankingPublished", "ranking_decider"]
A_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """The snapshot, and the one that took its place."""

    published: RankingPublished | None = None
    superseded_by: str = ""


def decide(command: RankingRequest, state: Ranking) -> Sequence[RankingEvent]:
    """Once; a ranking is never recomputed."""
    match command:
        case PublishRanking():
            return _publish(command, state)
        case SupersedeRanking():
            return _supersede(command, state)
        case _:
            assert_never(command)


def _publish(command: PublishRanking, state: Ranking) -> Sequence[RankingEvent]:
    if state.published is not None:
        told = state.published
        same = {row.subject for row in told.rows} == set(command.subjects)
        if same and told.corrects == command.corrects:
            return []
        raise AlreadyRecorded
    _check_correction(command)
    return [
        RankingPublished(
            subject=command.subject,
            region_code=command.region_code,
            fiscal_year=command.fiscal_year,
            period=command.period,
            rows=command.rows or _rows(command),
            published_on=business_date(command.now),
            plan_id=command.plan_id,
            corrects=command.corrects,
            reason=command.reason,
            document_no=command.document_no,
            published_by=command.by,
            ranking_id=command.ranking_id,
        )
    ]


def _rows(command: PublishRanking) -> tuple[RankedSubject, ...]:
    missing = sorted(set(command.subjects) - {subject for subject, _ in command.scores})
    if missing or not command.subjects:
        raise AppraisalNotConcluded(subjects=missing[:20])
    scores = sorted(set(command.scores), key=lambda row: (-row[1], row[0]))
    places = ranks([score for _, score in scores])
    ties = dict(command.ties)
    before = command.corrected.rows if command.corrected else ()
    previous = {row.subject: row.rank for row in before}
    return tuple(
        RankedSubject(
            subject=subject,
            score=score,
            rank=rank,
            tie_break=ties.get(subject) if places.count(rank) > 1 else None,
            previous_rank=previous.get(subject),
        )
        for (subject, score), rank in zip(scores, places, strict=True)
    )


def _check_correction(command: PublishRanking) -> None:
    if not command.corrects:
        return
    old = command.corrected
    if old is None:
        raise RankingUnknown(pointer="/corrects")
    if command.is_corrected_already:
        raise RankingAlreadyCorrected(pointer="/corrects")
    about = (command.subject, command.region_code, command.fiscal_year, command.period)
    if about != (old.subject, old.region_code, old.fiscal_year, old.period):
        raise RankingNotCorrectable(pointer="/corrects")
    if command.plan_id != old.plan_id:
        raise RankingNotCorrectable(pointer="/corrects")
    if not command.document_no or not (command.reason or command.plan_id):
        raise RankingCorrectionUnfounded(pointer="/document_no")


def _supersede(command: SupersedeRanking, state: Ranking) -> Sequence[RankingEvent]:
    if state.published is None:
        raise RankingUnknown
    if state.superseded_by:
        return []
    return [
        RankingSuperseded(
            superseded_by=command.superseded_by, superseded_on=business_date(command.now)
        )
    ]


def evolve(state: Ranking, event: RankingEvent) -> Ranking:
    """A snapshot stays what it was."""
    match event:
        case RankingPublished():
            return replace(state, published=event)
        case RankingSuperseded(superseded_by=newer):
            return replace(state, superseded_by=newer)
        case _:
            assert_never(event)


def identify(command: RankingRequest) -> str:
    """One stream per snapshot."""
    return command.ranking_id


def consults(command: RankingRequest) -> Sequence[Reference]:
    """The appraisals that are ranked, and the ranking that was wrong."""
    if isinstance(command, SupersedeRanking):
        return ()
    old = (Reference("ranking", command.corrects),) if command.corrects else ()
    if command.rows:
        return old
    year = command.fiscal_year
    subjects = command.subjects
    return (*old, *(Reference("appraisal", f"{subject}-{year}") for subject in subjects))


def inform(command: RankingRequest, states: Sequence[object]) -> RankingRequest:
    """Write the concluded scores into the command: of its kind, and of its region alone."""
    if isinstance(command, SupersedeRanking):
        return command
    appraisals = [one for one in states if isinstance(one, Appraisal) and one.concluded]
    facts = [one.concluded for one in appraisals if one.concluded]
    asked = command.subject, command.region_code
    right = [fact for fact in facts if (fact.subject, fact.region_code) == asked]
    ties = [
        (one.scored.subject_code, sum((link.score for link in one.scored.links), NOTHING))
        for one in appraisals
        if one.scored
    ]
    old = next((one for one in states if isinstance(one, Ranking)), Ranking())
    return replace(
        command,
        scores=tuple((fact.subject_code, fact.score) for fact in right),
        ties=tuple(ties),
        corrected=old.published,
        is_corrected_already=bool(old.superseded_by),
    )


def entails(event: RankingEvent, _state: Ranking) -> Iterable[object]:
    """The ranking that was wrong learns which one counts."""
    if isinstance(event, RankingPublished) and event.corrects:
        yield SupersedeRanking(
            ranking_id=event.corrects,
            superseded_by=event.ranking_id,
            by=event.published_by,
            now=day_over(event.published_on - A_DAY),
        )


def owner(state: Ranking) -> Owner | None:
    """It belongs to the bureau that published it."""
    return None if state.published is None else Owner(region_code=state.published.region_code)


ranking_decider: Decider[RankingRequest, RankingEvent, Ranking] = Decider(
    category="ranking",
    initial=Ranking(),
    commands=(PublishRanking, SupersedeRanking),
    events={"RankingPublished": RankingPublished, "RankingSuperseded": RankingSuperseded},
    decide=decide,
    evolve=evolve,
    identify=identify,
    owner=owner,
    consults=consults,
    inform=inform,
    entails=entails,
)
