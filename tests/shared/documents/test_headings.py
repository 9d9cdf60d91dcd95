"""A heading never stands alone at the foot of a page: read back from the file, at every height."""

from io import BytesIO
from typing import Any

import pytest
from docx import Document

from shared.documents.paper import (
    Block,
    Closing,
    Facts,
    Grid,
    Heading,
    Paper,
    Text,
    write_docx,
)
from shared.documents.pdf import write_pdf
from tests.shared.documents.test_pdf import pages

HEADING = "二、存在问题"
COLUMNS = ("序号", "指标")
AFTER: dict[str, tuple[tuple[Block, ...], str]] = {
    "a long paragraph": ((Text("首行文字" * 40),), "首行文字"),
    "a short paragraph": ((Text("首行文字。"),), "首行文字。"),
    "a table": ((Grid(headings=COLUMNS, rows=[("甲首", "乙" * 30)], shares=(1, 5)),), "甲首"),
    "a table with a high row": (
        (Grid(headings=COLUMNS, rows=[("甲首", "乙" * 900)], shares=(1, 5)),),
        "甲首",
    ),
    "a table with a row of about a page": (
        (Grid(headings=COLUMNS, rows=[("甲首", "乙" * 1_300)], shares=(1, 5)),),
        "甲首",
    ),
    "a table with a row of two pages": (
        (Grid(headings=COLUMNS, rows=[("甲首", "乙" * 3_500)], shares=(1, 5)),),
        "甲首",
    ),
    "facts": ((Facts(pairs=[("甲首", "值" * 60), ("丙", "丁")]),), "甲首"),
    "a heading of its own": ((Heading("（一）小标题"), Text("首行文字" * 9)), "首行文字"),
    "who signs": ((Closing(agency="喀什地区财政局", day="2021年6月9日"),), "喀什地区财政局"),
}


def below(lines: int, *blocks: Block) -> Paper:
    """So many lines of text, and then a heading with what follows it."""
    return Paper(title="表", blocks=(Text("\n".join("文" * 9 for _ in range(lines))), *blocks))


@pytest.mark.parametrize("name", AFTER)
def test_a_heading_stands_on_the_page_of_what_follows_it(name: str) -> None:
    after, begins = AFTER[name]
    turned: set[int] = set()
    for lines in range(1, 23):
        paper = below(lines, Heading(HEADING), *after, Text("末"))
        found = pages(write_pdf(paper))
        (number,) = (n for n, text in enumerate(found) if HEADING in text)
        _, _, text = found[number].partition(HEADING)
        assert begins in text, (lines, found[number])
        turned.add(number)
    assert turned == {0, 1}  # it stood at the foot of a page, too, and went on to the next


def test_a_paragraph_goes_on_with_two_lines_under_its_heading_where_it_has_them() -> None:
    """One line of many would stand as lonely as the heading."""
    first, second = "一" * 25, "二" * 27
    for lines in range(1, 23):
        found = pages(write_pdf(below(lines, Heading(HEADING), Text(first + second + "三" * 99))))
        (page,) = (text for text in found if HEADING in text)
        assert first in page
        assert second[:20] in page


def test_a_row_that_no_page_holds_loses_nothing_when_it_is_cut() -> None:
    for characters in (1_300, 1_500, 1_700, 3_500):
        for lines in (3, 12, 20):
            row = ("甲首", "乙" * characters)
            grid = Grid(headings=COLUMNS, rows=[row, ("丙末", "丁")], shares=(1, 5))
            found = pages(write_pdf(below(lines, Heading(HEADING), grid)))
            assert "".join(found).count("乙") == characters
            assert "丙末" in found[-1]


def test_word_is_told_to_keep_them_together() -> None:
    blocks = (
        Heading(HEADING),
        Grid(headings=COLUMNS, rows=[("甲", "乙"), ("丙", "丁")]),
        Text("末"),
    )
    read: Any = Document(BytesIO(write_docx(Paper(title="表", blocks=blocks))))
    kept = {one.text: one.paragraph_format.keep_with_next for one in read.paragraphs}
    assert kept[HEADING] is True
    assert kept["末"] is None
    (table,) = read.tables
    rows = [
        [cell.paragraphs[0].paragraph_format.keep_with_next for cell in row.cells]
        for row in table.rows
    ]
    assert rows == [[True, True], [None, None], [None, None]]
