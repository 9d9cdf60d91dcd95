"""Red words of monitoring → the fiscal years that may not be closed over them in silence."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from services.disclosure.domain.values import lineage
from services.disclosure.domain.year_closing_words import (
    EndRedItem,
    NoteRedItem,
    RedItem,
    RedKind,
)
from shared.contracts import monitoring
from shared.domain.workdays import business_date
from shared.messages import AnyHeard

SERVICE: Final = "abacus|disclosure"
RED: Final = "RED"


def red_items(heard: AnyHeard) -> Sequence[object]:
    """What becomes red or ends, in the year of its region and of every region above it."""
    now = heard.said_at
    match heard.word:
        case monitoring.WarningIssued(level="RED") as word:
            return _noted(word, word.warning_id, word.issued_on, now)
        case monitoring.WarningEscalated(level="RED") as word:
            return _noted(word, word.warning_id, business_date(now), now)
        case monitoring.FundFindingOpened(level="RED") as word:
            return _noted(word, word.finding_id, word.opened_on, now)
        case monitoring.WarningClosed(level="RED") as word:
            return _ended(word, word.warning_id, now)
        case monitoring.FundFindingClosed(level="RED") as word:
            return _ended(word, word.finding_id, now)
        case _:
            return ()


type _Red = monitoring.WarningIssued | monitoring.WarningEscalated | monitoring.FundFindingOpened
type _End = monitoring.WarningClosed | monitoring.FundFindingClosed


def _noted(word: _Red, item_id: str, since: date, now: datetime) -> Sequence[object]:
    found = isinstance(word, monitoring.FundFindingOpened)
    item = RedItem(
        item_id=item_id,
        kind=RedKind.FUND_FINDING if found else RedKind.WARNING,
        region_code=word.region_code,
        unit_code="" if isinstance(word, monitoring.FundFindingOpened) else word.unit_code,
        project_code=word.project_code,
        since=since,
    )
    year = word.fiscal_year
    return [
        NoteRedItem(region_code=code, fiscal_year=year, item=item, by=SERVICE, now=now)
        for code in lineage(word.region_code)
    ]


def _ended(word: _End, item_id: str, now: datetime) -> Sequence[object]:
    year = word.fiscal_year
    return [
        EndRedItem(region_code=code, fiscal_year=year, item_id=item_id, by=SERVICE, now=now)
        for code in lineage(word.region_code)
    ]
