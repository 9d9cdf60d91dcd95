"""What is sent to evaluation. A field nobody knows is refused, not ignored."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from shared.contracts.fields import WrittenNumber

Text = Annotated[str, Field(min_length=1, max_length=2_000)]
Note = Annotated[str, Field(max_length=2_000)]
Code = Annotated[str, Field(pattern=r"^[0-9A-Za-z_.-]{1,60}$")]
Number100 = Annotated[WrittenNumber, Field(ge=0, le=100, max_digits=5, decimal_places=2)]
Share = Annotated[WrittenNumber, Field(ge=0, le=1)]
Value = Annotated[WrittenNumber, Field(max_digits=20, decimal_places=6)]
Year = Annotated[int, Field(ge=2000, le=2100, examples=[2021])]
DocumentNo = Annotated[str, Field(min_length=1, max_length=100)]
ITEMS_MAX = 100
SUBJECTS_MAX = 1_000


class Body(BaseModel):
    """The base of every body."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)
