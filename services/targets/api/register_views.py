"""What a reader of the registers is shown."""

from pydantic import Field

from services.targets.api.explanations import Explanation
from services.targets.api.views import Amount, Listed, View


class ProjectView(View):
    """A project."""

    project_code: str
    name: str
    fiscal_year: int
    region_code: str
    unit_code: str
    department_code: str
    status: str
    kind: str
    requested: Amount = Field(validation_alias="requested_fen")
    budget: Amount | None = Field(validation_alias="budget_fen")
    needs_ex_ante: bool
    triggers: Listed
    exemption: str
    exemption_reason: str
    function_code: str
    fund_type_code: str
    direct_fund_flag: str
    business: str
    finance: str
    head: str
    self_evaluated_year: int | None = Field(
        description="The year whose self-evaluation was accepted last."
    )
    archived_reason: str
    in_year_monitoring_exempt: bool
    monitoring_exemption_reason: str
    origin: str


class ProjectExplanation(Explanation):
    """Why a project needs an ex-ante assessment, or why not."""

    project: ProjectView
