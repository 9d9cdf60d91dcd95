"""Document numbers: one names one document of an issuer in a region."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from services.disclosure.domain.policy.commands import RegisterPolicyNumber
from services.disclosure.domain.policy.events import PolicyNumberRegistered
from services.disclosure.domain.policy.refusals import DocumentNumberTaken
from shared.domain.decider import Decider


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentNumber:
    """Which document a number of an issuer names; none at first."""

    policy_id: str = ""


def _register(
    command: RegisterPolicyNumber, number: DocumentNumber
) -> Sequence[PolicyNumberRegistered]:
    if number.policy_id == command.policy_id:
        return []
    if number.policy_id:
        raise DocumentNumberTaken(
            f"It names {number.policy_id}.",
            pointer="/document_no",
            remedy="Check the number; each document of an issuer has its own.",
            detail_zh=f"该文号已用于 {number.policy_id}",
            remedy_zh="请核对文号，同一发文单位的文号不得重复",
            policy_id=number.policy_id,
        )
    return [PolicyNumberRegistered(policy_id=command.policy_id, document_no=command.document_no)]


def _registered(_number: DocumentNumber, event: PolicyNumberRegistered) -> DocumentNumber:
    return DocumentNumber(policy_id=event.policy_id)


number_decider: Final[Decider[RegisterPolicyNumber, PolicyNumberRegistered, DocumentNumber]] = (
    Decider(
        category="policynumber",
        initial=DocumentNumber(),
        commands=(RegisterPolicyNumber,),
        events={"PolicyNumberRegistered": PolicyNumberRegistered},
        decide=_register,
        evolve=_registered,
        identify=lambda command: command.number,
    )
)
