"""项目支出绩效自评表 on paper, with its core problem page, to be signed (`domain` §8.4)."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from services.evaluation.api.forms.self_evaluation_lines import (
    FULL_EXECUTION,
    Stated,
    shown,
    shown_of,
    term,
)
from services.evaluation.api.forms.self_evaluation_sheet import MONEY, TITLE
from shared.documents.paper import Block, Facts, Grid, Heading, Paper
from shared.domain.money import Money

FEN_PER_WAN: Final = 1_000_000
CENTS: Final = Decimal("0.01")
FUNDS: Final = ("年度资金总额", "其中：当年财政拨款", "上年结转资金", "其他资金")
CURRENT, OTHER = 1, 3
BUDGET_MONEY: Final = frozenset({"11", "12", "13"})
"""The first two digits of the national codes (VD08001) of money that a budget appropriates."""
HEADINGS: Final = (
    "一级指标",
    "二级指标",
    "三级指标",
    "年度指标值",
    "实际完成值",
    "分值",
    "得分",
    "偏差原因分析及改进措施",
    "佐证材料编号",
)
PROBLEMS: Final = ("事项", "偏差", "失分", "原因", "客观/主观", "改进措施", "时限", "责任人")


def paper(stated: Stated) -> Paper:
    """The whole form."""
    row, form, said = stated.row, stated.form, shown(stated)
    total = "" if form.self_score is None else format(form.self_score, "f")
    blocks: Sequence[Block] = (
        Heading("一、基本信息"),
        Facts(
            pairs=(
                ("项目名称", row.project_name),
                ("主管部门", row.department_code),
                ("实施单位", row.unit_code),
                ("年度", str(row.fiscal_year)),
            )
        ),
        Heading("二、项目资金（万元）"),
        Grid(headings=("项目资金", *MONEY, "分值", "执行率", "得分"), rows=_funds(stated, said)),
        Heading("三、年度总体目标"),
        Facts(pairs=(("预期目标", form.annual_goal), ("实际完成情况", form.summary))),
        Heading("四、绩效指标"),
        Grid(headings=HEADINGS, rows=[_indicator(one, stated) for one in stated.indicators]),
        Heading("五、合计"),
        Facts(
            pairs=(
                ("总分", "100"),
                ("自评得分", total),
                ("等级", said["grade"]),
                ("填表人", form.filled_for or form.filled_by),
                ("财务负责人", form.confirmed_for or form.confirmed_by),
                ("单位负责人", form.signed_for or form.submitted_by),
            )
        ),
        Heading("附页：核心问题"),
        Grid(headings=PROBLEMS, rows=[_problem(one) for one in form.problems or []]),
        Heading("附页：系统复算"),
        Facts(pairs=_recomputed(stated, said)),
    )
    note = f"自评编号：{form.self_evaluation_id}　　单位：万元"
    return Paper(title=TITLE, note=note, blocks=blocks, landscape=True)


def _funds(stated: Stated, said: Mapping[str, Any]) -> Sequence[Sequence[str]]:
    """The total, and the kind of money that it is; a kind without money has an empty row."""
    amounts = [wan(Money.parse(said[name])) for name in ("initial_budget", "budget", "paid")]
    kind = stated.form.fund_type_code[:2]
    filled = {0, CURRENT if kind in BUDGET_MONEY else OTHER} if kind else {0}
    empty = ("",) * len(amounts)
    scored = (FULL_EXECUTION, said["execution_rate"], said["execution_score"])
    return [
        (
            name,
            *(amounts if number in filled else empty),
            *(scored if number == 0 else ("", "", "")),
        )
        for number, name in enumerate(FUNDS)
    ]


def _indicator(indicator: Mapping[str, Any], stated: Stated) -> Sequence[str]:
    beside = shown_of(indicator, stated.scores)
    said = stated.reports.get(indicator["indicator_id"], {})
    cause = said.get("cause") or {}
    reason = "；".join(one for one in (cause.get("text"), cause.get("measure")) if one)
    return (
        beside["level1"],
        beside["level2"],
        beside["name"],
        beside["target"],
        said.get("value") or term("Attainment", said.get("attainment")),
        beside["weight"],
        beside["score"],
        reason,
        "\n".join(said.get("evidence", [])),
    )


def _problem(problem: Mapping[str, Any]) -> Sequence[str]:
    cause = problem.get("cause") or {}
    shares = "/".join(str(cause.get(name) or "") for name in ("objective", "subjective"))
    return (
        problem["name"],
        str(problem.get("deviation") or ""),
        problem["lost"],
        cause.get("text", ""),
        shares,
        cause.get("measure", ""),
        cause.get("due_on") or "",
        cause.get("owner", ""),
    )


def _recomputed(stated: Stated, said: Mapping[str, Any]) -> Sequence[tuple[str, str]]:
    row = stated.row
    final = "" if row.final_score is None else format(row.final_score, "f")
    difference = ""
    if row.self_score is not None and row.machine_score is not None:
        difference = format(row.self_score - row.machine_score, "f")
    return (
        ("系统复算分", said["machine_score"]),
        ("偏差", difference),
        ("最终得分", final),
        ("更正说明", term("Settlement", row.settlement)),
    )


def wan(amount: Money) -> str:
    """An amount in 万元: two decimals, up to six where the fen need them."""
    exact = Decimal(amount.fen) / FEN_PER_WAN
    short = exact.quantize(CENTS)
    return format(short if short == exact else exact.normalize(), "f")
