"""What keeps a third party independent (财监〔2021〕4号 art. 2; 财预〔2021〕6号; 10号 art. 24).

Every reason is told at once: whoever commissions must know all of them, not the first.
"""

from collections.abc import Iterator

from services.evaluation.domain.judging.state import Evaluation
from services.evaluation.domain.third_party import refusals as no
from services.evaluation.domain.third_party.assignment_messages import CommissionThirdParty
from services.evaluation.domain.third_party.registry import ThirdPartyRegistered
from services.evaluation.domain.third_party.values import (
    ADMINISTRATIONS_OWN,
    CORE,
    FeeBasis,
    Independence,
)
from services.evaluation.domain.values import Kind
from shared.domain.actors import subject_of


def check_contract(command: CommissionThirdParty) -> None:
    """What a contract may not say."""
    if command.fee_basis is FeeBasis.SCORE:
        raise no.FeeTiedToScore(pointer="/fee_basis", remedy="Agree FIXED or WORKLOAD.")
    own = [work.value for work in command.works if work in ADMINISTRATIONS_OWN]
    if own:
        raise no.AdministrationsOwnWork(pointer="/works", works=own)
    given_on = [one.work.value for one in command.subcontracts if one.work in CORE]
    if given_on:
        raise no.CoreWorkSubcontracted(pointer="/subcontracts", works=given_on)


def check_independence(
    command: CommissionThirdParty, party: ThirdPartyRegistered, evaluation: Evaluation
) -> None:
    """Refuse with every reason there is."""
    reasons = list(_reasons(command, party, evaluation))
    if reasons:
        raise no.NotIndependent(
            f"{party.name}: {', '.join(reasons)}.",
            pointer="/unified_credit_code",
            remedy="Commission an institution without ties to client and object.",
            reasons=[reason.value for reason in reasons],
        )


def _reasons(
    command: CommissionThirdParty, party: ThirdPartyRegistered, evaluation: Evaluation
) -> Iterator[Independence]:
    whose = evaluation.selected.whose
    bound = {*party.affiliations, *command.declaration.interests}
    is_finance = evaluation.selected.kind is Kind.FINANCE
    client = whose.region_code if is_finance else whose.department_code
    if client in bound:
        yield Independence.OF_THE_CLIENT
    evaluated = {whose.unit_code, whose.project_code}
    if is_finance:
        evaluated.add(whose.department_code)
    if evaluated & bound:
        yield Independence.OF_THE_OBJECT
    if whose.project_code in command.declaration.served_projects:
        yield Independence.PLANNED_THE_PROJECT
    if command.lead_evaluator in _people(command, evaluation):
        yield Independence.SAME_PERSON


def _people(command: CommissionThirdParty, evaluation: Evaluation) -> set[str]:
    """Who stands on the side of the client or of the object, by account."""
    actors = {
        command.by,
        evaluation.selected.selected_by,
        command.self_evaluated_by,
        evaluation.approval.approved_by if evaluation.approval else "",
    }
    return {subject_of(actor) for actor in actors if actor}
