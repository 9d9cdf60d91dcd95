"""项目支出绩效目标执行监控表 on paper: one project at one node, to be signed (`domain` §8.3)."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from services.monitoring.api.forms.monitoring_lines import (
    Stated,
    percent,
    shown,
    shown_of,
    term,
    value,
    wan,
)
from services.monitoring.api.forms.monitoring_sheet import CAUSES, MONEY, TITLE, node_name
from shared.documents.paper import Block, Facts, Grid, Heading, Paper
from shared.domain.money import Money

FUNDS: Final = ("年度资金总额", "一般公共预算拨款", "政府性基金", "上年结转", "其他资金")
GENERAL, GOVERNMENT, OTHER = 1, 2, 4
# The first two digits of the national code of a kind of money (VD08001).
FUND_ROWS: Final = {"11": GENERAL, "12": GOVERNMENT}
HEADINGS: Final = (
    "一级指标",
    "二级指标",
    "三级指标",
    "年度指标值",
    "节点指标值",
    "截至节点完成情况",
    "全年预计完成情况",
    *CAUSES,
    "原因说明",
    "完成目标可能性",
    "佐证材料",
    "备注",
)


def paper(stated: Stated) -> Paper:
    """The whole form."""
    record, said = stated.record, shown(stated)
    summary = stated.report.summary if stated.report else ""
    blocks: Sequence[Block] = (
        Heading("一、基本信息"),
        Facts(
            pairs=(
                ("项目名称", said.get("project_name", "")),
                ("主管部门及代码", said.get("department", "")),
                ("实施单位", said.get("unit", "")),
                ("监控节点", node_name(record.node)),
            )
        ),
        Heading("二、项目资金（万元）"),
        Grid(headings=("项目资金", *MONEY), rows=_funds(stated)),
        Heading("三、年度总体目标"),
        Facts(
            pairs=(
                ("年度总体目标", said.get("annual_goal", "")),
                ("截至节点完成情况", summary),
            )
        ),
        Heading("四、绩效指标"),
        Grid(headings=HEADINGS, rows=_indicators(stated)),
        Heading("五、结论"),
        Facts(
            pairs=(
                ("监控得分", said["score"]),
                ("预警等级", said["level"]),
                ("处理意见", said.get("opinion", "")),
                ("填表人", said.get("business", "")),
                ("财务负责人", said.get("finance", "")),
                ("业务负责人", said.get("business", "")),
                ("单位负责人", said.get("head", "")),
            )
        ),
    )
    note = f"年度：{record.fiscal_year}　　项目代码：{record.project_code}　　单位：万元"
    return Paper(title=TITLE, note=note, blocks=blocks, landscape=True)


def _funds(stated: Stated) -> Sequence[Sequence[str]]:
    """The total, and the kind of money that it is; a kind without money has an empty row."""
    amounts = _amounts(stated)
    kind = stated.ledger.fund_type_code[:2] if stated.ledger else ""
    filled = {0, FUND_ROWS.get(kind, OTHER)} if kind else {0}
    empty = ("",) * len(MONEY)
    return [(name, *(amounts if number in filled else empty)) for number, name in enumerate(FUNDS)]


def _amounts(stated: Stated) -> tuple[str, ...]:
    watched, report, paid = stated.watched, stated.report, stated.paid
    if watched is None:
        return ("",) * len(MONEY)
    budget = Money(watched.budget_fen)
    expected = report.expected_year_end_fen if report else None
    return (
        wan(Money(watched.initial_budget_fen)),
        wan(budget),
        wan(paid),
        percent(paid, budget) if paid is not None else "",
        "" if expected is None else wan(Money(expected)),
    )


def _indicators(stated: Stated) -> Sequence[Sequence[str]]:
    values = stated.values
    return [
        _indicator(one, values.get(one["indicator_id"]), stated.record.node)
        for one in stated.indicators
    ]


def _indicator(
    indicator: Mapping[str, Any], stored: Mapping[str, Any] | None, node: str
) -> Sequence[str]:
    beside = shown_of(indicator, node)
    said = value(stored) if stored else {}
    ticked = said.get("causes", {})
    return (
        beside["level1"],
        beside["level2"],
        beside["name"],
        beside["target"],
        beside["milestone"],
        said.get("actual") or said.get("completion") or "",
        said.get("expected", ""),
        *("√" if code in ticked else "" for code in CAUSES.values()),
        said.get("cause_text", ""),
        term("Likelihood", said.get("likelihood")),
        "\n".join(said.get("evidence", [])),
        said.get("remark", ""),
    )
