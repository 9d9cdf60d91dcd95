"""The monthly bulletin of a region: the daily performance work of a month, told every month.

Source: 日常绩效工作每月一公开. It falls due on a day of the following month (`domain` §10). What
was issued keeps its text and its figures for ever; a correction is a new edition with its reason.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, assert_never

from services.disclosure.domain.bulletin_words import (
    BulletinCommand,
    BulletinCorrected,
    BulletinEvent,
    BulletinIssued,
    BulletinOverdue,
    BulletinOwed,
    CorrectBulletin,
    IssueBulletin,
    Line,
    MarkBulletinOverdue,
    Month,
    OweBulletin,
)
from services.disclosure.domain.refusals import (
    BulletinEmpty,
    BulletinNotIssued,
    MonthNotOver,
)
from services.disclosure.domain.telling import Figure, Passage, check
from shared.domain.decider import Decider, Owner
from shared.domain.workdays import business_date, day_over

__all__ = [
    "Bulletin",
    "BulletinCommand",
    "BulletinCorrected",
    "BulletinEvent",
    "BulletinIssued",
    "BulletinOverdue",
    "BulletinOwed",
    "CorrectBulletin",
    "IssueBulletin",
    "Line",
    "MarkBulletinOverdue",
    "Month",
    "OweBulletin",
    "decide",
    "decider",
    "evolve",
]

type Content = tuple[tuple[Line, ...], tuple[Passage, ...], tuple[Figure, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulletin:
    """What is known of the bulletin of a month; edition 0 before it was told."""

    month: Month | None = None
    due_on: date | None = None
    edition: int = 0
    told: Content | None = None
    overdue: bool = False

    @property
    def issued(self) -> bool:
        """Whether the public was told."""
        return self.edition > 0


def decide(command: BulletinCommand, bulletin: Bulletin) -> Sequence[BulletinEvent]:
    """Once a month; a bulletin that was issued stays as it is."""
    match command:
        case OweBulletin(month=month, due_on=due_on):
            if bulletin.due_on == due_on or bulletin.issued:
                return []
            return [BulletinOwed(month=month, due_on=due_on)]
        case IssueBulletin():
            return _issue(command, bulletin)
        case CorrectBulletin():
            return _correct(command, bulletin)
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
    _check(command)
    today = business_date(command.now)
    if today < command.month.begins_on:
        raise MonthNotOver(begins_on=command.month.begins_on.isoformat())
    return [
        BulletinIssued(
            month=command.month,
            lines=command.lines,
            issued_on=today,
            passages=command.passages,
            figures=command.figures,
        )
    ]


def _correct(command: CorrectBulletin, bulletin: Bulletin) -> Sequence[BulletinEvent]:
    if not bulletin.issued:
        raise BulletinNotIssued
    if bulletin.told == (command.lines, command.passages, command.figures):
        return []
    _check(command)
    return [
        BulletinCorrected(
            month=command.month,
            edition=bulletin.edition + 1,
            reason=command.reason,
            lines=command.lines,
            corrected_on=business_date(command.now),
            passages=command.passages,
            figures=command.figures,
        )
    ]


def _check(command: IssueBulletin | CorrectBulletin) -> None:
    if not command.lines:
        raise BulletinEmpty(pointer="/lines")
    check(command.passages, command.figures)


def evolve(bulletin: Bulletin, event: BulletinEvent) -> Bulletin:
    """Remember what happened to it."""
    match event:
        case BulletinOwed(month=month, due_on=due_on):
            return replace(bulletin, month=month, due_on=due_on)
        case BulletinIssued(month=month):
            told = (event.lines, event.passages, event.figures)
            return replace(bulletin, month=month, edition=1, told=told)
        case BulletinCorrected(month=month, edition=edition):
            told = (event.lines, event.passages, event.figures)
            return replace(bulletin, month=month, edition=edition, told=told)
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
    commands=(OweBulletin, IssueBulletin, CorrectBulletin, MarkBulletinOverdue),
    events={
        "BulletinOwed": BulletinOwed,
        "BulletinIssued": BulletinIssued,
        "BulletinCorrected": BulletinCorrected,
        "BulletinOverdue": BulletinOverdue,
    },
    decide=decide,
    evolve=evolve,
    identify=_identify,
    owner=_owner,
)
