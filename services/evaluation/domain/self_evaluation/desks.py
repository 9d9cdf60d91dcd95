"""On whose desk a self-evaluation lies, how long, and why it goes back (`domain` §6.1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final

from shared.domain.workdays import is_workday

SPANS_MAX: Final = 4_096


class Desk(StrEnum):
    """The two offices of the unit, its head, its department, the finance bureau."""

    BUSINESS = "BUSINESS"
    FINANCE = "FINANCE"
    HEAD = "HEAD"
    DEPARTMENT = "DEPARTMENT"
    BUREAU = "BUREAU"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """How long it lay on a desk, in working days as the calendar of its region has them."""

    desk: Desk
    since_on: date
    until_on: date
    workdays: int


@lru_cache(maxsize=SPANS_MAX)
def workdays_between(since: date, until: date, region_code: str) -> int:
    """Working days after one day until another, the last included; none backwards."""
    days = (since + timedelta(days=n + 1) for n in range((until - since).days))
    return sum(is_workday(day, region_code) for day in days)


def stay(desk: Desk, since_on: date | None, until_on: date, region_code: str) -> tuple[Stay, ...]:
    """The stay that ends now; facts from before the clock do not say when it began."""
    if since_on is None:
        return ()
    workdays = workdays_between(since_on, until_on, region_code)
    return (Stay(desk=desk, since_on=since_on, until_on=until_on, workdays=workdays),)


class ReturnCode(StrEnum):
    """Why a self-evaluation goes back: a closed list, counted (`domain` §6.1)."""

    INCOMPLETE = "INCOMPLETE"
    VALUE_DOUBTFUL = "VALUE_DOUBTFUL"
    EVIDENCE_MISSING = "EVIDENCE_MISSING"
    EVIDENCE_DOUBTFUL = "EVIDENCE_DOUBTFUL"
    CAUSE_UNEXPLAINED = "CAUSE_UNEXPLAINED"
    CAUSE_DODGED = "CAUSE_DODGED"
    SCORE_WRONG = "SCORE_WRONG"
    EXECUTION_DOUBTFUL = "EXECUTION_DOUBTFUL"
    SIGNATURE_WRONG = "SIGNATURE_WRONG"
    CORRECTION = "CORRECTION"


# Which office has to do its part again (D); what is no other's is the business office's.
OFFICE_OF: Final[Mapping[ReturnCode, Desk]] = {
    ReturnCode.EXECUTION_DOUBTFUL: Desk.FINANCE,
    ReturnCode.SIGNATURE_WRONG: Desk.HEAD,
}


def offices_of(codes: Sequence[ReturnCode]) -> tuple[Desk, ...]:
    """The offices responsible; a return without a code is the business office's."""
    return tuple(dict.fromkeys(OFFICE_OF.get(code, Desk.BUSINESS) for code in codes)) or (
        Desk.BUSINESS,
    )
