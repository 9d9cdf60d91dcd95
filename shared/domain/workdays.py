"""Working days of China: weekends, national holidays, make-up days, holidays of a region.

The national days are compiled in from chinesecalendar 1.11.0 (MIT licence, by its authors;
they follow the yearly notices of the General Office of the State Council), 2004 to 2026. The
two holidays of Xinjiang, 肉孜节 and 古尔邦节, are fixed each year by the region's own notice; the
days here follow the astronomical calendar and are to be replaced by that notice. Outside the
compiled years only weekends are free.
"""

from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache
from typing import Final

SATURDAY: Final = 5
INSTANTS_MAX: Final = 1_024
# All legal terms are counted in Asia/Shanghai, which has kept one offset since 1991.
SHANGHAI: Final = timezone(timedelta(hours=8), "Asia/Shanghai")


@lru_cache(maxsize=INSTANTS_MAX)
def business_date(now: datetime) -> date:
    """The legal day of an instant. A batch has one instant, and every fact of it is asked."""
    return now.astimezone(SHANGHAI).date()


def day_over(day: date) -> datetime:
    """The instant at which a legal day is over, as UTC: before it, a term is kept."""
    return datetime.combine(day + timedelta(days=1), time.min, SHANGHAI).astimezone(UTC)


# Holidays that fall on Monday to Friday, as month and day.
_NATIONAL_HOLIDAYS: Final = {
    2004: "0101 0122 0123 0126 0127 0128 0503 0504 0505 0506 0507 1001 1004 1005 1006 1007",
    2005: "0103 0209 0210 0211 0214 0215 0502 0503 0504 0505 0506 1003 1004 1005 1006 1007",
    2006: "0102 0103 0130 0131 0201 0202 0203 0501 0502 0503 0504 0505 1002 1003 1004 1005 1006",
    2007: (
        "0101 0102 0103 0219 0220 0221 0222 0223 0501 0502 0503 0504 0507 1001 1002 1003 1004 "
        "1005 1231"
    ),
    2008: "0101 0206 0207 0208 0211 0212 0404 0501 0502 0609 0915 0929 0930 1001 1002 1003",
    2009: "0101 0102 0126 0127 0128 0129 0130 0406 0501 0528 0529 1001 1002 1005 1006 1007 1008",
    2010: (
        "0101 0215 0216 0217 0218 0219 0405 0503 0614 0615 0616 0922 0923 0924 1001 1004 1005 "
        "1006 1007"
    ),
    2011: "0103 0202 0203 0204 0207 0208 0404 0405 0502 0606 0912 1003 1004 1005 1006 1007",
    2012: (
        "0102 0103 0123 0124 0125 0126 0127 0402 0403 0404 0430 0501 0622 1001 1002 1003 1004 1005"
    ),
    2013: (
        "0101 0102 0103 0211 0212 0213 0214 0215 0404 0405 0429 0430 0501 0610 0611 0612 0919 "
        "0920 1001 1002 1003 1004 1007"
    ),
    2014: "0101 0131 0203 0204 0205 0206 0407 0501 0502 0602 0908 1001 1002 1003 1006 1007",
    2015: "0101 0102 0218 0219 0220 0223 0224 0406 0501 0622 0903 0904 1001 1002 1005 1006 1007",
    2016: "0101 0208 0209 0210 0211 0212 0404 0502 0609 0610 0915 0916 1003 1004 1005 1006 1007",
    2017: "0102 0127 0130 0131 0201 0202 0403 0404 0501 0529 0530 1002 1003 1004 1005 1006",
    2018: (
        "0101 0215 0216 0219 0220 0221 0405 0406 0430 0501 0618 0924 1001 1002 1003 1004 1005 1231"
    ),
    2019: "0101 0204 0205 0206 0207 0208 0405 0501 0502 0503 0607 0913 1001 1002 1003 1004 1007",
    2020: (
        "0101 0124 0127 0128 0129 0130 0131 0406 0501 0504 0505 0625 0626 1001 1002 1005 1006 "
        "1007 1008"
    ),
    2021: (
        "0101 0211 0212 0215 0216 0217 0405 0503 0504 0505 0614 0920 0921 1001 1004 1005 1006 1007"
    ),
    2022: (
        "0103 0131 0201 0202 0203 0204 0404 0405 0502 0503 0504 0603 0912 1003 1004 1005 1006 1007"
    ),
    2023: (
        "0102 0123 0124 0125 0126 0127 0405 0501 0502 0503 0622 0623 0929 1002 1003 1004 1005 1006"
    ),
    2024: (
        "0101 0212 0213 0214 0215 0216 0404 0405 0501 0502 0503 0610 0916 0917 1001 1002 1003 "
        "1004 1007"
    ),
    2025: (
        "0101 0128 0129 0130 0131 0203 0204 0404 0501 0502 0505 0602 1001 1002 1003 1006 1007 1008"
    ),
    2026: (
        "0101 0102 0216 0217 0218 0219 0220 0223 0406 0501 0504 0505 0619 0925 1001 1002 1005 "
        "1006 1007"
    ),
}

# Saturdays and Sundays on which offices work to make up for a longer holiday.
_MAKE_UP_DAYS: Final = {
    2004: "0117 0118 0508 0509 1009 1010",
    2005: "0205 0206 0430 0508 1008 1009",
    2006: "0128 0205 0429 0430 0930 1008 1230 1231",
    2007: "0217 0225 0428 0429 0929 0930 1229",
    2008: "0202 0203 0504 0927 0928",
    2009: "0104 0124 0201 0531 0927 1010",
    2010: "0220 0221 0612 0613 0919 0925 0926 1009",
    2011: "0130 0212 0402 1008 1009 1231",
    2012: "0121 0129 0331 0401 0428 0929",
    2013: "0105 0106 0216 0217 0407 0427 0428 0608 0609 0922 0929 1012",
    2014: "0126 0208 0504 0928 1011",
    2015: "0104 0215 0228 0906 1010",
    2016: "0206 0214 0612 0918 1008 1009",
    2017: "0122 0204 0401 0527 0930",
    2018: "0211 0224 0408 0428 0929 0930 1229",
    2019: "0202 0203 0428 0505 0929 1012",
    2020: "0119 0426 0509 0628 0927 1010",
    2021: "0207 0220 0425 0508 0918 0926 1009",
    2022: "0129 0130 0402 0424 0507 1008 1009",
    2023: "0128 0129 0423 0506 0625 1007 1008",
    2024: "0204 0218 0407 0428 0511 0914 0929 1012",
    2025: "0126 0208 0427 0928 1011",
    2026: "0104 0214 0228 0509 0920 1010",
}

# Days of the two regional holidays of Xinjiang by the first two digits of its codes (GB/T 2260).
_REGIONAL_HOLIDAYS: Final = {
    "65": {
        2020: "0525 0731 0801 0802",
        2021: "0513 0720 0721 0722",
        2022: "0503 0709 0710 0711",
        2023: "0422 0628 0629 0630",
        2024: "0410 0617 0618 0619",
        2025: "0331 0606 0607 0608",
        2026: "0320 0527 0528 0529",
    }
}


def _days(table: dict[int, str]) -> frozenset[date]:
    return frozenset(
        date(year, int(word[:2]), int(word[2:]))
        for year, words in table.items()
        for word in words.split()
    )


_FREE: Final = _days(_NATIONAL_HOLIDAYS)
_MADE_UP: Final = _days(_MAKE_UP_DAYS)
_FREE_IN: Final = {region: _days(table) for region, table in _REGIONAL_HOLIDAYS.items()}


def is_workday(day: date, region_code: str = "") -> bool:
    """Whether offices work on a day; with a region, its own holidays count too."""
    if day in _FREE_IN.get(region_code[:2], frozenset()):
        return False
    if day.weekday() >= SATURDAY:
        return day in _MADE_UP
    return day not in _FREE


def add_workdays(day: date, count: int, region_code: str = "") -> date:
    """The working day that is `count` working days after a day, or before it when negative."""
    step = timedelta(days=1 if count >= 0 else -1)
    left = abs(count)
    while left:
        day += step
        left -= is_workday(day, region_code)
    return day
