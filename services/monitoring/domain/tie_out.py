"""The daily three-way tie-out of a region: ledgers, payment list and bank say the same, or not.

Source: `domain` §7.4, the reconciliation invariant: what is settled by day = what the bank
debited; accounts are reconciled by law (实施条例 art. 67). Differences are listed for people and
never corrected here. A tie-out covers the days since the last working day.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final, assert_never

from services.monitoring.domain.statement_pages import (
    MissingPages,
    ReportMissingPages,
    pages_id,
)
from shared.domain.decider import Decider, Owner
from shared.domain.money import ZERO, Money
from shared.domain.refusals import Invalid
from shared.domain.workdays import add_workdays, business_date


class DayNotCome(Invalid):
    """Only a day that has come can be tied out."""

    title_zh = "尚未到来的日期不能对账"


class Between(StrEnum):
    """Which two of the three say different things, or what is missing: a closed list."""

    LEDGER_AND_LIST = "LEDGER_AND_LIST"
    LEDGER_AND_BANK = "LEDGER_AND_BANK"
    NO_STATEMENT = "NO_STATEMENT"
    PAGE_MISSING = "PAGE_MISSING"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """What one of the three says was paid and came back."""

    paid: Money = ZERO
    returned: Money = ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Two of the three say different things: by how much, the first less the second."""

    between: Between
    paid: Money = ZERO
    returned: Money = ZERO
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The three sums, and how many breaks nobody has resolved. No statement came: no `bank`.

    `missing`: account, statement and pages of it that did not come; `gaps` say the same in parts.
    """

    ledger: Sums
    listed: Sums
    bank: Sums | None
    breaks_open: int
    missing: tuple[str, ...] = ()
    gaps: tuple[MissingPages, ...] = ()

    @property
    def differences(self) -> tuple[Difference, ...]:
        """What does not agree."""
        found = [_between(Between.LEDGER_AND_LIST, self.ledger, self.listed)]
        if self.bank is None:
            # A day without money needs no statement.
            moved = self.ledger != Sums()
            found.append(Difference(between=Between.NO_STATEMENT) if moved else None)
        else:
            found.append(_between(Between.LEDGER_AND_BANK, self.ledger, self.bank))
        found += [Difference(between=Between.PAGE_MISSING, detail=one) for one in self.missing]
        return tuple(one for one in found if one is not None)


def _between(which: Between, one: Sums, other: Sums) -> Difference | None:
    paid, returned = one.paid - other.paid, one.returned - other.returned
    return Difference(between=which, paid=paid, returned=returned) if paid or returned else None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestTieOut:
    """Ask for the tie-out of a day; the figures are looked up and published at once."""

    region_code: str
    until_on: date
    by: str
    now: datetime

    @property
    def id(self) -> str:
        """The tie-out this addresses."""
        return tie_out_id(self.region_code, self.until_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishTieOut:
    """Say what the three say of a day."""

    region_code: str
    until_on: date
    figures: Figures
    scheduled: bool
    by: str
    now: datetime

    @property
    def id(self) -> str:
        """The tie-out this addresses."""
        return tie_out_id(self.region_code, self.until_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class TieOutRequested:
    """Somebody wants to know how a day stands."""

    region_code: str
    until_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TieOutPublished:
    """How the days since the last working day stand; `scheduled` where the clock asked."""

    region_code: str
    from_on: date
    until_on: date
    figures: Figures
    differences: tuple[Difference, ...]
    equal: bool
    scheduled: bool
    published_by: str = ""
    published_at: datetime | None = None


type TieOutCommand = RequestTieOut | PublishTieOut
type TieOutEvent = TieOutRequested | TieOutPublished


@dataclass(frozen=True, slots=True, kw_only=True)
class TieOut:
    """What was last said of a day, and whether somebody waits."""

    region_code: str = ""
    figures: Figures | None = None
    scheduled: bool = False
    wanted: bool = False


def tie_out_id(region_code: str, day: date) -> str:
    """One per region and day."""
    return f"{region_code}-{day.isoformat()}"


def first_day(day: date, region_code: str) -> date:
    """The first day that a tie-out covers: the one after the last working day."""
    return add_workdays(day, -1, region_code) + timedelta(days=1)


def decide(command: TieOutCommand, state: TieOut) -> Sequence[TieOutEvent]:
    """The facts a command makes true."""
    match command:
        case RequestTieOut():
            if command.until_on > business_date(command.now):
                raise DayNotCome(pointer="/until_on", day=command.until_on.isoformat())
            asked = TieOutRequested(region_code=command.region_code, until_on=command.until_on)
            return [] if state.wanted else [asked]
        case PublishTieOut():
            return _publish(command, state)
        case _:
            assert_never(command)


def _publish(command: PublishTieOut, state: TieOut) -> Sequence[TieOutEvent]:
    told = state.figures == command.figures and (state.scheduled or not command.scheduled)
    if told and not state.wanted:
        return []
    differences = command.figures.differences
    return [
        TieOutPublished(
            region_code=command.region_code,
            from_on=first_day(command.until_on, command.region_code),
            until_on=command.until_on,
            figures=command.figures,
            differences=differences,
            equal=not differences,
            scheduled=command.scheduled,
            published_by=command.by,
            published_at=command.now,
        )
    ]


def _entails(event: TieOutEvent, _state: TieOut) -> Iterable[ReportMissingPages]:
    """A page that did not come is somebody's to ask for."""
    if not isinstance(event, TieOutPublished) or event.published_at is None:
        return
    for seen in event.figures.gaps:
        yield ReportMissingPages(
            pages_id=pages_id(event.region_code, seen.account, seen.series),
            region_code=event.region_code,
            seen=seen,
            day_on=event.until_on,
            by=event.published_by,
            now=event.published_at,
        )


def evolve(state: TieOut, event: TieOutEvent) -> TieOut:
    """Each fact as history has it."""
    match event:
        case TieOutRequested(region_code=region):
            return replace(state, region_code=region, wanted=True)
        case TieOutPublished():
            return TieOut(
                region_code=event.region_code,
                figures=event.figures,
                scheduled=state.scheduled or event.scheduled,
            )
        case _:
            assert_never(event)


def _identify(command: TieOutCommand) -> str:
    return command.id


tie_out_decider: Final[Decider[TieOutCommand, TieOutEvent, TieOut]] = Decider(
    category="tieout",
    initial=TieOut(),
    commands=(RequestTieOut, PublishTieOut),
    events={"TieOutRequested": TieOutRequested, "TieOutPublished": TieOutPublished},
    decide=decide,
    evolve=evolve,
    identify=_identify,
    entails=_entails,
    owner=lambda state: Owner(region_code=state.region_code) if state.region_code else None,
)
