"""An official form as paper: headings, facts and grids, written as DOCX in Chinese.

The layout follows GB/T 9704 where a form can: A4, 黑体 headings, 仿宋 text, grids with every line
drawn. The same paper gives the same bytes, so its hash can be kept in an event.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

SEAL_PLACE: Final = "（印章）"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the text, with its 一、 or 二、."""

    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph, or several that are separated by line breaks."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Names with their values, two pairs in a row, as the head of a form shows them."""

    pairs: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table with its heading row. An empty one shows its headings and one empty row.

    `shares` say how wide its columns are, one to the other; left out, all are the same.
    """

    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    shares: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Address:
    """主送: whom it is for, at the left margin."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """落款: who signs and when, to the right, with the place of the seal upon it."""

    agency: str
    day: str
    signed: str = ""


@dataclass(frozen=True, slots=True)
class Imprint:
    """版记: copies and printing between two lines, at the foot of the page."""

    rows: Sequence[str]


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins on a page of its own, under a title where it has one."""

    title: str = ""


type Block = Heading | Text | Facts | Grid | Address | Closing | Imprint | NewPage


@dataclass(frozen=True, slots=True, kw_only=True)
class Masthead:
    """版头 of an official letter: marks at the left, agency in red, number, the red line."""

    agency: str
    number: str
    marks: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A whole form. `note` stands right above the first block: 单位：万元."""

    title: str
    blocks: Sequence[Block]
    note: str = ""
    landscape: bool = False
    masthead: Masthead | None = None


def write_docx(paper: Paper) -> bytes:
    """The paper as a DOCX file."""
    # Only a process that writes one pays for Word's formats.
    from shared.documents import paper_docx  # noqa: PLC0415

    return paper_docx.write_docx(paper)
