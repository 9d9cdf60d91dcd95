"""An official form on paper: everything is in it, and the same form has the same bytes."""

import time
from io import BytesIO

from docx import Document
from docx.enum.section import WD_ORIENT

from shared.documents.paper import Facts, Grid, Heading, Paper, Text, write_docx

PAPER = Paper(
    title="项目支出绩效目标申报表",
    note="单位：万元",
    blocks=(
        Heading("一、基本信息"),
        Facts(pairs=[("项目名称", "乡村道路"), ("项目代码", "P1"), ("年度", "2021")]),
        Text("总体目标\n修建道路二十公里"),
        Grid(headings=["一级指标", "指标值"], rows=[["产出", "≥20"], ["效益", "≥90"]]),
        Grid(headings=["附件"], rows=[]),
    ),
)


def test_everything_stands_on_it() -> None:
    read = Document(BytesIO(write_docx(PAPER)))
    texts = [paragraph.text for paragraph in read.paragraphs]
    for wanted in (PAPER.title, PAPER.note, "一、基本信息", "总体目标", "修建道路二十公里"):
        assert wanted in texts
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in read.tables]
    assert tables == [
        [["项目名称", "乡村道路", "项目代码", "P1"], ["年度", "2021", "", ""]],
        [["一级指标", "指标值"], ["产出", "≥20"], ["效益", "≥90"]],
        [["附件"], [""]],
    ]


def test_the_same_form_has_the_same_bytes() -> None:
    before = write_docx(PAPER)
    time.sleep(2.1)  # an archive counts in steps of two seconds
    assert write_docx(PAPER) == before


def test_a_wide_form_lies_across() -> None:
    wide = Document(BytesIO(write_docx(Paper(title="汇总表", blocks=(), landscape=True))))
    section = wide.sections[0]
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert (section.page_width or 0) > (section.page_height or 0)
