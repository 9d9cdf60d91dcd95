"""Ranks and scores that a superior gave: recorded with their document, never computed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import assert_never

from services.evaluation.domain.refusals import AlreadyRecorded, ScoreOutOfRange
from services.evaluation.domain.scores import FULL
from shared.domain.decider import Decider, Owner


@dataclass(frozen=True, slots=True, kw_only=True)
class RankTold:
    """Who stands where: an exact rank, or only that it is no worse than a bound."""

    scheme: str
    period: str
    subject: str
    subject_name: str
    level: str
    parent: str | None
    rank: int | None
    rank_at_most: int | None
    document_no: str
    told_on: date
    region_code: str
    origin: str = "OFFICIAL"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreTold:
    """A review score of a key fund, with its rank where one was told."""

    fund: str
    kind: str
    fund_year: int
    subject: str
    score: Decimal
    rank: int | None
    band: str
    document_no: str
    told_on: date
    region_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordExternalRanking:
    """Record a rank as it was told."""

    told: RankTold
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordExternalScore:
    """Record a score as it was told."""

    told: ScoreTold
    by: str
    now: datetime


type ExternalCommand = RecordExternalRanking | RecordExternalScore


@dataclass(frozen=True, slots=True, kw_only=True)
class ExternalRankingRecorded:
    """The rank is on record."""

    told: RankTold


@dataclass(frozen=True, slots=True, kw_only=True)
class ExternalScoreRecorded:
    """The score is on record."""

    told: ScoreTold


type ExternalEvent = ExternalRankingRecorded | ExternalScoreRecorded
type External = RankTold | ScoreTold | None


def decide(command: ExternalCommand, state: External) -> Sequence[ExternalEvent]:
    """Once; something else under the same key needs a key of its own."""
    if state is not None and state != command.told:
        raise AlreadyRecorded(document_no=state.document_no)
    if state is not None:
        return []
    match command:
        case RecordExternalRanking(told=rank):
            return [ExternalRankingRecorded(told=rank)]
        case RecordExternalScore(told=score):
            if not 0 <= score.score <= FULL:
                raise ScoreOutOfRange(f"{score.score} is not between 0 and 100", pointer="/score")
            return [ExternalScoreRecorded(told=score)]
        case _:
            assert_never(command)


def evolve(_state: External, event: ExternalEvent) -> External:
    """A record is its own state."""
    return event.told


def identify(command: ExternalCommand) -> str:
    """One stream per thing that can be told once."""
    match command:
        case RecordExternalRanking(told=told):
            return f"RANK-{told.scheme}-{told.period}-{told.subject}"
        case RecordExternalScore(told=told):
            return f"SCORE-{told.fund}-{told.kind}-{told.fund_year}-{told.subject}"
        case _:
            assert_never(command)


def owner(state: External) -> Owner | None:
    """It belongs to the bureau that keeps the record."""
    return None if state is None else Owner(region_code=state.region_code)


external_decider: Decider[ExternalCommand, ExternalEvent, External] = Decider(
    category="external",
    initial=None,
    commands=(RecordExternalRanking, RecordExternalScore),
    events={
        "ExternalRankingRecorded": ExternalRankingRecorded,
        "ExternalScoreRecorded": ExternalScoreRecorded,
    },
    decide=decide,
    evolve=evolve,
    identify=identify,
    owner=owner,
)
