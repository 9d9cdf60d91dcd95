"""A font as it goes into files: what many files have in common is cut out of it once.

A file holds the outlines of the characters that it needs, in parts of 256. Papers of one kind have
most of theirs in common, namely what the form itself says: that part is the same in each of them,
and it is kept, cut and packed. Importing this module is importing the printer.
"""

import zlib
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

from reportlab.pdfbase.ttfonts import TTFont, TTFontFace

PARTS_KEPT: Final = 8  # 50 KB each: one per kind of paper, and some to come and go
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


def kept(name: str, path: str) -> TTFont:
    """A font of the printer whose common parts are kept."""
    font = TTFont(name, path)
    font.face = KeptFace(font.face)
    return font
