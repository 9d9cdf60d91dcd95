"""Working days: weekends, holidays, make-up days, and the two holidays of Xinjiang."""

from datetime import date, timedelta

import chinese_calendar
import pytest

from shared.domain.workdays import add_workdays, is_workday


def test_every_day_of_the_compiled_years_is_what_the_calendar_says() -> None:
    day = date(2004, 1, 1)
    while day.year <= 2026:
        assert is_workday(day) == chinese_calendar.is_workday(day), day
        day += timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2021, 2, 11), False),  # New Year's Eve of the Spring Festival, a Thursday
        (date(2021, 2, 20), True),  # a Saturday made up for it
        (date(2021, 6, 14), False),  # Dragon Boat Festival
        (date(2021, 6, 15), True),
        (date(2031, 1, 4), False),  # beyond the compiled years only weekends are free
        (date(2031, 1, 6), True),
    ],
)
def test_special_days(day: date, *, works: bool) -> None:
    assert is_workday(day) is works


def test_a_regions_own_holidays_count_only_there() -> None:
    qurban = date(2021, 7, 20)
    assert is_workday(qurban)
    assert not is_workday(qurban, "653101")
    assert is_workday(qurban, "110000")


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2021, 5, 31), 5, date(2021, 6, 7)),
        (date(2021, 5, 31), -10, date(2021, 5, 17)),
        (date(2021, 6, 11), 1, date(2021, 6, 15)),
        (date(2021, 9, 30), 1, date(2021, 10, 8)),
        (date(2021, 5, 31), 0, date(2021, 5, 31)),
    ],
)
def test_counting_skips_what_is_free(day: date, count: int, expected: date) -> None:
    assert add_workdays(day, count) == expected
