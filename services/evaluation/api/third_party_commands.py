"""Asked of third parties and their assignments."""

from typing import Final

from services.evaluation.api import third_party_schemas as told
from services.evaluation.api.evaluation_commands import side_of
from services.evaluation.domain.third_party import assignment_messages as ask
from services.evaluation.domain.third_party.registry import ExcludeThirdParty, RegisterThirdParty
from services.evaluation.domain.third_party.values import (
    Declaration,
    LeadEvaluator,
    Subcontract,
    WorkingPaper,
)
from shared.http.commands import Asked, CommandEndpoint, Translate


def register_third_party(asked: Asked, body: told.ThirdPartyBody) -> RegisterThirdParty:
    """Enter an institution, or what has changed of it."""
    return RegisterThirdParty(
        unified_credit_code=body.unified_credit_code,
        name=body.name,
        kind=body.kind,
        credit_platform_no=body.credit_platform_no,
        credit_level=body.credit_level,
        lead_evaluators=tuple(LeadEvaluator(**dict(one)) for one in body.lead_evaluators),
        affiliations=body.affiliations,
        by=asked.actor,
        now=asked.now,
    )


def exclude_third_party(
    asked: Asked, unified_credit_code: str, body: told.ExcludeBody
) -> ExcludeThirdParty:
    """Give an institution no further assignment in one's own region and those below it."""
    return ExcludeThirdParty(
        unified_credit_code=unified_credit_code,
        **dict(body),
        region_code=asked.region_code or "",
        by=asked.actor,
        now=asked.now,
    )


def commission_third_party(asked: Asked, body: told.CommissionBody) -> ask.CommissionThirdParty:
    """Commission an institution. Whoever is not independent is refused with every reason."""
    declaration = body.declaration
    return ask.CommissionThirdParty(
        assignment_id=f"{body.evaluation_id}-{body.unified_credit_code}",
        evaluation_id=body.evaluation_id,
        unified_credit_code=body.unified_credit_code,
        contract_no=body.contract_no,
        fee=body.fee,
        fee_basis=body.fee_basis,
        works=body.works,
        subcontracts=tuple(Subcontract(**dict(one)) for one in body.subcontracts),
        lead_evaluator=body.lead_evaluator,
        declaration=Declaration(**dict(declaration)),
        side=side_of(asked, body.evaluation_id),
        by=asked.actor,
        now=asked.now,
    )


def begin_assignment(asked: Asked, assignment_id: str) -> ask.BeginAssignment:
    """Take the work up, as its lead evaluator."""
    return ask.BeginAssignment(assignment_id=assignment_id, by=asked.actor, now=asked.now)


def submit_draft_report(
    asked: Asked, assignment_id: str, body: told.DraftReportBody
) -> ask.SubmitDraftReport:
    """Deliver the report: the lead evaluator signs, the institution seals."""
    return ask.SubmitDraftReport(
        assignment_id=assignment_id,
        report_sha256=body.report_sha256,
        seal_sha256=body.seal_sha256,
        working_papers=tuple(WorkingPaper(**dict(one)) for one in body.working_papers),
        by=asked.actor,
        now=asked.now,
    )


def review_assignment(
    asked: Asked, assignment_id: str, body: told.ReviewBody
) -> ask.ReviewAssignment:
    """Review the quality of the report."""
    return ask.ReviewAssignment(
        assignment_id=assignment_id, **dict(body), by=asked.actor, now=asked.now
    )


def accept_assignment(asked: Asked, assignment_id: str) -> ask.AcceptAssignment:
    """Take the work, as another than its reviewer."""
    return ask.AcceptAssignment(assignment_id=assignment_id, by=asked.actor, now=asked.now)


def reject_assignment(
    asked: Asked, assignment_id: str, body: told.RejectBody
) -> ask.RejectAssignment:
    """Do not take the work; nothing is paid."""
    return ask.RejectAssignment(
        assignment_id=assignment_id, reason=body.reason, by=asked.actor, now=asked.now
    )


def pay_assignment(asked: Asked, assignment_id: str, body: told.PayBody) -> ask.PayAssignment:
    """Record the payment of the agreed fee."""
    return ask.PayAssignment(
        assignment_id=assignment_id, **dict(body), by=asked.actor, now=asked.now
    )


def _assignment(verb: str, translate: Translate) -> CommandEndpoint:
    path = f"/assignments/{{assignment_id}}/{verb}"
    return CommandEndpoint(path=path, translate=translate, tag="Third parties")


THIRD_PARTY_COMMANDS: Final = (
    CommandEndpoint(
        path="/third-parties", translate=register_third_party, tag="Third parties", creates=True
    ),
    CommandEndpoint(
        path="/third-parties/{unified_credit_code}/exclude",
        translate=exclude_third_party,
        tag="Third parties",
    ),
    CommandEndpoint(
        path="/assignments", translate=commission_third_party, tag="Third parties", creates=True
    ),
    _assignment("begin", begin_assignment),
    _assignment("submit-draft-report", submit_draft_report),
    _assignment("review", review_assignment),
    _assignment("accept", accept_assignment),
    _assignment("reject", reject_assignment),
    _assignment("pay", pay_assignment),
)
