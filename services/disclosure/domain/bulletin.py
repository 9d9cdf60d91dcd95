"""The monthly bulletin of a region: the daily performance work of a month, told every month.

Source: 日常绩效工作每月一公开. It falls due on a day of the following month (`domain` §10).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final, assert_never

from services.disclosure.domain.refusals import BulletinEmpty, MonthNotOver
from services.disclosure.domain.values import (
    MONTHS_OF_A_YEAR,
)
from shared.domain.decider import Decider, Owner
from shared.domain.workdays import business_date, day_over


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """The month of a year in a region."""

    region_code: str
    year: int
    month: int

    @property
    def id(self) -> str:
        """`653100-2021-03`."""
        return f"{self.region_code}-{self.year}-{self.month:02d}"

    @property
    def begins_on(self) -> date:
        """Its first day."""
        return date(self.year, self.month, 1)

    def due_on(self, day: int) -> date:
        """A day of the following month."""
        years, month = divmod(self.month, MONTHS_OF_A_YEAR)
        return date(self.year + years, month + 1, day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A piece of work of the month: what, how many units and projects, with which result."""

    work: str
    units: int
    projects: int
    result: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OweBulletin:
    """The public is to be told of this month by this day."""

    month: Month
    due_on: date
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueBulletin:
    """Tell the public what was done in a month."""

    month: Month
    lines: tuple[Line, ...]
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkBulletinOverdue:
    """The day has passed."""

    month: Month
    by: str
    now: datetime


type BulletinCommand = OweBulletin | IssueBulletin | MarkBulletinOverdue


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletinOwed:
    """The public has a right to the bulletin of this month by this day."""

    month: Month
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletinIssued:
    """The public was told of the month."""

    month: Month
    lines: tuple[Line, ...]
    issued_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletinOverdue:
    """The public was not told of the month in time."""

    month: Month
    due_on: date


type BulletinEvent = BulletinOwed | BulletinIssued | BulletinOverdue


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulletin:
    """What is known of the bulletin of a month."""

    month: Month | None = None
    due_on: date | None = None
    issued: bool = False
    overdue: bool = False


def decide(command: BulletinCommand, bulletin: Bulletin) -> Sequence[BulletinEvent]:
    """Once a month; a bulletin that was issued stays as it is."""
    match command:
        case OweBulletin(month=month, due_on=due_on):
            if bulletin.due_on == due_on or bulletin.issued:
                return []
            return [BulletinOwed(month=month, due_on=due_on)]
        case IssueBulletin():
            return _issue(command, bulletin)
        case MarkBulletinOverdue(month=month, now=now):
            term = bulletin.due_on
            if bulletin.issued or bulletin.overdue or term is None or now < day_over(term):
                return []
            return [BulletinOverdue(month=month, due_on=term)]
        case _:
            assert_never(command)


def _issue(command: IssueBulletin, bulletin: Bulletin) -> Sequence[BulletinEvent]:
    if bulletin.issued:
        return []
    if not command.lines:
        raise BulletinEmpty(pointer="/lines")
    today = business_date(command.now)
    if today < command.month.begins_on:
        raise MonthNotOver(begins_on=command.month.begins_on.isoformat())
    return [BulletinIssued(month=command.month, lines=command.lines, issued_on=today)]


def evolve(bulletin: Bulletin, event: BulletinEvent) -> Bulletin:
    """Remember what happened to it."""
    match event:
        case BulletinOwed(month=month, due_on=due_on):
            return replace(bulletin, month=month, due_on=due_on)
        case BulletinIssued(month=month):
            return replace(bulletin, month=month, issued=True)
        case BulletinOverdue():
            return replace(bulletin, overdue=True)
        case _:
            assert_never(event)


def _identify(command: BulletinCommand) -> str:
    return command.month.id


def _owner(bulletin: Bulletin) -> Owner | None:
    return Owner(region_code=bulletin.month.region_code) if bulletin.month else None


decider: Final[Decider[BulletinCommand, BulletinEvent, Bulletin]] = Decider(
    category="bulletin",
    initial=Bulletin(),
    commands=(OweBulletin, IssueBulletin, MarkBulletinOverdue),
    events={
        "BulletinOwed": BulletinOwed,
        "BulletinIssued": BulletinIssued,
        "BulletinOverdue": BulletinOverdue,
    },
    decide=decide,
    evolve=evolve,
    identify=_identify,
    owner=_owner,
)
