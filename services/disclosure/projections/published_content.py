"""What the public was told, word for word as it stands today, and every correction of it."""

from collections.abc import Iterable
from datetime import date

from sqlmodel import JSON, Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.disclosure.domain.item_words import ItemCorrected, ItemPublished
from services.disclosure.projections import Table
from shared.messages import AnyRecorded
from shared.projections import Change, Projection, Put

type Told = dict[str, object]


class ContentRow(Table, table=True):
    """The content of a published item."""

    __tablename__ = "published_content"

    item_id: str = Field(primary_key=True)
    content: Told = Field(sa_type=JSON)


class CorrectionRow(Table, table=True):
    """A correction: which fields said what before, what they say since, and why."""

    __tablename__ = "item_corrections"

    item_id: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    reason: str
    changes: list[Told] = Field(sa_type=JSON)
    corrected_on: date


def _project(recorded: AnyRecorded) -> Iterable[Change]:
    match recorded.event:
        case ItemPublished(content=content):
            yield Put(ContentRow, {"item_id": recorded.id, "content": content})
        case ItemCorrected() as corrected:
            yield Put(ContentRow, {"item_id": recorded.id, "content": corrected.content})
            yield Put(
                CorrectionRow,
                {
                    "item_id": recorded.id,
                    "version": recorded.version,
                    "reason": corrected.reason,
                    "changes": [
                        {"pointer": c.pointer, "before": c.before, "after": c.after}
                        for c in corrected.changes
                    ],
                    "corrected_on": corrected.corrected_on,
                },
            )
        case _:
            return


published_content = Projection(
    name="published_content", tables=(ContentRow, CorrectionRow), project=_project
)


def content_of(item_id: str) -> SelectOfScalar[ContentRow]:
    """What the item says today."""
    return select(ContentRow).where(ContentRow.item_id == item_id)


def corrections_of(item_id: str) -> SelectOfScalar[CorrectionRow]:
    """Its corrections, the first one first."""
    return (
        select(CorrectionRow)
        .where(CorrectionRow.item_id == item_id)
        .order_by(col(CorrectionRow.version))
    )
