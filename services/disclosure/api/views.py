"""What lists and pages show: rows with amounts in yuan and exact numbers as texts."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field, JsonValue

from shared.domain.money import PATTERN, Money


def _yuan(fen: object) -> object:
    return str(Money(fen)) if isinstance(fen, int) else fen


def _plain(number: object) -> object:
    return format(number, "f") if isinstance(number, Decimal) else number


Yuan = Annotated[str, BeforeValidator(_yuan), Field(pattern=PATTERN, examples=["1490000000.00"])]
Number = Annotated[str, BeforeValidator(_plain), Field(examples=["93.25"])]


class View(BaseModel):
    """Made from a row of a register; columns in fen are shown in yuan."""

    model_config = ConfigDict(from_attributes=True, populate_by_name=True)


class DisclosureView(View):
    """An item that is owed to the public, and how far it has come."""

    item_id: str
    kind: str
    channel: str
    fiscal_year: int
    region_code: str
    unit_code: str
    project_code: str
    title: str
    status: str
    due_on: date | None
    overdue: bool
    published_on: date | None
    url: str
    content_sha256: str | None
    legal_basis: str | None
    authority: str | None
    expires_on: date | None
    corrected_on: date | None
    version: int
    published_at: datetime | None = None
    file_sha256: str = ""
    column: str = Field(default="", validation_alias=AliasChoices("shown_in", "column"))
    protects: str = ""
    archived_on: date | None = None


class CorrectionView(View):
    """What a correction changed, and why."""

    reason: str
    changes: list[dict[str, JsonValue]]
    corrected_on: date


class DisclosureDetail(DisclosureView):
    """An item with what it tells and how that was corrected."""

    content: dict[str, JsonValue] | None = None
    corrections: list[CorrectionView] = Field(default_factory=list)


class BulletinView(View):
    """The bulletin of a month."""

    region_code: str
    year: int
    month: int
    due_on: date | None
    issued_on: date | None
    overdue: bool
    lines: list[dict[str, JsonValue]]
    edition: int = Field(description="0 before it was issued; corrections count on.")
    content_sha256: str
    version: int
