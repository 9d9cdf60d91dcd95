"""A font as it goes into files: what many files have in common is cut out of it once.

A file holds the outlines of the characters that it needs, in parts of 256. Papers of one kind have
most of theirs in common, namely what the form itself says: that part is the same in each of them,
and it is kept, cut and packed. Importing this module is importing the printer.
"""

import zlib
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

from reportlab.pdfbase.pdfdoc import PDFArray
from reportlab.pdfbase.ttfonts import TTFont, TTFontFace

PARTS_KEPT: Final = 8  # 50 KB each: one per kind of paper, and some to come and go
TEXTS_KEPT: Final = 2_000  # of a few dozen characters: the labels of a few kinds of paper
TABLES_KEPT: Final = frozenset({"glyf"})  # of outlines: copied whole for every part otherwise


class _Packed:
    """How a part of a font is compressed; a part that is kept is compressed once."""

    pdfname: Final = "FlateDecode"

    @staticmethod
    @lru_cache(PARTS_KEPT)
    def encode(content: bytes) -> bytes:
        return zlib.compress(content)


class KeptFace(TTFontFace):
    """The outlines of a font file."""

    def __init__(self, read: TTFontFace) -> None:
        """Take over what was read."""
        self.__dict__.update(read.__dict__)
        printer: Any = super()  # it says nothing of its types
        self._table = printer.get_table
        self._cut = lru_cache(PARTS_KEPT)(printer.makeSubset)
        self._put = printer.addSubsetObjects
        self._tables: dict[str, bytes] = {}

    def get_table(self, tag: str) -> bytes:
        """A table of the file."""
        if tag not in TABLES_KEPT:
            return bytes(self._table(tag))
        if tag not in self._tables:
            self._tables[tag] = self._table(tag)
        return self._tables[tag]

    def makeSubset(self, subset: Sequence[Any]) -> bytes:  # noqa: N802 - the printer's name
        """The outlines of some characters, as a font of their own."""
        return bytes(self._cut(tuple(subset)))

    def addSubsetObjects(self, doc: Any, fontname: str, subset: Sequence[Any]) -> Any:  # noqa: ANN401, N802
        """Put a part into a file."""
        descriptor = self._put(doc, fontname, subset)
        doc.idToObject[f"fontFile:{self.filename}({fontname})"].filters = [_Packed]
        return descriptor


@lru_cache(PARTS_KEPT)
def _written(numbers: tuple[float, ...]) -> bytes:
    """The widths of a part, as a file has them."""
    return bytes(PDFArray(list(numbers)).format(None))


@lru_cache(PARTS_KEPT)
def _characters(text: str) -> frozenset[str]:
    return frozenset(text)


class KeptFont(TTFont):
    """A font whose common parts are kept, and how texts of common characters are encoded.

    Which place a character has depends on what the document said before it. Documents that begin
    with the same characters have the same places for those, and no text of theirs alone moves one.
    """

    def __init__(self, name: str, path: str) -> None:
        """Read the file."""
        super().__init__(name, path)
        self.face = KeptFace(self.face)
        printer: Any = super()
        self._split = printer.splitString
        self._add = printer.addObjects
        # The document, the characters it began with, and how texts of those alone are encoded:
        # one value, because papers are printed in several threads.
        self._begun: tuple[Any, str, dict[str, Any]] = (None, "", {})

    def begin(self, common: str, doc: Any) -> None:  # noqa: ANN401 - the printer's
        """Give these characters the first places in a document."""
        _, before, texts = self._begun
        self._split(common, doc)
        self._begun = (doc, common, texts if common == before else {})

    def splitString(self, text: str, doc: Any, encoding: str = "utf-8") -> Any:  # noqa: ANN401, N802
        """The text as places in parts of the font."""
        begun, common, texts = self._begun
        if doc is not begun:
            return self._split(text, doc, encoding)
        known = texts.get(text)
        if known is None:
            known = self._split(text, doc, encoding)
            if len(texts) < TEXTS_KEPT and set(text) <= _characters(common):
                texts[text] = known
        return known

    def addObjects(self, doc: Any) -> None:  # noqa: ANN401, N802
        """Put all its parts into a file, which is then complete."""
        names = set(doc.idToObject["BasicFonts"].dict)
        self._add(doc)
        if doc is self._begun[0]:
            self._begun = (None, *self._begun[1:])
        fonts = doc.idToObject["BasicFonts"].dict
        for name in fonts.keys() - names:
            font = fonts[name]
            font.Widths = _written(tuple(font.Widths.sequence))
            if doc.compression:
                codes = doc.idToObject[f"toUnicodeCMap:{font.BaseFont}"]
                codes.content, codes.filters = codes.content.encode(), [_Packed]


def kept(name: str, path: str) -> KeptFont:
    """A font of the printer whose common parts are kept."""
    return KeptFont(name, path)
