"""A paper as DOCX: Word's own way of saying what the paper says.

Importing it is importing Word's formats, so only whoever writes such a file does (`paper`).
"""

import zipfile
from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

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

if TYPE_CHECKING:
    from docx.document import Document as DocumentType
    from docx.text.run import Run

TITLE_FONT: Final = "方正小标宋简体"
HEADING_FONT: Final = "黑体"
TEXT_FONT: Final = "仿宋"
TITLE_POINTS, HEADING_POINTS, TEXT_POINTS, GRID_POINTS = 22, 16, 14, 10.5
A4_CENTIMETRES: Final = (21.0, 29.7)
MARGIN_CENTIMETRES: Final = 2.6
MASTHEAD_POINTS: Final = 36
RED: Final = RGBColor(0xFF, 0, 0)
# The earliest moment an archive can tell: when a form was printed is said in it, not on it.
ARCHIVED_AT: Final = (1980, 1, 1, 0, 0, 0)


def write_docx(paper: Paper) -> bytes:
    """The paper as a DOCX file."""
    document = Document()
    _lay_out(document, landscape=paper.landscape)
    if paper.masthead:
        _head(document, paper.masthead)
    _centred(document, paper.title)
    if paper.note:
        note = document.add_paragraph()
        note.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _style(note.add_run(paper.note), TEXT_FONT, GRID_POINTS)
    for block in paper.blocks:
        _add(document, block)
    document.core_properties.title = paper.title
    into = BytesIO()
    document.save(into)
    return _with_fixed_dates(into.getvalue())


def _centred(document: "DocumentType", text: str, font: str = TITLE_FONT) -> "Run":
    line = document.add_paragraph()
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = line.add_run(text)
    _style(run, font, TITLE_POINTS if font == TITLE_FONT else TEXT_POINTS)
    return run


def _head(document: "DocumentType", head: Masthead) -> None:
    for mark in head.marks:
        _style(document.add_paragraph().add_run(mark), HEADING_FONT, HEADING_POINTS)
    agency = _centred(document, head.agency)
    agency.font.size, agency.font.color.rgb = Pt(MASTHEAD_POINTS), RED
    number = _centred(document, head.number, TEXT_FONT)
    _ruled(number._parent, "FF0000", "bottom")  # noqa: SLF001 - the paragraph of a run


def _ruled(paragraph: Any, colour: str, *sides: str) -> None:  # noqa: ANN401 - untyped there
    """A line above or below a paragraph, over its whole width."""
    borders = OxmlElement("w:pBdr")
    for side in sides:
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "18"), ("space", "6"), ("color", colour)):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    paragraph._p.get_or_add_pPr().append(borders)  # noqa: SLF001


def _lay_out(document: "DocumentType", *, landscape: bool) -> None:
    section = document.sections[0]
    width, height = A4_CENTIMETRES[::-1] if landscape else A4_CENTIMETRES
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Cm(width), Cm(height)
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Cm(MARGIN_CENTIMETRES))


def _add(document: "DocumentType", block: Block) -> None:
    match block:
        case Heading(text=text):
            heading = document.add_paragraph()
            heading.paragraph_format.keep_with_next = True
            _style(heading.add_run(text), HEADING_FONT, HEADING_POINTS)
        case Text(text=text):
            for part in text.splitlines() or [""]:
                paragraph = document.add_paragraph()
                paragraph.paragraph_format.first_line_indent = Pt(TEXT_POINTS * 2)
                _style(paragraph.add_run(part), TEXT_FONT, TEXT_POINTS)
        case Facts(pairs=pairs):
            flat = [text for pair in pairs for text in pair]
            width = 4
            flat += [""] * (-len(flat) % width)
            _table(document, [flat[n : n + width] for n in range(0, len(flat), width)], head=False)
        case Grid(headings=headings, rows=rows):
            _table(document, [headings, *(rows or [[""] * len(headings)])], head=True)
        case Address(text=text):
            _style(document.add_paragraph().add_run(text), TEXT_FONT, TEXT_POINTS)
        case Closing() | Imprint() | NewPage():
            _add_official(document, block)


def _add_official(document: "DocumentType", block: Closing | Imprint | NewPage) -> None:
    match block:
        case Closing():
            for text in (block.signed, block.agency, SEAL_PLACE, block.day):
                line = document.add_paragraph()
                line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
                _style(line.add_run(text), TEXT_FONT, TEXT_POINTS)
        case Imprint(rows=rows):
            for number, text in enumerate(rows):
                line = document.add_paragraph()
                _style(line.add_run(text), TEXT_FONT, TEXT_POINTS)
                _ruled(line, "000000", *(("top", "bottom") if number == 0 else ("bottom",)))
        case NewPage(title=title):
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
            if title:
                _centred(document, title)


def _table(document: "DocumentType", rows: Sequence[Sequence[str]], *, head: bool) -> None:
    table = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    for number, row in enumerate(rows):
        for place, (cell, text) in enumerate(zip(table.add_row().cells, row, strict=True)):
            is_name = number == 0 if head else place % 2 == 0
            font = HEADING_FONT if is_name else TEXT_FONT
            _style(cell.paragraphs[0].add_run(text), font, GRID_POINTS)
            # The headings of a table stay with its first row, as a heading does with its text.
            cell.paragraphs[0].paragraph_format.keep_with_next = number == 0 or None
    document.add_paragraph()


def _style(run: "Run", font: str, points: float) -> None:
    run.font.name = font
    run.font.size = Pt(points)
    # Word takes the font of Chinese characters from an attribute of its own.
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)  # noqa: SLF001


def _with_fixed_dates(content: bytes) -> bytes:
    into = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(content)) as before,
        zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for part in before.infolist():
            entry = zipfile.ZipInfo(part.filename, ARCHIVED_AT)
            after.writestr(entry, before.read(part), zipfile.ZIP_DEFLATED)
    return into.getvalue()
