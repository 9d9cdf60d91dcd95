"""Rows and parts of what the evaluation service says; none of them is said by itself."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from shared.contracts.fields import Number, Yuan


class CoreProblem(BaseModel):
    """A row of the core problem page: what was not reached, why, and what is done about it."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    subject: str = Field(description="An indicator, or EXECUTION.")
    name: str
    deviation: Number | None = None
    lost: Number = Field(description="Points that it cost.")
    cause: str = ""
    text: str = ""
    measure: str = ""
    objective: Number | None = Field(default=None, description="Objective share in percent.")
    subjective: Number | None = None
    due_on: date | None = None
    owner: str = ""


class RankedSubject(BaseModel):
    """A line of a ranking; equal scores share a rank."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    subject: str
    score: Number
    rank: int
    previous_rank: int | None = None


class ExemptedSpending(BaseModel):
    """A project whose money no cap binds, as far as this amount."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    project_code: str
    kind: Literal["STATUTORY", "EMERGENCY", "ASSIGNED_FROM_ABOVE"]
    amount: Yuan
    reason: str = ""
    document_no: str = ""


class DeviatingUnit(BaseModel):
    """A line of the inflation index; rank 1 has the highest mean, equal means share a rank."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    unit_code: str
    rechecked: int
    mean_deviation: Number = Field(description="Mean of self-score - re-check score.")
    inflated: int
    share_inflated: Number
    rank: int
