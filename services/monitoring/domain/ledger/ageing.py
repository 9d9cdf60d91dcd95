"""How long a break has been open, in days and in working days of its region."""

from dataclasses import dataclass
from datetime import date, timedelta

from shared.domain.workdays import is_workday


@dataclass(frozen=True, slots=True, kw_only=True)
class Age:
    """Days since a day, and how many of them were working days."""

    days: int
    workdays: int


def age(opened_on: date, until: date, region_code: str) -> Age:
    """The age at the end of `until`; the day of opening itself is day zero."""
    days = max(0, (until - opened_on).days)
    passed = (opened_on + timedelta(days=n) for n in range(1, days + 1))
    return Age(days=days, workdays=sum(is_workday(day, region_code) for day in passed))
