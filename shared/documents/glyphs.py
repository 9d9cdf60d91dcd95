"""Which characters a font can draw, read from its table of characters and from nothing else.

Printing needs the outlines of a font and how wide they are; to refuse a text that cannot be
printed needs neither. Read are the two forms in which every font of Chinese says it: segments of
16 bits and groups of 32 (OpenType `cmap`, formats 4 and 12). A character that is drawn as the
box of what is missing does not count as one that is there.
"""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from struct import Struct, unpack_from
from typing import Final

from shared.documents.refusals import FontUnreadable

COLLECTION: Final = b"ttcf"
SPACES: Final = frozenset({0x20, 0xA0})  # the printer draws either where a font has one
BASIC, WHOLE = 4, 12
# Platform and encoding of a table that goes by Unicode, the one that says most first.
UNICODE: Final = ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3), (0, 2), (0, 1), (0, 0))
_TABLE: Final = Struct(">4s4xL4x")
_ENCODED: Final = Struct(">HHL")
_GROUP: Final = Struct(">LLL")


@lru_cache(maxsize=8)
def characters_of(path: Path) -> frozenset[int]:
    """Every character that a font file has an outline of."""
    try:
        return frozenset(_characters(path.read_bytes()))
    except (LookupError, StopIteration, ValueError, OverflowError, OSError) as broken:
        raise _unreadable(path, "its table of characters cannot be read") from broken
    except Exception as broken:  # `struct.error` is nobody's subclass but Exception's
        raise _unreadable(path, str(broken)) from broken


def _unreadable(path: Path, why: str) -> FontUnreadable:
    return FontUnreadable(f"{path.name}: {why}", remedy="Use a TrueType font file (.ttf).")


def _characters(font: bytes) -> set[int]:
    at = _table_of_characters(font)
    (count,) = unpack_from(">H", font, at + 2)
    tables = {
        (platform, encoding): at + offset
        for platform, encoding, offset in _ENCODED.iter_unpack(font[at + 4 : at + 4 + 8 * count])
    }
    chosen = next(tables[one] for one in UNICODE if one in tables)
    (form,) = unpack_from(">H", font, chosen)
    if form not in (BASIC, WHOLE):
        raise ValueError(form)
    found = set(_groups(font, chosen) if form == WHOLE else _segments(font, chosen))
    return found | SPACES if found & SPACES else found


def _table_of_characters(font: bytes) -> int:
    first = unpack_from(">L", font, 12)[0] if font[:4] == COLLECTION else 0
    (count,) = unpack_from(">H", font, first + 4)
    directory = font[first + 12 : first + 12 + 16 * count]
    tables: dict[bytes, int] = dict(_TABLE.iter_unpack(directory))
    return tables[b"cmap"]


def _groups(font: bytes, at: int) -> Iterator[int]:
    (count,) = unpack_from(">L", font, at + 12)
    for start, end, glyph in _GROUP.iter_unpack(font[at + 16 : at + 16 + 12 * count]):
        yield from range(start if glyph else start + 1, end + 1)


def _segments(font: bytes, at: int) -> Iterator[int]:
    length, doubled = unpack_from(">H2xH", font, at + 2)
    columns = f">{doubled // 2}H"
    ends, starts, deltas, offsets = (
        unpack_from(columns, font, at + 14 + place)
        for place in (0, doubled + 2, 2 * doubled + 2, 3 * doubled + 2)
    )
    for number, (start, end, delta, offset) in enumerate(
        zip(starts, ends, deltas, offsets, strict=True)
    ):
        here = at + 16 + 3 * doubled + 2 * number
        for code in range(start, end + 1):
            if not offset:
                glyph = (code + delta) & 0xFFFF
            else:
                place = here + offset + 2 * (code - start)
                glyph = unpack_from(">H", font, place)[0] if place < at + length else 0
            if glyph:
                yield code
