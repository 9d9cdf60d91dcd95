"""Cut of a new application because a similar project was badly judged two years before.

proposed → notified → answered or unanswered → confirmed by another person. The cut works on a
project; the linkage's cap works on the unit. That the two are similar is a person's judgement.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

from services.evaluation.domain.adopted_rules import adopted, bind, first_adopted
from services.evaluation.domain.cut_messages import (
    AnswerCut,
    Basis,
    ConfirmCut,
    Cut,
    CutAnswered,
    CutConfirmed,
    CutEvent,
    CutNotified,
    CutProposed,
    CutRequest,
    CutState,
    CutWithdrawn,
    NotifyCut,
    ProposeCut,
    WithdrawCut,
)
from services.evaluation.domain.prior_result import PriorResultRecorded
from services.evaluation.domain.refusals import (
    AlreadyRecorded,
    BasisNotJudged,
    CutOutsideRange,
    CutStepOutOfOrder,
    CutUnknown,
    NotItsName,
    SamePersonDecidesAgain,
    StillTimeToAnswer,
    WrongBudgetYear,
)
from services.evaluation.domain.self_evaluation.states import final_result
from services.evaluation.domain.values import project_year
from shared.domain.decider import Decider, Owner, Reference
from shared.domain.grades import Grade
from shared.domain.money import ZERO
from shared.domain.workdays import business_date


def decide(command: CutRequest, state: CutState) -> Sequence[CutEvent]:
    """Facts, silence or a refusal."""
    if isinstance(command, ProposeCut):
        return _propose(command, state)
    if state is None:
        raise CutUnknown
    match command:
        case NotifyCut():
            fact = CutNotified(document_no=command.document_no, answer_by=command.answer_by)
            return _once(state.notice, fact, allowed=not state.end)
        case AnswerCut():
            answer = CutAnswered(agrees=command.agrees, text=command.text, answered_by=command.by)
            return _once(state.answer, answer, allowed=bool(state.notice) and not state.end)
        case ConfirmCut():
            return _confirm(command, state)
        case WithdrawCut():
            if isinstance(state.end, CutConfirmed):
                raise CutStepOutOfOrder("A confirmed cut is not dropped.")
            return [] if state.end else [CutWithdrawn(reason=command.reason)]
        case _:
            assert_never(command)


def _once[E: CutNotified | CutAnswered](known: E | None, fact: E, *, allowed: bool) -> Sequence[E]:
    """A step taken once, at its turn; the same again is silent."""
    if known == fact:
        return []
    if known is not None or not allowed:
        raise CutStepOutOfOrder
    return [fact]


def _propose(command: ProposeCut, state: CutState) -> Sequence[CutEvent]:
    name = project_year(command.project_code, command.budget_year)
    if command.cut_id != name:
        raise NotItsName(pointer="/cut_id", name=name)
    if state is not None:
        told = (state.proposal.amount, state.proposal.basis_project_code)
        if told == (command.amount, command.basis_project_code):
            return []
        raise AlreadyRecorded
    if command.basis is None:
        raise BasisNotJudged
    basis, found = command.basis, adopted(command.rules)
    rules = found.rule_set
    if command.budget_year != command.basis_fiscal_year + rules.linkage.budget_year_offset:
        raise WrongBudgetYear(pointer="/budget_year", offset=rules.linkage.budget_year_offset)
    lower, upper = rules.linkage.similar_cut[basis.grade]
    spent_enough = basis.rate is not None and basis.rate >= 1 - rules.checks.unspent
    if basis.grade is Grade.GOOD and spent_enough:
        upper = lower  # `domain` §4.9: 良 is cut only where less than 80 % was spent
    if not ZERO < command.amount <= command.requested or not (
        command.requested.times(lower) <= command.amount <= command.requested.times(upper)
    ):
        raise CutOutsideRange(pointer="/amount", grade=basis.grade, range=f"{lower}-{upper}")
    return [
        CutProposed(
            project_code=command.project_code,
            project_name=command.project_name,
            budget_year=command.budget_year,
            basis_project_code=command.basis_project_code,
            basis_fiscal_year=command.basis_fiscal_year,
            region_code=basis.region_code,
            department_code=basis.department_code,
            unit_code=basis.unit_code,
            grade=basis.grade,
            requested=command.requested,
            amount=command.amount,
            similarity=command.similarity,
            rule_set_version=found.version,
            origin=command.origin,
            proposed_by=command.by,
        )
    ]


def _confirm(command: ConfirmCut, state: Cut) -> Sequence[CutEvent]:
    if isinstance(state.end, CutConfirmed):
        return []
    if state.end or state.notice is None:
        raise CutStepOutOfOrder("A cut is confirmed after the unit was notified.")
    today = business_date(command.now)
    if state.answer is None and today <= state.notice.answer_by:
        raise StillTimeToAnswer(answer_by=state.notice.answer_by.isoformat())
    if state.proposal.proposed_by == command.by:
        raise SamePersonDecidesAgain
    return [CutConfirmed(cut=state.proposal, confirmed_by=command.by, confirmed_on=today)]


def evolve(state: CutState, event: CutEvent) -> CutState:
    """What is true after this fact."""
    if isinstance(event, CutProposed):
        return Cut(proposal=event)
    assert state is not None
    match event:
        case CutNotified():
            return replace(state, notice=event)
        case CutAnswered():
            return replace(state, answer=event)
        case CutConfirmed() | CutWithdrawn():
            return replace(state, end=event)
        case _:
            assert_never(event)


def identify(command: CutRequest) -> str:
    """One cut per application and budget year."""
    return command.cut_id


def consults(command: CutRequest) -> Sequence[Reference]:
    """The final result of the earlier project, and the rules in force when it is decided."""
    if not isinstance(command, ProposeCut):
        return ()
    year = command.basis_fiscal_year
    basis = project_year(command.basis_project_code, year)
    return (
        Reference("self_evaluation", basis),
        Reference("prior_result", basis),
        *bind(command.region_code, year + 1, year, year + 2),
    )


def inform(command: CutRequest, states: Sequence[object]) -> CutRequest:
    """Write them into the command; what was judged here comes before what was taken over."""
    if not isinstance(command, ProposeCut):
        return command
    basis = next((b for b in map(_basis, states) if b), None)
    return replace(command, rules=first_adopted(states), basis=basis)


def _basis(state: object) -> Basis | None:
    if isinstance(state, PriorResultRecorded):
        return Basis(
            region_code=state.region_code,
            department_code=state.department_code,
            unit_code=state.unit_code,
            grade=state.grade,
            rate=state.execution_rate,
        )
    result = final_result(state)
    if result is None:
        return None
    return Basis(
        region_code=result.project.region_code,
        department_code=result.project.department_code,
        unit_code=result.project.unit_code,
        grade=result.grade,
        rate=result.rate,
    )


def owner(state: CutState) -> Owner | None:
    """A cut is the bureau's; the unit and its department see and answer it."""
    if state is None:
        return None
    return Owner(
        region_code=state.proposal.region_code,
        department_code=state.proposal.department_code,
        unit_code=state.proposal.unit_code,
    )


cut_decider: Decider[CutRequest, CutEvent, CutState] = Decider(
    category="cut",
    initial=None,
    commands=(ProposeCut, NotifyCut, AnswerCut, ConfirmCut, WithdrawCut),
    events={
        "CutProposed": CutProposed,
        "CutNotified": CutNotified,
        "CutAnswered": CutAnswered,
        "CutConfirmed": CutConfirmed,
        "CutWithdrawn": CutWithdrawn,
    },
    decide=decide,
    evolve=evolve,
    identify=identify,
    owner=owner,
    consults=consults,
    inform=inform,
)
