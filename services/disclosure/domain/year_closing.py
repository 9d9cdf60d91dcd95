"""The fiscal year of a region: open until it is closed, and closed over no red item in silence.

Source: `domain` §6.6: the year cannot be closed while a red item is open unless FB_LEADER signs a
carry-over. The red items of the regions below count too: a prefecture answers for its counties.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, assert_never

from services.disclosure.domain.refusals import (
    CarryOverNotSigned,
    ItemNotCarriable,
    RedItemsOpen,
    YearNotOver,
)
from services.disclosure.domain.year_closing_words import (
    CarriedItem,
    ClosedYearCorrected,
    CloseFiscalYear,
    ClosingCommand,
    ClosingEvent,
    EndRedItem,
    FiscalYearClosed,
    NoteRedItem,
    RedItem,
    RedItemEnded,
    RedItemNoted,
)
from shared.domain.decider import Decider, Owner, Reference
from shared.domain.persistent_map import PersistentMap
from shared.domain.workdays import business_date

CATEGORY: Final = "fiscal_year"
NAMED_MAX: Final = 20
"""So many red items are named in a refusal; the list of open items has them all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """What is red in it, and since when it is closed."""

    region_code: str = ""
    red: PersistentMap[RedItem] = field(default_factory=PersistentMap)
    carried: frozenset[str] = frozenset()
    closed_on: date | None = None

    @property
    def closed(self) -> bool:
        """Whether every change of it is a correction by now."""
        return self.closed_on is not None


def reference(region_code: str, fiscal_year: int) -> Reference:
    """Where the closing of a year is kept."""
    return Reference(CATEGORY, f"{region_code}-{fiscal_year}")


def decide(command: ClosingCommand, year: Year) -> Sequence[ClosingEvent]:
    """Red items come and go; the year is closed once."""
    match command:
        case NoteRedItem(item=item):
            return [] if item.item_id in year.red else [_noted(command, year)]
        case EndRedItem(item_id=item_id):
            known = year.red.get(item_id)
            return [] if known is None else [_ended(command, year, known)]
        case CloseFiscalYear():
            return [] if year.closed else [_closed(command, year)]
        case _:
            assert_never(command)


def _noted(command: NoteRedItem, year: Year) -> ClosingEvent:
    if year.closed:
        return _correction(command, year, command.item, ended=False)
    return RedItemNoted(
        region_code=command.region_code, fiscal_year=command.fiscal_year, item=command.item
    )


def _ended(command: EndRedItem, year: Year, item: RedItem) -> ClosingEvent:
    if year.closed:
        return _correction(command, year, item, ended=True)
    return RedItemEnded(item_id=item.item_id)


def _correction(
    command: NoteRedItem | EndRedItem, year: Year, item: RedItem, *, ended: bool
) -> ClosedYearCorrected:
    return ClosedYearCorrected(
        region_code=command.region_code,
        fiscal_year=command.fiscal_year,
        item=item,
        ended=ended,
        carried=item.item_id in year.carried,
        corrected_on=business_date(command.now),
    )


def _closed(command: CloseFiscalYear, year: Year) -> FiscalYearClosed:
    today = business_date(command.now)
    if today.year <= command.fiscal_year:
        raise YearNotOver(
            f"{command.fiscal_year} is not over.",
            remedy=f"Close it from {command.fiscal_year + 1}-01-01 on.",
            fiscal_year=command.fiscal_year,
        )
    for place, one in enumerate(command.carried):
        if one.item_id not in year.red:
            raise ItemNotCarriable(
                f"{one.item_id} is not a red item that is open in this year.",
                remedy="Carry over what GET /v1/loop/open-items?level=RED names.",
                pointer=f"/carried/{place}/item_id",
            )
    reasons = {one.item_id: one.reason for one in command.carried}
    _expect_all_carried(year, reasons)
    if reasons and not command.leader:
        raise CarryOverNotSigned(
            "A carry-over of red items is signed by a leader of the bureau.",
            remedy="Let FB_LEADER close the year, or close the items first.",
        )
    return FiscalYearClosed(
        region_code=command.region_code,
        fiscal_year=command.fiscal_year,
        carried=tuple(
            CarriedItem(item=year.red[name], reason=reasons[name]) for name in sorted(reasons)
        ),
        closed_by=command.by,
        closed_on=today,
    )


def _expect_all_carried(year: Year, reasons: Mapping[str, str]) -> None:
    left = sorted(year.red.keys() - reasons.keys())
    if left:
        raise RedItemsOpen(
            f"{len(left)} red items are open: {'、'.join(left[:NAMED_MAX])}",
            remedy="End them, or let FB_LEADER carry each over by name with a reason.",
            pointer="/carried",
            open_count=len(left),
            items=left[:NAMED_MAX],
        )


def evolve(year: Year, event: ClosingEvent) -> Year:
    """Remember what is red."""
    match event:
        case RedItemNoted(region_code=region_code, item=item):
            red = year.red.with_entry(item.item_id, item)
            return replace(year, region_code=region_code, red=red)
        case RedItemEnded(item_id=item_id):
            return replace(year, red=year.red.without(item_id))
        case FiscalYearClosed(region_code=region_code, carried=carried, closed_on=closed_on):
            return replace(
                year,
                region_code=region_code,
                carried=frozenset(one.item.item_id for one in carried),
                closed_on=closed_on,
            )
        case ClosedYearCorrected(item=item, ended=ended):
            name, red = item.item_id, year.red
            return replace(year, red=red.without(name) if ended else red.with_entry(name, item))
        case _:
            assert_never(event)


def _identify(command: ClosingCommand) -> str:
    return reference(command.region_code, command.fiscal_year).id


def _owner(year: Year) -> Owner | None:
    return Owner(region_code=year.region_code) if year.region_code else None


def _weigh(year: Year) -> int:
    return 1 + len(year.red)


decider: Final[Decider[ClosingCommand, ClosingEvent, Year]] = Decider(
    category=CATEGORY,
    initial=Year(),
    commands=(NoteRedItem, EndRedItem, CloseFiscalYear),
    events={
        "RedItemNoted": RedItemNoted,
        "RedItemEnded": RedItemEnded,
        "FiscalYearClosed": FiscalYearClosed,
        "ClosedYearCorrected": ClosedYearCorrected,
    },
    decide=decide,
    evolve=evolve,
    identify=_identify,
    owner=_owner,
    weigh=_weigh,
)
