"""What a reader is shown: rows of the read models with amounts in yuan and texts unfolded."""

import json
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from shared.contracts.fields import Number, Yuan
from shared.domain.money import Money


def _yuan(value: object) -> object:
    return Money(value) if isinstance(value, int) else value


def _unfolded(value: object) -> object:
    return json.loads(value) if isinstance(value, str) else value


def _listed(value: object) -> object:
    return [part for part in value.split(",") if part] if isinstance(value, str) else value


Amount = Annotated[Yuan, BeforeValidator(_yuan)]
Listed = Annotated[list[str], BeforeValidator(_listed)]
Unfolded = Annotated[Any, BeforeValidator(_unfolded)]
Unfoldeds = Annotated[list[Any], BeforeValidator(_unfolded)]


class View(BaseModel):
    """Read from a row by the names of its columns."""

    model_config = ConfigDict(from_attributes=True, populate_by_name=True)


class TargetView(View):
    """A target as a reviewer sees it."""

    target_id: str
    project_code: str
    project_name: str
    fiscal_year: int
    region_code: str
    unit_code: str
    department_code: str
    status: str
    scheme: str
    errors: int
    warnings: int
    unanswered: int = Field(description="Warnings that nobody has answered yet.")
    quality_score: int = Field(description="100 - 10 × errors - 3 × warnings, not below 0.")
    findings: Unfoldeds = Field(validation_alias="findings_json")
    returns: str
    score: Number | None
    grade: str | None
    joint_review_id: str | None
    target_version: int
    budget: Amount | None = Field(validation_alias="budget_fen")
    rule_set_version: int
    approved_on: date | None
    needs_ex_ante: bool
    origin: str
    business_by: str = Field(description="Who confirmed the goal; empty while that lock is open.")
    finance_by: str = Field(description="Who confirmed the amounts; empty while it is open.")
    signed_by: str
    in_place_of: str = Field(description="The head in whose place somebody else signed.")
    since_on: date | None = Field(description="Since when it lies where it lies.")


class TargetVersionView(View):
    """What a target said in a version; 0 is the draft."""

    target_id: str
    target_version: int
    annual_goal: str
    indicators: Unfoldeds = Field(validation_alias="indicators_json")
    notes: Unfolded = Field(validation_alias="notes_json")
    budget: Amount | None = Field(validation_alias="budget_fen")
    reason: str
    valid_on: date | None


class TargetStatistics(BaseModel):
    """The figures of a fiscal year (F17-F19)."""

    region_code: str
    fiscal_year: int
    scope: str
    project_count: int
    drafted: int
    submitted: int
    projects_with_target: int = Field(description="Projects whose target binds.")
    adjusted: int
    requested_amount: Yuan
    budget_amount: Yuan = Field(description="As first approved.")
    current_budget_amount: Yuan = Field(description="After adjustments.")
    coverage: Number = Field(description="projects_with_target ÷ project_count, four decimals.")


def coverage(part: int, whole: int) -> Decimal:
    """A share with four decimals; nothing of nothing is nothing."""
    share = Decimal(part) / Decimal(whole) if whole else Decimal(0)
    return share.quantize(Decimal("0.0001"))
