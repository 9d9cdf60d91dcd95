"""What a bulletin or a report tells: text in which every number is a figure with its items.

A paragraph names a figure by its number in braces (`{F06}`). What stands there is shown from the
figure, and the figure leads to the list whose items add up to it. A number typed by hand has no
items, so it is refused; years, months, days and quoted names are no figures.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from services.disclosure.domain.refusals import FigureUnknown, NumberWithoutItems
from shared.domain.decider import Json

PLACE: Final = re.compile(r"\{([A-Z][A-Z0-9]{1,9})\}")
_NO_FIGURES: Final = re.compile(
    r"“[^”]*”|《[^》]*》|〔\d{4}〕\d+号|\d{4}年|\d{1,2}月(?:\d{1,2}日)?|\d{1,2}日"
    r"|\b(?:fiscal year|budget year) \d{4}\b"
)
_DIGITS: Final = re.compile(r"\d[\d.,]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure as it was told: `shown` is how the text says it, `items` what adds up to it."""

    id: str
    label: str
    value: str
    unit: str
    shown: str = ""
    items: str = ""

    @property
    def said(self) -> str:
        """How the text says it."""
        return self.shown or self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A chapter: its heading and its paragraphs."""

    heading: str
    paragraphs: tuple[str, ...]


def check(passages: Sequence[Passage], figures: Sequence[Figure]) -> None:
    """Every number of the text is a figure that is told with it."""
    known = {figure.id for figure in figures}
    for place, passage in enumerate(passages):
        for line, paragraph in enumerate(passage.paragraphs):
            pointer = f"/passages/{place}/paragraphs/{line}"
            for named in PLACE.findall(paragraph):
                if named not in known:
                    raise FigureUnknown(
                        f"{{{named}}} is no figure of this text.",
                        remedy="Send the figure too, or take it from the draft.",
                        pointer=pointer,
                    )
            typed = _DIGITS.search(_NO_FIGURES.sub("", PLACE.sub("", paragraph)))
            if typed:
                raise NumberWithoutItems(
                    f"“{typed.group()}” leads to no items.",
                    remedy="Name a figure in braces, as the draft does: {F06}.",
                    pointer=pointer,
                )


def filled(
    paragraph: str, figures: Mapping[str, Figure], show: Callable[[Figure], str]
) -> Iterator[str]:
    """The paragraph in parts: plain text as it is, figures as `show` shows them."""
    for number, part in enumerate(PLACE.split(paragraph)):
        yield show(figures[part]) if number % 2 and part in figures else part


def read(paragraph: str, figures: Sequence[Figure]) -> str:
    """The paragraph as it is read aloud."""
    known = {figure.id: figure for figure in figures}
    return "".join(filled(paragraph, known, lambda figure: figure.said))


def figures_as_json(figures: Sequence[Figure]) -> list[Json]:
    """The figures as plain values, for digests, words and read models."""
    return [
        {
            "id": one.id,
            "label": one.label,
            "value": one.value,
            "unit": one.unit,
            "shown": one.shown,
            "items": one.items,
        }
        for one in figures
    ]


def passages_as_json(passages: Sequence[Passage]) -> list[Json]:
    """The chapters as plain values."""
    return [{"heading": one.heading, "paragraphs": list(one.paragraphs)} for one in passages]
