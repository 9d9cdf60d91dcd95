"""What an application form says besides the goal and its indicators (`domain` §8.1).

Period, grounds, plan and money are the unit's own words. A total is stated and its parts are,
too, as on the paper; what does not add up is refused, for no reader could tell which is meant.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from services.targets.domain.refusals.applications import (
    FundsDoNotAddUp,
    FundsNegative,
    PeriodReversed,
)
from shared.domain.money import ZERO, Money

SOURCES: Final = ("fiscal", "carried_over", "other")


@dataclass(frozen=True, slots=True, kw_only=True)
class Funds:
    """A sum of yuan and where it comes from: treasury, last year's balance, elsewhere."""

    total: Money
    fiscal: Money = ZERO
    carried_over: Money = ZERO
    other: Money = ZERO

    @property
    def parts(self) -> Money:
        """The sum of the parts."""
        return Money.total(getattr(self, source) for source in SOURCES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """The form's own fields. `midterm_*` is about the whole period, `annual_funds` the year."""

    starts_on: date | None = None
    ends_on: date | None = None
    phone: str = ""
    grounds: str = ""
    plan: str = ""
    midterm_goal: str = ""
    midterm_funds: Funds | None = None
    annual_funds: Funds | None = None


def expect_consistent(application: Application | None) -> None:
    """Refuse a form that contradicts itself."""
    if application is None:
        return
    begins, ends = application.starts_on, application.ends_on
    if begins and ends and begins > ends:
        raise PeriodReversed(
            f"It begins on {begins} and ends on {ends}.",
            pointer="/application/ends_on",
            remedy="Correct the days of the project.",
        )
    for name in ("midterm_funds", "annual_funds"):
        funds: Funds | None = getattr(application, name)
        if funds is not None:
            _expect_sum(funds, f"/application/{name}")


def _expect_sum(funds: Funds, pointer: str) -> None:
    for source in SOURCES:
        if getattr(funds, source) < ZERO:
            raise FundsNegative(pointer=f"{pointer}/{source}", remedy="State what it gives.")
    if funds.parts != funds.total:
        raise FundsDoNotAddUp(
            f"The parts come to {funds.parts} yuan, the total says {funds.total}.",
            pointer=f"{pointer}/total",
            remedy="Correct the total or its parts.",
            total=str(funds.total),
            parts=str(funds.parts),
        )
