"""The inflation index: how far the self-scores of each unit lay above what re-checks found.

Source: `domain` §4.10 (d2 = self-score - re-check score) and §6.5 (mean, share inflated, ranking,
told to the public). Only what was re-checked counts; a decided objection replaces its re-check.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Final, assert_never

from services.evaluation.domain.checks import Inflation
from services.evaluation.domain.scores import ranks
from services.evaluation.domain.scoring_refusals import NothingRechecked
from shared.domain.decider import Decider, Owner
from shared.domain.grades import rounded
from shared.domain.persistent_map import PersistentMap
from shared.domain.scoring import NOTHING
from shared.domain.workdays import business_date

COUNTED: Final = frozenset({Inflation.INFLATED, Inflation.SERIOUS})
_SHARE: Final = Decimal("0.0001")


@dataclass(frozen=True, slots=True, kw_only=True)
class Deviation:
    """One re-checked report."""

    unit_code: str
    self_score: Decimal
    score: Decimal
    inflation: Inflation

    @property
    def excess(self) -> Decimal:
        """d2."""
        return self.self_score - self.score


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitDeviation:
    """A line of the index; rank 1 has the highest mean, equal means share a rank."""

    unit_code: str
    rechecked: int
    mean_deviation: Decimal
    inflated: int
    share_inflated: Decimal
    rank: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteDeviation:
    """A re-check ended, or an objection to it."""

    region_code: str
    fiscal_year: int
    project_code: str
    deviation: Deviation


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishDeviation:
    """Tell the index of a region's year, as it stands."""

    region_code: str
    fiscal_year: int
    by: str
    now: datetime


type DeviationCommand = NoteDeviation | PublishDeviation


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviationNoted:
    """So far a self-score lay from what was found."""

    project_code: str
    deviation: Deviation


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviationPublished:
    """The index was told."""

    region_code: str
    fiscal_year: int
    rows: tuple[UnitDeviation, ...]
    published_by: str
    published_on: date


type DeviationEvent = DeviationNoted | DeviationPublished


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """Every re-check of a region's year, and what was told last."""

    deviations: PersistentMap[Deviation] = field(default_factory=PersistentMap)
    published: DeviationPublished | None = None


def index_of(deviations: Iterable[Deviation]) -> tuple[UnitDeviation, ...]:
    """The units by rank: the highest mean first, equal means by code."""
    by_unit: dict[str, list[Deviation]] = defaultdict(list)
    for one in deviations:
        by_unit[one.unit_code].append(one)
    means = {
        unit: rounded(sum((one.excess for one in found), NOTHING) / len(found))
        for unit, found in by_unit.items()
    }
    places = dict(zip(means, ranks(list(means.values())), strict=True))
    lines = [_line(unit, by_unit[unit], (means[unit], places[unit])) for unit in means]
    return tuple(sorted(lines, key=lambda line: (line.rank, line.unit_code)))


def _line(unit: str, found: Sequence[Deviation], place: tuple[Decimal, int]) -> UnitDeviation:
    inflated = sum(one.inflation in COUNTED for one in found)
    return UnitDeviation(
        unit_code=unit,
        rechecked=len(found),
        mean_deviation=place[0],
        inflated=inflated,
        share_inflated=(Decimal(inflated) / len(found)).quantize(_SHARE),
        rank=place[1],
    )


def decide(command: DeviationCommand, state: Index) -> Sequence[DeviationEvent]:
    """Note what is new; tell what has changed since it was told."""
    match command:
        case NoteDeviation():
            if state.deviations.get(command.project_code) == command.deviation:
                return []
            return [DeviationNoted(project_code=command.project_code, deviation=command.deviation)]
        case PublishDeviation():
            return _publish(command, state)
        case _:
            assert_never(command)


def _publish(command: PublishDeviation, state: Index) -> Sequence[DeviationPublished]:
    if not state.deviations:
        raise NothingRechecked
    rows = index_of(state.deviations.values())
    if state.published is not None and state.published.rows == rows:
        return []
    return [
        DeviationPublished(
            region_code=command.region_code,
            fiscal_year=command.fiscal_year,
            rows=rows,
            published_by=command.by,
            published_on=business_date(command.now),
        )
    ]


def evolve(state: Index, event: DeviationEvent) -> Index:
    """The latest of each project counts."""
    match event:
        case DeviationNoted():
            known = state.deviations.with_entry(event.project_code, event.deviation)
            return Index(deviations=known, published=state.published)
        case DeviationPublished():
            return Index(deviations=state.deviations, published=event)
        case _:
            assert_never(event)


def owner(state: Index) -> Owner | None:
    """It belongs to the bureau that told it; before that to nobody."""
    return None if state.published is None else Owner(region_code=state.published.region_code)


deviation_decider: Final[Decider[DeviationCommand, DeviationEvent, Index]] = Decider(
    category="deviation",
    initial=Index(),
    commands=(NoteDeviation, PublishDeviation),
    events={"DeviationNoted": DeviationNoted, "DeviationPublished": DeviationPublished},
    decide=decide,
    evolve=evolve,
    identify=lambda command: f"{command.region_code}-{command.fiscal_year}",
    owner=owner,
)
