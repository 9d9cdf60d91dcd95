"""A paper as PDF, in the layout of official papers (GB/T 9704), with its fonts inside.

A4; the text stands in 156 × 225 millimetres, 28 characters to a line and 22 lines to a page.
Titles are set in 小标宋, headings in 黑体, text in 仿宋, where a bureau has these fonts. The
same paper with the same fonts has the same bytes: no clock, chance or machine goes into it.
"""

from collections.abc import Sequence
from io import BytesIO
from typing import Final, assert_never

from shared.documents.paper import (
    SEAL_PLACE,
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
from shared.documents.pdf_page import BLACK, RED, Page
from shared.documents.pdf_table import draw_table, table_room
from shared.documents.typefaces import Face, Typefaces, typefaces

TITLE, BODY, MARK = 22.0, 16.0, 16.0
MASTHEAD_MAX, MASTHEAD_MIN = 44.0, 24.0
LEADING, TITLE_LEADING = 28.0, 34.0
NOTE, NOTE_LEADING = 10.5, 16.0
CLOSING_LINES: Final = 5
SEAL_RADIUS: Final = 58.0  # 42 millimetres across, as a bureau's seal has
_CLOSING_ROOM: Final = LEADING * CLOSING_LINES + SEAL_RADIUS
BEGINNING_LINES: Final = 2  # of a paragraph that stand under its heading, where it has so many
RED_LINE, IMPRINT_LINE = 1.6, 1.0
PAIRS_WIDTH: Final = 4
PAIRS_SHARES: Final = (3, 5, 3, 5)


def write_pdf(paper: Paper, fonts: Typefaces | None = None, common: str = "") -> bytes:
    """The paper as a PDF file. `common` is what every paper of its kind says: its characters."""
    # Only a process that prints pays for the printer.
    from reportlab import rl_config  # noqa: PLC0415
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415

    rl_config.useA85 = 0  # a file, not a mail of the 1990s: bytes as they are, a fifth fewer
    into = BytesIO()
    canvas = Canvas(into, invariant=True, pageCompression=1, lang="zh-CN")
    canvas.setTitle(paper.title)
    canvas.setAuthor(paper.masthead.agency if paper.masthead else "")
    canvas.setCreator("")
    canvas.setProducer("")
    fonts = fonts or typefaces()
    fonts.begin(canvas, common)
    page = Page(canvas, fonts, landscape=paper.landscape)
    if paper.masthead:
        _masthead(page, paper.masthead)
    _title(page, paper.title)
    if paper.note:
        page.line(paper.note, Face.TEXT, NOTE, NOTE_LEADING, align=1.0)
    for place, block in enumerate(paper.blocks):
        if isinstance(block, Heading):
            page.keep(heading_room(page, paper.blocks[place:]))
        _block(page, block)
    page.end()
    canvas.save()
    return into.getvalue()


def _masthead(page: Page, head: Masthead) -> None:
    for mark in head.marks:
        page.line(mark, Face.HEADING, MARK, LEADING)
    page.skip(LEADING)
    natural = page.fonts.width(head.agency, Face.TITLE, 1.0)
    points = max(MASTHEAD_MIN, min(MASTHEAD_MAX, page.width / natural))
    for text in page.broken(head.agency, Face.TITLE, points):
        page.line(text, Face.TITLE, points, points * 1.3, align=0.5, colour=RED)
    page.skip(LEADING / 2)
    page.line(head.number, Face.TEXT, BODY, LEADING, align=0.5)
    page.skip(8)
    page.rule(RED_LINE, RED)
    page.skip(LEADING)


def _title(page: Page, text: str) -> None:
    for line in page.balanced(text, Face.TITLE, TITLE):
        page.line(line, Face.TITLE, TITLE, TITLE_LEADING, align=0.5)
    page.skip(LEADING / 2)


def _block(page: Page, block: Block) -> None:  # noqa: C901 - one drawing per block
    match block:
        case Heading(text=text):
            _paragraph(page, text, Face.HEADING)
        case Text(text=text):
            for part in text.splitlines() or [""]:
                _paragraph(page, part, Face.TEXT)
        case Address(text=text):
            for line in page.broken(text, Face.TEXT, BODY):
                page.line(line, Face.TEXT, BODY, LEADING)
        case Facts(pairs=pairs):
            draw_table(page, _pairs(pairs), PAIRS_SHARES, named="columns")
        case Grid() as grid:
            draw_table(page, *_shown(grid), named="row")
        case Closing():
            _closing(page, block)
        case Imprint(rows=rows):
            _imprint(page, rows)
        case NewPage(title=title):
            page.turn()
            if title:
                _title(page, title)
        case _:
            assert_never(block)


def heading_room(page: Page, blocks: Sequence[Block]) -> float:  # noqa: PLR0911 - one per block
    """What a heading wants below it on its page: itself, and how the block after it begins."""
    heading, *after = blocks
    assert isinstance(heading, Heading)
    room = len(_lines(page, heading.text, Face.HEADING)) * LEADING
    if not after:
        return room
    match after[0]:
        case Heading():
            return room + heading_room(page, after)
        case Text(text=text):
            first = next(iter(text.splitlines()), "")
            return room + min(BEGINNING_LINES, len(_lines(page, first, Face.TEXT))) * LEADING
        case Facts(pairs=pairs):
            return room + table_room(page, _pairs(pairs), PAIRS_SHARES, named="columns")
        case Grid() as grid:
            return room + table_room(page, *_shown(grid), named="row")
        case Closing():
            return room + _CLOSING_ROOM
        case Address() | Imprint() | NewPage():
            return room + LEADING
        case _:
            assert_never(after[0])


def _paragraph(page: Page, text: str, face: Face) -> None:
    for number, line in enumerate(_lines(page, text, face)):
        page.line(line, face, BODY, LEADING, indent=0 if number else 2 * BODY)


def _lines(page: Page, text: str, face: Face) -> Sequence[str]:
    """The lines of a paragraph, the first one two characters shorter."""
    return page.fonts.lines(text, face, BODY, page.width, page.width - 2 * BODY)


def _shown(grid: Grid) -> tuple[list[Sequence[str]], Sequence[int]]:
    rows = [grid.headings, *(grid.rows or [[""] * len(grid.headings)])]
    return rows, grid.shares or (1,) * len(grid.headings)


def _pairs(pairs: Sequence[tuple[str, str]]) -> list[list[str]]:
    flat = [text for pair in pairs for text in pair]
    flat += [""] * (-len(flat) % PAIRS_WIDTH)
    return [flat[n : n + PAIRS_WIDTH] for n in range(0, len(flat), PAIRS_WIDTH)]


def _closing(page: Page, closing: Closing) -> None:
    """The day stands four characters from the margin, the agency above it, the seal upon both."""
    page.keep(_CLOSING_ROOM)
    page.skip(LEADING)
    if closing.signed:
        page.line(closing.signed, Face.TEXT, BODY, LEADING)
    page.skip(LEADING)
    day = page.fonts.width(closing.day, Face.TEXT, BODY)
    agency = page.fonts.width(closing.agency, Face.TEXT, BODY)
    centre = page.left + page.width - 4 * BODY - max(day, agency) / 2
    page.seal(centre, page.y - LEADING * 1.2, SEAL_RADIUS, SEAL_PLACE)
    for text, wide in ((closing.agency, agency), (closing.day, day)):
        page.line(text, Face.TEXT, BODY, LEADING, indent=centre - wide / 2 - page.left)
    page.skip(SEAL_RADIUS - LEADING)


def _imprint(page: Page, rows: Sequence[str]) -> None:
    broken = [page.broken(text, Face.TEXT, MARK - 2) for text in rows]
    height = sum(len(lines) * LEADING for lines in broken) + LEADING
    page.keep(height)
    page.y = page.bottom + height
    page.rule(IMPRINT_LINE, BLACK)
    for lines in broken:
        for text in lines:
            page.line(text, Face.TEXT, MARK - 2, LEADING - 6)
        page.skip(8)
        page.rule(IMPRINT_LINE / 2, BLACK)
