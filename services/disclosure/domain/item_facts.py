"""What may have happened to a disclosure item."""

from dataclasses import dataclass
from datetime import date, datetime

from services.disclosure.domain.content import FieldChange
from services.disclosure.domain.values import Channel, ItemKind
from shared.domain.decider import Json
from shared.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What an item is about; the same in every word about it."""

    item_id: str
    kind: ItemKind
    channel: Channel
    fiscal_year: int
    region_code: str
    department_code: str | None
    unit_code: str
    project_code: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemOwed:
    """The public has a right to this from now on, at the latest on `due_on`."""

    item: Item
    content: Json
    due_on: date | None
    starts_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TermStarted:
    """The item has a day on which it falls due, or another one than before."""

    due_on: date
    starts_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemPrepared:
    """The item is ready to be reviewed."""

    supplement: Json
    prepared_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SecrecyReviewed:
    """Nothing secret was found, or something was."""

    cleared: bool
    opinion: str
    reviewed_by: str
    accepted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemPublished:
    """The public was told."""

    item: Item
    content: Json
    url: str
    published_on: date
    due_on: date | None
    published_at: datetime | None = None
    file_sha256: str = ""
    column: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemWithheld:
    """The public was told that it is not told, why, and until when."""

    item: Item
    legal_basis: str
    authority: str
    expires_on: date
    protects: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WithholdingExpired:
    """The reason not to tell has ended; what is owed has to be prepared and told."""

    item: Item
    expired_on: date
    due_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemCorrected:
    """A published item now says something else; what changed and why is part of it."""

    item: Item
    content: Json
    changes: tuple[FieldChange, ...]
    reason: str
    corrected_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRestated:
    """An item that was not told yet will say something else."""

    fields: Json
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemOverdue:
    """The public was not told in time."""

    item: Item
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One of the things that a summary adds up."""

    entry_id: str
    unit_code: str
    project_code: str
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemEntryNoted:
    """A summary has one more entry; `fields` are its totals since."""

    entry: Entry
    fields: Json


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemArchived:
    """What was told stays where it is, and is no longer worked on."""

    item: Item
    archived_on: date


type ItemEvent = (
    ItemOwed
    | TermStarted
    | ItemPrepared
    | SecrecyReviewed
    | ItemPublished
    | ItemWithheld
    | WithholdingExpired
    | ItemCorrected
    | ItemRestated
    | ItemOverdue
    | ItemEntryNoted
    | ItemArchived
)
