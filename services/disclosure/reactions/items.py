"""Decided facts of the others → what is owed to the public of each of them, one by one."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from services.disclosure.domain.item_words import Item, OweItem, RestateItem, StartTerm
from services.disclosure.domain.values import CHANNEL_OF, ItemKind
from services.disclosure.reactions import contents
from shared.contracts import evaluation, targets
from shared.domain.decider import Json
from shared.messages import AnyHeard

SERVICE: Final = "abacus|disclosure"
TITLES: Final = {
    ItemKind.TARGET: "绩效目标",
    ItemKind.EX_ANTE_REPORT: "事前绩效评估报告",
    ItemKind.SELF_EVALUATION: "绩效自评结果",
    ItemKind.FINANCE_REPORT: "财政绩效评价报告",
    ItemKind.DEPARTMENT_REPORT: "部门绩效评价报告",
    ItemKind.MONITORING_SUMMARY: "绩效运行监控情况",
    ItemKind.RECOVERY_SUMMARY: "资金收回情况",
    ItemKind.CUT_SUMMARY: "预算调减情况",
    ItemKind.CIRCULAR: "绩效管理通报",
    ItemKind.RANKING: "实效评价排名",
    ItemKind.BENEFICIARIES: "惠民惠企资金受益情况",
}
REPORT_OF: Final = {
    "FINANCE": ItemKind.FINANCE_REPORT,
    "DEPARTMENT": ItemKind.DEPARTMENT_REPORT,
}

type Source = targets.ExAnteConcluded | targets.TargetApproved | evaluation.SelfEvaluationAccepted


def react_to_decisions(heard: AnyHeard) -> Sequence[object]:  # noqa: PLR0911 - one match
    """The obligations that follow from a decision about a project, and what changes them."""
    now = heard.said_at
    match heard.word:
        case targets.ExAnteConcluded(conclusion="INCLUDED") as word:
            return [_owe(word, ItemKind.EX_ANTE_REPORT, contents.ex_ante(word), None, now)]
        case targets.TargetApproved() as word:
            return _target_approved(word, now)
        case targets.TargetAdjusted() as word:
            return [_restate(word, ItemKind.TARGET, contents.adjusted(word), word.reason, now)]
        case evaluation.SelfEvaluationAccepted() as word:
            content = contents.self_evaluation(word)
            return [_owe(word, ItemKind.SELF_EVALUATION, content, word.accepted_on, now)]
        case evaluation.ScoreCorrected() as word:
            content = {"final_score": str(word.after), "grade": word.grade}
            return [_restate(word, ItemKind.SELF_EVALUATION, content, word.finding, now)]
        case evaluation.EvaluationConcluded() as word:
            return [_report(word, now)]
        case evaluation.EvaluationReportFiled() as word:
            return _filed(word, now)
        case evaluation.EvaluationCorrected() as word:
            return [_report_corrected(word, now)]
        case _:
            return ()


def item_id(kind: ItemKind, project_code: str, fiscal_year: int) -> str:
    """The natural number of an item: one per kind, project and year."""
    return f"{kind.value}-{project_code}-{fiscal_year}"


def _target_approved(word: targets.TargetApproved, now: datetime) -> Sequence[object]:
    report = item_id(ItemKind.EX_ANTE_REPORT, word.project_code, word.fiscal_year)
    return [
        _owe(word, ItemKind.TARGET, contents.target(word), word.approved_on, now),
        StartTerm(
            item_id=report,
            region_code=word.region_code,
            fiscal_year=word.fiscal_year,
            starts_on=word.approved_on,
            department_code=word.department_code,
            unit_code=word.unit_code,
            by=SERVICE,
            now=now,
        ),
    ]


def _owe(
    word: Source, kind: ItemKind, content: Json, starts_on: date | None, now: datetime
) -> OweItem:
    named = word.project_name if isinstance(word, targets.TargetApproved) else word.project_code
    item = Item(
        item_id=item_id(kind, word.project_code, word.fiscal_year),
        kind=kind,
        channel=CHANNEL_OF[kind],
        fiscal_year=word.fiscal_year,
        region_code=word.region_code,
        department_code=word.department_code,
        unit_code=word.unit_code,
        project_code=word.project_code,
        title=f"{TITLES[kind]}：{named}",
    )
    return OweItem(item=item, content=content, starts_on=starts_on, by=SERVICE, now=now)


def _report(word: evaluation.EvaluationConcluded, now: datetime) -> OweItem:
    """Owed since the conclusion; a finance report falls due only when it is on file."""
    kind = REPORT_OF[word.kind]
    item = Item(
        item_id=item_id(kind, word.project_code, word.fiscal_year),
        kind=kind,
        channel=CHANNEL_OF[kind],
        fiscal_year=word.fiscal_year,
        region_code=word.region_code,
        department_code=None,
        unit_code=word.unit_code,
        project_code=word.project_code,
        title=f"{TITLES[kind]}：{word.project_code}",
    )
    starts_on = None if kind is ItemKind.FINANCE_REPORT else word.concluded_on
    content = contents.report(word)
    return OweItem(item=item, content=content, starts_on=starts_on, by=SERVICE, now=now)


def _filed(word: evaluation.EvaluationReportFiled, now: datetime) -> Sequence[StartTerm]:
    """The word does not say whose evaluation it was; the item of another one stays silent."""
    return [
        StartTerm(
            item_id=item_id(kind, word.project_code, word.fiscal_year),
            region_code=word.region_code,
            fiscal_year=word.fiscal_year,
            starts_on=word.filed_on,
            evaluation_id=word.evaluation_id,
            fields={"report_no": word.report_no, "report_pdf_sha256": word.pdf_sha256},
            by=SERVICE,
            now=now,
        )
        for kind in REPORT_OF.values()
    ]


def _report_corrected(word: evaluation.EvaluationCorrected, now: datetime) -> RestateItem:
    return RestateItem(
        item_id=item_id(REPORT_OF[word.kind], word.project_code, word.fiscal_year),
        fields={"score": str(word.after), "grade": word.grade},
        reason=f"复核或异议处理后更正（{word.corrected_on.isoformat()}）",
        evaluation_id=word.evaluation_id,
        by=SERVICE,
        now=now,
    )


def _restate(
    word: targets.TargetAdjusted | evaluation.ScoreCorrected,
    kind: ItemKind,
    content: Json,
    reason: str,
    now: datetime,
) -> RestateItem:
    number = item_id(kind, word.project_code, word.fiscal_year)
    return RestateItem(item_id=number, fields=content, reason=reason, by=SERVICE, now=now)
