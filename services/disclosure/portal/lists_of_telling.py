"""The lists of what was told and done around it: items, bulletins, documents, trainings, press."""

from typing import Final

from services.disclosure.domain.values import ItemKind
from services.disclosure.portal.listing import Asked, Column, Filter, Listing, Rows
from services.disclosure.projections.article_register import (
    AdoptionRow,
    ArticleRow,
    adoptions,
    articles,
)
from services.disclosure.projections.disclosure_register import DisclosureRow, ItemStatus, items
from services.disclosure.projections.external_ranks import ExternalRankRow, ranks
from services.disclosure.projections.external_scores import ExternalScoreRow, scores
from services.disclosure.projections.idea_register import IdeaRow, ideas
from services.disclosure.projections.library_register import LibraryRow, libraries
from services.disclosure.projections.portal_sums import late_items
from services.disclosure.projections.span import Span
from services.disclosure.projections.training_register import TrainingRow, trainings

_REGION: Final = Column("地区", "region_code", "region")


def _items(span: Span, asked: Asked) -> Rows:
    kind = ItemKind(asked["kind"]) if "kind" in asked else None
    status = ItemStatus(asked["status"]) if "status" in asked else None
    if asked.get("overdue") == "true":
        rows = late_items(span)
        return rows.where(DisclosureRow.kind == kind.value) if kind else rows
    return items(span, kind, status)


LISTS_OF_TELLING: Final = (
    Listing(
        name="disclosures",
        title="公开事项",
        lead="本年度应公开的全部事项：已公开、依法不予公开与尚未公开的，一项不漏。",
        row=DisclosureRow,
        rows=_items,
        filters=(
            Filter("kind", "类别", "ItemKind"),
            Filter("status", "状态", "ItemStatus"),
            Filter("overdue", "只看逾期未公开", "Only", ("true",)),
        ),
        columns=(
            Column("事项", "item_id", "item", "title"),
            Column("类别", "kind", "code", "ItemKind"),
            Column("单位", "unit_code", "unit"),
            Column("状态", "status", "code", "ItemStatus"),
            Column("应公开日", "due_on", "day"),
            Column("公开日", "published_on", "day"),
        ),
    ),
    Listing(
        name="trainings",
        title="培训",
        lead="已举办的培训场次；人次不去重。",
        row=TrainingRow,
        rows=lambda span, _asked: trainings(span),
        order=(TrainingRow.held_on,),
        columns=(
            Column("主题", "topic"),
            _REGION,
            Column("形式", "channel", "code", "TrainingChannel"),
            Column("日期", "held_on", "day"),
            Column("单位数", "units", "count"),
            Column("人次", "person_times", "count"),
        ),
    ),
    Listing(
        name="publicity/articles",
        title="宣传稿件",
        lead="本年度撰写的宣传稿件。",
        row=ArticleRow,
        rows=lambda span, asked: articles(
            span, featured=True if asked.get("featured") == "true" else None
        ),
        filters=(Filter("featured", "只看重点稿件", "Only", ("true",)),),
        order=(ArticleRow.written_on,),
        columns=(
            Column("标题", "title"),
            Column("作者", "author"),
            Column("日期", "written_on", "day"),
            Column("重点稿件", "featured", "truth"),
        ),
    ),
    Listing(
        name="publicity/adoptions",
        title="稿件采用",
        lead="宣传稿件被各级媒体采用的篇次；同一稿件被多家采用计多次。",
        row=AdoptionRow,
        rows=lambda span, asked: adoptions(span, asked.get("level")),
        filters=(Filter("level", "媒体级别", "PressLevel"),),
        order=(AdoptionRow.adopted_on,),
        columns=(
            Column("稿件", "article_id", "article"),
            Column("媒体", "outlet"),
            Column("媒体级别", "level", "code", "PressLevel"),
            Column("采用日", "adopted_on", "day"),
        ),
    ),
    Listing(
        name="policies/ideas",
        title="绩效管理理念",
        lead="现行的绩效管理理念。",
        row=IdeaRow,
        rows=lambda span, _asked: ideas(span),
        columns=(
            Column("理念", "text"),
            Column("英文", "text_en"),
            _REGION,
            Column("提出日", "declared_on", "day"),
        ),
    ),
    Listing(
        name="libraries",
        title="指标库与案例库",
        lead="适用于本地区的指标库与案例库版本。",
        row=LibraryRow,
        rows=lambda span, asked: libraries(span, asked.get("library")),
        filters=(Filter("library", "库", "Library"),),
        columns=(
            Column("库", "library", "code", "Library"),
            _REGION,
            Column("版本", "library_version", "count"),
            Column("类别数", "classes", "count"),
            Column("条目数", "entries", "count"),
            Column("发布日", "published_on", "day"),
        ),
    ),
    Listing(
        name="external-ranks",
        title="上级考核位次",
        lead="上级考核公布的位次，附来源文件；本系统只记录，不计算。",
        row=ExternalRankRow,
        rows=lambda span, asked: ranks(span, asked.get("level")),
        filters=(Filter("level", "对象", "RankedLevel"),),
        columns=(
            Column("考核", "scheme", "code", "Scheme"),
            Column("期间", "period"),
            Column("对象", "subject", "region"),
            Column("位次", "rank", "count"),
            Column("位次不低于", "rank_at_most", "count"),
            Column("来源文件", "document_no"),
        ),
    ),
    Listing(
        name="external-scores",
        title="上级审核得分",
        lead="上级对重点资金的审核得分，附来源文件。",
        row=ExternalScoreRow,
        rows=lambda span, _asked: scores(span),
        columns=(
            Column("资金", "fund", "code", "Fund"),
            Column("审核", "kind", "code", "ScoreKind"),
            Column("资金年度", "fund_year", "year"),
            Column("对象", "subject", "region"),
            Column("得分", "score", "number"),
            Column("位次", "rank", "count"),
            Column("来源文件", "document_no"),
        ),
    ),
)
