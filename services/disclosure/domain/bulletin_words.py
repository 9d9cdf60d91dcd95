"""The words of a monthly bulletin: the month, what is told of it, and how it is corrected."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from services.disclosure.domain.content import digest
from services.disclosure.domain.refusals import NoSuchBulletin
from services.disclosure.domain.telling import (
    Figure,
    Passage,
    figures_as_json,
    passages_as_json,
)
from services.disclosure.domain.values import MONTHS_OF_A_YEAR
from shared.domain.decider import Json


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


_NUMBER: Final = re.compile(r"(.{2,12})-(\d{4})-(0[1-9]|1[0-2])", re.ASCII)


def month_of(bulletin_id: str) -> Month:
    """The month that a bulletin's number names."""
    named = _NUMBER.fullmatch(bulletin_id)
    if named is None:
        raise NoSuchBulletin(
            f"{bulletin_id} is not the number of a bulletin.",
            remedy="Name region, year and month: 653100-2021-03.",
        )
    region_code, year, month = named.groups()
    return Month(region_code=region_code, year=int(year), month=int(month))


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A piece of work of the month: what, how many units and projects, with which result.

    `items` leads to the list that its numbers were counted from (附件 of 月度绩效工作公开表).
    """

    work: str
    units: int
    projects: int
    result: str
    items: str = ""


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
    passages: tuple[Passage, ...] = ()
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectBulletin:
    """What was told of a month was wrong: tell it anew and say why."""

    month: Month
    lines: tuple[Line, ...]
    reason: str
    by: str
    now: datetime
    passages: tuple[Passage, ...] = ()
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkBulletinOverdue:
    """The day has passed."""

    month: Month
    by: str
    now: datetime


type BulletinCommand = OweBulletin | IssueBulletin | CorrectBulletin | MarkBulletinOverdue


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
    passages: tuple[Passage, ...] = ()
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletinCorrected:
    """The public was told of the month anew; the editions before stay as they were."""

    month: Month
    edition: int
    reason: str
    lines: tuple[Line, ...]
    corrected_on: date
    passages: tuple[Passage, ...] = ()
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletinOverdue:
    """The public was not told of the month in time."""

    month: Month
    due_on: date


type BulletinEvent = BulletinOwed | BulletinIssued | BulletinCorrected | BulletinOverdue
type Told = BulletinIssued | BulletinCorrected


def edition_of(told: Told) -> int:
    """Which edition it is: the first one was issued, the others are corrections."""
    return told.edition if isinstance(told, BulletinCorrected) else 1


def told_on(told: Told) -> date:
    """The day on which the public had it."""
    return told.corrected_on if isinstance(told, BulletinCorrected) else told.issued_on


def bulletin_content(told: Told) -> Json:
    """Everything that an edition tells; its digest is that of this content."""
    return {
        "region_code": told.month.region_code,
        "year": told.month.year,
        "month": told.month.month,
        "edition": edition_of(told),
        "reason": told.reason if isinstance(told, BulletinCorrected) else "",
        "lines": [
            {
                "work": line.work,
                "units": line.units,
                "projects": line.projects,
                "result": line.result,
                "items": line.items,
            }
            for line in told.lines
        ],
        "passages": passages_as_json(told.passages),
        "figures": figures_as_json(told.figures),
    }


def bulletin_digest(told: Told) -> str:
    """SHA-256 of what an edition tells."""
    return digest(bulletin_content(told))
