"""Whether a paper can be printed, without laying out a single page.

A layout has room for any text: lines are broken, rows and paragraphs go on on the next page. What
it cannot do is to draw a character that no font has. So this is all there is to ask before
something is signed that will be printed later, and the answer is the printer's own.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import assert_never

from shared.documents.paper import (
    Address,
    Block,
    Closing,
    Facts,
    Grid,
    Heading,
    Imprint,
    Masthead,
    NewPage,
    Paper,
    Text,
)
from shared.documents.typefaces import Face, coverage, expect_none

type Written = Iterator[tuple[Face, str]]


def expect_printable(paper: Paper, folder: Path | None = None) -> None:
    """Refuse a paper with a character that no font can show."""
    known = coverage(folder)
    told: dict[Face, set[str]] = {face: set() for face in Face}
    for face, text in _written(paper):
        told[face].update(text)
    expect_none({one for face, some in told.items() for one in some if ord(one) not in known[face]})


def characters(paper: Paper) -> str:
    """Every character of a paper, once and in a fixed order."""
    return "".join(sorted({one for _, text in _written(paper) for one in text}))


def _written(paper: Paper) -> Written:
    if paper.masthead:
        yield from _masthead(paper.masthead)
    yield from _broken(Face.TITLE, paper.title)
    yield Face.TEXT, paper.note
    for block in paper.blocks:
        yield from _block(block)


def _masthead(head: Masthead) -> Written:
    yield Face.TITLE, head.agency
    yield Face.TEXT, head.number
    for mark in head.marks:
        yield Face.HEADING, mark


def _block(block: Block) -> Written:
    match block:
        case Heading(text=text):
            yield from _broken(Face.HEADING, text)
        case Text(text=text) | Address(text=text):
            yield from _broken(Face.TEXT, text)
        case Facts(pairs=pairs):
            for name, value in pairs:
                yield from _broken(Face.HEADING, name)
                yield from _broken(Face.TEXT, value)
        case Grid(headings=headings, rows=rows):
            yield from _broken(Face.HEADING, *headings)
            for row in rows:
                yield from _broken(Face.TEXT, *row)
        case Closing():
            yield Face.TEXT, f"{block.signed}{block.agency}{block.day}"
        case Imprint(rows=rows):
            yield from _broken(Face.TEXT, *rows)
        case NewPage(title=title):
            yield from _broken(Face.TITLE, title)
        case _:
            assert_never(block)


def _broken(face: Face, *texts: str) -> Written:
    """Breaks of lines are kept as breaks and not drawn."""
    for text in texts:
        yield face, "".join(text.splitlines())
