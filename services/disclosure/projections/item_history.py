"""The public life of an item: owed, due, told, corrected, withheld, late, on file."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlmodel import JSON, DateTime, Field, select
from sqlmodel.sql.expression import SelectOfScalar

from services.disclosure.domain.content import digest
from services.disclosure.domain.item_words import (
    ItemArchived,
    ItemCorrected,
    ItemOverdue,
    ItemOwed,
    ItemPublished,
    ItemWithheld,
    TermStarted,
    WithholdingExpired,
)
from services.disclosure.projections import Table
from shared.messages import AnyRecorded
from shared.projections import Change, Projection, Put


class ItemHistoryRow(Table, table=True):
    """One thing that happened to an item. Who prepared and reviewed it stays inside."""

    __tablename__ = "item_history"

    item_id: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    fact: str
    happened_at: datetime = Field(sa_type=DateTime(timezone=True))
    detail: dict[str, object] = Field(sa_type=JSON)


def _project(recorded: AnyRecorded) -> Iterable[Change]:
    detail = _detail(recorded.event)
    if detail is not None:
        yield Put(
            ItemHistoryRow,
            {
                "item_id": recorded.id,
                "version": recorded.version,
                "fact": type(recorded.event).__name__,
                "happened_at": recorded.occurred_at,
                "detail": detail,
            },
        )


def _detail(event: object) -> Mapping[str, Any] | None:  # noqa: PLR0911 - one match
    match event:
        case ItemOwed(due_on=day) | TermStarted(due_on=day) | ItemOverdue(due_on=day):
            return {"due_on": day.isoformat() if day else None}
        case ItemPublished() as told:
            return {
                "content_sha256": digest(told.content),
                "url": told.url,
                "file_sha256": told.file_sha256,
                "column": told.column,
            }
        case ItemCorrected() as corrected:
            changes = [
                {"pointer": one.pointer, "before": one.before, "after": one.after}
                for one in corrected.changes
            ]
            sha256 = digest(corrected.content)
            return {"reason": corrected.reason, "changes": changes, "content_sha256": sha256}
        case ItemWithheld() as withheld:
            return {
                "protects": withheld.protects,
                "legal_basis": withheld.legal_basis,
                "authority": withheld.authority,
                "expires_on": withheld.expires_on.isoformat(),
            }
        case WithholdingExpired(expired_on=day):
            return {"expired_on": day.isoformat()}
        case ItemArchived(archived_on=day):
            return {"archived_on": day.isoformat()}
        case _:
            return None


item_history = Projection(
    name="item_history",
    tables=(ItemHistoryRow,),
    project=_project,
    inline=False,
    facts=frozenset(
        {
            ItemOwed,
            TermStarted,
            ItemOverdue,
            ItemPublished,
            ItemCorrected,
            ItemWithheld,
            WithholdingExpired,
            ItemArchived,
        }
    ),
)


def history(item_id: str) -> SelectOfScalar[ItemHistoryRow]:
    """What happened to an item; pages come in its order."""
    return select(ItemHistoryRow).where(ItemHistoryRow.item_id == item_id)
