"""项目支出绩效自评表 out and in again: unchanged, reordered, with blanks, wrong in a cell."""

import json
from io import BytesIO
from typing import Any, Final

import pypdfium2
import xlsxwriter
from docx import Document

from services.evaluation.api.forms.self_evaluation_sheet import (
    HEAD,
    LINES,
    SELF_EVALUATION_SHEET,
    TITLE,
)
from services.evaluation.api.self_evaluation_proofs import read, written
from shared.documents.reading import read_workbook, table_rows
from shared.http.policy import Role
from shared.http.workbooks import NDJSON, XLSX
from tests.evaluation.county import County
from tests.evaluation.self_evaluations import file
from tests.evaluation.test_self_evaluation_api import FILLED, ONE, PROOF, named, signed

TITLES: Final = [column.title for column in (*HEAD, *LINES)]
type Cells = list[list[str]]


async def fetched(county: County, path: str, **query: object) -> bytes:
    """A file as it is downloaded."""
    params = {name: str(value) for name, value in query.items()}
    headers = county.by(Role.UNIT_BUSINESS)
    answer = await county.client.get(f"/v1{path}", params=params, headers=headers)
    assert answer.is_success, answer.text[:800]
    return answer.content


async def imported(
    county: County, content: bytes, kind: str = XLSX, *, accept: bool = True
) -> dict[str, Any]:
    """What the import says of a file."""
    answer = await county.client.post(
        "/v1/imports",
        params={"operation": "enter_self_evaluation", "accept": str(accept).lower()},
        content=content,
        headers={**county.by(Role.UNIT_BUSINESS), "content-type": kind},
    )
    assert answer.is_success, answer.text[:800]
    told: dict[str, Any] = answer.json()
    return told


def cells_of(content: bytes) -> Cells:
    """The rows of a workbook as texts."""
    return [list(row) for row in table_rows(content)]


def workbook(rows: Cells) -> bytes:
    """Rows of texts as a workbook."""
    into = BytesIO()
    book = xlsxwriter.Workbook(into, {"strings_to_formulas": False})
    page = book.add_worksheet(TITLE)
    for number, row in enumerate(rows):
        page.write_row(number, 0, row)
    book.close()
    return into.getvalue()


def put(rows: Cells, number: int, title: str, text: str) -> str:
    """Write into a cell; answer its name."""
    place = rows[0].index(title)
    rows[number][place] = text
    return f"{xlsxwriter.utility.xl_col_to_name(place)}{number + 1}"


async def said(county: County) -> int:
    """How many facts there are, with everything that was committed numbered."""
    while (await county.store.sequence()).taken:
        pass
    return (await county.store.head()).position


async def test_what_was_exported_enters_again_and_changes_nothing(real_county: County) -> None:
    county = real_county
    await named(county)
    await county.done(Role.UNIT_BUSINESS, f"{ONE}/enter", FILLED)
    before = await said(county)
    book = await fetched(county, "/self-evaluation-forms/export", fiscal_year=2021)
    lines = await fetched(county, "/self-evaluation-forms/export", fiscal_year=2021, form="ndjson")
    [command] = list(read_workbook(book, SELF_EVALUATION_SHEET))
    assert not command.wrong
    shown = command.fields["shown"]
    assert (shown["budget"], shown["paid"], shown["execution_rate"]) == (
        "5000000.00",
        "4100000.00",
        "82.00%",
    )
    for content, kind in ((book, XLSX), (lines, NDJSON)):
        report = await imported(county, content, kind)
        assert (report["rows"], report["good"]) == (1, 1), report
    assert await said(county) == before
    told = json.loads(lines)["body"]
    assert told["evidence"] == FILLED["evidence"]
    assert sorted(one["indicator_id"] for one in told["reports"]) == sorted(
        one["indicator_id"] for one in FILLED["reports"]
    )


async def test_an_empty_form_is_filled_with_its_columns_in_another_order(
    real_county: County,
) -> None:
    county = real_county
    await named(county)
    rows = cells_of(await fetched(county, f"{ONE}/form"))
    assert rows[0] == TITLES
    by_id = {one["indicator_id"]: one for one in FILLED["reports"]}
    place = rows[0].index("指标编号")
    for number, row in enumerate(rows[1:], 1):
        one = by_id[row[place]]
        put(rows, number, "实际完成值", one.get("value", ""))
        put(rows, number, "佐证材料编号", written(file()))
        if "attainment" in one:
            put(rows, number, "定性达成等级", "达成年度指标")
            put(rows, number, "定性达成比例", one["share"])
        if "cause" in one:
            cause = one["cause"]
            put(rows, number, "偏差原因", "目标值偏低")
            put(rows, number, "原因说明", f" {cause['text']} ")
            put(rows, number, "客观占比%", cause["objective"])
            put(rows, number, "主观占比%", cause["subjective"])
            put(rows, number, "改进措施", cause["measure"])
            put(rows, number, "完成时限", cause["due_on"])
            put(rows, number, "责任人", cause["owner"])
    put(rows, 1, "实际完成情况", FILLED["summary"])
    put(rows, 1, "自评得分", FILLED["self_score"])
    put(rows, 1, "全年执行数", "999.00")  # what monitoring says is not typed in
    turned = [list(reversed(row)) for row in rows]
    report = await imported(county, workbook(turned), accept=False)
    assert (report["good"], report["refused_rows"]) == (1, 0), report
    await imported(county, workbook(turned))
    before = await said(county)
    await county.done(Role.UNIT_BUSINESS, f"{ONE}/enter", FILLED)  # the same, as JSON
    assert await said(county) == before
    assert (await county.read(f"{ONE}/form-data"))["paid"] == "4100000.00"


async def test_a_dry_run_names_row_cell_rule_and_remedy(real_county: County) -> None:
    county = real_county
    await named(county)
    await county.done(Role.UNIT_BUSINESS, f"{ONE}/enter", FILLED)
    book = await fetched(county, f"{ONE}/form")
    before = await said(county)
    place = TITLES.index("指标编号")
    for title, text, rule in (
        ("实际完成值", "", "indicator-not-reported"),
        ("佐证材料编号", "", "self-evaluation-evidence-missing"),
        ("佐证材料编号", "9" * 64, "evidence-not-described"),
        ("原因说明", "目标偏低", "cause-too-short"),
        ("责任人", "", "cure-missing"),
    ):
        rows = cells_of(book)
        number = next(n for n, row in enumerate(rows) if row[place] == "income")
        cell = put(rows, number, title, text)
        report = await imported(county, workbook(rows), accept=False)
        (refused,) = report["refused"]
        assert refused["problem"].endswith(f"/{rule}"), refused
        assert refused["cell"] == cell, refused
        assert refused["remedy"], refused
    assert await said(county) == before


async def test_the_paper_has_every_block_and_the_core_problem_page(real_county: County) -> None:
    county = real_county
    await named(county)
    await signed(county)
    await county.done(Role.DEPT_REVIEWER, f"{ONE}/audit")
    document = Document(BytesIO(await fetched(county, f"{ONE}/form", form="docx")))
    assert document.paragraphs[0].text == TITLE
    headings = [paragraph.text for paragraph in document.paragraphs]
    for heading in ("一、基本信息", "二、项目资金（万元）", "四、绩效指标", "附页：核心问题"):
        assert heading in headings
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    for text in ("500.00", "410.00", "82.00%", "8.20", "93.89", "13.50", "李", "王", "张", "1.50"):
        assert text in cells, text
    assert PROOF in cells
    pdf = pypdfium2.PdfDocument(await fetched(county, f"{ONE}/form", form="pdf"))
    text = "".join(page.get_textpage().get_text_range() for page in pdf)
    assert TITLE in text.replace("\r\n", "")
    assert "93.89" in text


def test_a_proof_on_paper_reads_back_to_the_same_file() -> None:
    for one in (file(), file(captured_on=None), file(supersedes="b" * 64)):
        assert read(written(one)) == one
    assert read("a" * 64) is None
    assert read(f"报告〔正式资料〕:{PROOF}") is None
