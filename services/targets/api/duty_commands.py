"""Asked of the responsibility matrix and of delegations."""

from typing import Final

from services.targets.api.duty_schemas import (
    AssignResponsibilityBody,
    DelegationBody,
    TransferResponsibilityBody,
)
from services.targets.api.schemas import ReasonBody
from services.targets.api.translation import asker, of_year, offices_of, responsible
from services.targets.domain.commands.delegation import DelegateSignature, WithdrawDelegation
from services.targets.domain.commands.responsibility import (
    AssignResponsibility,
    TransferResponsibility,
)
from shared.http.commands import Asked, CommandEndpoint


def assign_responsibility(asked: Asked, body: AssignResponsibilityBody) -> AssignResponsibility:
    """Name who answers for steps of a year that nobody answers for yet."""
    return AssignResponsibility(
        project_code=body.project_code,
        fiscal_year=body.fiscal_year,
        steps=body.steps,
        responsible=None if body.responsible is None else responsible(body.responsible),
        asker=asker(asked),
        by=asked.actor,
        now=asked.now,
    )


def transfer_responsibility(
    asked: Asked, responsibility_id: str, body: TransferResponsibilityBody
) -> TransferResponsibility:
    """Let others answer for steps from now on, and say why."""
    return TransferResponsibility(
        **of_year(responsibility_id),
        steps=body.steps,
        responsible=responsible(body.responsible),
        reason=body.reason,
        by=asked.actor,
        now=asked.now,
    )


def delegate_signature(asked: Asked, body: DelegationBody) -> DelegateSignature:
    """Let another person sign for one's office on some days. It is over by itself after them."""
    return DelegateSignature(
        delegation_id=asked.new_id(),
        unit_code=body.unit_code,
        office=body.office,
        delegator=body.delegator,
        delegate=body.delegate,
        from_on=body.from_on,
        until_on=body.until_on,
        offices=offices_of(asked.roles),
        asker=asker(asked),
        by=asked.actor,
        now=asked.now,
    )


def withdraw_delegation(asked: Asked, delegation_id: str, body: ReasonBody) -> WithdrawDelegation:
    """End a delegation today."""
    return WithdrawDelegation(
        delegation_id=delegation_id, reason=body.reason, by=asked.actor, now=asked.now
    )


_TAG: Final = "Responsibility"
_THREE: Final = {"business": "阿依古丽", "finance": "王芳", "head": "李强"}

DUTY_COMMANDS: Final = (
    CommandEndpoint(
        path="/responsibilities",
        translate=assign_responsibility,
        tag=_TAG,
        creates=True,
        example={"project_code": "P1", "fiscal_year": 2021, "responsible": _THREE},
    ),
    CommandEndpoint(
        path="/responsibilities/{responsibility_id}/transfer",
        translate=transfer_responsibility,
        tag=_TAG,
        example={"steps": ["TARGET"], "responsible": _THREE, "reason": "岗位调整"},
    ),
    CommandEndpoint(
        path="/delegations",
        translate=delegate_signature,
        tag=_TAG,
        creates=True,
        example={
            "unit_code": "653101001",
            "office": "HEAD",
            "delegator": "李强",
            "delegate": "赵敏",
            "from_on": "2021-03-01",
            "until_on": "2021-03-31",
        },
    ),
    CommandEndpoint(
        path="/delegations/{delegation_id}/withdraw",
        translate=withdraw_delegation,
        tag=_TAG,
        example={"reason": "已返岗"},
    ),
)
