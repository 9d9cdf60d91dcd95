"""Looking ahead: what will be paid at the node, and by which method that is said (§4.6).

What the unit states comes first: its plan of payments with its contracts, then its contracts
alone. Where it states nothing, like projects of earlier years say what was usual at this node, if
there were enough of them; else payments go on in a straight line.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from statistics import median
from typing import Final

from services.monitoring.domain.calendar import MONTHS_OF_A_YEAR
from services.monitoring.domain.ledger.state import Ledger
from services.monitoring.domain.rating import ONE, rate
from services.monitoring.domain.record import refusals as no
from services.monitoring.domain.record.commands import FileForecast, RunPreAnalysis
from services.monitoring.domain.record.events import (
    ForecastFiled,
    ForecastMethod,
    Outlook,
    PlannedMonth,
)
from services.monitoring.domain.record.knowing import Known
from services.monitoring.domain.values import Execution
from shared.domain.money import ZERO, Money

YEARS_LOOKED_BACK: Final = 3  # (D) what was usual longer ago says little of today


def check_plan(command: FileForecast) -> None:
    """Every month once, no negative amount; what a contract makes due on a day once."""
    if command.planned_payments is not None and command.planned_payments < ZERO:
        raise no.PlanUnreadable(pointer="/planned_payments")
    months: set[int] = set()
    for index, planned in enumerate(command.plan):
        if not 1 <= planned.month <= MONTHS_OF_A_YEAR or planned.month in months:
            raise no.PlanUnreadable(pointer=f"/plan/{index}/month", month=planned.month)
        if planned.amount < ZERO:
            raise no.PlanUnreadable(pointer=f"/plan/{index}/amount")
        months.add(planned.month)
    dues: set[tuple[str, date]] = set()
    for index, due in enumerate(command.contracts):
        key = (due.contract_no, due.due_on)
        if key in dues or due.amount <= ZERO:
            raise no.ContractDueTwice(pointer=f"/contracts/{index}", contract_no=due.contract_no)
        dues.add(key)


def outlook(
    command: RunPreAnalysis, known: Known, execution: Execution, forecast: ForecastFiled | None
) -> Outlook:
    """What will be paid at the node, with everything it was computed from."""
    budget = execution.budget
    if forecast is not None and _states_money(forecast):
        today, node = execution.as_of_on, known.dates.cut_off_on
        contracted = Money.total(
            due.amount for due in forecast.contracts if today < due.due_on <= node
        )
        planned = (forecast.planned_payments or ZERO) + _planned(command, forecast, known)
        stated = forecast.planned_payments is not None or bool(forecast.plan)
        return Outlook(
            method=ForecastMethod.FILED if stated else ForecastMethod.CONTRACTS,
            expected_rate=_whole((execution.paid + contracted + planned).ratio_to(budget)),
            paid=execution.paid,
            contracted=contracted,
            planned=planned,
        )
    shares = tuple(_like(command, known))
    if len(shares) >= max(1, known.rules.monitoring.history_cases_min):
        usual = rate(median(shares))
        return Outlook(
            method=ForecastMethod.HISTORY,
            expected_rate=_whole(max(usual, execution.paid.ratio_to(budget))),
            paid=execution.paid,
            contracted=ZERO,
            planned=ZERO,
            cases=len(shares),
            median=usual,
        )
    return Outlook(
        method=ForecastMethod.LINEAR,
        expected_rate=straight_on(execution, known.dates.cut_off_on),
        paid=execution.paid,
        contracted=ZERO,
        planned=ZERO,
        cases=len(shares),
    )


def _states_money(forecast: ForecastFiled) -> bool:
    return forecast.planned_payments is not None or bool(forecast.plan or forecast.contracts)


def _whole(share: Decimal) -> Decimal:
    """More than the budget is never paid."""
    return min(ONE, share)


def _planned(command: RunPreAnalysis, forecast: ForecastFiled, known: Known) -> Money:
    """What the plan still has to come: of this month what was not paid yet, then whole months."""
    today, node = command.now_on, known.dates.cut_off_on
    later = (p.amount for p in forecast.plan if today.month < p.month <= node.month)
    return Money.total(later) + _rest_of_month(command.around.ledger, forecast.plan, today)


def _rest_of_month(ledger: Ledger | None, plan: Iterable[PlannedMonth], today: date) -> Money:
    planned = Money.total(p.amount for p in plan if p.month == today.month)
    if ledger is None:
        return planned
    before = today.replace(day=1) - timedelta(days=1)
    paid = ledger.execution(today).paid - ledger.execution(before).paid
    return max(ZERO, planned - paid)


def _like(command: RunPreAnalysis, known: Known) -> Iterable[Decimal]:
    """What projects of the same department had paid at this node in earlier years."""
    whose = known.watch.project.department_code
    for report in command.around.earlier:
        for one in report.departments:
            if one.department_code == whose:
                yield from one.paid_shares


def straight_on(execution: Execution, cut_off_on: date) -> Decimal:
    """The rate at the cut-off if payments go on as they went since the year began."""
    begin = date(cut_off_on.year, 1, 1)
    passed = max(1, (execution.as_of_on - begin).days + 1)
    whole = (cut_off_on - begin).days + 1
    return min(ONE, execution.paid.ratio_to(execution.budget) * whole / passed)
