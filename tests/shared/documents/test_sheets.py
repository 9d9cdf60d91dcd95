"""A form as data: what is written is read back, and every cell is read as what it is for."""

import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from string import ascii_uppercase
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from shared.documents import reading, refusals
from shared.documents.reading import command_lines, read_workbook
from shared.documents.sheet import Column, Kind, Sheet, Whereabouts, letters
from shared.documents.workbook_rows import rows_of
from shared.documents.writing import write_workbook
from shared.domain.refusals import Refusal

FORM = Sheet(
    operation="draft_target",
    title="申报表",
    columns=(
        Column(title="项目代码", pointer="/body/project_code", also=("pro_code",), required=True),
        Column(title="年度", pointer="/body/fiscal_year", kind=Kind.WHOLE),
        Column(title="金额(万元)", pointer="/body/amount", kind=Kind.WAN),
        Column(title="新增", pointer="/body/is_new", kind=Kind.FLAG),
        Column(title="开始", pointer="/body/starts_on", kind=Kind.DAY),
        Column(title="依据", pointer="/body/grounds", kind=Kind.LIST),
    ),
    lines=(
        Column(title="一级", pointer="/level1", codes={"产出": "OUTPUT", "效益": "BENEFIT"}),
        Column(title="分值", pointer="/weight", kind=Kind.NUMBER),
        Column(title="5月底", pointer="/milestones/M05", kind=Kind.NUMBER),
    ),
    lines_pointer="/body/indicators",
)
LINE: dict[str, Any] = {
    "body": {
        "project_code": "00123",
        "fiscal_year": 2021,
        "amount": "12345678.90",
        "is_new": True,
        "starts_on": "2021-05-31",
        "grounds": ["条例", "通知"],
        "indicators": [
            {"level1": "OUTPUT", "weight": "50", "milestones": {"M05": "2.5"}},
            {"level1": "BENEFIT", "weight": "40"},
        ],
    }
}


def book(*rows: tuple[object, ...], title: str = "申报表") -> bytes:
    """A workbook as somebody else's program writes it: numbers as numbers, days as days."""
    into = BytesIO()
    made = xlsxwriter.Workbook(into, {"default_date_format": "yyyy-mm-dd"})
    page = made.add_worksheet(title)
    for number, row in enumerate(rows):
        for place, value in enumerate(row):
            page.write(number, place, value)
    made.close()
    return into.getvalue()


def test_what_is_written_is_read_back_with_its_rows() -> None:
    other = {"body": {"project_code": "P2", "indicators": [{"level1": "OUTPUT", "weight": "90"}]}}
    content = write_workbook(FORM, [LINE, other])
    assert [(one.row, one.fields) for one in read_workbook(content, FORM)] == [
        (2, LINE),
        (4, other),
    ]
    assert write_workbook(FORM, [LINE, other]) == content


texts = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1)


@given(st.lists(st.tuples(texts, st.decimals("-1e9", "1e9", places=2)), min_size=1, max_size=5))
def test_any_text_and_amount_survive(items: list[tuple[str, Decimal]]) -> None:
    form = Sheet(
        operation="x",
        title="表",
        columns=(
            Column(title="甲", pointer="/body/name"),
            Column(title="乙", pointer="/body/amount", kind=Kind.WAN),
        ),
    )
    lines = [{"body": {"name": name, "amount": f"{amount:.2f}"}} for name, amount in items]
    rows = rows_of(write_workbook(form, lines), form.title)
    assert [one.fields for one in command_lines(rows, form)] == lines


def test_cells_are_read_as_people_and_programs_fill_them() -> None:
    rows = [
        ("喀什地区项目支出绩效目标申报表",),
        ("pro_code", "年度", "金额(万元)", "新增", "开始", "依据", "一级", "分值", "5月底"),
        (123, 2021.0, "1,234.5", 1, date(2021, 5, 31), "条例；通知", "OUTPUT", 50, None),
        ("", "", "", "", "", "", "效益", "40.0", "0.5"),
        (),
        ("P2", "2022", 3, "否", "2021年6月1日", "", "产出", 90, ""),
    ]
    first, second = read_workbook(book(*rows), FORM)
    assert first.row == 3
    assert first.fields["body"] == {
        "project_code": "123",
        "fiscal_year": 2021,
        "amount": "12345000.00",
        "is_new": True,
        "starts_on": "2021-05-31",
        "grounds": ["条例", "通知"],
        "indicators": [
            {"level1": "OUTPUT", "weight": "50"},
            {"level1": "BENEFIT", "weight": "40.0", "milestones": {"M05": "0.5"}},
        ],
    }
    assert second.row == 6
    assert second.fields["body"]["is_new"] is False
    assert second.fields["body"]["starts_on"] == "2021-06-01"


@pytest.mark.parametrize(
    ("heading", "value", "pointer"),
    [
        ("年度", "二〇二一", "/body/fiscal_year"),
        ("年度", 2021.5, "/body/fiscal_year"),
        ("金额(万元)", "0.0000001", "/body/amount"),
        ("金额(万元)", "1e3", "/body/amount"),
        ("新增", 3, "/body/is_new"),
        ("开始", "31.05", "/body/starts_on"),
        ("一级", "投入", "/body/indicators/0/level1"),
        ("分值", "NaN", "/body/indicators/0/weight"),
    ],
)
def test_a_cell_that_is_not_what_its_column_is_for_is_named(
    heading: str, value: object, pointer: str
) -> None:
    [found] = read_workbook(book(("项目代码", heading), ("P1", value)), FORM)
    assert [(wrong.cell, wrong.pointer) for wrong in found.wrong] == [("B2", pointer)]
    assert found.wrong[0].expected


def test_a_field_knows_its_cell() -> None:
    usual = Whereabouts(4)
    assert FORM.cell(usual, "/body/amount") == "C4"
    assert FORM.cell(usual, "/amount") == "C4"
    assert FORM.cell(usual, "/grounds/1") == "F4"
    assert FORM.cell(usual, "/body/indicators/3/weight") == "H7"
    assert FORM.cell(usual, "/indicators/0/milestones/M05") == "I4"
    assert FORM.cell(usual, "/indicators/1/milestones") == "I5"
    assert FORM.cell(usual, "/indicators/2") == "G6"
    assert FORM.cell(usual, "/indicators/2/unknown") == "G6"
    assert FORM.cell(usual, None) == "A4"
    assert [letters(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_a_cell_that_hides_the_character_nul_is_named() -> None:
    whole = book(("项目代码",), ("P1",), ("P2",))
    with zipfile.ZipFile(BytesIO(whole)) as parts:
        texts_of_it = parts.read("xl/sharedStrings.xml").replace(b"P2", b"P2_x0000_")
    _, found = read_workbook(changed(whole, "xl/sharedStrings.xml", texts_of_it), PLAIN)
    assert [(wrong.cell, wrong.expected) for wrong in found.wrong] == [
        ("A3", "a text without the character NUL")
    ]


PLAIN = replace(FORM, lines=())
HEADINGS = ("分值", "一级", "年度", "项目代码", "备注")


def test_a_field_is_found_where_the_user_put_its_column_and_its_row() -> None:
    rows = [
        ("申报表",),
        HEADINGS,
        (50, "产出", 2021, "P1"),
        (),
        (40, "效益"),
        ("x",),
        ("y", "效益"),
    ]
    [found] = read_workbook(book(*rows), FORM)
    assert found.where == Whereabouts(3, [3, 5, 6, 7], [3, 2, -1, -1, -1, -1, 1, 0, -1])
    named = {
        "/project_code": "D3",
        "/fiscal_year": "C3",
        "/indicators/0/weight": "A3",
        "/indicators/1/level1": "B5",
        "/amount": "D3",  # there is no such column: the first of the head
        "/indicators/1/milestones/M05": "B5",
    }
    assert {pointer: FORM.cell(found.where, pointer) for pointer in named} == named
    assert [wrong.cell for wrong in found.wrong] == ["A6", "A7"]
    assert [FORM.cell(found.where, wrong.pointer) for wrong in found.wrong] == ["A6", "A7"]


def grouped(*rows: tuple[object, ...]) -> list[tuple[str, list[str]]]:
    """The commands of a sheet: the project of each, and the weights of its lines."""
    found = read_workbook(book(("项目代码", "年度", "分值"), *rows), FORM)
    bodies = [one.fields["body"] for one in found]
    return [(b["project_code"], [line["weight"] for line in b["indicators"]]) for b in bodies]


def test_a_head_that_is_said_again_begins_no_other_command() -> None:
    together = [("P1", ["1", "2", "3"])]
    assert grouped(("P1", 2021, 1), ("", "", 2), ("", "", 3)) == together
    assert grouped(("P1", 2021, 1), ("P1", 2021.0, 2), ("P1", " 2021 ", 3)) == together
    assert grouped(("P1", 2021, 1), ("P1", "", 2), ("", 2021, 3)) == together
    assert grouped(("P1", 2021, 1), (), ("", "", 2), (), ("", "", 3)) == together


def test_a_head_that_says_something_else_or_stands_apart_begins_another_command() -> None:
    apart = [("P1", ["1"]), ("P1", ["2"])]
    assert grouped(("P1", 2021, 1), ("P1", 2022, 2)) == apart
    assert grouped(("P1", "", 1), ("P1", 2022, 2)) == apart
    assert grouped(("P1", 2021, 1), (), ("P1", 2021, 2)) == apart
    assert grouped(("P1", 1, 1), ("P2", 1, 2), ("P1", 1, 3)) == [
        ("P1", ["1"]),
        ("P2", ["2"]),
        ("P1", ["3"]),
    ]


def test_two_commands_with_the_same_head_are_written_apart() -> None:
    less = {"body": {"project_code": "00123", "indicators": LINE["body"]["indicators"]}}
    lines = [LINE, LINE, less, LINE]
    assert [one.fields for one in read_workbook(write_workbook(FORM, lines), FORM)] == lines


MARKS = Column(
    title="证据", pointer="/body/marks", kind=Kind.LIST, codes={"凭证": "V", "底稿": "P"}
)
TURNS = Column(
    title="方向", pointer="/body/reverse", kind=Kind.FLAG, codes={"正向": "否", "反向": "是"}
)


def test_a_list_and_a_flag_are_said_by_code_or_by_label() -> None:
    form = Sheet(operation="x", title="表", columns=(MARKS, TURNS))
    rows = [("证据", "方向"), ("凭证、P；底稿", "反向"), ("V", "否"), ("凭证；账本", "左")]
    *good, bad = read_workbook(book(*rows, title="表"), form)
    said = [{"marks": ["V", "P", "P"], "reverse": True}, {"marks": ["V"], "reverse": False}]
    assert [one.fields["body"] for one in good] == said
    assert [(wrong.cell, wrong.expected) for wrong in bad.wrong] == [
        ("A4", "one of 凭证、底稿"),
        ("B4", "one of 正向、反向"),
    ]
    lines = [{"body": one} for one in said]
    written = write_workbook(form, lines)
    assert [one.fields for one in read_workbook(written, form)] == lines
    plain = Sheet(operation="x", title="表", columns=(replace(MARKS, codes={}),))
    [first, _] = read_workbook(written, plain)
    assert first.fields["body"]["marks"] == ["凭证", "底稿", "底稿"]


@pytest.mark.parametrize(
    ("rows", "refused"),
    [
        ([("年度",), (2021,)], refusals.HeadingsWrong),
        ([("项目代码", "pro_code"), ("P1", "P2")], refusals.HeadingsWrong),
        ([("别的",), ("x",)], refusals.HeadingsWrong),
        ([], refusals.SheetMissing),
    ],
)
def test_headings_that_do_not_fit_are_refused(
    rows: list[tuple[object, ...]], refused: type[Refusal]
) -> None:
    with pytest.raises(refused):
        list(read_workbook(book(*rows), FORM))


def changed(content: bytes, name: str, text: bytes) -> bytes:
    """The archive with one part more, or another."""
    into = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as before, zipfile.ZipFile(into, "w", 8) as after:
        for part in before.namelist():
            if part != name:
                after.writestr(part, before.read(part))
        after.writestr(name, text)
    return into.getvalue()


def far_apart(cell: str) -> bytes:
    """Five thousand bytes: a reader that keeps every cell between the two wants gigabytes."""
    row = cell.lstrip(ascii_uppercase)
    cells = (
        f'<row r="1"><c r="A1"><v>1</v></c></row><row r="{row}"><c r="{cell}"><v>1</v></c></row>'
    )
    return changed(GOOD, SHEET, HEAD + cells.encode() + b"</sheetData></worksheet>")


GOOD = book(("项目代码",), ("P1",))
SHEET = "xl/worksheets/sheet1.xml"
HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
HOSTILE: dict[str, tuple[Callable[[], bytes], type[Refusal]]] = {
    "text": (lambda: b"pro_code\nP1\n", refusals.WorkbookUnreadable),
    "half": (lambda: GOOD[: len(GOOD) // 2], refusals.WorkbookUnreadable),
    "another archive": (
        lambda: changed(b"PK\x05\x06" + bytes(18), "a.txt", b""),
        refusals.WorkbookUnreadable,
    ),
    "macros": (lambda: changed(GOOD, "xl/vbaProject.bin", b"x"), refusals.WorkbookHasMacros),
    "links": (
        lambda: changed(GOOD, "xl/externalLinks/externalLink1.xml", b"<x/>"),
        refusals.WorkbookHasMacros,
    ),
    "entities": (
        lambda: changed(GOOD, SHEET, b'<!DOCTYPE x [<!ENTITY a "b">]>' + HEAD),
        refusals.WorkbookUnreadable,
    ),
    "a cell far away": (lambda: far_apart("XFD200000"), refusals.WorkbookTooLarge),
    "bomb": (lambda: changed(GOOD, "xl/a.xml", bytes(401 << 20)), refusals.WorkbookTooLarge),
    "rows": (
        lambda: changed(GOOD, SHEET, HEAD + b"<row/>" * 1_000_000),
        refusals.WorkbookTooLarge,
    ),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_refused_for_what_it_is(kind: str) -> None:
    make, refused = HOSTILE[kind]
    with pytest.raises(refused):
        list(read_workbook(make(), FORM))


def test_a_formula_is_refused_with_its_cell() -> None:
    into = BytesIO()
    made = xlsxwriter.Workbook(into)
    page = made.add_worksheet("申报表")
    page.write(0, 0, "项目代码")
    page.write_formula(7, 2, '=HYPERLINK("http://x","y")')
    made.close()
    with pytest.raises(refusals.WorkbookHasFormulas) as refused:
        list(read_workbook(into.getvalue(), FORM))
    assert refused.value.details["cell"] == "C8"


def test_no_text_is_written_as_a_formula() -> None:
    line = {"body": {"project_code": "=1+1", "indicators": []}}
    [found] = read_workbook(write_workbook(FORM, [line]), FORM)
    assert found.fields["body"]["project_code"] == "=1+1"


def test_rows_are_read_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    begun = iter(read_workbook(write_workbook(FORM, [LINE] * 3), FORM))
    assert next(begun).row == 2
    monkeypatch.setattr(reading, "value_of", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        next(begun)
