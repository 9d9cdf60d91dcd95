"""The fonts papers are set in: a bureau's own where a folder has them, else the one that is here.

The font in the repository is a part of Noto Serif SC (SIL OFL 1.1; see `fonts/SOURCES.md`) with
the 8,105 characters of 通用规范汉字表, GB 2312 and the marks of official texts. Papers are meant
to be set in 方正小标宋, 黑体 and 仿宋_GB2312 (GB/T 9704); these are nobody's to give away, so a
bureau that has them puts the files into a folder. What one font lacks is taken from the next;
what all of them lack is refused by name: a box on an official paper is a false name in it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any, Final
from zlib import crc32

from shared.documents.glyphs import characters_of
from shared.documents.linebreaks import lines_of
from shared.documents.refusals import CharacterUnprintable, FontUnreadable

HERE: Final = Path(__file__).parent / "fonts" / "NotoSerifSC-Regular.subset.ttf"
HERE_NAME: Final = "NotoSerifSC"
SHOWN_MAX: Final = 20
LINES_KEPT: Final = 1_000  # texts: the labels and sentences of a few kinds of paper


class Face(StrEnum):
    """What a font is for (GB/T 9704)."""

    TITLE = "TITLE"
    HEADING = "HEADING"
    TEXT = "TEXT"


OWN_FILES: Final[Mapping[Face, Sequence[str]]] = {
    Face.TITLE: ("方正小标宋简体.ttf", "方正小标宋_GBK.ttf", "fzxbsjw.ttf"),
    Face.HEADING: ("黑体.ttf", "simhei.ttf"),
    Face.TEXT: ("仿宋_gb2312.ttf", "仿宋.ttf", "simfang.ttf"),
}
"""The files by which a bureau's own fonts are known, in small letters; the first one counts."""


@dataclass(frozen=True, slots=True, eq=False)
class Font:
    """One font as the printer knows it: its name, and every character it can draw."""

    name: str
    widths: Mapping[int, float]

    def has(self, character: str) -> bool:
        """Whether it can draw a character."""
        return ord(character) in self.widths

    def width(self, text: str, points: float) -> float:
        """How wide a text becomes; a `KeyError` where a character is missing."""
        widths = self.widths
        if len(text) == 1:  # how lines are broken: one character after the other
            return widths[ord(text)] * points / 1_000
        return sum(map(widths.__getitem__, map(ord, text))) * points / 1_000


@dataclass(frozen=True, slots=True, eq=False)
class Typefaces:
    """The fonts of each use, the preferred one first. There is one of each folder."""

    fonts: Mapping[Face, Sequence[Font]]

    def runs(self, text: str, face: Face) -> Iterator[tuple[Font, str]]:
        """A text in pieces of one font each; refused where a character is in none."""
        fonts = self.fonts[face]
        first = fonts[0]
        if first.widths.keys() >= set(map(ord, text)):
            yield first, text
            return
        self.expect(text, face)
        run, known = "", first
        for character in text:
            font = next(font for font in fonts if font.has(character))
            if font is not known and run:
                yield known, run
                run = ""
            known = font
            run += character
        if run:
            yield known, run

    def width(self, text: str, face: Face, points: float) -> float:
        """How wide a text becomes."""
        try:
            return self.fonts[face][0].width(text, points)
        except KeyError:
            return sum(font.width(run, points) for font, run in self.runs(text, face))

    def lines(
        self, text: str, face: Face, points: float, room: float, first_room: float | None = None
    ) -> Sequence[str]:
        """A text in lines that fit. What a form says is on each of its papers, and broken once."""
        return _lines(self, text, face, points, (room, first_room))

    def begin(self, canvas: Any, common: str) -> None:  # noqa: ANN401 - the printer's
        """Give the characters that many files have in common the same places in each of them."""
        from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415 - whoever has a canvas has it

        for font in dict.fromkeys(fonts[0] for fonts in self.fonts.values()) if common else ():
            # The places belong to the document; a canvas has no other way to it.
            known = "".join(filter(font.has, common))
            printed: Any = pdfmetrics.getFont(font.name)
            printed.begin(known, canvas._doc)  # noqa: SLF001

    def is_own(self, face: Face) -> bool:
        """Whether the bureau's own font is used, which needs no imitation of its weight."""
        return self.fonts[face][0].name != HERE_NAME

    def expect(self, text: str, face: Face) -> None:
        """Refuse a text that none of the fonts can show whole."""
        fonts = self.fonts[face]
        expect_none({c for c in text if not any(font.has(c) for font in fonts)})


@lru_cache(maxsize=LINES_KEPT)
def _lines(
    fonts: Typefaces, text: str, face: Face, points: float, rooms: tuple[float, float | None]
) -> Sequence[str]:
    return tuple(lines_of(text, lambda some: fonts.width(some, face, points), *rooms))


def expect_none(lacking: Iterable[str]) -> None:
    """Refuse what has characters that no font can show."""
    codes = [f"U+{ord(c):04X}" for c in sorted(lacking)[:SHOWN_MAX]]
    if codes:
        raise CharacterUnprintable(
            f"No font has {', '.join(codes)}.",
            remedy="Write the text without them, or add a font that has them.",
            characters=codes,
            detail_zh=f"字库缺少以下字符：{'、'.join(codes)}。",
            remedy_zh="请改写文字，或补充含有这些字符的字体文件。",
        )


@lru_cache(maxsize=8)
def coverage(folder: Path | None = None) -> Mapping[Face, frozenset[int]]:
    """The characters that can be printed in each use, without a printer; read once."""
    here = characters_of(HERE)
    own = _own_files(folder)
    return {face: here | characters_of(own[face]) if face in own else here for face in Face}


@lru_cache(maxsize=8)
def typefaces(folder: Path | None = None) -> Typefaces:
    """The fonts of a folder with the one that is here behind them; read once."""
    here = _register(HERE_NAME, HERE)
    own = _own_files(folder)
    fonts: dict[Face, Sequence[Font]] = {
        face: (_register(_own(face, own[face]), own[face]), here) if face in own else (here,)
        for face in Face
    }
    return Typefaces(fonts)


def _own_files(folder: Path | None) -> Mapping[Face, Path]:
    there = {path.name.lower(): path for path in sorted(folder.iterdir())} if folder else {}
    own = {
        face: next((there[name.lower()] for name in names if name.lower() in there), None)
        for face, names in OWN_FILES.items()
    }
    return {face: path for face, path in own.items() if path is not None}


def _own(face: Face, path: Path) -> str:
    return f"own-{face.lower()}-{crc32(str(path.resolve()).encode()):08x}"


def _register(name: str, path: Path) -> Font:
    # Only a process that prints pays for the printer.
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415
    from reportlab.pdfbase.ttfonts import TTFError  # noqa: PLC0415

    from shared.documents.pdf_fonts import kept  # noqa: PLC0415

    try:
        font = kept(name, str(path))
    except TTFError as broken:
        raise FontUnreadable(
            f"{path.name}: {broken}", remedy="Use a TrueType font file (.ttf)."
        ) from broken
    pdfmetrics.registerFont(font)
    face: Any = font.face
    # What is drawn as the box of the missing is missing: the check before printing says so, too.
    known = characters_of(path)
    return Font(name, {code: wide for code, wide in face.charWidths.items() if code in known})
