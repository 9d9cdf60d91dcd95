"""附1 整改反馈表 as a workbook, in and out, and the book of letters (`domain` §8.5, I7).

The plan and the proof are two sheets, because they are two acts on two days. What is exported is
imported again unchanged; a form without a plan shows the problems of the letter, to be filled in.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from services.monitoring.api.vocabulary import VOCABULARY
from shared.documents.sheet import Column, Kind, Sheet
from shared.domain.actors import subject_of


def labels(enum: str) -> dict[str, str]:
    """Codes by what they are called, as a sheet reads them."""
    return {zh: code for code, (zh, _) in VOCABULARY[enum].items()}


PLAN_SHEET: Final = Sheet(
    operation="submit_plan",
    title="整改反馈表（方案）",
    columns=(Column(title="预警编号", pointer="/path/warning_id", required=True, width=32),),
    lines_pointer="/body/steps",
    lines=(
        Column(title="问题", pointer="/reason", codes=labels("Reason"), required=True, width=22),
        Column(title="原因分析", pointer="/cause", required=True, width=30),
        Column(title="整改措施", pointer="/measure", required=True, width=30),
        Column(title="业务责任人", pointer="/owner", required=True),
        Column(title="财务责任人", pointer="/finance_owner", required=True),
        Column(title="完成时间", pointer="/due_on", kind=Kind.DAY, required=True),
    ),
)
PROOF_SHEET: Final = Sheet(
    operation="submit_evidence",
    title="整改反馈表（完成情况）",
    columns=(
        Column(title="预警编号", pointer="/path/warning_id", required=True, width=32),
        Column(title="完成情况", pointer="/body/result", required=True, width=40),
    ),
    lines_pointer="/body/items",
    lines=(
        Column(title="佐证材料", pointer="/name", required=True, width=30),
        Column(title="材料种类", pointer="/kind", codes=labels("EvidenceKind"), required=True),
        Column(title="文件指纹(SHA-256)", pointer="/sha256", required=True, width=66),
        Column(title="来源", pointer="/source", width=24),
    ),
)
WARNING_SHEETS: Final = (PLAN_SHEET, PROOF_SHEET)
BOOK_COLUMNS: Final = (
    ("发文字号", "letter_no", 26),
    ("预警编号", "warning_id", 32),
    ("项目代码", "project_code", 24),
    ("主送单位", "to", 28),
    ("预警等级", "urgency", 12),
    ("印发日期", "issued_on", 12),
    ("完成时限", "finish_by", 12),
    ("签发人", "signed_by", 16),
    ("收函人", "received_by", 12),
    ("收函日期", "received_on", 12),
    ("异议", "objection", 24),
    ("异议答复", "objection_answer", 24),
    ("更正原函", "corrects", 26),
    ("已被更正", "corrected_by", 26),
    ("内容指纹", "content_sha256", 66),
    ("文件指纹", "pdf_sha256", 66),
)
LETTER_BOOK: Final = Sheet(
    operation="",
    title="预警纠偏告知函台账",
    columns=tuple(
        Column(title=title, pointer=f"/{name}", width=width) for title, name, width in BOOK_COLUMNS
    ),
)
_STEP: Final = ("reason", "cause", "measure", "owner", "finance_owner", "due_on")
_ITEM: Final = ("name", "kind", "sha256", "source")

type Line = dict[str, Any]


def plan_line(warning_id: str, steps: Sequence[Mapping[str, Any]]) -> Line:
    """The command that would hand in this plan."""
    told = [{name: step[name] for name in _STEP if step.get(name)} for step in steps]
    return {"path": {"warning_id": warning_id}, "body": {"steps": told}}


def blank_plan(warning_id: str, reasons: Iterable[str]) -> Line:
    """The form with its problems, to be filled in."""
    steps = [{"reason": reason} for reason in dict.fromkeys(reasons)]
    return {"path": {"warning_id": warning_id}, "body": {"steps": steps}}


def proof_line(warning_id: str, result: str, items: Sequence[Mapping[str, Any]]) -> Line:
    """The command that would hand in this proof."""
    told = [{name: item[name] for name in _ITEM if item.get(name)} for item in items]
    return {"path": {"warning_id": warning_id}, "body": {"result": result, "items": told}}


def book_line(row: Mapping[str, Any]) -> Line:
    """A letter as it stands in the book."""
    said = row["content"]
    told = {name: row.get(name) for _, name, _ in BOOK_COLUMNS}
    told |= {"to": said["to"], "urgency": said["urgency"]}
    told["signed_by"] = subject_of(said["signed_by"])
    return {name: "" if value is None else str(value) for name, value in told.items()}
