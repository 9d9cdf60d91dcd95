"""The recovery as the kernel knows it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from services.evaluation.domain.adopted_rules import bind
from services.evaluation.domain.funds.funds import funds, funds_reference
from services.evaluation.domain.funds.messages import NoteClaim
from services.evaluation.domain.grounds import applied
from services.evaluation.domain.recovery import commands as asked
from services.evaluation.domain.recovery import events as fact
from services.evaluation.domain.recovery.deciding import decide
from services.evaluation.domain.recovery.states import Claim, Recovery, Unclaimed, evolve, owner
from services.evaluation.domain.self_evaluation.messages import Project
from services.evaluation.domain.self_evaluation.states import project_of
from services.evaluation.domain.values import Route, project_year
from services.evaluation.domain.watched import watched, watched_reference
from shared.domain.decider import Decider, Reference
from shared.domain.money import ZERO, Money


def _consults(command: asked.RecoveryRequest) -> Sequence[Reference]:
    """A claim rests on the approved target, on the money that left, and on the ledger."""
    if not isinstance(command, asked.IdentifyRecovery | asked.CheckMoney):
        return ()
    return _money(project_year(command.project_code, command.fiscal_year))


def _money(project: str) -> Sequence[Reference]:
    return (
        Reference("self_evaluation", project),
        watched_reference(project),
        funds_reference(project),
    )


def _refers(
    command: asked.RecoveryRequest, state: Recovery, known: Sequence[object]
) -> Sequence[Reference]:
    """The rules of the project's region and year; an approval looks at all of it again."""
    if isinstance(command, asked.ApproveRecovery) and isinstance(state, Claim):
        whose = state.claim.whose
        money = _money(project_year(whose.project_code, whose.fiscal_year))
        return (*money, *bind(whose.region_code, whose.fiscal_year))
    project = _project(known)
    if project is None or not isinstance(command, asked.IdentifyRecovery | asked.CheckMoney):
        return ()
    return bind(project.region_code, project.fiscal_year)


def _inform(command: asked.RecoveryRequest, states: Sequence[object]) -> asked.RecoveryRequest:
    """Write all of it into the command."""
    if isinstance(command, asked.ApproveRecovery):
        return replace(command, paid=watched(states).paid, funds=funds(states))
    if not isinstance(command, asked.IdentifyRecovery | asked.CheckMoney):
        return command
    references = [*_consults(command), *_refers(command, Unclaimed(), states)]
    return replace(
        command,
        project=_project(states),
        paid=watched(states).paid,
        funds=funds(states),
        rules=applied(references, states),
    )


def _project(states: Sequence[object]) -> Project | None:
    return next((p for p in map(project_of, states) if p), None)


def _entails(event: fact.RecoveryEvent, state: Recovery) -> Iterator[NoteClaim]:
    """Unspent quota that is claimed is claimed by one recovery alone, until it is booked."""
    if not isinstance(state, Claim) or state.claim.route is not Route.QUOTA_WITHDRAWAL:
        return
    claimed: Money | None = None
    match event:
        case fact.RecoveryIdentified(amount=amount) | fact.RecoveryApproved(amount=amount):
            claimed = amount
        case fact.RecoveryBooked() | fact.RecoveryWithdrawn():
            claimed = ZERO
        case _:
            pass
    if claimed is not None and state.claim.recovery_id:
        whose = state.claim.whose
        yield NoteClaim(
            project_code=whose.project_code,
            fiscal_year=whose.fiscal_year,
            recovery_id=state.claim.recovery_id,
            amount=claimed,
        )


recovery_decider: Final[Decider[asked.RecoveryRequest, fact.RecoveryEvent, Recovery]] = Decider(
    category="recovery",
    initial=Unclaimed(),
    commands=(
        asked.IdentifyRecovery,
        asked.CheckMoney,
        asked.NotifyRecovery,
        asked.AnswerRecovery,
        asked.CloseAnswerTerm,
        asked.ApproveRecovery,
        asked.BookRecovery,
        asked.FailRecovery,
        asked.ReallocateRecovery,
        asked.CloseRecovery,
        asked.DropUnfounded,
        asked.WithdrawRecovery,
    ),
    events={
        "RecoveryIdentified": fact.RecoveryIdentified,
        "RecoveryNotified": fact.RecoveryNotified,
        "RecoveryAnswered": fact.RecoveryAnswered,
        "RecoveryUnanswered": fact.RecoveryUnanswered,
        "RecoveryApproved": fact.RecoveryApproved,
        "PartReceived": fact.PartReceived,
        "RecoveryBooked": fact.RecoveryBooked,
        "RecoveryReallocated": fact.RecoveryReallocated,
        "RecoveryClosed": fact.RecoveryClosed,
        "RecoveryFailed": fact.RecoveryFailed,
        "RecoveryWithdrawn": fact.RecoveryWithdrawn,
    },
    decide=decide,
    evolve=evolve,
    identify=lambda command: command.recovery_id,
    owner=owner,
    consults=_consults,
    refers=_refers,
    inform=_inform,
    entails=_entails,
)
