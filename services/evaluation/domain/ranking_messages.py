"""What may be asked of a ranking, and what may have happened to it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from services.evaluation.domain.values import Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedSubject:
    """A line of the ranking. `tie_break` is shown where ranks are shared; it decides nothing."""

    subject: str
    score: Decimal
    rank: int
    tie_break: Decimal | None = None
    previous_rank: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishRanking:
    """Rank these subjects by their concluded appraisals and publish it as it stands.

    `corrects` names a ranking that was wrong; the new one needs a reason and a document. `rows` are
    given where an effectiveness evaluation was ranked: nothing is computed then.
    """

    ranking_id: str
    subject: Subject
    region_code: str
    fiscal_year: int
    period: str
    subjects: tuple[str, ...]
    by: str
    now: datetime
    scores: tuple[tuple[str, Decimal], ...] = ()
    ties: tuple[tuple[str, Decimal], ...] = ()
    rows: tuple[RankedSubject, ...] = ()
    plan_id: str = ""
    corrects: str = ""
    reason: str = ""
    document_no: str = ""
    corrected: "RankingPublished | None" = None
    is_corrected_already: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SupersedeRanking:
    """Another ranking took the place of this one; its rows stay as they were."""

    ranking_id: str
    superseded_by: str
    by: str
    now: datetime


type RankingRequest = PublishRanking | SupersedeRanking


@dataclass(frozen=True, slots=True, kw_only=True)
class RankingPublished:
    """The ranking as it stood."""

    subject: Subject
    region_code: str
    fiscal_year: int
    period: str
    rows: tuple[RankedSubject, ...]
    published_on: date
    plan_id: str = ""
    corrects: str = ""
    reason: str = ""
    document_no: str = ""
    published_by: str = ""
    ranking_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RankingSuperseded:
    """It no longer counts; the one that does is named."""

    superseded_by: str
    superseded_on: date


type RankingEvent = RankingPublished | RankingSuperseded
