"""An assignment of a third party: commissioned, begun, delivered, reviewed, accepted, paid.

Source: `domain` §3.7 (c), §4.13. The lead evaluator signs, the institution seals; quality is
reviewed before anything is paid, and the fee is the one that was agreed, whatever the score.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

from services.evaluation.domain.judging.refusals import AnotherSideEvaluates
from services.evaluation.domain.judging.values import Step
from services.evaluation.domain.refusals import (
    AlreadyRecorded,
    EvaluationUnknown,
    NotItsName,
    ScoreOutOfRange,
)
from services.evaluation.domain.scores import FULL
from services.evaluation.domain.third_party import assignment_messages as told
from services.evaluation.domain.third_party import refusals as no
from services.evaluation.domain.third_party.independence import (
    check_contract,
    check_independence,
)
from shared.domain.actors import subject_of
from shared.domain.workdays import business_date

type Facts = Sequence[told.AssignmentEvent]
OPEN_FOR_COMMISSION = frozenset(
    {Step.SELECTED, Step.NOTICE_ISSUED, Step.PLAN_APPROVED, Step.DATA_COLLECTED}
)


def decide(  # noqa: PLR0911 - one answer per command
    command: told.AssignmentRequest, state: told.AssignmentState
) -> Facts:
    """Facts, silence or a refusal."""
    if isinstance(command, told.CommissionThirdParty):
        return _commission(command, state)
    if state is None:
        raise no.AssignmentUnknown
    match command:
        case told.BeginAssignment():
            return _begin(command, state)
        case told.SubmitDraftReport():
            return _deliver(command, state)
        case told.ReviewAssignment():
            return _review(command, state)
        case told.AcceptAssignment():
            return _accept(command, state)
        case told.RejectAssignment():
            return _reject(command, state)
        case told.PayAssignment():
            return _pay(command, state)
        case _:
            assert_never(command)


def _commission(command: told.CommissionThirdParty, state: told.AssignmentState) -> Facts:
    name = f"{command.evaluation_id}-{command.unified_credit_code}"
    if command.assignment_id != name:
        raise NotItsName(pointer="/assignment_id", name=name)
    evaluation = command.evaluation
    if evaluation is None:
        raise EvaluationUnknown
    party = command.party
    if party is None or party.registered is None:
        raise no.ThirdPartyUnknown(pointer="/unified_credit_code")
    if state is not None:
        if state.commissioned.contract_no == command.contract_no:
            return []
        raise AlreadyRecorded(contract_no=state.commissioned.contract_no)
    if command.side.value != evaluation.selected.kind.value:
        raise AnotherSideEvaluates(kind=evaluation.selected.kind.value)
    if evaluation.step not in OPEN_FOR_COMMISSION:
        raise no.CommissionTooLate(step=evaluation.step.value)
    barred = party.barred_in(evaluation.selected.whose.region_code)
    if barred:
        raise no.ThirdPartyBarred(
            document_no=barred.document_no, region_code=barred.region_code, reason=barred.reason
        )
    check_contract(command)
    leads = {lead.account: lead for lead in party.registered.lead_evaluators}
    lead = leads.get(command.lead_evaluator)
    if lead is None:
        raise no.LeadEvaluatorUnknown(pointer="/lead_evaluator")
    check_independence(command, party.registered, evaluation)
    return [
        told.ThirdPartyCommissioned(
            evaluation_id=command.evaluation_id,
            kind=evaluation.selected.kind,
            whose=evaluation.selected.whose,
            unified_credit_code=command.unified_credit_code,
            name=party.registered.name,
            contract_no=command.contract_no,
            fee=command.fee,
            fee_basis=command.fee_basis,
            works=command.works,
            subcontracts=command.subcontracts,
            lead_evaluator=lead,
            declaration=command.declaration,
            commissioned_by=command.by,
            commissioned_at=command.now,
        )
    ]


def _lead(command: told.AssignmentCommand, state: told.Assignment) -> None:
    if subject_of(command.by) != state.commissioned.lead_evaluator.account:
        raise no.NotTheLeadEvaluator


def _begin(command: told.BeginAssignment, state: told.Assignment) -> Facts:
    _lead(command, state)
    if state.begun:
        return []
    return [told.AssignmentBegun(begun_by=command.by, begun_on=business_date(command.now))]


def _deliver(command: told.SubmitDraftReport, state: told.Assignment) -> Facts:
    _lead(command, state)
    if state.begun is None:
        raise no.AssignmentStepOutOfOrder("The work is begun before its report is delivered.")
    if not command.working_papers:
        raise no.WorkingPapersMissing(pointer="/working_papers")
    made = told.AssignmentReportSubmitted(
        report_sha256=command.report_sha256,
        seal_sha256=command.seal_sha256,
        working_papers=command.working_papers,
        signed_by=command.by,
        signed_on=business_date(command.now),
    )
    if state.delivered and replace(state.delivered, signed_on=made.signed_on) == made:
        return []
    is_open = state.delivered is None or (state.reviewed and not state.reviewed.passed)
    if not is_open or state.rejected:
        raise no.AssignmentStepOutOfOrder("The report has been delivered.")
    return [made]


def _review(command: told.ReviewAssignment, state: told.Assignment) -> Facts:
    if subject_of(command.by) == state.commissioned.lead_evaluator.account:
        raise no.ReviewerNotIndependent
    if not 0 <= command.quality_score <= FULL:
        raise ScoreOutOfRange(pointer="/quality_score")
    reviewed = told.AssignmentReviewed(
        quality_score=command.quality_score,
        passed=command.passed,
        findings=command.findings,
        reviewed_by=command.by,
    )
    if state.reviewed == reviewed:
        return []
    if state.delivered is None or state.reviewed:
        raise no.AssignmentStepOutOfOrder("A delivered report is reviewed once.")
    return [reviewed]


def _reviewed(command: told.AssignmentCommand, state: told.Assignment) -> told.AssignmentReviewed:
    if state.reviewed is None:
        raise no.AssignmentStepOutOfOrder("The quality is reviewed first.")
    if subject_of(command.by) == state.commissioned.lead_evaluator.account:
        raise no.ReviewerNotIndependent
    state.reviewers.expect_another(command.by, no.ReviewerNotIndependent)
    return state.reviewed


def _accept(command: told.AcceptAssignment, state: told.Assignment) -> Facts:
    if state.accepted:
        return []
    reviewed = _reviewed(command, state)
    if state.rejected:
        raise no.AssignmentStepOutOfOrder("It was rejected.")
    if not reviewed.passed:
        raise no.QualityNotPassed(findings=reviewed.findings)
    return [told.AssignmentAccepted(accepted_by=command.by)]


def _reject(command: told.RejectAssignment, state: told.Assignment) -> Facts:
    if state.rejected:
        return []
    _reviewed(command, state)
    if state.accepted:
        raise no.AssignmentStepOutOfOrder("It was accepted.")
    return [told.AssignmentRejected(reason=command.reason, rejected_by=command.by)]


def _pay(command: told.PayAssignment, state: told.Assignment) -> Facts:
    if state.paid and state.paid.document_no == command.document_no:
        return []
    if state.paid:
        raise AlreadyRecorded(document_no=state.paid.document_no)
    if state.accepted is None:
        raise no.PaymentBeforeAcceptance
    if command.amount != state.commissioned.fee:
        raise no.FeeDiffers(pointer="/amount", fee=str(state.commissioned.fee))
    return [
        told.AssignmentPaid(
            amount=command.amount,
            document_no=command.document_no,
            paid_by=command.by,
            paid_on=business_date(command.now),
        )
    ]


def evolve(  # noqa: PLR0911 - one answer per fact
    state: told.AssignmentState, event: told.AssignmentEvent
) -> told.AssignmentState:
    """What is true after this fact. A report that is delivered anew has not been reviewed."""
    if isinstance(event, told.ThirdPartyCommissioned):
        return told.Assignment(commissioned=event)
    assert state is not None
    match event:
        case told.AssignmentBegun():
            return replace(state, begun=event)
        case told.AssignmentReportSubmitted():
            return replace(state, delivered=event, reviewed=None)
        case told.AssignmentReviewed():
            reviewers = state.reviewers.also(event.reviewed_by)
            return replace(state, reviewed=event, reviewers=reviewers)
        case told.AssignmentAccepted():
            return replace(state, accepted=event)
        case told.AssignmentRejected():
            return replace(state, rejected=event)
        case told.AssignmentPaid():
            return replace(state, paid=event)
        case _:
            assert_never(event)
