"""The figures of a letter: where the project stood, and what each problem is measured by (§8.5)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from services.monitoring.domain.rating import Completion, goal_rate
from services.monitoring.domain.values import Execution, Reason
from services.monitoring.domain.warning.around import Around, due_completions
from services.monitoring.domain.warning.case import Case
from services.monitoring.domain.warning.letter import PROBLEM_TEXTS, Problem

ONE: Final = Decimal(1)
HUNDRED: Final = Decimal(100)
NONE: Final = "—"
EXECUTION: Final = frozenset({Reason.EXECUTION_SLOW, Reason.EXECUTION_BEHIND})
GOALS: Final = frozenset({Reason.GOAL_SLOW, Reason.GOAL_BEHIND})
GAPS: Final = frozenset({Reason.MISMATCH, Reason.MISMATCH_MINOR})
DOUBTS: Final = frozenset({Reason.TARGET_UNREACHABLE, Reason.UNCERTAIN})

type Row = tuple[str, str, str, str]
"""Indicator, target at the node, actual value, deviation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Where the project stands on the day a letter speaks of."""

    as_of_on: date
    execution: Execution | None
    progress: Decimal | None
    due: tuple[Completion, ...]

    @property
    def paid_rate(self) -> Decimal | None:
        """What was paid of the budget."""
        execution = self.execution
        if execution is None or not execution.budget:
            return None
        return execution.paid.ratio_to(execution.budget)


def figures(case: Case, known: Around, today: date) -> Figures:
    """By the report of the node where there is one, else by the money of today."""
    execution = known.report.execution if known.report else None
    if execution is None and known.ledger:
        execution = known.ledger.execution(today)
    progress = known.rules.monitoring.reference_progress if known.rules else {}
    return Figures(
        as_of_on=execution.as_of_on if execution else today,
        execution=execution,
        progress=progress.get(case.node),
        due=due_completions(known, case.node, ()),
    )


def problems(case: Case, known: Around, told: Figures) -> tuple[Problem, ...]:
    """One row per reason, or per indicator that is behind, with the rule it rests on."""
    basis = f"{case.legal_basis}（规则集第{case.rule_set_version}版）"
    rows = [(reason, row) for reason in case.reasons for row in _rows(reason, case, known, told)]
    return tuple(
        Problem(
            number=number,
            reason=reason,
            text=PROBLEM_TEXTS[reason],
            basis=basis,
            indicator=row[0],
            node_target=row[1],
            actual=row[2],
            deviation=row[3],
        )
        for number, (reason, row) in enumerate(rows, start=1)
    )


def _rows(reason: Reason, case: Case, known: Around, told: Figures) -> Iterator[Row]:
    if reason in EXECUTION:
        yield _shares("预算执行率", told.progress, case.execution_rate)
    elif reason in GOALS:
        yield from _goals(case, known, told)
    elif reason in GAPS:
        gap = _gap(case, told)
        allowed = known.rules.monitoring.blue_gap if known.rules else None
        yield ("执行与目标的差距", f"≤{percent(allowed)}", percent(gap), NONE)
    elif reason in DOUBTS:
        yield from _doubts(known)
    elif reason is Reason.IDLE:
        yield _idle(known, told)
    elif reason is Reason.NOT_REPORTED:
        yield ("绩效运行监控表", "按时报送", "未报送", NONE)
    else:
        yield ("资金使用与佐证", "合规", case.finding or "疑似不合规", NONE)


def _shares(name: str, wanted: Decimal | None, actual: Decimal | None) -> Row:
    gap = None if wanted is None or actual is None else actual - wanted
    return name, percent(wanted), percent(actual), points(gap)


def _goals(case: Case, known: Around, told: Figures) -> Iterator[Row]:
    """The indicators that are behind their milestone, or the whole where none was reported."""
    behind = [item for item in told.due if item.completion < ONE]
    if not behind:
        yield _shares("绩效目标实现程度", ONE, case.goal_rate)
        return
    names = {one.indicator_id: one.name for one in known.watch.indicators} if known.watch else {}
    for item in behind:
        gap = points(item.completion - ONE)
        if item.actual is not None and item.milestone is not None:
            gap = plain(item.actual - item.milestone)
        name = names.get(item.indicator_id, item.indicator_id)
        yield name, plain(item.milestone), plain(item.actual), gap


def _doubts(known: Around) -> Iterator[Row]:
    core = [one.name for one in known.watch.indicators if one.is_core] if known.watch else []
    yield "、".join(core) or "核心指标", "确定能完成", "预计不能完成", NONE


def _idle(known: Around, told: Figures) -> Row:
    days = known.rules.monitoring.red_idle_days if known.rules else None
    moved = told.execution.last_movement_on if told.execution else None
    since = NONE if moved is None else f"{(told.as_of_on - moved).days}天"
    return "资金闲置天数", NONE if days is None else f"<{days}天", since, NONE


def _gap(case: Case, told: Figures) -> Decimal | None:
    goal = case.goal_rate if case.goal_rate is not None else goal_rate(told.due)
    if goal is None or case.execution_rate is None or not told.progress:
        return None
    return goal - min(ONE, case.execution_rate / told.progress)


def percent(share: Decimal | None) -> str:
    """A share as the letter states it."""
    return NONE if share is None else f"{share * HUNDRED:.2f}%"


def points(gap: Decimal | None) -> str:
    """A difference of two shares."""
    return NONE if gap is None else f"{gap * HUNDRED:+.2f}个百分点"


def plain(value: Decimal | None) -> str:
    """A number without an exponent or needless zeros."""
    if value is None:
        return NONE
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
