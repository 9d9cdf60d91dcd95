"""A form as data: what is written is read back, and every cell is read as what it is for."""

import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from shared.documents import reading, refusals
from shared.documents.reading import read_workbook
from shared.documents.sheet import Column, Kind, Sheet, letters
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
    assert [one.fields for one in read_workbook(write_workbook(form, lines), form)] == lines


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
    assert FORM.cell(4, "/body/amount") == "C4"
    assert FORM.cell(4, "/amount") == "C4"
    assert FORM.cell(4, "/body/indicators/3/weight") == "H7"
    assert FORM.cell(4, "/indicators/0/milestones/M05") == "I4"
    assert FORM.cell(4, None) == "A4"
    assert [letters(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


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
