"""Figures → points, and points → a score. Pure numbers, no states.

The rule where nothing is known (D): what nobody said, and what is not due in a half-year, earns
nothing by itself. A person has to judge it with a document before the evaluation goes on; it is
never full points in silence, and the score shows it as judged.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Final

from services.evaluation.domain.effectiveness.aspects import Aspect
from services.evaluation.domain.effectiveness.framework import AspectPoints, EffectivenessFramework
from services.evaluation.domain.scores import FULL
from shared.domain.grades import rounded
from shared.domain.scoring import NOTHING, ONE


class ScoreSource(StrEnum):
    """Where the points of an aspect come from."""

    COMPUTED = "COMPUTED"
    NOT_SAID = "NOT_SAID"
    NOT_DUE = "NOT_DUE"
    JUDGED = "JUDGED"
    CORRECTED = "CORRECTED"


OPEN_SOURCES: Final = frozenset({ScoreSource.NOT_SAID, ScoreSource.NOT_DUE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What the system knew at the cut-off: a part of a whole."""

    aspect: str
    part: Decimal
    whole: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectFigures:
    """All figures of one subject, and its projects with inflated self-scores by how far."""

    subject_code: str
    figures: tuple[Figure, ...] = ()
    inflated: int = 0
    serious: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredAspect:
    """The points of one aspect with what they rest on; no score: nobody has judged it yet."""

    link: str
    aspect: str
    points: Decimal
    source: ScoreSource
    score: Decimal | None = None
    part: Decimal | None = None
    whole: Decimal | None = None
    basis: str = ""
    document_no: str = ""

    @property
    def is_open(self) -> bool:
        """Whether a person still has to judge it."""
        return self.source in OPEN_SOURCES


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedAspect:
    """A person's points for an aspect, with the reason and the document."""

    aspect: str
    score: Decimal
    basis: str
    document_no: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtraPoints:
    """Points beyond the links: an award, an innovation; a violation, an overdue letter."""

    points: Decimal
    basis: str
    document_no: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """A score and how it came about."""

    duties: Decimal
    bonus: Decimal
    inflation_penalty: Decimal
    penalty: Decimal
    score: Decimal
    units_mean: Decimal | None = None


def share_of(figure: Figure, framework: EffectivenessFramework, months: int) -> Decimal | None:
    """The earned share of an aspect, from 0 to 1; nothing where the whole is nothing."""
    whole = Decimal(months) if figure.aspect == Aspect.MONTHS else figure.whole
    if whole <= 0:
        return None
    if figure.aspect == Aspect.DEVIATION:
        return max(NOTHING, ONE - figure.part / whole / framework.deviation_max)
    return max(NOTHING, min(ONE, figure.part / whole))


def computed(
    framework: EffectivenessFramework, figures: Iterable[Figure], months: int
) -> tuple[ScoredAspect, ...]:
    """Every aspect of the framework, with points where the system knows something."""
    told = {figure.aspect: figure for figure in figures}
    return tuple(_computed(one, told, framework, months) for one in framework.aspects)


def _computed(
    one: AspectPoints, told: Mapping[str, Figure], framework: EffectivenessFramework, months: int
) -> ScoredAspect:
    line = ScoredAspect(
        link=one.link, aspect=one.aspect, points=one.points, source=ScoreSource.NOT_SAID
    )
    if not one.is_due:
        return replace(line, source=ScoreSource.NOT_DUE)
    figure = told.get(one.aspect)
    share = None if figure is None else share_of(figure, framework, months)
    if figure is None or share is None:
        return line
    whole = Decimal(months) if one.aspect == Aspect.MONTHS else figure.whole
    return replace(
        line,
        source=ScoreSource.COMPUTED,
        score=rounded(one.points * share),
        part=figure.part,
        whole=whole,
    )


def with_judged(
    lines: Sequence[ScoredAspect], judged: Iterable[JudgedAspect], source: ScoreSource
) -> tuple[ScoredAspect, ...]:
    """The lines with what people gave; the figures stay beside it."""
    given = {one.aspect: one for one in judged}
    return tuple(
        replace(
            line,
            source=source,
            score=rounded(given[line.aspect].score),
            basis=given[line.aspect].basis,
            document_no=given[line.aspect].document_no,
        )
        if line.aspect in given
        else line
        for line in lines
    )


def total(
    framework: EffectivenessFramework,
    lines: Iterable[ScoredAspect],
    extra: tuple[Sequence[ExtraPoints], Sequence[ExtraPoints]],
    figures: SubjectFigures,
    units: Sequence[Decimal] | None,
) -> Total:
    """The score: links, for a county joined with its units' mean, bonus, penalty, 0 to 100."""
    bonuses, penalties = extra
    duties = sum((line.score for line in lines if line.score is not None), NOTHING)
    bonus = min(framework.bonus_max, sum((one.points for one in bonuses), NOTHING))
    for_inflation = min(
        framework.penalty_max,
        framework.inflated * figures.inflated + framework.serious * figures.serious,
    )
    told = sum((one.points for one in penalties), NOTHING)
    penalty = min(framework.penalty_max, for_inflation + told)
    mean = None
    points = duties
    if units:
        mean = rounded(sum(units, NOTHING) / len(units))
        points = mean * framework.units_share + duties * framework.bureau_share
    return Total(
        duties=duties,
        bonus=bonus,
        inflation_penalty=for_inflation,
        penalty=penalty,
        score=rounded(min(FULL, max(NOTHING, points + bonus - penalty))),
        units_mean=mean,
    )
