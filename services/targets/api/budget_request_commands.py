"""Asked of the budgets of coming years."""

from typing import Final

from services.targets.api.schemas import ApproveRequestBody, ReasonBody, RequestBudgetBody
from services.targets.api.translation import asker, request_parts
from services.targets.domain.commands.budget_request import (
    ApproveBudgetRequest,
    RejectBudgetRequest,
    RequestBudget,
)
from shared.http.commands import Asked, CommandEndpoint


def request_budget(asked: Asked, body: RequestBudgetBody) -> RequestBudget:
    """Ask for a project's money in a coming year. Above the unit's cap it is refused."""
    return RequestBudget(
        unit_code=body.unit_code,
        budget_year=body.budget_year,
        project_code=body.project_code,
        amount=body.amount,
        at_cap=body.at_cap,
        exemption=body.exemption,
        exemption_reason=body.exemption_reason,
        asker=asker(asked),
        by=asked.actor,
        now=asked.now,
    )


def approve_budget_request(
    asked: Asked, request_id: str, body: ApproveRequestBody
) -> ApproveBudgetRequest:
    """Grant a request within the cap and the confirmed cut; the answer explains itself."""
    unit_code, budget_year, project_code = request_parts(request_id)
    return ApproveBudgetRequest(
        unit_code=unit_code,
        budget_year=budget_year,
        project_code=project_code,
        amount=body.amount,
        at_cap=body.at_cap,
        by=asked.actor,
        now=asked.now,
    )


def reject_budget_request(asked: Asked, request_id: str, body: ReasonBody) -> RejectBudgetRequest:
    """Grant nothing, and say why."""
    unit_code, budget_year, project_code = request_parts(request_id)
    return RejectBudgetRequest(
        unit_code=unit_code,
        budget_year=budget_year,
        project_code=project_code,
        reason=body.reason,
        by=asked.actor,
        now=asked.now,
    )


_TAG: Final = "Budget requests"

BUDGET_REQUEST_COMMANDS: Final = (
    CommandEndpoint(
        path="/budget-requests",
        translate=request_budget,
        tag=_TAG,
        creates=True,
        location="/unit-budgets/{id}",
    ),
    CommandEndpoint(
        path="/budget-requests/{request_id}/approve", translate=approve_budget_request, tag=_TAG
    ),
    CommandEndpoint(
        path="/budget-requests/{request_id}/reject", translate=reject_budget_request, tag=_TAG
    ),
)
