"""What the disclosure service says of whole fiscal years: closed, and corrected afterwards."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from shared.contracts.public_event import PublicEvent

type RedKind = Literal["WARNING", "FUND_FINDING"]


class YearEvent(PublicEvent):
    """Said by the disclosure service of the fiscal year of a region."""

    producer = "disclosure"

    fiscal_year: int


class CarriedOver(BaseModel):
    """A red item that the coming year goes on with, by name and with the reason."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    item_id: str
    kind: RedKind
    region_code: str
    project_code: str = ""
    since: date
    reason: str


class FiscalYearClosed(YearEvent):
    """A fiscal year is closed. What comes later is a correction and is told as one."""

    carried: tuple[CarriedOver, ...] = Field(
        default=(), description="Red items that a leader of the bureau carried over."
    )
    closed_on: date


class ClosedYearCorrected(YearEvent):
    """Something of a closed year came later: a red item came up, or one that was carried ended."""

    item_id: str
    kind: RedKind
    project_code: str = ""
    change: Literal["OPENED", "ENDED"]
    carried: bool = Field(default=False, description="It had been carried over.")
    corrected_on: date


YEAR_WORDS = (FiscalYearClosed, ClosedYearCorrected)
