"""Whether the money that becomes binding with a target was granted to its project.

Source: `domain` §3.9 and §4.9. The result of an earlier year binds a unit's whole budget, so where
a cap is known the money of each project is granted under it first (`budget_request`); what is
approved with the target is at most what was granted. A unit without a cap needs no request.
"""

from services.targets.domain.budget_request_states import ComingBudget
from services.targets.domain.refusals.budgets import BudgetAboveGrant, BudgetNotGranted
from shared.domain.money import Money


def expect_granted(coming: ComingBudget, project_code: str, budget: Money) -> None:
    """Refuse money that the budget of the unit does not hold for this project."""
    request = coming.requests.get(project_code)
    decided = request.decided if request else None
    if decided is not None and budget > decided.granted:
        raise BudgetAboveGrant(
            f"{decided.granted} was granted to {project_code} for {decided.budget_year}",
            pointer="/budget",
            remedy="Approve at most what was granted.",
            granted=str(decided.granted),
            requested=str(decided.requested),
            reasons=[str(reason) for reason in decided.reasons],
        )
    if decided is None and coming.cap is not None and coming.cap.cap is not None:
        cap = coming.cap
        raise BudgetNotGranted(
            f"the budget of {cap.unit_code} for {cap.budget_year} is capped at {cap.cap}, and "
            f"nothing of it was granted to {project_code}",
            remedy="Decide the project's budget request first.",
            cap=str(cap.cap),
            grade=cap.grade,
            basis_fiscal_year=cap.basis_fiscal_year,
        )
