"""The cut as the kernel knows it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from services.evaluation.domain.adopted_rules import bind
from services.evaluation.domain.application import application, application_reference
from services.evaluation.domain.cut import commands as asked
from services.evaluation.domain.cut import events as fact
from services.evaluation.domain.cut.basis import basis_of
from services.evaluation.domain.cut.deciding import decide
from services.evaluation.domain.cut.states import CutState, evolve, owner
from services.evaluation.domain.grounds import applied
from services.evaluation.domain.unit import known_unit, unit_reference
from services.evaluation.domain.values import project_year
from shared.domain.decider import Decider, Reference


def _consults(command: asked.CutRequest) -> Sequence[Reference]:
    """The result of the earlier project, the new application, and the rules in force."""
    if not isinstance(command, asked.ProposeCut | asked.FindCut):
        return ()
    year = command.basis_fiscal_year
    basis = project_year(command.basis_project_code, year)
    return (
        Reference("self_evaluation", basis),
        Reference("prior_result", basis),
        application_reference(project_year(command.project_code, command.budget_year)),
        *bind(command.region_code, year + 1, year, year + 2),
    )


def _refers(
    command: asked.CutRequest, _state: CutState, known: Sequence[object]
) -> Sequence[Reference]:
    """The unit of the earlier project: its name stands in the names of its projects."""
    basis = next((b for b in map(basis_of, known) if b), None)
    if basis is None or not isinstance(command, asked.ProposeCut | asked.FindCut):
        return ()
    return (unit_reference(basis.unit_code),)


def _inform(command: asked.CutRequest, states: Sequence[object]) -> asked.CutRequest:
    """Write them into the command; what was judged here comes before what was taken over."""
    if not isinstance(command, asked.ProposeCut | asked.FindCut):
        return command
    basis, unit = next((b for b in map(basis_of, states) if b), None), known_unit(states)
    if basis is not None and unit is not None:
        basis = replace(basis, owner=unit.name)
    return replace(
        command,
        rules=applied(_consults(command), states),
        basis=basis,
        application=application(states),
    )


cut_decider: Final[Decider[asked.CutRequest, fact.CutEvent, CutState]] = Decider(
    category="cut",
    initial=None,
    commands=(
        asked.ProposeCut,
        asked.FindCut,
        asked.DropCut,
        asked.NotifyCut,
        asked.AnswerCut,
        asked.CloseCutTerm,
        asked.ConfirmCut,
        asked.NoteWritten,
        asked.CloseCut,
        asked.WithdrawCut,
    ),
    events={
        "CutProposed": fact.CutProposed,
        "CutNotified": fact.CutNotified,
        "CutAnswered": fact.CutAnswered,
        "CutUnanswered": fact.CutUnanswered,
        "CutConfirmed": fact.CutConfirmed,
        "CutWritten": fact.CutWritten,
        "CutClosed": fact.CutClosed,
        "CutWithdrawn": fact.CutWithdrawn,
    },
    decide=decide,
    evolve=evolve,
    identify=lambda command: command.cut_id,
    owner=owner,
    consults=_consults,
    refers=_refers,
    inform=_inform,
)
