"""Performance targets: submitted, binding, adjusted with their money."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from shared.contracts.fields import Number, Yuan
from shared.contracts.targets.said import TargetsEvent

type Level1 = Literal["COST", "OUTPUT", "BENEFIT", "SATISFACTION"]
type Operator = Literal[">=", "<=", "=", "QUALITATIVE"]
type ApprovingBody = Literal["PERFORMANCE", "BUDGET", "LEADER", "GOVERNMENT", "PEOPLES_CONGRESS"]
type Origin = Literal["OFFICIAL", "SYNTHETIC"]


class Indicator(BaseModel):
    """A level-3 performance indicator of an approved target. Weights of a target sum to 90."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    indicator_id: str
    level1: Level1
    level2: str
    name: str
    operator: Operator
    target_value: Number | None = Field(description="None where the indicator is qualitative.")
    unit: str = Field(description="Unit of measure of the target value.")
    lower_is_better: bool = False
    weight: Number = Field(description="Points; the weights of a target sum to 90.")
    is_core: bool = False
    cumulative: bool = Field(default=True, description="Progress is expected month by month.")
    milestones: dict[str, Number] = Field(
        default_factory=dict, description="Expected value by monitoring node (M05, M08)."
    )


class TargetSubmitted(TargetsEvent):
    """A unit handed in the performance target of a project."""

    project_code: str
    fiscal_year: int
    unit_code: str


class TargetApproved(TargetsEvent):
    """A target became binding, in the same act as its budget."""

    project_code: str
    project_name: str
    fiscal_year: int
    unit_code: str
    department_code: str
    target_version: int
    budget: Yuan
    scheme: Literal["A", "B"]
    annual_goal: str
    indicators: tuple[Indicator, ...]
    function_code: str = ""
    fund_type_code: str = ""
    direct_fund_flag: str = ""
    in_year_monitoring_exempt: bool = Field(
        default=False, description="A research project that no monitoring round looks at."
    )
    approved_on: date
    rule_set_version: int
    rules_region: str = Field(
        default="", description="The superior whose rule set it is; empty: the region's own."
    )
    origin: Origin = "OFFICIAL"
    starts_on: date | None = Field(
        default=None, description="The day on which the project begins, where the unit said it."
    )


class TargetAdjusted(TargetsEvent):
    """Money and target of a project changed together, in one decision.

    With `undoes` the money of that adjustment could not follow: the target is what it was.
    """

    project_code: str
    fiscal_year: int
    unit_code: str
    department_code: str
    adjustment_id: str
    target_version: int
    budget_before: Yuan
    budget: Yuan
    indicators: tuple[Indicator, ...]
    reason: str
    adjusted_on: date
    undoes: str = Field(default="", description="The adjustment that is taken back by this one.")


class TargetAdjustmentRefused(TargetsEvent):
    """Neither money nor target of a project change: the proposed adjustment was refused."""

    project_code: str
    fiscal_year: int
    unit_code: str
    adjustment_id: str
    reason: str


class TargetAdjustmentPaired(TargetsEvent):
    """A target waits to change together with the money of its project."""

    project_code: str
    fiscal_year: int
    unit_code: str
    adjustment_id: str
    bodies: tuple[ApprovingBody, ...] = Field(description="All that have to agree.")
    proposed_values: dict[str, Number] = Field(
        default_factory=dict, description="By indicator: the value in proportion to the money."
    )
    rule_set_version: int = Field(default=0, description="0: the defaults, without a rule set.")
    rules_region: str = Field(default="", description="The superior whose rules these are.")


class TargetAdjustmentSigned(TargetsEvent):
    """One of those that have to agree to an adjustment has agreed."""

    project_code: str
    fiscal_year: int
    unit_code: str
    adjustment_id: str
    body: ApprovingBody
    signed_by: str = Field(description="Who signed; or who recorded the document.")
    authority: str = Field(default="", description="The body outside the bureau, by name.")
    document_no: str = ""
    decided_on: date | None = None
    sha256: str = Field(default="", description="The fingerprint of the document.")
