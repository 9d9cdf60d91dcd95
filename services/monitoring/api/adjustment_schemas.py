"""What is sent about an adjustment of money and target."""

from typing import Annotated

from pydantic import Field

from services.monitoring.api.schemas import Body, Code, Text
from services.monitoring.domain.adjustment import AdjustmentKind
from shared.contracts.fields import Day, Yuan


class ProposeAdjustmentBody(Body):
    """What is to change. To suspend, the amount is zero: all that is available is held."""

    adjustment_id: Code
    project_code: Code
    fiscal_year: int
    kind: AdjustmentKind
    amount: Yuan
    reason: Text
    transfer_to: Code | None = None
    lowers_key_expenditure: bool = Field(
        default=False, description="The amount of key expenditure (重点支出) falls by it."
    )
    changes_total_budget: bool = Field(
        default=False, description="The total of the budget rises or falls by it."
    )


class EndSuspensionBody(Body):
    """Why the money may be spent again."""

    reason: Text


class ReportAdjustmentBody(Body):
    """To whom it was reported, and by which document."""

    reported_to: Annotated[str, Field(min_length=1, max_length=200)]
    document_no: Code
    reported_on: Day
