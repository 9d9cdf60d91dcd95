"""What the targets service says: who is who, which rules hold, and what was promised."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from shared.contracts.fields import AnyJson, Number, Yuan
from shared.contracts.public_event import PublicEvent

type Level1 = Literal["COST", "OUTPUT", "BENEFIT", "SATISFACTION"]
type Operator = Literal[">=", "<=", "=", "QUALITATIVE"]
type ApprovingBody = Literal["PERFORMANCE", "BUDGET", "LEADER", "GOVERNMENT", "PEOPLES_CONGRESS"]
type Origin = Literal["OFFICIAL", "SYNTHETIC"]


class TargetsEvent(PublicEvent):
    """Said by the targets service."""

    producer = "targets"


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


class RegionRegistered(TargetsEvent):
    """A region with a finance bureau of its own joined the system."""

    name: str
    parent_code: str | None = None


class UnitRegistered(TargetsEvent):
    """A budget unit and its department were registered."""

    unit_code: str
    name: str
    department_code: str
    department_name: str
    origin: Origin = "OFFICIAL"


class RuleSetAdopted(TargetsEvent):
    """A version of the rule set binds a region and a fiscal year from now on."""

    rule_set_id: str
    rule_set_version: int
    fiscal_year: int
    legal_basis: str
    rules: AnyJson = Field(description="The whole rule set: weights, bands, thresholds, deadlines.")
    provenance: AnyJson = Field(
        default_factory=dict,
        description="By JSON Pointer into `rules`: `source_tag` (S, R1, R2, R3, F, D) and "
        "`legal_basis` of the values at and below it.",
    )


class LibraryPublished(TargetsEvent):
    """A version of a library came into use."""

    library: Literal["XJ_INDUSTRY", "XJ_MODEL_CASE", "KS_CORE"]
    library_version: int
    classes: int = Field(description="Industries, case classes or core classes.")
    entries: int = Field(description="Level-3 indicators, cases or core indicators.")
    published_on: date


class ProjectRegistered(TargetsEvent):
    """A project entered the project library."""

    project_code: str
    name: str
    fiscal_year: int
    unit_code: str
    department_code: str
    function_code: str = ""
    fund_type_code: str = ""
    direct_fund_flag: str = Field(default="", description="01, 02, 09 or empty.")
    requested: Yuan
    needs_ex_ante: bool
    origin: Origin = "OFFICIAL"


class ExAnteConcluded(TargetsEvent):
    """The ex-ante assessment of a project ended: it may enter the budget, or not."""

    project_code: str
    fiscal_year: int
    assessed_on: date
    unit_code: str
    department_code: str
    requested: Yuan
    accepted: Yuan
    reduced: Yuan
    reduction_kind: Literal["NONE", "PARTIAL_CUT", "REJECTED_PROJECT"]
    score: Number
    grade: Literal["EXCELLENT", "GOOD", "FAIR", "POOR"]
    conclusion: Literal["INCLUDED", "NOT_ARRANGED"]
    rule_set_version: int
    rules_region: str = Field(
        default="", description="The superior whose rule set it is; empty: the region's own."
    )
    origin: Origin = "OFFICIAL"


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
    """Money and target of a project changed together, in one decision."""

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


class BudgetRequestDecided(TargetsEvent):
    """What a unit asked for the coming year was decided, within its cap."""

    project_code: str
    unit_code: str
    department_code: str
    budget_year: int
    requested: Yuan
    granted: Yuan
    cap: Yuan | None = Field(default=None, description="The unit's cap; absent where none binds.")
    cut: Yuan
    reasons: tuple[str, ...] = ()


class ConstraintBreached(TargetsEvent):
    """What a unit was granted for a coming year passes the cap that its evaluation set."""

    unit_code: str
    department_code: str
    budget_year: int
    basis_fiscal_year: int
    grade: Literal["EXCELLENT", "GOOD", "FAIR", "POOR"]
    cap: Yuan
    granted: Yuan
    exempted: Yuan = Field(description="The part of it that no cap binds.")
    excess: Yuan = Field(description="granted - cap")
    unexempted_excess: Yuan = Field(description="What passes the cap even without the exempt part.")
    exemptions: tuple[str, ...] = ()
    rule_set_version: int


class ResponsibilityAssigned(TargetsEvent):
    """Three persons answer for steps of a project's year; also told when others take over."""

    project_code: str
    fiscal_year: int
    unit_code: str
    steps: tuple[str, ...] = Field(description="EX_ANTE, TARGET, MONITOR_M05, MONITOR_M08 …")
    business: str = Field(description="Who answers in the business office.")
    finance: str = Field(description="Who answers in the finance office.")
    head: str = Field(description="Who signs.")


class ProjectSuspended(TargetsEvent):
    """The work of a project stopped for the time being."""

    project_code: str
    reason: str
    suspended_on: date


class ProjectResumed(TargetsEvent):
    """The work of a suspended project goes on."""

    project_code: str
    resumed_on: date


class ProjectTerminated(TargetsEvent):
    """A project was given up, for good."""

    project_code: str
    reason: str
    terminated_on: date


PUBLISHED = (
    RegionRegistered,
    UnitRegistered,
    RuleSetAdopted,
    LibraryPublished,
    ProjectRegistered,
    ExAnteConcluded,
    TargetSubmitted,
    TargetApproved,
    TargetAdjusted,
    TargetAdjustmentRefused,
    TargetAdjustmentPaired,
    TargetAdjustmentSigned,
    BudgetRequestDecided,
    ConstraintBreached,
    ResponsibilityAssigned,
    ProjectSuspended,
    ProjectResumed,
    ProjectTerminated,
)
