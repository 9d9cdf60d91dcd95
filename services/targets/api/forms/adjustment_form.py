"""绩效目标调整申请表: the form on which other target values are asked for (`domain` §8.8)."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from services.targets.api.forms.figures import day, term, wan
from services.targets.api.written import labels
from services.targets.projections.adjustment_register import (
    AdjustmentRow,
    AdjustmentSignatureRow,
)
from services.targets.projections.target_register import TargetRow
from shared.documents.paper import Facts, Grid, Heading, Paper
from shared.documents.sheet import Column, Kind, Sheet
from shared.domain.money import Money

type Line = Mapping[str, Any]

TITLE: Final = "绩效目标调整申请表"
NOTE: Final = "每个指标一行；项目各栏只在第一行填写。金额单位：万元。"
HEAD: Final = (
    Column(title="项目代码-年度", pointer="/path/target_id", required=True, width=30),
    Column(title="项目", pointer="/shown/project_name", width=28),
    Column(title="原金额", pointer="/shown/before", kind=Kind.WAN),
    Column(title="拟调金额", pointer="/shown/after", kind=Kind.WAN),
    Column(title="调整情形", pointer="/body/cause", codes=labels("AdjustmentCause"), width=18),
    Column(title="调整原因", pointer="/body/reason", width=40),
    Column(title="依据文件", pointer="/body/document/name", width=28),
    Column(title="依据文件指纹", pointer="/body/document/sha256", width=20),
    Column(title="审核意见", pointer="/shown/opinion", width=30),
)
VALUES: Final = (
    Column(title="指标编号", pointer="/indicator_id", width=10),
    Column(title="指标名称", pointer="/name", width=28),
    Column(title="原目标值", pointer="/before", kind=Kind.NUMBER),
    Column(title="拟调目标值", pointer="/target_value", kind=Kind.NUMBER),
)
ADJUSTMENT_SHEET: Final = Sheet(
    operation="request_target_adjustment",
    title=TITLE,
    columns=HEAD,
    lines=VALUES,
    lines_pointer="/body/values",
    note=NOTE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentForm:
    """Everything the form of one request is made of; without a request, to be filled in."""

    target: TargetRow
    indicators: Sequence[Mapping[str, Any]]
    row: AdjustmentRow | None = None
    signatures: Sequence[AdjustmentSignatureRow] = ()

    @property
    def proposed(self) -> Mapping[str, Any]:
        """The values that are asked for, by indicator."""
        return dict(json.loads(self.row.proposed_values_json)) if self.row else {}

    @property
    def evidence(self) -> Sequence[Mapping[str, str]]:
        """What proves it."""
        return list(json.loads(self.row.evidence_json)) if self.row else []

    @property
    def amounts(self) -> tuple[int, int]:
        """The budget before and after, in fen."""
        if self.row is None:
            return self.target.budget_fen or 0, self.target.budget_fen or 0
        return self.row.budget_fen - self.row.change_fen, self.row.budget_fen


def sheet_line(form: AdjustmentForm) -> Line:
    """The command that would ask for these values again; an empty form has none of its own."""
    before, after = form.amounts
    body: dict[str, Any] = {"values": list(_values(form))}
    if form.row is not None:
        body["reason"] = form.row.reason
        body |= {"cause": form.row.cause} if form.row.cause else {}
        body |= {"document": form.evidence[0]} if form.evidence else {}
    shown = {
        "project_name": form.target.project_name,
        "before": str(Money(before)),
        "after": str(Money(after)),
        "opinion": _opinion(form),
    }
    return {"path": {"target_id": form.target.target_id}, "shown": shown, "body": body}


def _values(form: AdjustmentForm) -> Iterable[Line]:
    wanted = form.proposed
    for one in form.indicators:
        key, value = one["indicator_id"], one.get("target_value")
        if value is None or (form.row is not None and key not in wanted):
            continue
        line = {"indicator_id": key, "name": one["name"], "before": value}
        yield {**line, "target_value": wanted[key]} if key in wanted else line


def paper(form: AdjustmentForm) -> Paper:
    """The form as it is signed and filed."""
    row, target = form.row, form.target
    before, after = form.amounts
    basics = (
        ("项目", target.project_name),
        ("项目代码", target.project_code),
        ("原金额", wan(before)),
        ("拟调金额", wan(after)),
        ("调整情形", term("AdjustmentCause", row.cause) if row else ""),
        ("调整类型", term("AdjustmentKind", row.kind) if row else ""),
        ("申请人", (row.signed_by or row.proposed_by) if row else ""),
        ("调整原因", row.reason if row else ""),
    )
    values = [
        (one["indicator_id"], one["name"], str(one["before"]), str(one.get("target_value", "")))
        for one in _values(form)
    ]
    proofs = [(one["name"], one["sha256"]) for one in form.evidence]
    return Paper(
        title=TITLE,
        note=f"年度：{target.fiscal_year}　　单位：万元",
        blocks=(
            Heading("一、基本情况"),
            Facts(pairs=basics),
            Heading("二、绩效目标值"),
            Grid(headings=("指标编号", "指标名称", "原目标值", "拟调目标值"), rows=values),
            Heading("三、依据文件"),
            Grid(headings=("文件", "指纹（SHA-256）"), rows=proofs),
            Heading("四、审核意见"),
            Grid(headings=("机构", "意见", "签署或登记", "日期"), rows=list(_opinions(form))),
        ),
    )


def _opinions(form: AdjustmentForm) -> Iterable[Sequence[str]]:
    for one in form.signatures:
        named = " ".join(filter(None, ("同意", one.authority, one.document_no, one.reason)))
        when = day(one.decided_on or one.signed_on)
        yield term("SigningOffice", one.office), named, one.signed_by, when
    if form.row is not None and form.row.status == "REFUSED":
        yield "", f"不同意：{form.row.remark}", "", day(form.row.decided_on)


def _opinion(form: AdjustmentForm) -> str:
    return "；".join(f"{office}{said}（{when}）" for office, said, _, when in _opinions(form))
