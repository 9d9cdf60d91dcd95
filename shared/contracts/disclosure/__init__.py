"""What the disclosure service says: what the public was told, and what it was not told yet."""

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from shared.contracts.disclosure.years import YEAR_WORDS
from shared.contracts.fields import AnyJson
from shared.contracts.public_event import PublicEvent

type Channel = Literal["WITH_BUDGET", "WITH_FINAL_ACCOUNTS", "KEY_EVALUATION", "MONTHLY"]
type ItemKind = Literal[
    "EX_ANTE_REPORT",
    "TARGET",
    "SELF_EVALUATION",
    "FINANCE_REPORT",
    "MONTHLY",
    "DEPARTMENT_REPORT",
    "MONITORING_SUMMARY",
    "RECOVERY_SUMMARY",
    "CUT_SUMMARY",
    "CIRCULAR",
    "RANKING",
    "BENEFICIARIES",
]


class DisclosureEvent(PublicEvent):
    """Said by the disclosure service, to everybody."""

    producer = "disclosure"


class ItemEvent(DisclosureEvent):
    """Tells of one disclosure item."""

    item_id: str
    channel: Channel
    kind: ItemKind
    fiscal_year: int
    unit_code: str | None = None
    project_code: str | None = None


class DisclosurePublished(ItemEvent):
    """An item was told to the public."""

    title: str
    content: AnyJson = Field(description="What was told: closed fields by kind, no personal data.")
    content_sha256: str
    url: str = ""
    published_on: date
    due_on: date | None = Field(default=None, description="Absent where no term had begun.")
    published_at: datetime | None = None
    file_sha256: str = Field(default="", description="Hash of the file or screenshot shown there.")
    column: str = Field(default="", description="The column of the portal that shows it.")


class DisclosureWithheld(ItemEvent):
    """An item is not told, on a legal basis and until a date; that it is withheld is told."""

    legal_basis: str
    authority: str
    expires_on: date
    protects: str = Field(default="", description="The ground on the closed list, as a code.")


class WithholdingExpired(ItemEvent):
    """The reason not to tell an item has ended; it is owed to the public again."""

    expired_on: date


class DisclosureCorrected(ItemEvent):
    """A published item was wrong; what changed and why."""

    reason: str
    changes: AnyJson = Field(description="JSON Pointer of a field → what it said and says now.")
    content_sha256: str = Field(description="Digest of the whole content as it stands now.")
    corrected_on: date


class DisclosureOverdue(ItemEvent):
    """An item should have been told by now."""

    due_on: date


class MonthlyBulletinIssued(DisclosureEvent):
    """The daily performance work of a month was told to the public."""

    year: int
    month: int
    content: AnyJson = Field(description="Table lines, chapters, and figures with their items.")
    issued_on: date
    edition: int = Field(default=1, description="Later editions correct the earlier ones.")
    reason: str = Field(default="", description="Why it was corrected; empty for the first one.")
    content_sha256: str = ""


class AnnualReportIssued(DisclosureEvent):
    """The annual report of a region, with its figures."""

    fiscal_year: int
    edition: int = 1
    figures: AnyJson = Field(description="Figure id → label, value and unit.")
    issued_on: date
    title: str = ""
    passages: tuple[AnyJson, ...] = Field(
        default=(), description="Chapters; `{F06}` in a paragraph stands for that figure."
    )
    reason: str = Field(default="", description="Why a report of a closed year was told anew.")
    content_sha256: str = ""


PUBLISHED = (
    DisclosurePublished,
    DisclosureWithheld,
    WithholdingExpired,
    DisclosureCorrected,
    DisclosureOverdue,
    MonthlyBulletinIssued,
    AnnualReportIssued,
    *YEAR_WORDS,
)
