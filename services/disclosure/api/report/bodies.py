"""Between the bodies of commands and what is told: figures, chapters, lines of the table."""

from collections.abc import Sequence

from services.disclosure.api.schemas import BulletinLine, ReportFigure, ToldPassage
from services.disclosure.domain.bulletin_words import Line
from services.disclosure.domain.telling import Figure, Passage


def figure_bodies(figures: Sequence[Figure]) -> list[ReportFigure]:
    """As a draft carries them."""
    return [
        ReportFigure(
            id=one.id,
            label=one.label,
            value=one.value,
            unit=one.unit,
            shown=one.shown,
            items=one.items,
        )
        for one in figures
    ]


def passage_bodies(passages: Sequence[Passage]) -> list[ToldPassage]:
    """As a draft carries them."""
    return [ToldPassage(heading=one.heading, paragraphs=list(one.paragraphs)) for one in passages]


def line_bodies(lines: Sequence[Line]) -> list[BulletinLine]:
    """As a draft carries them."""
    return [
        BulletinLine(
            work=one.work,
            units=one.units,
            projects=one.projects,
            result=one.result,
            items=one.items,
        )
        for one in lines
    ]


def figures_in(bodies: Sequence[ReportFigure]) -> tuple[Figure, ...]:
    """As they are told."""
    return tuple(Figure(**one.model_dump()) for one in bodies)


def passages_in(bodies: Sequence[ToldPassage]) -> tuple[Passage, ...]:
    """As they are told."""
    return tuple(Passage(heading=one.heading, paragraphs=tuple(one.paragraphs)) for one in bodies)


def lines_in(bodies: Sequence[BulletinLine]) -> tuple[Line, ...]:
    """As they are told."""
    return tuple(Line(**one.model_dump()) for one in bodies)
