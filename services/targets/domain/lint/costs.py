"""Whether the money and the promise fit together: L11, L15."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from services.targets.domain.findings import Finding
from services.targets.domain.lint.telling import Told, advice, warned_once, warning
from services.targets.domain.lint.yardstick import Assessed, Yardstick
from services.targets.domain.values import COST_BEARING, Content
from shared.domain.money import Money
from shared.domain.similarity import bigrams, coverage

BUDGET_TOLERANCE: Final = Decimal("0.10")  # L11 (D), as a share of the budget
GOAL_COVERAGE_MIN: Final = Decimal("0.50")  # L15 (D), share of the report's goal


def planned(content: Content) -> Money | None:
    """What all that is priced costs together; nothing where nothing is priced."""
    if not content.costings:
        return None
    return Money.total(costing.amount for costing in content.costings.values())


def l11_budget(content: Content, yardstick: Yardstick) -> Iterator[Finding]:
    """Unit cost × quantity makes up the budget, within ten percent."""
    total, budget = planned(content), yardstick.budget
    if total is None:
        if yardstick.kind in COST_BEARING:
            told = Told(
                "without unit cost and quantity the budget cannot be tested",
                "未填写单位成本和数量，无法测算预算",
            )
            yield advice("L11", "/indicators", told)
        return
    if budget and abs((total - budget).ratio_to(budget)) > BUDGET_TOLERANCE:
        told = Told(
            f"unit cost × quantity is {total}, the budget {budget}",
            f"单位成本×数量为{total}元，预算为{budget}元",
        )
        yield warning("L11", "/indicators", told)


def l15_assessment(content: Content, assessed: Assessed | None) -> Iterator[Finding]:
    """What was assessed is what is promised: the goal, and no more money than was accepted."""
    if assessed is None:
        return
    kept = coverage(bigrams(assessed.goal), bigrams(content.annual_goal))
    if kept < GOAL_COVERAGE_MIN:
        told = Told(
            f"{kept:.0%} of the goal of the ex-ante report is found in this one",
            f"仅体现事前绩效评估报告目标的{kept:.0%}",
        )
        yield from warned_once("L15", "/annual_goal", [told])
    total = planned(content)
    if total is not None and total > assessed.amount:
        told = Told(
            f"{total} is planned, {assessed.amount} was assessed",
            f"测算{total}元，超过评估金额{assessed.amount}元",
        )
        yield warning("L15", "/indicators", told)
