"""The linkage as the kernel knows it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from services.evaluation.domain.adopted_rules import bind
from services.evaluation.domain.appraisal import Appraisal
from services.evaluation.domain.grounds import applied
from services.evaluation.domain.linkage import commands as asked
from services.evaluation.domain.linkage import events as fact
from services.evaluation.domain.linkage.deciding import decide
from services.evaluation.domain.linkage.states import LinkageState, evolve
from services.evaluation.domain.unit import known_unit, unit_reference
from shared.domain.decider import Decider, Owner, Reference


def consults(command: asked.LinkageRequest) -> Sequence[Reference]:
    """The unit with its budgets; to compute it also the appraisal and the rules in force."""
    if isinstance(command, asked.VerifyLinkage):
        return (unit_reference(command.linkage_id.rpartition("-")[0]),)
    if not isinstance(command, asked.DecideLinkage):
        return ()
    basis = command.basis_fiscal_year
    return (
        unit_reference(command.unit_code),
        Reference("appraisal", command.linkage_id),
        *bind(command.region_code, basis + 1, basis, basis + 2),
    )


def inform(command: asked.LinkageRequest, states: Sequence[object]) -> asked.LinkageRequest:
    """Write them into the command."""
    match command:
        case asked.VerifyLinkage():
            return replace(command, unit=known_unit(states))
        case asked.DecideLinkage():
            return replace(
                command,
                rules=applied(consults(command), states),
                unit=known_unit(states),
                grade=next((s.grade for s in states if isinstance(s, Appraisal)), None),
            )
        case _:
            return command


def owner(state: LinkageState) -> Owner | None:
    """It belongs to the bureau, and to the unit for reading and answering."""
    if state is None:
        return None
    return Owner(
        region_code=state.decided.region_code,
        department_code=state.decided.department_code,
        unit_code=state.decided.unit_code,
    )


linkage_decider: Final[Decider[asked.LinkageRequest, fact.LinkageEvent, LinkageState]] = Decider(
    category="linkage",
    initial=None,
    commands=(
        asked.DecideLinkage,
        asked.NotifyLinkage,
        asked.AnswerLinkage,
        asked.CloseLinkageTerm,
        asked.ExemptSpending,
        asked.ConfirmLinkage,
        asked.NoteApplied,
        asked.NoteBreach,
        asked.VerifyLinkage,
        asked.CloseLinkage,
    ),
    events={
        "BudgetLinkageDecided": fact.BudgetLinkageDecided,
        "LinkageNotified": fact.LinkageNotified,
        "LinkageAnswered": fact.LinkageAnswered,
        "LinkageUnanswered": fact.LinkageUnanswered,
        "SpendingExempted": fact.SpendingExempted,
        "LinkageConfirmed": fact.LinkageConfirmed,
        "LinkageApplied": fact.LinkageApplied,
        "LinkageVerified": fact.LinkageVerified,
        "LinkageClosed": fact.LinkageClosed,
    },
    decide=decide,
    evolve=evolve,
    identify=lambda command: command.linkage_id,
    owner=owner,
    consults=consults,
    inform=inform,
)
