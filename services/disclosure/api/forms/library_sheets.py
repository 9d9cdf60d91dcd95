"""制度清单, 培训台账 and 宣传台账 (`domain` §8.8) as tables of commands."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from services.disclosure.api.vocabulary import VOCABULARY
from services.disclosure.projections.article_register import AdoptionRow, ArticleRow
from services.disclosure.projections.policy_questions import status_on
from services.disclosure.projections.policy_register import PolicyRow
from services.disclosure.projections.training_register import TrainingRow
from shared.documents.sheet import Column, Kind, Sheet

type Line = dict[str, Any]
_REGION: Final = ("mof_div_code",)
LAYER_CODES: Final = {"1": "ONE", "2": "TWO", "N": "N"}


def labels(codes: str) -> Mapping[str, str]:
    """What is shown → the code, for the cells of a column."""
    return {label[0]: code for code, label in VOCABULARY[codes].items()}


def _number(title: str, pointer: str) -> Column:
    return Column(title=title, pointer=pointer, required=True, width=16)


_PLACE: Final = Column(title="财政区划代码", pointer="/body/region_code", also=_REGION)
POLICY_SHEET: Final = Sheet(
    operation="record_policy",
    title="制度清单",
    columns=(
        Column(title="序号", pointer="/shown/row", kind=Kind.WHOLE, width=6),
        _number("编号", "/body/policy_id"),
        _PLACE,
        Column(title="层级(1/2/N)", pointer="/body/layer", codes=LAYER_CODES, width=10),
        Column(title="名称", pointer="/body/title", width=40),
        Column(title="文号", pointer="/body/document_no", width=24),
        Column(title="发文单位", pointer="/body/issuer", width=24),
        Column(title="印发日期", pointer="/body/issued_on", kind=Kind.DAY, also=("日期",)),
        Column(title="施行日期", pointer="/body/effective_on", kind=Kind.DAY),
        Column(
            title="适用环节", pointer="/body/steps", kind=Kind.LIST, codes=labels("Step"), width=36
        ),
        Column(title="状态", pointer="/body/status", codes=labels("PolicyStatus"), width=20),
        Column(title="终止日期", pointer="/body/ended_on", kind=Kind.DAY),
        Column(title="替代文件编号", pointer="/body/superseded_by", width=16),
        Column(title="废止理由", pointer="/body/end_reason", width=20),
        Column(title="文本SHA-256", pointer="/body/text_sha256", width=20),
    ),
)
TRAINING_SHEET: Final = Sheet(
    operation="record_training",
    title="培训台账",
    columns=(
        _number("编号", "/body/session_id"),
        _PLACE,
        Column(title="日期", pointer="/body/held_on", kind=Kind.DAY),
        Column(title="计划日期", pointer="/body/planned_on", kind=Kind.DAY),
        Column(title="主题", pointer="/body/topic", width=36),
        Column(title="形式", pointer="/body/channel", codes=labels("TrainingChannel")),
        Column(title="讲师", pointer="/body/trainer", width=16),
        Column(title="参训单位数", pointer="/body/units", kind=Kind.WHOLE),
        Column(title="人次", pointer="/body/person_times", kind=Kind.WHOLE),
        Column(
            title="签到附件(SHA-256)",
            pointer="/body/sheet_sha256",
            also=("签到附件",),
            width=24,
        ),
    ),
    note="人次不去重：同一人参加两次计两次。",
)
ARTICLE_SHEET: Final = Sheet(
    operation="record_article",
    title="宣传台账",
    columns=(
        _number("编号", "/body/article_id"),
        _PLACE,
        Column(title="标题", pointer="/body/title", width=40),
        Column(title="作者", pointer="/body/author"),
        Column(title="撰写日期", pointer="/body/written_on", kind=Kind.DAY),
        Column(title="采用媒体", pointer="/body/outlet", width=24),
        Column(title="级别", pointer="/body/level", codes=labels("PressLevel"), width=20),
        Column(title="日期", pointer="/body/adopted_on", kind=Kind.DAY, also=("采用日期",)),
        Column(title="链接/版面", pointer="/body/link", width=24),
        Column(title="篇次", pointer="/shown/times", kind=Kind.WHOLE, width=6),
        Column(title="重点稿件", pointer="/body/featured", kind=Kind.FLAG),
    ),
    note="一稿被多家媒体采用计多篇次，每家一行；同一媒体只计一次。",
)
LIBRARY_SHEETS: Final = (POLICY_SHEET, TRAINING_SHEET, ARTICLE_SHEET)


def policy_line(number: int, row: PolicyRow, steps: Sequence[str], day: date) -> Line:
    """The row of a document, with its state on the day."""
    line = _line(
        policy_id=row.policy_id,
        region_code=row.region_code,
        layer=row.layer,
        title=row.title,
        document_no=row.document_no,
        issuer=row.issuer,
        issued_on=_day(row.issued_on),
        effective_on=_day(row.effective_on),
        steps=list(steps),
        status=status_on(row, day).value,
        ended_on=_day(row.ended_on),
        superseded_by=row.superseded_by,
        end_reason=row.end_reason,
        text_sha256=row.text_sha256,
    )
    return {**line, "shown": {"row": number}}


def training_line(row: TrainingRow) -> Line:
    """The row of a session that was held."""
    return _line(
        session_id=row.session_id,
        region_code=row.region_code,
        held_on=_day(row.held_on),
        planned_on=_day(row.planned_on),
        topic=row.topic,
        channel=row.channel,
        trainer=row.trainer,
        units=row.units,
        person_times=row.person_times,
        sheet_sha256=row.sheet_sha256,
    )


def article_line(row: ArticleRow, adoption: AdoptionRow | None) -> Line:
    """A row of an article: one adoption, or the article alone."""
    line = _line(
        article_id=row.article_id,
        region_code=row.region_code,
        title=row.title,
        author=row.author,
        written_on=_day(row.written_on),
        outlet=adoption.outlet if adoption else None,
        level=adoption.level if adoption else None,
        adopted_on=_day(adoption.adopted_on) if adoption else None,
        link=adoption.link if adoption else None,
        featured=row.featured,
    )
    return {**line, "shown": {"times": 1 if adoption else 0}}


def _line(**body: object) -> Line:
    """What is empty is not said."""
    return {"body": {name: value for name, value in body.items() if value not in (None, "")}}


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
