"""The assignment as an aggregate: what it has to know of others, whose it is, what it entails."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from services.evaluation.domain.judging.commands import NoteCommission
from services.evaluation.domain.judging.state import Evaluation
from services.evaluation.domain.judging.values import Side
from services.evaluation.domain.self_evaluation.states import (
    Accepted,
    Audited,
    Rechecked,
    Submitted,
)
from services.evaluation.domain.third_party import assignment_messages as told
from services.evaluation.domain.third_party.assignment import decide, evolve
from services.evaluation.domain.third_party.registry import known_party
from services.evaluation.domain.values import Kind, project_year
from shared.domain.decider import Decider, Owner, Reference


def consults(command: told.AssignmentRequest) -> Sequence[Reference]:
    """To commission one has to know the institution and the evaluation."""
    if not isinstance(command, told.CommissionThirdParty):
        return ()
    return (
        Reference("third_party", command.unified_credit_code),
        Reference("evaluation", command.evaluation_id),
    )


def refers(
    command: told.AssignmentRequest, _state: told.AssignmentState, known: Sequence[object]
) -> Sequence[Reference]:
    """Who signed the project's self-evaluation is on the side of the object."""
    if not isinstance(command, told.CommissionThirdParty):
        return ()
    found = next((one for one in known if isinstance(one, Evaluation)), None)
    if found is None:
        return ()
    whose = found.selected.whose
    return (Reference("self_evaluation", project_year(whose.project_code, whose.fiscal_year)),)


def inform(command: told.AssignmentRequest, states: Sequence[object]) -> told.AssignmentRequest:
    """Write them into the command."""
    if not isinstance(command, told.CommissionThirdParty):
        return command
    evaluation = next((one for one in states if isinstance(one, Evaluation)), None)
    return replace(
        command,
        party=known_party(states),
        evaluation=evaluation,
        self_evaluated_by=next((by for by in map(_signed_by, states) if by), ""),
    )


def _signed_by(state: object) -> str:
    match state:
        case Submitted(report=report) | Audited(report=report):
            return report.submitted_by
        case Accepted(submitted_by=by) | Rechecked(result=Accepted(submitted_by=by)):
            return by
        case _:
            return ""


def entails(event: told.AssignmentEvent, _state: told.AssignmentState) -> Iterable[object]:
    """The evaluation learns who does its work."""
    if isinstance(event, told.ThirdPartyCommissioned):
        yield NoteCommission(
            evaluation_id=event.evaluation_id,
            assignment_id=f"{event.evaluation_id}-{event.unified_credit_code}",
            evaluator=event.name,
            side=Side(event.kind.value),
            by=event.commissioned_by,
            now=event.commissioned_at,
        )


def owner(state: told.AssignmentState) -> Owner | None:
    """It belongs to whoever commissioned; the evaluated unit has no part in it."""
    if state is None:
        return None
    whose, kind = state.commissioned.whose, state.commissioned.kind
    department = whose.department_code if kind is Kind.DEPARTMENT else None
    return Owner(region_code=whose.region_code, department_code=department)


assignment_decider: Decider[told.AssignmentRequest, told.AssignmentEvent, told.AssignmentState] = (
    Decider(
        category="assignment",
        initial=None,
        commands=(
            told.CommissionThirdParty,
            told.BeginAssignment,
            told.SubmitDraftReport,
            told.ReviewAssignment,
            told.AcceptAssignment,
            told.RejectAssignment,
            told.PayAssignment,
        ),
        events={
            "ThirdPartyCommissioned": told.ThirdPartyCommissioned,
            "AssignmentBegun": told.AssignmentBegun,
            "AssignmentReportSubmitted": told.AssignmentReportSubmitted,
            "AssignmentReviewed": told.AssignmentReviewed,
            "AssignmentAccepted": told.AssignmentAccepted,
            "AssignmentRejected": told.AssignmentRejected,
            "AssignmentPaid": told.AssignmentPaid,
        },
        decide=decide,
        evolve=evolve,
        identify=lambda command: command.assignment_id,
        owner=owner,
        consults=consults,
        refers=refers,
        inform=inform,
        entails=entails,
    )
)
