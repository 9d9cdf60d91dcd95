"""Ranking of units or counties: an immutable snapshot; equal scores share a rank."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from services.evaluation.domain.appraisal import Appraisal
from services.evaluation.domain.refusals import AlreadyRecorded, AppraisalNotConcluded
from services.evaluation.domain.scores import ranks
from services.evaluation.domain.values import Subject
from shared.domain.decider import Decider, Owner, Reference
from shared.domain.workdays import business_date


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedSubject:
    """A line of the ranking."""

    subject: str
    score: Decimal
    rank: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishRanking:
    """Rank these subjects by their concluded appraisals and publish it as it stands."""

    ranking_id: str
    subject: Subject
    region_code: str
    fiscal_year: int
    period: str
    subjects: tuple[str, ...]
    by: str
    now: datetime
    scores: tuple[tuple[str, Decimal], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RankingPublished:
    """The ranking as it stood."""

    subject: Subject
    region_code: str
    fiscal_year: int
    period: str
    rows: tuple[RankedSubject, ...]
    published_on: date


type Ranking = RankingPublished | None


def decide(command: PublishRanking, state: Ranking) -> Sequence[RankingPublished]:
    """Once; a ranking is never recomputed."""
    if state is not None:
        if {row.subject for row in state.rows} == set(command.subjects):
            return []
        raise AlreadyRecorded
    missing = sorted(set(command.subjects) - {subject for subject, _ in command.scores})
    if missing or not command.subjects:
        raise AppraisalNotConcluded(subjects=missing[:20])
    scores = sorted(set(command.scores), key=lambda row: (-row[1], row[0]))
    places = ranks([score for _, score in scores])
    rows = tuple(
        RankedSubject(subject=subject, score=score, rank=rank)
        for (subject, score), rank in zip(scores, places, strict=True)
    )
    return [
        RankingPublished(
            subject=command.subject,
            region_code=command.region_code,
            fiscal_year=command.fiscal_year,
            period=command.period,
            rows=rows,
            published_on=business_date(command.now),
        )
    ]


def evolve(_state: Ranking, event: RankingPublished) -> Ranking:
    """A snapshot is its own state."""
    return event


def identify(command: PublishRanking) -> str:
    """One stream per kind of subject, region and period."""
    return command.ranking_id


def consults(command: PublishRanking) -> Sequence[Reference]:
    """The appraisals that are ranked."""
    year = command.fiscal_year
    return tuple(Reference("appraisal", f"{subject}-{year}") for subject in command.subjects)


def inform(command: PublishRanking, states: Sequence[object]) -> PublishRanking:
    """Write the concluded scores into the command."""
    concluded = [s.concluded for s in states if isinstance(s, Appraisal) and s.concluded]
    scores = tuple(
        (fact.subject_code, fact.score) for fact in concluded if fact.subject is command.subject
    )
    return replace(command, scores=scores)


def owner(state: Ranking) -> Owner | None:
    """It belongs to the bureau that published it."""
    return None if state is None else Owner(region_code=state.region_code)


ranking_decider: Decider[PublishRanking, RankingPublished, Ranking] = Decider(
    category="ranking",
    initial=None,
    commands=(PublishRanking,),
    events={"RankingPublished": RankingPublished},
    decide=decide,
    evolve=evolve,
    identify=identify,
    owner=owner,
    consults=consults,
    inform=inform,
)
