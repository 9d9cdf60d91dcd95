"""An edition of a bulletin or a report as it is shown: one value for page, document and print."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.disclosure.domain.telling import Figure, Passage, filled

TABLE: Mapping[str, str] = {
    "work": "工作事项",
    "units": "涉及单位数",
    "projects": "项目数",
    "result": "结果",
    "items": "附件",
}

UNITS: Mapping[str, str] = {
    "rank": "位",
    "counties": "个县市",
    "documents": "项",
    "ratio": "比例",
    "units": "个单位",
    "projects": "个项目",
    "CNY": "元",
    "industries": "个行业",
    "indicators": "条",
    "classes": "类",
    "cases": "件",
    "nodes": "时点",
    "dates": "日期",
    "levels": "级",
    "points": "分",
    "channels": "种",
    "months": "个月",
    "article-times": "篇次",
    "articles": "篇",
    "sessions": "场次",
    "person-times": "人次",
    "ideas": "个",
    "warnings": "项",
    "letters": "份",
    "reports": "份",
    "items": "个事项",
    "bulletins": "期",
    "recoveries": "笔",
    "findings": "项",
    "adjustments": "项",
    "cuts": "项",
    "rounds": "个时点",
}
"""How the units of figures are said in the Chinese tables."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What is shown. `lines` is the table 月度绩效工作公开表 of a bulletin."""

    title: str
    note: str
    passages: Sequence[Passage]
    figures: Sequence[Figure]
    lines: Sequence[Mapping[str, Any]] = ()
    month: str = ""
    sha256: str = ""

    @property
    def by_id(self) -> Mapping[str, Figure]:
        """The figures by their number."""
        return {one.id: one for one in self.figures}

    def read(self, paragraph: str) -> str:
        """A paragraph as it is read."""
        return "".join(filled(paragraph, self.by_id, lambda figure: figure.said))


def figures_of(stored: Sequence[Mapping[str, Any]]) -> tuple[Figure, ...]:
    """The figures of a stored edition; earlier ones told neither `shown` nor `items`."""
    return tuple(
        Figure(
            id=one["id"],
            label=one["label"],
            value=one["value"],
            unit=one["unit"],
            shown=one.get("shown", ""),
            items=one.get("items", ""),
        )
        for one in stored
    )


def passages_of(stored: Sequence[Mapping[str, Any]]) -> tuple[Passage, ...]:
    """The chapters of a stored edition."""
    return tuple(
        Passage(heading=one["heading"], paragraphs=tuple(one["paragraphs"])) for one in stored
    )


def corrected(edition: int, reason: str) -> str:
    """How a later edition says that it is one."""
    if edition <= 1:
        return ""
    return f"第{edition}版（更正）" + (f"，更正原因：{reason}" if reason else "")
