"""绩效评价报告: every field of §8.6 stands in the file, and the file is what was submitted."""

import hashlib
import re
from base64 import b64decode
from dataclasses import fields, replace
from decimal import Decimal
from io import BytesIO
from typing import Any, Final

import pypdfium2
import pytest
from docx import Document

from services.evaluation.api.forms.report_paper import COLUMNS, report_paper
from services.evaluation.api.forms.report_press import print_report
from services.evaluation.domain.judging.concluding import fingerprint
from services.evaluation.domain.judging.events import ReportSubmitted
from services.evaluation.domain.judging.reportfile import (
    PART_BYTES,
    EnterReportFile,
    ReportFileEntered,
    reportfile_decider,
)
from services.evaluation.domain.judging.values import Chapters, Report
from services.evaluation.projections.judging_facts import plain_json
from shared.documents.paper import write_docx
from shared.testing.spec import Spec
from tests.evaluation import judging_story as story
from tests.evaluation.story import BUREAU, NOW

HEADINGS: Final = (
    "一、基本情况",
    "二、绩效评价工作开展情况",
    "三、综合评价情况及评价结论（附评分表）",
    "四、绩效评价指标分析",
    "五、主要经验及做法、存在的问题及原因分析",
    "六、有关建议",
    "七、其他需要说明的问题",
)
FOOT: Final = ("总分", "等级", "主评人签名", "机构盖章", "报告编号", "日期")


def submitted() -> ReportSubmitted:
    """The report of the story, printed by the true press."""
    ready = story.until(story.CONCLUDE).knowing(story.KNOWN_UNIT)
    (fact,) = ready.when(replace(story.SUBMIT, press=print_report)).facts
    assert isinstance(fact, ReportSubmitted)
    return fact


@pytest.fixture(scope="module")
def report() -> Report:
    """What the report says."""
    return submitted().report


def pdf_text(content: bytes) -> str:
    """The text of a PDF without what breaks its lines."""
    document = pypdfium2.PdfDocument(content)
    pages = [document[number].get_textpage().get_text_range() for number in range(len(document))]
    return _solid("".join(pages))


def docx_text(content: bytes) -> str:
    """The text of a DOCX, paragraphs and tables in their order."""
    document = Document(BytesIO(content))
    return _solid(
        "".join(node.text or "" for node in document.element.body.iter() if _is_text(node))
    )


def _is_text(node: Any) -> bool:  # noqa: ANN401 - untyped there
    return str(node.tag).endswith("}t")


def _solid(text: str) -> str:
    return re.sub(r"[\s\u200b\ufffe\u00ad]", "", text)


def wanted(report: Report) -> list[str]:
    """Everything that has to stand in it."""
    chapters = [getattr(report.chapters, field.name) for field in fields(Chapters)]
    lines = [
        text
        for line in report.lines
        for text in (
            line.level2,
            line.name,
            line.explanation,
            line.key_points,
            line.standard,
            line.deduction,
            *line.evidence,
        )
    ]
    facts = [
        report.title,
        report.report_no,
        report.agency,
        report.evaluator,
        report.lead_evaluator,
        report.project_code,
        report.project_name,
        report.unit,
        report.department,
        report.notice_no,
        report.opinion,
        report.legal_basis,
        "500.00",
        "400.00",
        "380.00",
        "95.00%",
        "89分",
        "“良”",
        "比较法",
        "计划标准、历史标准",
        "规则集第1版",
        "2022年3月15日",
        f"{report.sealed_by}（盖章）",
    ]
    return [*HEADINGS, *COLUMNS, *FOOT, *chapters, *facts, *(text for text in lines if text)]


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_the_file_holds_every_field(report: Report, form: str) -> None:
    paper = report_paper(plain_json(report))
    text = pdf_text(print_report(report)) if form == "pdf" else docx_text(write_docx(paper))
    missing = [one for one in wanted(report) if _solid(one) not in text]
    assert not missing
    places = [text.index(_solid(heading)) for heading in HEADINGS]
    assert places == sorted(places)


def test_every_row_of_the_score_sheet_has_its_ten_columns(report: Report) -> None:
    document = Document(BytesIO(write_docx(report_paper(plain_json(report)))))
    sheet = next(t for t in document.tables if [c.text for c in t.rows[0].cells] == list(COLUMNS))
    rows = [[cell.text for cell in row.cells] for row in sheet.rows[1:]]
    assert len(rows) == len(report.lines)
    execution = next(row for row in rows if row[2] == "预算执行率")
    assert (execution[0], execution[3], execution[7], execution[8]) == (
        "过程",
        "20",
        "19",
        "按比率计算扣1.00分",
    )
    assert sum(Decimal(row[7]) for row in rows) == report.score


def test_the_same_report_gives_the_same_bytes(report: Report) -> None:
    first = print_report(report)
    print_report.cache_clear()
    assert print_report(report) == first
    paper = report_paper(plain_json(report))
    assert write_docx(paper) == write_docx(paper)


def test_the_fingerprints_are_those_of_content_and_file() -> None:
    fact = submitted()
    assert fact.pdf_sha256 == hashlib.sha256(print_report(fact.report)).hexdigest()
    assert fact.content_sha256 == fingerprint(fact.report)
    changed = replace(fact.report, score=Decimal("88.99"))
    assert fingerprint(changed) != fact.content_sha256
    line = replace(fact.report.lines[0], deduction="无")
    other = replace(fact.report, lines=(line, *fact.report.lines[1:]))
    assert fingerprint(other) != fact.content_sha256


def test_the_file_is_kept_once_byte_for_byte_in_parts() -> None:
    large = b"x" * (2 * PART_BYTES + 7)
    keep = EnterReportFile(evaluation_id=story.ID, press=lambda _: large, by=BUREAU, now=NOW)
    known = Spec(reportfile_decider).knowing(story.until(story.SUBMIT).state)
    parts = known.when(keep).facts
    assert all(isinstance(part, ReportFileEntered) for part in parts)
    assert b"".join(b64decode(p.pdf_base64) for p in parts) == large  # type: ignore[attr-defined]
    assert {p.sha256 for p in parts} == {hashlib.sha256(large).hexdigest()}  # type: ignore[attr-defined]
    reprinted = replace(keep, press=lambda _: b"another layout")
    known.after(keep).when(reprinted).then_nothing()
    Spec(reportfile_decider).knowing(story.until(story.CONCLUDE).state).when(keep).then_nothing()
