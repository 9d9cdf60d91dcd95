"""Where a line of Chinese text may end: between any two characters, with the usual exceptions.

A closing mark never begins a line and an opening one never ends it (GB/T 15834 §5.1); Latin words
and numbers stay together where a line can hold them.
"""

import re
from collections.abc import Callable, Iterator
from typing import Final

NEVER_FIRST: Final = frozenset("，。、；：？！）》〉〕」』\u201d\u2019…—·％%,.;:?!)]}")
NEVER_LAST: Final = frozenset("（《〈〔「『\u201c\u2018([{")
_ATOMS: Final = re.compile(r"[A-Za-z0-9.,:/_+#%-]+|\s|.", re.DOTALL)

type Width = Callable[[str], float]


def lines_of(text: str, width: Width, room: float, first_room: float | None = None) -> list[str]:
    """The lines of a text; its own line breaks are kept."""
    found: list[str] = []
    for part in text.splitlines() or [""]:
        left = room if first_room is None else first_room
        # Most of what is printed is a label or a word: it needs no look at where it might break.
        found += [part] if width(part) <= left else _paragraph(part, width, left, room)
    return found


def _paragraph(text: str, width: Width, left: float, room: float) -> Iterator[str]:
    line, used = "", 0.0
    for atom in _units(text, width, room):
        size = width(atom)
        if line and used + size > left:
            yield line.rstrip()
            line, used, left = "", 0.0, room
            if atom.isspace():
                continue
        line += atom
        used += size
    yield line


def _units(text: str, width: Width, room: float) -> Iterator[str]:
    """The pieces that are never parted: a character with the marks that cling to it."""
    unit = ""
    for atom in _atoms(text, width, room):
        clings = unit and (atom[0] in NEVER_FIRST or unit[-1] in NEVER_LAST)
        if clings and width(unit + atom) <= room:
            unit += atom
            continue
        if unit:
            yield unit
        unit = atom
    if unit:
        yield unit


def _atoms(text: str, width: Width, room: float) -> Iterator[str]:
    for found in _ATOMS.findall(text):
        if width(found) <= room:
            yield found
        else:
            yield from found
