"""Ranks and scores that a superior gave: recorded with their document, never computed.

What was recorded is not changed. A newer document takes its place and names the one it replaces.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import assert_never

from services.evaluation.domain.refusals import AlreadyRecorded, ScoreOutOfRange
from services.evaluation.domain.scores import FULL
from services.evaluation.domain.standing_refusals import DocumentNotReplaced, NothingToSupersede
from shared.domain.decider import Decider, Owner


@dataclass(frozen=True, slots=True, kw_only=True)
class RankTold:
    """Who stands where: an exact rank, or only that it is no worse than a bound.

    `issuing_body` gave the document, `scope` is what it covers; older records have neither.
    """

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
    issuing_body: str = ""
    scope: str = ""


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
    issuing_body: str = ""
    scope: str = ""


type Told = RankTold | ScoreTold


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


@dataclass(frozen=True, slots=True, kw_only=True)
class SupersedeExternalRanking:
    """A newer document says another rank; `replaces` is the number of the older one."""

    told: RankTold
    replaces: str
    reason: str
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SupersedeExternalScore:
    """A newer document says another score; `replaces` is the number of the older one."""

    told: ScoreTold
    replaces: str
    reason: str
    by: str
    now: datetime


type Recording = RecordExternalRanking | RecordExternalScore
type Superseding = SupersedeExternalRanking | SupersedeExternalScore
type ExternalCommand = Recording | Superseding


@dataclass(frozen=True, slots=True, kw_only=True)
class ExternalRankingRecorded:
    """The rank is on record; `replaces` is the document that no longer counts."""

    told: RankTold
    replaces: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExternalScoreRecorded:
    """The score is on record; `replaces` is the document that no longer counts."""

    told: ScoreTold
    replaces: str = ""
    reason: str = ""


type ExternalEvent = ExternalRankingRecorded | ExternalScoreRecorded
type External = Told | None


def decide(command: ExternalCommand, state: External) -> Sequence[ExternalEvent]:
    """Once; what was recorded stands until a newer document takes its place."""
    if state == command.told:
        return []
    if isinstance(command.told, ScoreTold) and not 0 <= command.told.score <= FULL:
        raise ScoreOutOfRange(f"{command.told.score} is not between 0 and 100", pointer="/score")
    match command:
        case RecordExternalRanking(told=rank):
            _refuse_another(state)
            return [ExternalRankingRecorded(told=rank)]
        case RecordExternalScore(told=score):
            _refuse_another(state)
            return [ExternalScoreRecorded(told=score)]
        case SupersedeExternalRanking(told=rank):
            _check_document(command, state)
            return [
                ExternalRankingRecorded(told=rank, replaces=command.replaces, reason=command.reason)
            ]
        case SupersedeExternalScore(told=score):
            _check_document(command, state)
            return [
                ExternalScoreRecorded(told=score, replaces=command.replaces, reason=command.reason)
            ]
        case _:
            assert_never(command)


def _refuse_another(state: External) -> None:
    if state is not None:
        raise AlreadyRecorded(
            document_no=state.document_no,
            remedy="Supersede it with the newer document, naming the one it replaces.",
        )


def _check_document(command: Superseding, state: External) -> None:
    if state is None:
        raise NothingToSupersede
    told = command.told
    if command.replaces != state.document_no:
        raise DocumentNotReplaced(pointer="/replaces", document_no=state.document_no)
    if told.document_no == state.document_no:
        raise DocumentNotReplaced(pointer="/document_no", document_no=state.document_no)
    if told.told_on < state.told_on:
        raise DocumentNotReplaced(pointer="/told_on", told_on=state.told_on.isoformat())


def evolve(_state: External, event: ExternalEvent) -> External:
    """The newest document counts."""
    return event.told


def identify(command: ExternalCommand) -> str:
    """One stream per thing that can be told once."""
    told = command.told
    match told:
        case RankTold():
            return f"RANK-{told.scheme}-{told.period}-{told.subject}"
        case ScoreTold():
            return f"SCORE-{told.fund}-{told.kind}-{told.fund_year}-{told.subject}"
        case _:
            assert_never(told)


def owner(state: External) -> Owner | None:
    """It belongs to the bureau that keeps the record."""
    return None if state is None else Owner(region_code=state.region_code)


external_decider: Decider[ExternalCommand, ExternalEvent, External] = Decider(
    category="external",
    initial=None,
    commands=(
        RecordExternalRanking,
        RecordExternalScore,
        SupersedeExternalRanking,
        SupersedeExternalScore,
    ),
    events={
        "ExternalRankingRecorded": ExternalRankingRecorded,
        "ExternalScoreRecorded": ExternalScoreRecorded,
    },
    decide=decide,
    evolve=evolve,
    identify=identify,
    owner=owner,
)
