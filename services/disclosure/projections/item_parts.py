"""What an item will tell, part by part, before it is told: facts as decided, what is said beside.

Nobody but those who prepare and review reads this; the public reads `published_content`.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from sqlmodel import JSON, Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.disclosure.domain.allowed import told
from services.disclosure.domain.content import merged
from services.disclosure.domain.item_words import (
    ItemEntryNoted,
    ItemOwed,
    ItemPrepared,
    ItemRestated,
)
from services.disclosure.domain.values import ItemKind
from services.disclosure.projections import Table
from shared.domain.decider import Json
from shared.messages import AnyRecorded
from shared.projections import Change, Projection, Put

FACTS: Final = "FACTS"
SUPPLEMENT: Final = "SUPPLEMENT"


class ItemPartRow(Table, table=True):
    """A part of a content, in the order in which it became known."""

    __tablename__ = "item_parts"

    item_id: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    part: str
    fields: dict[str, object] = Field(sa_type=JSON)


def _project(recorded: AnyRecorded) -> Iterable[Change]:
    match recorded.event:
        case ItemOwed(content=fields):
            yield _part(recorded, FACTS, fields)
        case ItemRestated(fields=fields) | ItemEntryNoted(fields=fields):
            yield _part(recorded, FACTS, fields)
        case ItemPrepared(supplement=fields):
            yield _part(recorded, SUPPLEMENT, fields)
        case _:
            return


def _part(recorded: AnyRecorded, part: str, fields: Mapping[str, object]) -> Change:
    row = {"item_id": recorded.id, "version": recorded.version, "part": part, "fields": fields}
    return Put(ItemPartRow, row)


item_parts = Projection(
    name="item_parts",
    tables=(ItemPartRow,),
    project=_project,
    inline=False,
    facts=frozenset({ItemOwed, ItemRestated, ItemEntryNoted, ItemPrepared}),
)


def parts_of(item_ids: Sequence[str]) -> SelectOfScalar[ItemPartRow]:
    """The parts of these items, the earliest first."""
    rows = select(ItemPartRow).where(col(ItemPartRow.item_id).in_(item_ids))
    return rows.order_by(col(ItemPartRow.item_id), col(ItemPartRow.version))


def composed(kind: ItemKind, rows: Iterable[ItemPartRow]) -> Json:
    """The content as it would be told now."""
    facts: Json = {}
    supplement: Json = {}
    for row in rows:
        if row.part == FACTS:
            facts = merged(facts, row.fields)
        else:
            supplement = dict(row.fields)
    return told(kind, merged(supplement, facts))
