"""Projects, their assessment, and what budget they are given."""

from datetime import date
from typing import Literal

from pydantic import Field

from shared.contracts.fields import Number, Yuan
from shared.contracts.targets.said import TargetsEvent

type Origin = Literal["OFFICIAL", "SYNTHETIC"]


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
    basis_fiscal_year: int | None = Field(
        default=None, description="The evaluated year whose result sets the cap."
    )
    similar_cut: Yuan | None = Field(
        default=None, description="What was cut because of a similar project."
    )


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
