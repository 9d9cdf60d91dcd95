"""The day it is in the office: Asia/Shanghai, whatever the server believes."""

from datetime import date, datetime, timedelta, timezone
from typing import Final

SHANGHAI: Final = timezone(timedelta(hours=8), "Asia/Shanghai")


def business_day(now: datetime) -> date:
    """The date on the wall of the office."""
    return now.astimezone(SHANGHAI).date()
