"""The read model of webhooks: the columns and the fold; a service has them in tables of its own.

WebhookRow, WebhookReplayRow, webhook_register = webhook_tables(Table)
"""

from collections.abc import Iterable
from datetime import datetime
from types import new_class
from typing import Any

from sqlmodel import JSON, BigInteger, DateTime, Field, SQLModel

from shared.messages import Recorded
from shared.projections import Change, Projection, Put, Set
from shared.webhooks import subscription as fact


class WebhookColumns(SQLModel):
    """One webhook and how it is signed."""

    webhook_id: str = Field(primary_key=True)
    region_code: str = Field(index=True)
    url: str
    event_types: list[str] = Field(sa_type=JSON)
    wanted: dict[str, list[str]] = Field(default_factory=dict, sa_type=JSON)
    enabled: bool = True
    disabled_because: str = ""
    generation: int = 1
    overlap_until: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    registered_by: str
    version: int


class WebhookReplayColumns(SQLModel):
    """One replay that was asked for; `version` is its number with this webhook."""

    webhook_id: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    first_word: int = Field(sa_type=BigInteger)
    last_word: int = Field(sa_type=BigInteger)


def webhook_tables(
    table: type[SQLModel],
) -> tuple[type[WebhookColumns], type[WebhookReplayColumns], Projection]:
    """Both tables of a service, by the base class of its tables, and the fold into them."""
    row = _table("WebhookRow", WebhookColumns, table, ("webhook_register", "One webhook."))
    told = ("webhook_replays", "One replay that was asked for.")
    replay = _table("WebhookReplayRow", WebhookReplayColumns, table, told)
    return row, replay, webhook_projection(row, replay)


def _table[C: SQLModel](
    name: str, columns: type[C], table: type[SQLModel], told: tuple[str, str]
) -> type[C]:
    """A table with these columns under the name that the worker reads it by."""
    names = dict(zip(("__tablename__", "__doc__"), told, strict=True))
    body = {**names, "__module__": table.__module__, "__qualname__": name}
    found: type[C] = new_class(
        name, (columns, table), {"table": True}, lambda own: own.update(body)
    )
    return found


def webhook_projection(row: type[WebhookColumns], replay: type[WebhookReplayColumns]) -> Projection:
    """The fold into the tables of a service; both are read by the worker, by their names."""

    def fold(recorded: Recorded[Any]) -> Iterable[Change]:
        key = {"webhook_id": recorded.id}
        values: dict[str, object] = {"version": recorded.version}
        match recorded.event:
            case fact.WebhookRegistered() as event:
                yield Put(row, _registered(event, recorded))
                return
            case fact.WebhookKeyRotated(generation=generation, overlap_until_at=until):
                values |= {"generation": generation, "overlap_until": until}
            case fact.WebhookSuspended(reason=reason):
                values |= {"enabled": False, "disabled_because": reason}
            case fact.WebhookResumed():
                values |= {"enabled": True, "disabled_because": ""}
            case fact.WebhookReplayRequested(first=first, last=last):
                words = {"first_word": first, "last_word": last}
                yield Put(replay, {**key, "version": recorded.version, **words})
            case _:
                return
        yield Set(row, key, values)

    return Projection(name="webhook_register", tables=(row, replay), project=fold)


def _registered(event: fact.WebhookRegistered, recorded: Recorded[Any]) -> dict[str, object]:
    return WebhookColumns(
        webhook_id=recorded.id,
        region_code=event.region_code,
        url=event.url,
        event_types=list(event.event_types),
        wanted={
            name: list(codes)
            for name in ("regions", "units", "kinds")
            if (codes := getattr(event.wanted, name))
        },
        registered_by=event.registered_by,
        version=recorded.version,
    ).model_dump()
