"""What is sent about lines without a ledger, and about tie-outs."""

from typing import Annotated

from pydantic import Field

from services.monitoring.api.schemas import Body, Code
from shared.contracts.fields import Day, Yuan

Note = Annotated[str, Field(max_length=2_000)]


class AssignLineBody(Body):
    """Whose a line is; the number of its payment and its amount in yuan where it has none."""

    project_code: Code
    fiscal_year: Annotated[int, Field(ge=2000, le=2100)]
    payment_id: Annotated[str, Field(max_length=100)] = ""
    amount: Yuan | None = None
    note: Note = ""


class RejectLineBody(Body):
    """Why a line is nobody's here."""

    note: Annotated[str, Field(min_length=1, max_length=2_000)]


class TransferLineBody(Body):
    """Who has to find out."""

    owner: Code


class RequestTieOutBody(Body):
    """Which region, and the day of the tie-out: it covers those since the last working day."""

    region_code: Code
    until_on: Day
