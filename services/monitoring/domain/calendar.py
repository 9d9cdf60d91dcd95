"""The days of a monitoring node: when it is analysed, collected, due and reviewed.

Source: `domain` §3.4. The pre-analysis comes `lead_months` before the cut-off, and a month's
end stays a month's end: 05-31 → 04-30, 08-31 → 07-31.
"""

import calendar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final

from shared.domain.rules import MonitoringNode
from shared.domain.workdays import SHANGHAI, add_workdays

MONTHS_OF_A_YEAR: Final = 12
COLLECTION_LEAD_WORKDAYS: Final = 10
SUBMIT_WORKDAYS: Final = 5
REVIEW_WORKDAYS: Final = 15
NODES_REMEMBERED_MAX: Final = 1_024  # every project of a region has the same days


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeDates:
    """A node of the year with its days."""

    node: str
    cut_off_on: date
    pre_analysis_on: date
    collect_on: date
    submit_by: date
    review_by: date


def month_end(year: int, month: int) -> int:
    """The last day of a month."""
    return calendar.monthrange(year, month)[1]


def months_earlier(day: date, months: int) -> date:
    """The same day some months before; the end of a month stays the end of a month."""
    index = day.year * MONTHS_OF_A_YEAR + day.month - 1 - months
    year, month = divmod(index, MONTHS_OF_A_YEAR)
    last = month_end(year, month + 1)
    at_end = day.day == month_end(day.year, day.month)
    return date(year, month + 1, last if at_end else min(day.day, last))


@lru_cache(maxsize=NODES_REMEMBERED_MAX)
def node_dates(
    node: MonitoringNode, fiscal_year: int, lead_months: int, region_code: str
) -> NodeDates:
    """The days of a node in a fiscal year; a region's own holidays are not working days."""
    last = month_end(fiscal_year, node.month)
    cut_off = date(fiscal_year, node.month, min(node.day, last))
    return NodeDates(
        node=node.code,
        cut_off_on=cut_off,
        pre_analysis_on=months_earlier(cut_off, lead_months),
        collect_on=add_workdays(cut_off, -COLLECTION_LEAD_WORKDAYS, region_code),
        submit_by=add_workdays(cut_off, SUBMIT_WORKDAYS, region_code),
        review_by=add_workdays(cut_off, REVIEW_WORKDAYS, region_code),
    )


def starts(day: date) -> datetime:
    """The moment a business day begins."""
    return datetime.combine(day, time.min, SHANGHAI)


def ends(day: date) -> datetime:
    """The moment after a business day: a deadline holds until the day is over."""
    return starts(day + timedelta(days=1))
