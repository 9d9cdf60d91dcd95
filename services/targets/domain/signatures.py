"""Whose signatures an adjustment needs, and who may give them (`domain` §3.3, §3.6).

The performance section signs every change of a target, the budget section too where money
changes; holding money back is for the budget section and the leader of the bureau. Two
signatures are two persons, and none of them asked for the change or wrote the target.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from services.targets.domain.adjustment_words import SUSPENSION, SigningOffice
from services.targets.domain.commands.target import ApproveAdjustment, RefuseAdjustment
from services.targets.domain.events.target import (
    TargetAdjustmentRequested,
    TargetAdjustmentSigned,
)
from services.targets.domain.refusals import (
    OfficeDoesNotSign,
    ReviewerDraftedTarget,
    SignerHasSigned,
    ValuesOfPerformanceSection,
)
from services.targets.domain.target_states import Adjusting


def offices_needed(asked: TargetAdjustmentRequested) -> Sequence[SigningOffice]:
    """The offices that all have to agree, in the order in which they usually do."""
    return needed(asked.kind, moves_money=bool(asked.change))


def needed(kind: str, *, moves_money: bool) -> Sequence[SigningOffice]:
    """The same, of a kind of adjustment."""
    if kind == SUSPENSION:
        return (SigningOffice.BUDGET, SigningOffice.LEADER)
    if moves_money:
        return (SigningOffice.PERFORMANCE, SigningOffice.BUDGET)
    return (SigningOffice.PERFORMANCE,)


def proposed_values(state: Adjusting) -> Mapping[str, Decimal]:
    """The values that hold unless the performance section puts others in their place."""
    return state.proposal.proposed_values if state.proposal else state.asked.proposed_values


def agreed_values(state: Adjusting) -> Mapping[str, Decimal]:
    """The values the performance section signed, which are those proposed unless it said so."""
    signed = state.signatures.get(SigningOffice.PERFORMANCE)
    if signed is None or signed.target_values is None:
        return proposed_values(state)
    return signed.target_values


def may_decide(command: ApproveAdjustment | RefuseAdjustment, state: Adjusting) -> None:
    """Let pass whoever neither wrote the target nor wants the change, and has a say in it."""
    askers = {state.asked.proposed_by}
    if state.proposal is not None:
        askers.add(state.proposal.proposed_by)
    if command.by in askers or command.by in state.approved.authors:
        raise ReviewerDraftedTarget
    wanted = offices_needed(state.asked)
    if not command.offices.intersection(wanted):
        raise OfficeDoesNotSign(offices_needed=list(wanted))


def signature(command: ApproveAdjustment, state: Adjusting) -> TargetAdjustmentSigned | None:
    """The signature given by this command; nothing where it has been given already."""
    mine = [office for office in offices_needed(state.asked) if office in command.offices]
    for office, given in state.signatures.items():
        if given.signed_by == command.by:
            if office in mine:
                return None
            raise SignerHasSigned(office=office)
    missing = [office for office in mine if office not in state.signatures]
    if not missing:
        return None
    office = missing[0]
    if command.target_values is not None and office is not SigningOffice.PERFORMANCE:
        raise ValuesOfPerformanceSection(pointer="/target_values")
    return TargetAdjustmentSigned(
        adjustment_id=command.adjustment_id,
        office=office,
        signed_by=command.by,
        target_values=command.target_values,
    )
