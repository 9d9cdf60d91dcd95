"""Who answers for what, and on whose desk a thing lies (`domain` §6.1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final

from services.targets.domain.values import Office
from shared.domain.workdays import is_workday

SPANS_MAX: Final = 4_096


class Step(StrEnum):
    """The steps of a project's year for which three persons answer."""

    EX_ANTE = "EX_ANTE"
    TARGET = "TARGET"
    MONITOR_M05 = "MONITOR_M05"
    MONITOR_M08 = "MONITOR_M08"
    SELF_EVAL = "SELF_EVAL"
    RECTIFY = "RECTIFY"
    DISCLOSE = "DISCLOSE"


EVERY_STEP: Final = tuple(Step)


class Desk(StrEnum):
    """Where a target waits: the offices of its unit, its department, the finance bureau."""

    BUSINESS = "BUSINESS"
    FINANCE = "FINANCE"
    HEAD = "HEAD"
    DEPARTMENT = "DEPARTMENT"
    BUREAU = "BUREAU"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """How long a target lay on a desk, in working days as the calendar of its region has them."""

    desk: Desk
    since_on: date
    until_on: date
    workdays: int


class ReturnReason(StrEnum):
    """Why something goes back. The first four are the tests of the first review (88号)."""

    COMPLETENESS = "COMPLETENESS"
    RELEVANCE = "RELEVANCE"
    APPROPRIATENESS = "APPROPRIATENESS"
    FEASIBILITY = "FEASIBILITY"
    GRADED_FAIR = "GRADED_FAIR"
    GOAL_UNCLEAR = "GOAL_UNCLEAR"
    INDICATOR_NOT_MEASURABLE = "INDICATOR_NOT_MEASURABLE"
    EVIDENCE_MISSING = "EVIDENCE_MISSING"
    AMOUNT_UNFOUNDED = "AMOUNT_UNFOUNDED"
    AMOUNT_MISMATCH = "AMOUNT_MISMATCH"
    COST_UNSTATED = "COST_UNSTATED"
    SIGNATURE_WRONG = "SIGNATURE_WRONG"
    UNSTATED = "UNSTATED"


# Which office has to do its part again (D).
OFFICE_OF: Final[Mapping[ReturnReason, Office]] = {
    ReturnReason.AMOUNT_UNFOUNDED: Office.FINANCE,
    ReturnReason.AMOUNT_MISMATCH: Office.FINANCE,
    ReturnReason.COST_UNSTATED: Office.FINANCE,
    ReturnReason.SIGNATURE_WRONG: Office.HEAD,
}


def office_of(reason: ReturnReason) -> Office:
    """The office responsible for a reason; what is no other's is the business office's."""
    return OFFICE_OF.get(reason, Office.BUSINESS)


@lru_cache(maxsize=SPANS_MAX)
def workdays_between(since: date, until: date, region_code: str) -> int:
    """Working days after one day until another, the last included; asked for every stay."""
    days = (since + timedelta(days=n + 1) for n in range((until - since).days))
    return sum(is_workday(day, region_code) for day in days)
