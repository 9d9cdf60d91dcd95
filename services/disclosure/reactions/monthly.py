"""Daily work that is told month by month: rounds, recoveries, cuts, circulars, rankings, people.

Source: 日常绩效工作每月一公开, and the last column of `domain` §2.3: of recoveries and cuts the
public sees a summary, of circulars and rankings what was issued and published.
"""

from collections.abc import Sequence
from datetime import date, datetime

from services.disclosure.domain.item_words import Entry, Item, NoteItemEntry, OweItem
from services.disclosure.domain.small_cells import Cell, told_cells
from services.disclosure.domain.values import CHANNEL_OF, ItemKind
from services.disclosure.reactions.items import SERVICE, TITLES
from shared.contracts import evaluation, monitoring
from shared.contracts.monitoring.key_funds import PlaceTotal
from shared.domain.decider import Json
from shared.domain.money import Money
from shared.domain.workdays import business_date
from shared.messages import AnyHeard


def react_to_daily_work(heard: AnyHeard) -> Sequence[object]:  # noqa: PLR0911 - one match
    """What the month after will have to tell."""
    now = heard.said_at
    match heard.word:
        case monitoring.RoundClosed() as word:
            return [_round(word, now)]
        case evaluation.FundsRecovered() as word:
            entry = _entry(word.recovery_id, word)
            kind = ItemKind.RECOVERY_SUMMARY
            return [_noted(kind, word.region_code, entry, word.booked_on, now)]
        case evaluation.BudgetCutConfirmed() as word:
            entry = _entry(word.cut_id, word)
            kind = ItemKind.CUT_SUMMARY
            return [_noted(kind, word.region_code, entry, word.confirmed_on, now)]
        case evaluation.CircularIssued() as word:
            return [_circular(word, now)]
        case evaluation.RankingPublished() as word:
            return [_ranking(word, now)]
        case monitoring.BeneficiariesPublished() as word:
            return _beneficiaries(word, now)
        case _:
            return ()


def _of_region(kind: ItemKind, number: str, region_code: str, fiscal_year: int, named: str) -> Item:
    """An item that tells of a region; its finance bureau prepares it."""
    return Item(
        item_id=f"{kind.value}-{number}",
        kind=kind,
        channel=CHANNEL_OF[kind],
        fiscal_year=fiscal_year,
        region_code=region_code,
        department_code=None,
        unit_code="",
        project_code="",
        title=f"{TITLES[kind]}：{named}",
    )


def _owe(item: Item, content: Json, day: date, now: datetime) -> OweItem:
    return OweItem(item=item, content=content, starts_on=day, by=SERVICE, now=now)


def _entry(number: str, word: evaluation.FundsRecovered | evaluation.BudgetCutConfirmed) -> Entry:
    return Entry(
        entry_id=number,
        unit_code=word.unit_code,
        project_code=word.project_code,
        amount=word.amount,
    )


def _noted(
    kind: ItemKind, region_code: str, entry: Entry, day: date, now: datetime
) -> NoteItemEntry:
    month = f"{day:%Y-%m}"
    item = _of_region(kind, f"{region_code}-{month}", region_code, day.year, month)
    return NoteItemEntry(item=item, entry=entry, happened_on=day, by=SERVICE, now=now)


def _round(word: monitoring.RoundClosed, now: datetime) -> OweItem:
    number = f"{word.region_code}-{word.fiscal_year}-{word.node}"
    item = _of_region(
        ItemKind.MONITORING_SUMMARY, number, word.region_code, word.fiscal_year, word.node
    )
    content: Json = {
        "node": word.node,
        "cut_off_on": word.cut_off_on.isoformat(),
        "reviewed": word.reviewed,
        "missed": word.missed,
        "exempted": word.exempted,
        "levels": dict(word.levels),
        "mean_score": None if word.mean_score is None else str(word.mean_score),
        "execution_rate": None if word.execution_rate is None else str(word.execution_rate),
        "goal_rate": None if word.goal_rate is None else str(word.goal_rate),
    }
    return _owe(item, content, business_date(now), now)


def _circular(word: evaluation.CircularIssued, now: datetime) -> OweItem:
    item = Item(
        item_id=f"{ItemKind.CIRCULAR.value}-{word.case_id}",
        kind=ItemKind.CIRCULAR,
        channel=CHANNEL_OF[ItemKind.CIRCULAR],
        fiscal_year=word.issued_on.year,
        region_code=word.region_code,
        department_code=None,
        unit_code=word.unit_code,
        project_code="",
        title=f"{TITLES[ItemKind.CIRCULAR]}：{word.unit_code}",
    )
    content: Json = {
        "case_id": word.case_id,
        "unit_code": word.unit_code,
        "subject": word.subject,
        "issued_on": word.issued_on.isoformat(),
    }
    return _owe(item, content, word.issued_on, now)


def _ranking(word: evaluation.RankingPublished, now: datetime) -> OweItem:
    year = word.fiscal_year or business_date(now).year
    item = _of_region(ItemKind.RANKING, word.ranking_id, word.region_code, year, word.period)
    content: Json = {
        "ranking_id": word.ranking_id,
        "period": word.period,
        "ranked": word.kind,
        "corrects": word.corrects,
        "document_no": word.document_no,
        "rows": [
            {
                "subject": row.subject,
                "score": str(row.score),
                "rank": row.rank,
                "previous_rank": row.previous_rank,
            }
            for row in word.rows
        ],
    }
    return _owe(item, content, business_date(now), now)


def _beneficiaries(word: monitoring.BeneficiariesPublished, now: datetime) -> Sequence[OweItem]:
    """Silent where all together are too few to be told of."""
    cells = told_cells([_cell(place) for place in word.places])
    if not cells:
        return []
    kind = ItemKind.BENEFICIARIES
    item = Item(
        item_id=f"{kind.value}-{word.project_code}-{word.month}",
        kind=kind,
        channel=CHANNEL_OF[kind],
        fiscal_year=word.fiscal_year,
        region_code=word.region_code,
        department_code=None,
        unit_code=word.unit_code,
        project_code=word.project_code,
        title=f"{TITLES[kind]}：{word.project_code} {word.month}",
    )
    content: Json = {
        "month": word.month,
        "published_on": word.published_on.isoformat(),
        "places": [_place(cell) for cell in cells],
    }
    return [_owe(item, content, word.published_on, now)]


def _cell(place: PlaceTotal) -> Cell:
    return Cell(
        place_code=place.place_code,
        counts=(place.payees, place.households, place.persons, place.enterprises),
        fen=place.amount.fen,
    )


def _place(cell: Cell) -> Json:
    payees, households, persons, enterprises = cell.counts
    return {
        "place_code": cell.place_code,
        "payees": payees,
        "households": households,
        "persons": persons,
        "enterprises": enterprises,
        "amount": str(Money(cell.fen)),
    }
