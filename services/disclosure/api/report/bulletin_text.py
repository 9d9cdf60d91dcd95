"""A month in Chinese: what was done, what is overdue, what falls due next, all from figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from services.disclosure.api.report.figures import items_path, spoken_amount
from services.disclosure.api.report.problems import LOOP, QUALITY, RESPONSIBILITY
from services.disclosure.domain.bulletin_words import Line, Month
from services.disclosure.domain.telling import Figure, Passage
from services.disclosure.projections.month_work import (
    AMOUNT,
    CASES,
    COMING,
    PROJECTS,
    UNITS,
    WORKS,
    Work,
    following,
)
from services.disclosure.projections.span import Span
from services.disclosure.projections.year_problems import PROBLEMS
from shared.domain.money import Money

QUIET: Final = "当月无新增绩效管理事项"
_LABELS: Final = {UNITS: "涉及单位", PROJECTS: "涉及项目", CASES: "件数", AMOUNT: "金额"}
_UNITS: Final = {UNITS: "units", PROJECTS: "projects", CASES: "cases", AMOUNT: "CNY"}
PEOPLE: Final = "B14"
"""What a training adds up are person-times, not money."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """The month as it was counted; `day` is the day on which it was known."""

    name: str
    month: Month
    span: Span
    day: date
    done: Mapping[str, int]
    problems: Mapping[str, int]
    coming: Mapping[str, int]


def bulletin_title(name: str, month: Month) -> str:
    """As the monthly disclosure is called."""
    return f"{name}{month.year}年{month.month}月预算绩效管理工作月报"


def unit_of(figure_id: str) -> str:
    """What a figure of work counts."""
    return "person-times" if figure_id == PEOPLE + AMOUNT else _UNITS[figure_id[-1]]


def month_items(month: Month, figure_id: str, span: Span, day: date) -> str:
    """The list whose items add up to a figure of the month."""
    return (
        f"/v1/bulletins/{month.region_code}/{month.year}/{month.month}/figures/{figure_id}/items"
        f"?scope={span.scope}&as_of={day.isoformat()}"
    )


def lines(counts: Counts) -> tuple[Line, ...]:
    """月度绩效工作公开表: a row for every kind of work that was done."""
    found = [_line(counts, code, work) for code, work in WORKS.items() if counts.done[code + CASES]]
    return tuple(found) or (Line(work="日常绩效管理", units=0, projects=0, result=QUIET),)


def _line(counts: Counts, code: str, work: Work) -> Line:
    shown = PROJECTS if PROJECTS in work.measures else CASES
    result = work.done
    if work.amount:
        result += f"，{_spoken(code, counts.done[code + AMOUNT])}"
    return Line(
        work=work.name,
        units=counts.done.get(code + UNITS, 0),
        projects=counts.done.get(code + PROJECTS, 0),
        result=result,
        items=month_items(counts.month, code + shown, counts.span, counts.day),
    )


def _spoken(code: str, amount: int) -> str:
    return f"{amount}人次" if code == PEOPLE else spoken_amount(str(Money(amount)))


def told_of_month(counts: Counts) -> tuple[Figure, ...]:
    """Every figure of the month with the way to its items."""
    done = [
        Figure(
            id=code + measure,
            label=f"{work.name}：{_LABELS[measure]}",
            value=_value(code, measure, counts.done[code + measure]),
            unit=unit_of(code + measure),
            shown=_shown(code, measure, counts.done[code + measure]),
            items=month_items(counts.month, code + measure, counts.span, counts.day),
        )
        for code, work in WORKS.items()
        for measure in work.measures
    ]
    admitted = [
        Figure(
            id=number,
            label=problem.label,
            value=str(counts.problems[number]),
            unit=problem.unit,
            items=items_path(number, counts.span, counts.day),
        )
        for number, problem in PROBLEMS.items()
    ]
    coming = [
        Figure(
            id=number,
            label=one.label,
            value=str(counts.coming[number]),
            unit=one.unit,
            items=month_items(counts.month, number, counts.span, counts.day),
        )
        for number, one in COMING.items()
    ]
    return (*done, *admitted, *coming)


def _value(code: str, measure: str, found: int) -> str:
    money = measure == AMOUNT and code != PEOPLE
    return str(Money(found)) if money else str(found)


def _shown(code: str, measure: str, found: int) -> str:
    return _spoken(code, found) if measure == AMOUNT else str(found)


def month_passages(counts: Counts) -> tuple[Passage, ...]:
    """工作开展情况, 存在的问题, 下一步工作."""
    return (
        Passage(heading="一、工作开展情况", paragraphs=_work(counts)),
        Passage(heading="二、存在的问题", paragraphs=_problems(counts)),
        Passage(heading="三、下一步工作", paragraphs=_next(counts)),
    )


def _work(counts: Counts) -> tuple[str, ...]:
    opening = f"{counts.month.year}年{counts.month.month}月，{counts.name}"
    sentences = [_sentence(code, work) for code, work in WORKS.items() if counts.done[code + CASES]]
    if not sentences:
        return (f"{opening}无新增绩效管理事项。",)
    return (f"{opening}日常绩效管理工作开展情况如下。", *sentences)


def _sentence(code: str, work: Work) -> str:
    """Of a work that has no units, cases are told; of warnings and letters, both."""
    if code == PEOPLE:
        return f"组织{work.name}{{{code}{CASES}}}场次，累计{{{code}{AMOUNT}}}。"
    if UNITS not in work.measures:
        return f"{work.name}{{{code}{CASES}}}篇次。"
    cases = "" if work.case == "project_code" else f"{{{code}{CASES}}}件，"
    amount = f"，涉及资金{{{code}{AMOUNT}}}" if work.amount else ""
    return (
        f"{work.name}{cases}涉及{{{code}{UNITS}}}个单位、{{{code}{PROJECTS}}}个项目"
        f"{amount}，{work.done}。"
    )


def _problems(counts: Counts) -> tuple[str, ...]:
    there = [one.text for one in (*RESPONSIBILITY, *QUALITY, *LOOP) if counts.problems[one.figure]]
    return ("；".join(there) + "。",) if there else ("各登记簿中没有逾期和未办结事项。",)


def _next(counts: Counts) -> tuple[str, ...]:
    month = following(counts.month)
    coming = f"{month.year}年{month.month}月"
    texts: Sequence[tuple[str, str]] = (
        ("N04", f"{coming}开展{{N04}}个监控节点的提前分析，对预期达不到要求的项目推送预警。"),
        ("N03", f"{coming}有{{N03}}个监控时点到期，组织单位提交绩效监控报告。"),
        ("N02", f"{coming}有{{N02}}份告知函整改到期，逐件核实整改结果。"),
        ("N01", f"{coming}有{{N01}}个事项公开到期，按期公开。"),
    )
    due = [text for number, text in texts if counts.coming[number]]
    steps = [one.step for one in (*RESPONSIBILITY, *QUALITY, *LOOP) if counts.problems[one.figure]]
    return (*due, *steps) or (f"{coming}继续做好日常绩效管理工作，按期公开月报。",)
