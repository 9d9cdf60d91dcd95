"""A year of a region: everything its figures are made of, read from the registers once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.disclosure.domain.values import COVERED, Step, TrainingChannel
from services.disclosure.projections.article_register import adopted_by_level, featured_articles
from services.disclosure.projections.bulletin_register import months_told
from services.disclosure.projections.cut_register import cut
from services.disclosure.projections.disclosure_register import coverage, told_by_channel
from services.disclosure.projections.ex_ante_register import assessed, assessed_by_grade
from services.disclosure.projections.external_ranks import counties_on_top, own_rank
from services.disclosure.projections.external_scores import (
    ExternalScoreRow,
    self_evaluation_review,
    target_review,
)
from services.disclosure.projections.idea_register import idea_count
from services.disclosure.projections.library_register import LibraryRow, libraries
from services.disclosure.projections.policy_questions import policies_in_force, steps_in_force
from services.disclosure.projections.project_register import promise
from services.disclosure.projections.recovery_register import recovered
from services.disclosure.projections.round_register import rounds
from services.disclosure.projections.span import Span
from services.disclosure.projections.training_register import trained_by_channel
from services.disclosure.projections.warning_register import levels
from shared.http.reading import Read


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Units, projects, and an amount in fen."""

    units: int
    projects: int
    fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was owed of a kind, what was told, what was validly withheld."""

    owed: int
    published: int
    withheld: int

    @property
    def ratio(self) -> Decimal:
        """Published ÷ (owed less validly withheld); nothing owed is nothing covered."""
        return ratio(self.published, self.owed - self.withheld)


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A score that a superior gave, and the rank where one was told."""

    score: Decimal | None = None
    rank: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """All of it. Mappings are by code; what was never told is absent or `None`."""

    rank: int | None
    counties_on_top: int
    policies: int
    steps_without_policy: Sequence[Step]
    assessed: Tally
    reduced_fen: int
    grades: Mapping[str, int]
    libraries: Mapping[str, tuple[int, int]]
    needing_target: int
    with_target: int
    approved_fen: int
    cut_offs: Sequence[date]
    pre_analyses: Sequence[date]
    warning_levels: Sequence[str]
    self_evaluation_review: Review
    target_review: Review
    recovered: Tally
    cut: Tally
    channels: Sequence[str]
    coverage: Mapping[str, Told]
    months: int
    adoptions: Mapping[str, int]
    featured: int
    trainings: Mapping[str, tuple[int, int]]
    ideas: int

    @property
    def sessions(self) -> int:
        """Training sessions of all channels."""
        return sum(sessions for sessions, _ in self.trainings.values())

    @property
    def person_times(self) -> int:
        """Person-times of all channels."""
        return sum(people for _, people in self.trainings.values())


def ratio(part: int, whole: int) -> Decimal:
    """A share; of nothing, zero."""
    return Decimal(part) / Decimal(whole) if whole > 0 else Decimal(0)


async def year_of(read: Read, span: Span) -> Year:
    """Ask the registers."""
    rank = await read.first(own_rank(span))
    in_force = await read.all(policies_in_force(span))
    [(units, projects, requested, reduced)] = await read.rows(assessed(span))
    [(needing, with_target, approved)] = await read.rows(promise(span))
    planned = await read.all(rounds(span))
    months = await read.scalar(months_told(span)) or 0
    return Year(
        rank=rank.rank if rank else None,
        counties_on_top=await read.scalar(counties_on_top(span)) or 0,
        policies=len(in_force),
        steps_without_policy=steps_without(
            {step for _, step in await read.rows(steps_in_force(span))}
        ),
        assessed=Tally(units=units, projects=projects, fen=int(requested)),
        reduced_fen=int(reduced),
        grades=dict(await read.rows(assessed_by_grade(span))),
        libraries=latest(await read.all(libraries(span))),
        needing_target=needing,
        with_target=with_target,
        approved_fen=int(approved),
        cut_offs=sorted({row.cut_off_on for row in planned}),
        pre_analyses=sorted({row.pre_analysis_on for row in planned}),
        warning_levels=await read.all(levels(span)),
        self_evaluation_review=_review(await read.all(self_evaluation_review(span))),
        target_review=_review(await read.all(target_review(span))),
        recovered=_tally(await read.rows(recovered(span))),
        cut=_tally(await read.rows(cut(span))),
        channels=await channels_in_use(read, span, months),
        coverage=await coverage_of(read, span),
        months=months,
        adoptions=dict(await read.rows(adopted_by_level(span))),
        featured=await read.scalar(featured_articles(span)) or 0,
        trainings=in_order(await read.rows(trained_by_channel(span))),
        ideas=await read.scalar(idea_count(span)) or 0,
    )


async def coverage_of(read: Read, span: Span) -> Mapping[str, Told]:
    """三覆盖, kind by kind, also where nothing is owed."""
    rows = {
        kind: Told(owed=owed, published=published, withheld=withheld)
        for kind, owed, published, withheld in await read.rows(coverage(span))
    }
    nothing = Told(owed=0, published=0, withheld=0)
    return {kind.value: rows.get(kind.value, nothing) for kind in COVERED}


async def channels_in_use(read: Read, span: Span, months: int) -> Sequence[str]:
    """The channels through which the public was told something of the year."""
    told = {channel for channel, _owed, told in await read.rows(told_by_channel(span)) if told}
    monthly = {"MONTHLY"} if months else told & {"MONTHLY"}
    return [*sorted(told - monthly), *monthly]


def steps_without(covered: set[str]) -> Sequence[Step]:
    """The steps of the process that no policy in force rules."""
    return [step for step in Step if step.value not in covered]


def in_order(rows: Sequence[tuple[str, int, int]]) -> Mapping[str, tuple[int, int]]:
    """Sessions and person-times by channel, in the order of the vocabulary."""
    found = {channel: (sessions, people) for channel, sessions, people in rows}
    return {c.value: found[c.value] for c in TrainingChannel if c.value in found}


def latest(rows: Sequence[LibraryRow]) -> Mapping[str, tuple[int, int]]:
    """Classes and entries of each library; rows come with the nearest, latest version first."""
    found: dict[str, tuple[int, int]] = {}
    for row in rows:
        found.setdefault(row.library, (row.classes, row.entries))
    return found


def _review(rows: Sequence[ExternalScoreRow]) -> Review:
    return next((Review(score=row.score, rank=row.rank) for row in rows), Review())


def _tally(rows: Sequence[tuple[int, int, int]]) -> Tally:
    [(units, projects, fen)] = rows
    return Tally(units=units, projects=projects, fen=int(fen))
