"""What may be asked of a disclosure item; what may have happened to it is `item_facts`."""

from dataclasses import dataclass, field
from datetime import date, datetime

from services.disclosure.domain.item_facts import (
    Entry,
    Item,
    ItemArchived,
    ItemCorrected,
    ItemEntryNoted,
    ItemEvent,
    ItemOverdue,
    ItemOwed,
    ItemPrepared,
    ItemPublished,
    ItemRestated,
    ItemWithheld,
    SecrecyReviewed,
    TermStarted,
    WithholdingExpired,
)
from services.disclosure.domain.terms import STATUTORY, Terms
from services.disclosure.domain.values import Channel
from shared.domain.decider import Json

__all__ = [
    "ArchiveDisclosure",
    "CorrectDisclosure",
    "EndWithholding",
    "Entry",
    "Item",
    "ItemArchived",
    "ItemCommand",
    "ItemCorrected",
    "ItemEntryNoted",
    "ItemEvent",
    "ItemOverdue",
    "ItemOwed",
    "ItemPrepared",
    "ItemPublished",
    "ItemRestated",
    "ItemWithheld",
    "MarkItemOverdue",
    "MoveTerm",
    "NoteItemEntry",
    "OweItem",
    "PrepareDisclosure",
    "PublishDisclosure",
    "RestateItem",
    "ReviewSecrecy",
    "SecrecyReviewed",
    "StartTerm",
    "TermStarted",
    "WithholdDisclosure",
    "WithholdingExpired",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class OweItem:
    """Something was decided that the public has to be told.

    `starts_on` is the day from which the term runs; `None` where it has not begun: an ex-ante
    report is told together with the budget. `terms` are what binds, `replied_on` is the day of
    the reply that the term is counted from where it came later; the kernel fills them in.
    """

    item: Item
    content: Json
    starts_on: date | None
    terms: Terms = STATUTORY
    replied_on: date | None = None
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StartTerm:
    """The event with which an item is told together has happened.

    With an `evaluation_id` only the report of that evaluation is meant, and `fields` tell of it.
    """

    item_id: str
    region_code: str
    fiscal_year: int
    starts_on: date
    terms: Terms = STATUTORY
    department_code: str = ""
    unit_code: str = ""
    replied_on: date | None = None
    evaluation_id: str = ""
    fields: Json = field(default_factory=dict)
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveTerm:
    """A reply was recorded: the term is counted from its day, never from before the decision."""

    item_id: str
    region_code: str
    fiscal_year: int
    channel: Channel
    department_code: str
    unit_code: str
    terms: Terms = STATUTORY
    replied_on: date | None = None
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteItemEntry:
    """Something happened that a summary of its month adds up."""

    item: Item
    entry: Entry
    happened_on: date
    terms: Terms = STATUTORY
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PrepareDisclosure:
    """The unit readies an item: explanations, links and evidence beside the decided facts."""

    item_id: str
    supplement: Json
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewSecrecy:
    """Somebody else than the preparer looks for secrets and protected data.

    `accepted` are the pointers of suspicions that turned out to tell of nobody.
    """

    item_id: str
    cleared: bool
    opinion: str
    accepted: tuple[str, ...] = ()
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishDisclosure:
    """Tell the public. With an `opinion`, the secrecy of a prepared item is cleared first."""

    item_id: str
    opinion: str | None = None
    url: str = ""
    file_sha256: str = ""
    column: str = ""
    accepted: tuple[str, ...] = ()
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WithholdDisclosure:
    """Not to tell, on a legal basis, by an authority, until a day; that much is told."""

    item_id: str
    legal_basis: str
    authority: str
    expires_on: date
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EndWithholding:
    """The last day of a withholding has passed: the item is owed again."""

    item_id: str
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectDisclosure:
    """What was published is wrong; these fields replace its own, for a reason."""

    item_id: str
    fields: Json
    reason: str
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RestateItem:
    """What the item tells of was decided anew: these facts replace its own.

    With an `evaluation_id` only the report of that evaluation is meant.
    """

    item_id: str
    fields: Json
    reason: str
    evaluation_id: str = ""
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkItemOverdue:
    """The term has passed."""

    item_id: str
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveDisclosure:
    """What was told is put on file."""

    item_id: str
    by: str
    now: datetime


type ItemCommand = (
    OweItem
    | StartTerm
    | PrepareDisclosure
    | ReviewSecrecy
    | PublishDisclosure
    | WithholdDisclosure
    | EndWithholding
    | CorrectDisclosure
    | RestateItem
    | MarkItemOverdue
    | MoveTerm
    | NoteItemEntry
    | ArchiveDisclosure
)
