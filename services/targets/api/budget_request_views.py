"""What a reader of the budgets of coming years is shown."""

from pydantic import Field

from services.targets.api.explanations import Explanation
from services.targets.api.rule_values import AppliedRules
from services.targets.api.views import Amount, Listed, View
from shared.contracts.fields import Yuan


class BudgetRequestView(View):
    """A request and, once decided, what it got."""

    request_id: str
    unit_code: str
    budget_year: int
    project_code: str
    region_code: str
    department_code: str
    status: str
    requested: Amount = Field(validation_alias="requested_fen")
    at_cap: bool
    exemption: str
    exemption_reason: str
    requested_by: str
    granted: Amount | None = Field(validation_alias="granted_fen")
    reasons: Listed
    remark: str


class UnitBudgetView(View):
    """What binds a unit in a coming year."""

    unit_code: str
    budget_year: int
    region_code: str
    grade: str | None
    basis_fiscal_year: int | None
    previous_budget: Amount | None = Field(validation_alias="previous_budget_fen")
    cap: Amount | None = Field(validation_alias="cap_fen")
    priority: bool
    rule_set_version: int | None
    breach_granted: Amount | None = Field(
        validation_alias="breach_granted_fen",
        description="What was granted when the cap was passed; absent where it never was.",
    )
    breach_exempted: Amount | None = Field(validation_alias="breach_exempted_fen")
    breach_excess: Amount | None = Field(validation_alias="breach_excess_fen")


class CutView(View):
    """A confirmed cut for a similar project."""

    cut_id: str
    basis_project_code: str
    basis_fiscal_year: int
    grade: str
    amount: Amount = Field(validation_alias="amount_fen")


class BudgetExplanation(Explanation):
    """How a grant came about: `granted = min(requested - similar_cut, cap - others)`."""

    request: BudgetRequestView
    cap: Yuan | None = Field(description="The cap when it was decided; absent where none bound.")
    granted_to_others: Yuan = Field(description="What the unit's other projects had by then.")
    similar_cut: Yuan
    binding: UnitBudgetView | None
    cut: CutView | None
    capped_by: AppliedRules | None = Field(description="The rules that the cap comes from.")
