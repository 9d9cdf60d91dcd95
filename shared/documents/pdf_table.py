"""A table on paper: every line drawn, headings on every page, rows as high as they have to be."""

from collections.abc import Sequence
from itertools import accumulate
from typing import Final, Literal

from shared.documents.pdf_page import BLACK, Page
from shared.documents.typefaces import Face

POINTS, LEADING = 10.5, 15.0
PADDING: Final = 4.0
LINE: Final = 0.5
SPACE_ABOVE, SPACE_BELOW = 4.0, 12.0
BEGINNING_ROWS: Final = 2  # the headings and what they are of, or the first two rows of facts

HEADROOM: Final = 150.0  # what may stand above a table at the head of its page: its heading

type Lines = Sequence[Sequence[str]]
"""The lines of each cell of a row."""


def draw_table(
    page: Page,
    rows: Sequence[Sequence[str]],
    shares: Sequence[int],
    *,
    named: Literal["row", "columns"],
) -> None:
    """The rows; the first one, or every second column, holds names."""
    whole = sum(shares)
    widths = [page.width * share / whole for share in shares]
    faces = [_faces(number, len(shares), named) for number in range(len(rows))]
    cells = [_broken(page, row, widths, face) for row, face in zip(rows, faces, strict=True)]
    head = cells[0] if named == "row" and len(rows) > 1 else None
    page.skip(SPACE_ABOVE)
    page.keep(_beginning(page, cells))
    parted = _parted(page, cells)
    for number, (row, face) in enumerate(zip(cells, faces, strict=True)):
        whole_page = page.top - page.bottom - (_height(head) if head else 0)
        stays = parted and number < BEGINNING_ROWS  # else its heading would stand alone
        if not stays and _height(row) <= whole_page and page.y - _height(row) < page.bottom:
            _turn(page, head if number else None, widths, faces[0])
        _draw(page, row, widths, face, head if number else None)
    page.skip(SPACE_BELOW)


def table_room(
    page: Page,
    rows: Sequence[Sequence[str]],
    shares: Sequence[int],
    *,
    named: Literal["row", "columns"],
) -> float:
    """How much room the beginning of a table wants: its first two rows, where a page holds them."""
    widths = [page.width * share / sum(shares) for share in shares]
    first = rows[:BEGINNING_ROWS]
    faces = [_faces(number, len(shares), named) for number in range(len(first))]
    cells = [_broken(page, row, widths, face) for row, face in zip(first, faces, strict=True)]
    return SPACE_ABOVE + _beginning(page, cells)


def _parted(page: Page, cells: Sequence[Lines]) -> bool:
    """Whether the beginning is too high for a page with its heading: it is cut where it stands."""
    whole = sum(_height(row) for row in cells[:BEGINNING_ROWS])
    return whole > page.top - page.bottom - HEADROOM


def _beginning(page: Page, cells: Sequence[Lines]) -> float:
    heights = [_height(row) for row in cells[:BEGINNING_ROWS]]
    some = 2 * LEADING + 2 * PADDING
    return sum(min(one, some) if _parted(page, cells) else one for one in heights)


def _faces(number: int, columns: int, named: str) -> Sequence[Face]:
    if named == "row":
        return [Face.TEXT if number else Face.HEADING] * columns
    return [Face.TEXT if place % 2 else Face.HEADING for place in range(columns)]


def _broken(
    page: Page, row: Sequence[str], widths: Sequence[float], faces: Sequence[Face]
) -> Lines:
    return [
        page.fonts.lines(text, face, POINTS, width - 2 * PADDING)
        for text, width, face in zip(row, widths, faces, strict=True)
    ]


def _height(row: Lines) -> float:
    return max(len(lines) for lines in row) * LEADING + 2 * PADDING


def _turn(page: Page, head: Lines | None, widths: Sequence[float], faces: Sequence[Face]) -> None:
    page.turn()
    if head:
        _box(page, head, widths, faces)


def _draw(
    page: Page,
    row: Lines,
    widths: Sequence[float],
    faces: Sequence[Face],
    head: Lines | None,
) -> None:
    """A row; one that is higher than what is left of a page goes on on the next."""
    while True:
        room = max(1, int((page.y - page.bottom - 2 * PADDING) // LEADING))
        if all(len(lines) <= room for lines in row):
            _box(page, row, widths, faces)
            return
        _box(page, [lines[:room] for lines in row], widths, faces)
        row = [lines[room:] or [""] for lines in row]
        _turn(page, head, widths, [Face.HEADING] * len(widths))


def _box(page: Page, row: Lines, widths: Sequence[float], faces: Sequence[Face]) -> None:
    height = _height(row)
    page.canvas.setStrokeColorRGB(*BLACK)
    page.canvas.setLineWidth(LINE)
    lefts = [page.left, *(page.left + edge for edge in accumulate(widths))]
    for left, width, lines, face in zip(lefts, widths, row, faces, strict=False):
        page.canvas.rect(left, page.y - height, width, height)
        below = page.y - (height - len(lines) * LEADING) / 2
        for line in lines:
            below -= LEADING
            page.write(line, face, POINTS, (left + PADDING, below + (LEADING - POINTS) / 2 + 1))
    page.y -= height
