"""Whose signatures an adjustment needs, and who may give them (`domain` §3.3, §3.6).

Who has to agree stands in the rules of the region (`approval_authority.py`) and is fixed when the
change is asked for. Two signatures are two persons, and none of them asked for the change or
wrote the target. What a body outside the bureau decided is recorded by its document.
"""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from services.targets.domain.adjustment_words import (
    BUREAU,
    OUTSIDE,
    SUSPENSION,
    ApprovalDocument,
    SigningOffice,
)
from services.targets.domain.commands.target import (
    ApproveAdjustment,
    RecordApproval,
    RefuseAdjustment,
)
from services.targets.domain.events.target import (
    TargetAdjustmentRequested,
    TargetAdjustmentSigned,
)
from services.targets.domain.refusals import (
    OfficeDoesNotSign,
    ReasonMissing,
    ReviewerDraftedTarget,
    SignerHasSigned,
    ValuesOfPerformanceSection,
)
from services.targets.domain.refusals.adjustments import (
    ApprovalAuthorityUnset,
    ApprovalDatedAhead,
    ApprovalDocumentDiffers,
    ApprovalNotOutside,
    FingerprintInvalid,
)
from services.targets.domain.target_states import Adjusting
from shared.domain.workdays import business_date

_SHA256: Final = re.compile(r"[0-9a-f]{64}")


def offices_needed(asked: TargetAdjustmentRequested) -> Sequence[SigningOffice]:
    """The offices that all have to agree, in the order in which they usually do."""
    return asked.offices or needed(asked.kind, moves_money=bool(asked.change))


def needed(kind: str, *, moves_money: bool) -> Sequence[SigningOffice]:
    """The same, of a kind of adjustment for which no rules were consulted."""
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


def missing(state: Adjusting) -> Sequence[SigningOffice]:
    """Those that have not agreed yet; while there are any, nothing is executed."""
    return [one for one in offices_needed(state.asked) if one not in state.signatures]


def not_an_asker(by: str, state: Adjusting) -> None:
    """Let pass whoever neither wrote the target nor wants the change."""
    state.askers.joined(state.approved.authors).expect_another(by, ReviewerDraftedTarget)


def may_decide(command: ApproveAdjustment | RefuseAdjustment, state: Adjusting) -> None:
    """Let pass whoever did not ask for it and has a say in it."""
    not_an_asker(command.by, state)
    wanted = [one for one in offices_needed(state.asked) if one in BUREAU]
    if not command.offices.intersection(wanted):
        raise OfficeDoesNotSign(offices_needed=list(wanted))


def signature(command: ApproveAdjustment, state: Adjusting) -> TargetAdjustmentSigned | None:
    """The signature given by this command; nothing where it has been given already."""
    mine = [office for office in offices_needed(state.asked) if office in command.offices]
    for office, given in state.signatures.items():
        if given.signed_by == command.by and given.document is None:
            if office in mine:
                return None
            raise SignerHasSigned(office=office)
    open_ = [office for office in mine if office not in state.signatures]
    if not open_:
        return None
    office = open_[0]
    if command.target_values is not None:
        _may_set(command, state, office)
    return TargetAdjustmentSigned(
        adjustment_id=command.adjustment_id,
        office=office,
        signed_by=command.by,
        target_values=command.target_values,
        reason=command.reason,
        basis=state.approved.basis,
    )


def _may_set(command: ApproveAdjustment, state: Adjusting, office: SigningOffice) -> None:
    """The values are the performance section's; others than those proposed have a reason."""
    if office is not SigningOffice.PERFORMANCE:
        raise ValuesOfPerformanceSection(pointer="/target_values")
    if command.target_values != proposed_values(state) and not command.reason.strip():
        raise ReasonMissing(
            pointer="/reason", remedy="Say why the values are not those that were proposed."
        )


def approval(command: RecordApproval, state: Adjusting) -> TargetAdjustmentSigned | None:
    """What a body outside the bureau decided, as its document tells; nothing where it is known."""
    not_an_asker(command.by, state)
    if command.office not in OUTSIDE:
        raise ApprovalNotOutside(pointer="/body")
    wanted = offices_needed(state.asked)
    if command.office not in wanted:
        raise OfficeDoesNotSign(offices_needed=list(wanted))
    document = _document(command)
    before = state.signatures.get(command.office)
    if before is not None:
        if before.document != document:
            raise ApprovalDocumentDiffers(pointer="/document_no")
        return None
    return TargetAdjustmentSigned(
        adjustment_id=command.adjustment_id,
        office=command.office,
        signed_by=command.by,
        document=document,
        basis=state.approved.basis,
    )


def _document(command: RecordApproval) -> ApprovalDocument:
    if not command.document_no.strip():
        raise ReasonMissing(pointer="/document_no")
    if command.decided_on > business_date(command.now):
        raise ApprovalDatedAhead(pointer="/decided_on")
    if _SHA256.fullmatch(command.sha256) is None:
        raise FingerprintInvalid(pointer="/sha256")
    if command.office is SigningOffice.PEOPLES_CONGRESS and not command.authority:
        raise ApprovalAuthorityUnset(
            remedy="Enter the region's approval_authority first: a prefecture is no level of "
            "government and has no people's congress of its own."
        )
    # Which government it was, its document tells; the region names who stands for the congress.
    named = command.office is SigningOffice.PEOPLES_CONGRESS
    return ApprovalDocument(
        authority=command.authority if named else "",
        document_no=command.document_no,
        decided_on=command.decided_on,
        sha256=command.sha256,
    )
