"""What may be asked of a disclosure item, and what may have happened to it."""

from dataclasses import dataclass
from datetime import date, datetime

from services.disclosure.domain.content import FieldChange
from services.disclosure.domain.terms import STATUTORY, Terms
from services.disclosure.domain.values import Channel, ItemKind
from shared.domain.decider import Json


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
class OweItem:
    """Something was decided that the public has to be told.

    `starts_on` is the day from which the term runs; `None` where it has not begun: an ex-ante
    report is told together with the budget. `terms` are what binds; the kernel fills them in.
    """

    item: Item
    content: Json
    starts_on: date | None
    terms: Terms = STATUTORY
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StartTerm:
    """The event with which an item is told together has happened."""

    item_id: str
    region_code: str
    fiscal_year: int
    starts_on: date
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
    """Somebody else than the preparer looks for secrets and protected data."""

    item_id: str
    cleared: bool
    opinion: str
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishDisclosure:
    """Tell the public. With an `opinion`, the secrecy of a prepared item is cleared first."""

    item_id: str
    opinion: str | None = None
    url: str = ""
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
    """What the item tells of was decided anew: these facts replace its own."""

    item_id: str
    fields: Json
    reason: str
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkItemOverdue:
    """The term has passed."""

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
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemOwed:
    """The public has a right to this from now on, at the latest on `due_on`."""

    item: Item
    content: Json
    due_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TermStarted:
    """The item has a day on which it falls due."""

    due_on: date


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


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemPublished:
    """The public was told."""

    item: Item
    content: Json
    url: str
    published_on: date
    due_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemWithheld:
    """The public was told that it is not told, why, and until when."""

    item: Item
    legal_basis: str
    authority: str
    expires_on: date


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
)
