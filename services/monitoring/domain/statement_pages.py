"""The pages of a long statement: which have come, and the break while one of them has not.

A statement with a page missing says less than the account moved, so its day cannot be tied out
(`domain` §7.4). The tie-out finds the gap; here it has an owner, an age and an end: the page comes,
or a person says why it never will.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Final, assert_never

from services.monitoring.domain.page_refusals import (
    PageBreakEnded,
    PageBreakUnknown,
    PageNoteMissing,
)
from shared.domain.decider import Decider, Owner
from shared.domain.workdays import business_date

FIRST_OWNER: Final = "FB_TREASURY"
"""Who asks the bank for a page: the treasury section of the bureau (**D**)."""
_DIGITS: Final = 16


class PageBreakState(StrEnum):
    """How the break of a statement stands."""

    OPEN = "OPEN"
    CAME = "CAME"
    REJECTED = "REJECTED"


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingPages:
    """What a tie-out sees of a statement: the pages that are there, and whether the last is."""

    account: str
    series: str
    held: tuple[int, ...]
    last: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfPages:
    pages_id: str
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TakePage(_OfPages):
    """A page has come; `returns` name those on it that have no reference of their own."""

    region_code: str
    account: str
    series: str
    page: int
    last: bool
    returns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportMissingPages(_OfPages):
    """A tie-out found that a page is missing."""

    region_code: str
    seen: MissingPages
    day_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferPageBreak(_OfPages):
    """Say who asks for the page."""

    owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectPageBreak(_OfPages):
    """Say why the page will never come."""

    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageTaken:
    """A page has come; `returns` name those on it that have no reference of their own."""

    region_code: str
    account: str
    series: str
    page: int
    last: bool
    returns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBreakOpened:
    """Pages are missing: `2, 4…` is the second one and whatever follows the third."""

    region_code: str
    account: str
    series: str
    missing: tuple[str, ...]
    held: tuple[int, ...]
    last: bool
    owner: str
    day_on: date
    opened_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBreakTransferred:
    """Somebody else asks for the page."""

    region_code: str
    owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBreakRejected:
    """Nobody waits for the page any longer, for a reason."""

    region_code: str
    note: str
    rejected_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBreakClosed:
    """Every page has come."""

    region_code: str


type PagesCommand = TakePage | ReportMissingPages | TransferPageBreak | RejectPageBreak
type PagesEvent = (
    PageTaken | PageBreakOpened | PageBreakTransferred | PageBreakRejected | PageBreakClosed
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementPages:
    """The pages of one statement; `state` is that of its break, none where it never had one."""

    region_code: str = ""
    held: frozenset[int] = field(default_factory=frozenset)
    last: bool = False
    state: PageBreakState | None = None
    missing: tuple[str, ...] = ()
    owner: str = ""
    returns: Mapping[int, tuple[str, ...]] = field(default_factory=dict)


def pages_id(region_code: str, account: str, series: str) -> str:
    """One per statement of an account; accounts and names of statements stay out of addresses."""
    digest = sha256(f"{account}|{series}".encode()).hexdigest()[:_DIGITS]
    return f"{region_code}-{digest}"


def missing_of(held: frozenset[int], *, last: bool) -> tuple[str, ...]:
    """Which pages did not come, as far as one can know; `4…`: nobody knows how many follow."""
    highest = max(held, default=0)
    gaps = tuple(str(page) for page in range(1, highest) if page not in held)
    return gaps if last else (*gaps, f"{highest + 1}…")


def decide(command: PagesCommand, state: StatementPages) -> Sequence[PagesEvent]:
    """The facts a command makes true."""
    match command:
        case TakePage():
            return _take(command, state)
        case ReportMissingPages():
            return _report(command, state)
        case TransferPageBreak(owner=owner):
            _expect_open(state)
            moved = PageBreakTransferred(region_code=state.region_code, owner=owner)
            return [] if state.owner == owner else [moved]
        case RejectPageBreak():
            return _reject(command, state)
        case _:
            assert_never(command)


def _take(command: TakePage, state: StatementPages) -> Sequence[PagesEvent]:
    if command.page in state.held and (state.last or not command.last):
        return []
    taken = PageTaken(
        region_code=command.region_code,
        account=command.account,
        series=command.series,
        page=command.page,
        last=command.last,
        returns=command.returns,
    )
    after = evolve(state, taken)
    done = not missing_of(after.held, last=after.last)
    closed = [PageBreakClosed(region_code=command.region_code)]
    return [taken, *(closed if done and state.state is PageBreakState.OPEN else [])]


def _report(command: ReportMissingPages, state: StatementPages) -> Sequence[PagesEvent]:
    """What is known here counts, too: a page may have come since the tie-out was looked up."""
    held = state.held | frozenset(command.seen.held)
    last = state.last or command.seen.last
    missing = missing_of(held, last=last)
    if not missing or state.state is PageBreakState.REJECTED:
        return []
    if state.state is PageBreakState.OPEN and state.missing == missing:
        return []
    return [
        PageBreakOpened(
            region_code=command.region_code,
            account=command.seen.account,
            series=command.seen.series,
            missing=missing,
            held=tuple(sorted(held)),
            last=last,
            owner=state.owner or FIRST_OWNER,
            day_on=command.day_on,
            opened_on=business_date(command.now),
        )
    ]


def _reject(command: RejectPageBreak, state: StatementPages) -> Sequence[PagesEvent]:
    if not command.note.strip():
        raise PageNoteMissing(pointer="/note")
    if state.state is PageBreakState.REJECTED:
        return []
    _expect_open(state)
    rejected = PageBreakRejected(
        region_code=state.region_code, note=command.note, rejected_by=command.by
    )
    return [rejected]


def _expect_open(state: StatementPages) -> None:
    if state.state is None:
        raise PageBreakUnknown
    if state.state is not PageBreakState.OPEN:
        raise PageBreakEnded(state=state.state)


def evolve(state: StatementPages, event: PagesEvent) -> StatementPages:
    """Each fact as history has it."""
    match event:
        case PageTaken(page=page):
            held, last = state.held | {page}, state.last or event.last
            return replace(
                state,
                region_code=event.region_code,
                held=held,
                last=last,
                missing=missing_of(held, last=last) if state.missing else (),
                returns={**state.returns, page: event.returns},
            )
        case PageBreakOpened():
            return replace(
                state,
                region_code=event.region_code,
                held=frozenset(event.held),
                last=event.last,
                state=PageBreakState.OPEN,
                missing=event.missing,
                owner=event.owner,
            )
        case PageBreakTransferred(owner=owner):
            return replace(state, owner=owner)
        case PageBreakRejected():
            return replace(state, state=PageBreakState.REJECTED)
        case PageBreakClosed():
            return replace(state, state=PageBreakState.CAME, missing=())
        case _:
            assert_never(event)


def _identify(command: PagesCommand) -> str:
    return command.pages_id


statement_pages_decider: Final[Decider[PagesCommand, PagesEvent, StatementPages]] = Decider(
    category="pages",
    initial=StatementPages(),
    commands=(TakePage, ReportMissingPages, TransferPageBreak, RejectPageBreak),
    events={
        "PageTaken": PageTaken,
        "PageBreakOpened": PageBreakOpened,
        "PageBreakTransferred": PageBreakTransferred,
        "PageBreakRejected": PageBreakRejected,
        "PageBreakClosed": PageBreakClosed,
    },
    decide=decide,
    evolve=evolve,
    identify=_identify,
    owner=lambda state: Owner(region_code=state.region_code) if state.region_code else None,
)
