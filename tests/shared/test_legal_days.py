"""The legal day of an instant, the end of a day, and the days that one region alone has off."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from shared.domain.workdays import add_workdays, business_date, day_over, is_workday

XINJIANG = """
2020-05-25 2020-07-31 2020-08-01 2020-08-02 2021-05-13 2021-07-20 2021-07-21 2021-07-22
2022-05-03 2022-07-09 2022-07-10 2022-07-11 2023-04-22 2023-06-28 2023-06-29 2023-06-30
2024-04-10 2024-06-17 2024-06-18 2024-06-19 2025-03-31 2025-06-06 2025-06-07 2025-06-08
2026-03-20 2026-05-27 2026-05-28 2026-05-29
"""
OFF = {date.fromisoformat(day) for day in XINJIANG.split()}
"""肉孜节 (one day), 古尔邦节 (three): as the region says each year, or as the moon does."""


def test_a_legal_day_begins_at_sixteen_hours_of_the_day_before_in_utc() -> None:
    last = datetime(2021, 5, 31, 15, 59, 59, 999_999, tzinfo=UTC)
    assert business_date(last) == date(2021, 5, 31)
    assert business_date(last + timedelta(microseconds=1)) == date(2021, 6, 1)
    new_york = timezone(timedelta(hours=-4))
    assert business_date(datetime(2021, 5, 31, 12, tzinfo=new_york)) == date(2021, 6, 1)


def test_a_day_is_over_where_the_next_begins() -> None:
    end = day_over(date(2021, 12, 31))
    assert end == datetime(2021, 12, 31, 16, tzinfo=UTC)
    assert end.tzinfo is UTC
    assert business_date(end) == date(2022, 1, 1)
    assert business_date(end - timedelta(microseconds=1)) == date(2021, 12, 31)


def test_xinjiang_is_off_on_these_days_and_works_on_all_others_that_the_country_works() -> None:
    day = date(2019, 1, 1)
    while day.year <= 2026:
        assert is_workday(day, "653101") is (is_workday(day) and day not in OFF), day
        assert is_workday(day, "660000") is is_workday(day), day
        day += timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "count", "region", "expected"),
    [
        (date(2021, 7, 19), 1, "653101", date(2021, 7, 23)),
        (date(2021, 7, 19), 1, "", date(2021, 7, 20)),
        (date(2021, 7, 23), -1, "650000", date(2021, 7, 19)),
        (date(2021, 7, 23), -1, "110000", date(2021, 7, 22)),
        (date(2021, 7, 24), 0, "653101", date(2021, 7, 24)),
    ],
)
def test_a_term_is_counted_in_the_days_of_its_region(
    day: date, count: int, region: str, expected: date
) -> None:
    assert add_workdays(day, count, region) == expected
