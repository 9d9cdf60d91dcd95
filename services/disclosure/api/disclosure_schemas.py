"""Bodies of the commands about replies; strict like all others."""

from pydantic import Field

from services.disclosure.api.schemas import REGION_CODE, Body
from services.disclosure.domain.budget_reply import RepliedBy, ReplyKind
from shared.contracts.fields import Day


class RecordBudgetReplyBody(Body):
    """Who replied to whom, to what, when, by which document."""

    kind: ReplyKind = Field(strict=False)
    replied_by: RepliedBy = Field(strict=False)
    region_code: str = REGION_CODE
    department_code: str = Field(min_length=1, max_length=100, examples=["653100101"])
    fiscal_year: int = Field(ge=2000, le=2100, examples=[2021])
    replied_on: Day
    document_no: str = Field(min_length=1, max_length=100, examples=["喀地财预〔2021〕1号"])
