"""What moves money, in public words: a cap that binds, a recovery, a cut."""

from services.evaluation.domain.cut import events as cut
from services.evaluation.domain.linkage.events import (
    BudgetLinkageDecided,
    LinkageConfirmed,
    SpendingExempted,
)
from services.evaluation.domain.recovery import events as recovery
from services.evaluation.domain.values import Whose
from shared.contracts import evaluation as said
from shared.contracts.evaluation.parts import ExemptedSpending
from shared.contracts.public_event import PublicEvent
from shared.messages import AnyRecorded


def of_consequences(recorded: AnyRecorded) -> PublicEvent | None:
    """The word for a consequence, or silence."""
    return _of_linkage(recorded) or _of_recovery(recorded) or _of_cut(recorded)


def _whose(whose: Whose) -> dict[str, object]:
    return {
        "region_code": whose.region_code,
        "project_code": whose.project_code,
        "fiscal_year": whose.fiscal_year,
        "unit_code": whose.unit_code,
    }


def _of_linkage(recorded: AnyRecorded) -> PublicEvent | None:
    """A cap is told when it binds: at once where it was decided so, else once confirmed."""
    match recorded.event:
        case BudgetLinkageDecided(binding=True) as event:
            return _linked(event)
        case LinkageConfirmed(linkage=linkage, exemptions=exemptions):
            return _linked(linkage, exemptions)
        case _:
            return None


def _of_cut(recorded: AnyRecorded) -> PublicEvent | None:
    match recorded.event:
        case cut.CutConfirmed() as event:
            return _cut(recorded, event)
        case _:
            return None


def _of_recovery(recorded: AnyRecorded) -> PublicEvent | None:
    match recorded.event:
        case recovery.RecoveryApproved() as event:
            told = {"route": event.route.value, "reason": event.reason.value}
            return said.RecoveryApproved.model_validate(
                {**_claim(recorded, event), **told, "approved_on": event.approved_on}
            )
        case recovery.RecoveryBooked() as event:
            told = {"route": event.route.value, "booked_on": event.booked_on.isoformat()}
            return said.FundsRecovered.model_validate({**_claim(recorded, event), **told})
        case recovery.RecoveryFailed() as event:
            reason = f"the ledger has {event.available} available"
            known = {**_whose(event.whose), "recovery_id": recorded.id}
            return said.RecoveryFailed.model_validate(
                {**known, "amount": event.asked, "reason": reason}
            )
        case _:
            return None


def _claim(
    recorded: AnyRecorded, event: recovery.RecoveryApproved | recovery.RecoveryBooked
) -> dict[str, object]:
    return {
        **_whose(event.whose),
        "recovery_id": recorded.id,
        "amount": event.amount,
        "document_no": event.document_no,
    }


def _linked(
    event: BudgetLinkageDecided, exemptions: tuple[SpendingExempted, ...] | None = None
) -> PublicEvent:
    return said.BudgetLinkageDecided(
        region_code=event.region_code,
        unit_code=event.unit_code,
        basis_fiscal_year=event.basis_fiscal_year,
        budget_year=event.budget_year,
        grade=event.grade.value,
        previous_budget=event.previous_budget,
        cap=event.cap,
        priority=event.priority,
        rule_set_version=event.rule_set_version,
        exemptions=None if exemptions is None else tuple(_exempted(one) for one in exemptions),
    )


def _exempted(event: SpendingExempted) -> ExemptedSpending:
    return ExemptedSpending(
        project_code=event.project_code,
        kind=event.kind.value,
        amount=event.amount,
        reason=event.reason,
        document_no=event.document_no,
    )


def _cut(recorded: AnyRecorded, event: cut.CutConfirmed) -> PublicEvent:
    proposal = event.cut
    return said.BudgetCutConfirmed(
        region_code=proposal.region_code,
        cut_id=recorded.id,
        project_code=proposal.project_code,
        basis_project_code=proposal.basis_project_code,
        unit_code=proposal.unit_code,
        basis_fiscal_year=proposal.basis_fiscal_year,
        budget_year=proposal.budget_year,
        grade=proposal.grade.value,
        requested=proposal.requested,
        amount=proposal.amount,
        confirmed_on=event.confirmed_on,
    )
