"""What is sent to monitoring. A field nobody knows is refused, not ignored."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from services.monitoring.domain.values import DismissalCode, Level, Reason, Source
from shared.contracts.fields import WrittenNumber

Text = Annotated[str, Field(min_length=1, max_length=2_000)]
Code = Annotated[str, Field(min_length=1, max_length=100)]
Share = Annotated[WrittenNumber, Field(ge=0, le=1)]
Points = Annotated[WrittenNumber, Field(ge=0, le=100)]
Evidence = Annotated[
    tuple[Annotated[str, Field(min_length=1, max_length=200)], ...], Field(max_length=50)
]

ByPerson = Literal[Source.DAILY, Source.AUDIT, Source.PUBLIC]
"""What a person warns from; what the rules find, they warn of themselves."""


class Body(BaseModel):
    """The base of every body."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Nothing(Body):
    """An empty body: the path says everything."""


class RaiseWarningBody(Body):
    """A warning by a person: daily work, an audit, or a hint from the public."""

    project_code: Code
    fiscal_year: int
    node: Code
    level: Level
    reasons: Annotated[tuple[Reason, ...], Field(min_length=1)]
    source: ByPerson
    finding: Annotated[str, Field(max_length=2_000, pattern=r"\S")]


class DismissWarningBody(Body):
    """Why a warning is dropped."""

    reason: Text
    reason_code: DismissalCode | None = None
