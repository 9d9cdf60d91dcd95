"""Where the marks of a chart go. A template draws them as SVG, with a table beside it.

Charts are 360 units wide, as wide as a small phone, so that their words are never smaller than
on one. A mark has a class for its colour and a text for its tooltip; it is never known by its
colour alone, for the table says the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

WIDTH: Final = 360
ROW: Final = 27
NAMES: Final = 126
VALUES: Final = 58
BARS: Final = WIDTH - NAMES - VALUES
HEIGHT: Final = 150
FOOT: Final = 18
HEAD: Final = 16
SIDE: Final = 4
COLUMN_MAX: Final = 44
GAP_SHARE: Final = Decimal("0.28")
NAME_CHARACTERS_MAX: Final = 10

type Place = tuple[Decimal | int, Decimal | int, Decimal | int, Decimal | int]
"""Left, top, width, height."""
type Parts = Sequence[tuple[str, str, int]]
"""Class, name and size of each part of a bar."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One rectangle."""

    x: str
    y: str
    width: str
    height: str
    kind: str
    tip: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One piece of text: where it stands, and to which side."""

    x: str
    y: str
    text: str
    anchor: str = "start"
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A drawing."""

    height: int
    marks: Sequence[Mark]
    words: Sequence[Word]

    @property
    def box(self) -> str:
        """The `viewBox`."""
        return f"0 0 {WIDTH} {self.height}"


def rows(lines: Sequence[tuple[str, Parts, str]], *, shares: bool = False) -> Chart:
    """A line per name: a bar of parts, and what it comes to. `shares`: every bar is whole."""
    longest = max((sum(part[2] for part in parts) for _, parts, _ in lines), default=0)
    marks: list[Mark] = []
    words: list[Word] = []
    for index, (name, parts, value) in enumerate(lines):
        top = index * ROW
        whole = sum(part[2] for part in parts) if shares else longest
        marks += _bar(top, parts, whole)
        words.append(Word(x=str(NAMES - 8), y=str(top + 18), text=_short(name), anchor="end"))
        words.append(Word(x=str(WIDTH - 2), y=str(top + 18), text=value, anchor="end", kind="v"))
    return Chart(height=max(ROW, len(lines) * ROW), marks=marks, words=words)


def _bar(top: int, parts: Parts, whole: int) -> list[Mark]:
    marks = [_mark((NAMES, top + 6, BARS, ROW - 11), "rest", "")]
    left = Decimal(NAMES)
    for kind, tip, size in parts:
        width = Decimal(BARS) * size / whole if whole else Decimal(0)
        if width > 0:
            marks.append(_mark((left, top + 6, width, ROW - 11), kind, tip))
        left += width
    return marks


def columns(lines: Sequence[tuple[str, Parts, str]]) -> Chart:
    """A column per name, the parts upon each other, and what it comes to above."""
    highest = max((sum(part[2] for part in parts) for _, parts, _ in lines), default=0)
    step = Decimal(WIDTH - 2 * SIDE) / max(1, len(lines))
    wide = min(Decimal(COLUMN_MAX), step * (1 - GAP_SHARE))
    room = HEIGHT - FOOT - HEAD
    marks = [_mark((SIDE, HEIGHT - FOOT, WIDTH - 2 * SIDE, 1), "axis", "")]
    words: list[Word] = []
    for index, (name, parts, value) in enumerate(lines):
        left = SIDE + step * index + (step - wide) / 2
        middle = _figure(left + wide / 2)
        top = Decimal(HEIGHT - FOOT)
        for kind, tip, size in parts:
            tall = Decimal(room) * size / highest if highest else Decimal(0)
            top -= tall
            if tall > 0:
                marks.append(_mark((left, top, wide, tall), kind, tip))
        words.append(Word(x=middle, y=str(HEIGHT - 4), text=name, anchor="middle"))
        if value:
            words.append(Word(x=middle, y=_figure(top - 4), text=value, anchor="middle", kind="v"))
    return Chart(height=HEIGHT, marks=marks, words=words)


def dial(share: Decimal | None) -> Mapping[str, str]:
    """How far a ring goes round: `pathLength` is 100, the rest of it is the gap."""
    reached = min(Decimal(100), max(Decimal(0), (share or Decimal(0)) * 100))
    return {"reached": _figure(reached), "left": _figure(100 - reached)}


def _mark(place: Place, kind: str, tip: str) -> Mark:
    x, y, width, height = map(_figure, place)
    return Mark(x=x, y=y, width=width, height=height, kind=kind, tip=tip)


def _figure(number: Decimal | int) -> str:
    return f"{Decimal(number):.1f}".removesuffix(".0")


def _short(name: str) -> str:
    """A long name as far as there is room; the table has all of it."""
    wide = sum(1 if ord(letter) > 0x2E7F else 0.5 for letter in name)  # noqa: PLR2004 - CJK
    if wide <= NAME_CHARACTERS_MAX:
        return name
    kept = ""
    for letter in name:
        kept += letter
        if sum(1 if ord(one) > 0x2E7F else 0.5 for one in kept) >= NAME_CHARACTERS_MAX - 1:  # noqa: PLR2004
            break
    return f"{kept}…"
