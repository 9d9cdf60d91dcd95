"""What the balance, the calendar, the withholding register and the history show."""

from datetime import date, datetime

from pydantic import BaseModel, Field, JsonValue

from services.disclosure.api.views import DisclosureView, View


class BalanceRow(BaseModel):
    """owed = published + withheld + open, always. What is late is part of what is open."""

    region_code: str
    department_code: str = ""
    unit_code: str = ""
    owed: int
    published: int
    withheld: int
    open: int
    overdue: int


class BalanceView(BaseModel):
    """The balance of all, and of everybody it is struck for."""

    fiscal_year: int
    by: str
    total: BalanceRow
    balanced: bool = Field(description="Whether the sum holds in every row.")
    rows: list[BalanceRow]


class CalendarDay(BaseModel):
    """What falls due on a day, by kind; `days_left` is negative when the day is over."""

    due_on: date
    days_left: int
    channel: str
    kind: str
    label: str
    owed: int
    published: int
    withheld: int
    open: int
    overdue: int


class CalendarView(BaseModel):
    """The days between two, and the next one on which something open falls due."""

    fiscal_year: int
    next_due_on: date | None
    days_left: int | None
    overdue: int
    days: list[CalendarDay]


class OverdueView(DisclosureView):
    """An item that should have been told by now."""

    age_days: int = Field(description="Days since its last day.")


class WithheldView(View):
    """A withholding with the signature on its canonical fact."""

    item_id: str
    version: int
    kind: str
    channel: str
    fiscal_year: int
    region_code: str
    department_code: str | None
    unit_code: str
    project_code: str
    title: str
    protects: str
    legal_basis: str
    authority: str
    withheld_on: date
    expires_on: date
    ended_on: date | None
    signature: str = Field(description="Detached JWS (Ed25519) over `signed`.")
    signed: dict[str, JsonValue] = Field(description="The fact whose RFC 8785 form is signed.")


class WithholdingKey(BaseModel):
    """The public key as a JWK."""

    kty: str
    crv: str
    x: str
    alg: str
    use: str
    kid: str


class HistoryView(View):
    """One thing that happened to an item."""

    version: int
    fact: str
    happened_at: datetime
    detail: dict[str, JsonValue]


class ReplyView(View):
    """A reply that terms run from."""

    reply_id: str
    kind: str
    replied_by: str
    region_code: str
    department_code: str
    fiscal_year: int
    replied_on: date
    document_no: str
    version: int


class DisclosableKind(BaseModel):
    """The closed list of a kind: what may be told, and what a unit may say beside it."""

    kind: str
    label: str
    facts: dict[str, JsonValue]
    beside: dict[str, JsonValue]


class DisclosableFields(BaseModel):
    """The closed lists of all kinds, and the grounds on which something may be withheld."""

    kinds: list[DisclosableKind]
    protections: dict[str, str] = Field(description="Code → the provision that it cites.")
