"""A cut is proposed: on a judged basis, for a similar project, within the range of the grade."""

from collections.abc import Sequence
from dataclasses import replace

from services.evaluation.domain.adopted_rules import adopted
from services.evaluation.domain.cut.commands import (
    Basis,
    DropCut,
    FindCut,
    Proposal,
    ProposeCut,
)
from services.evaluation.domain.cut.events import (
    CutConfirmed,
    CutEvent,
    CutProposed,
    CutWithdrawn,
)
from services.evaluation.domain.cut.refusals import NotSimilar, RequestedContradicted
from services.evaluation.domain.cut.similar import Likeness, Programme, compare, range_of
from services.evaluation.domain.cut.states import Cut, CutState
from services.evaluation.domain.disposition import OF_PROJECT
from services.evaluation.domain.grounds import grounds
from services.evaluation.domain.refusals import (
    AlreadyRecorded,
    BasisNotJudged,
    CutOutsideRange,
    NotItsName,
    WrongBudgetYear,
)
from services.evaluation.domain.values import project_year
from shared.domain.money import ZERO
from shared.domain.rules import RuleSet


def propose(command: ProposeCut, state: CutState) -> Sequence[CutEvent]:
    """Proposed once; the same again is silent. What the machine found a person may replace."""
    name = project_year(command.project_code, command.budget_year)
    if command.cut_id != name:
        raise NotItsName(pointer="/cut_id", name=name)
    if state is not None:
        told = (state.proposal.amount, state.proposal.basis_project_code)
        if told == (command.amount, command.basis_project_code):
            return []
        if not _replaceable(state):
            raise AlreadyRecorded
    if command.basis is None:
        raise BasisNotJudged
    return [_proposed(command, command.basis)]


def find(command: FindCut, state: CutState) -> Sequence[CutEvent]:
    """What the machine proposes: the least that the range of the grade begins with; else silence.

    It never touches what a person proposed, dropped, or told a unit of.
    """
    basis, new, found = command.basis, command.application, command.rules
    if basis is None or new is None or found is None or not _open_to_machine(state):
        return []
    rules = found.rules.rule_set
    least, _ = range_of(basis.grade, basis.rate, rules.linkage, rules.checks.unspent)
    proposal = Proposal(
        cut_id=command.cut_id,
        project_code=command.project_code,
        project_name=new.name,
        budget_year=command.budget_year,
        basis_project_code=command.basis_project_code,
        basis_fiscal_year=command.basis_fiscal_year,
        requested=new.requested,
        amount=new.requested.times(least),
        similarity="",
        region_code=command.region_code,
        origin=new.origin,
        rules=found,
        basis=basis,
        application=new,
        by=command.by,
    )
    measure = _measured(proposal, basis)
    if proposal.amount <= ZERO or measure.similar(rules.linkage.similar_name) is not True:
        return []
    told = f"系统比对：同单位、同功能科目，名称相似度{measure.names}"
    fact = replace(_proposed(replace(proposal, similarity=told), basis), found_by_machine=True)
    if state is not None and state.end is None and state.proposal == fact:
        return []
    return [fact]


def drop(command: DropCut, state: CutState) -> Sequence[CutEvent]:
    """The machine takes back what it found, unless people have taken it up."""
    if state is None or state.end is not None or not _replaceable(state):
        return []
    return [CutWithdrawn(reason=command.reason, by_machine=True)]


def _replaceable(state: Cut) -> bool:
    """A proposal of the machine that no unit was told of."""
    if isinstance(state.end, CutConfirmed):
        return False
    return state.proposal.found_by_machine and state.notice is None


def _open_to_machine(state: CutState) -> bool:
    if state is None:
        return True
    if isinstance(state.end, CutWithdrawn) and not state.end.by_machine:
        return False
    return _replaceable(state)


def _proposed(command: Proposal, basis: Basis) -> CutProposed:
    found = adopted(command.rules.rules if command.rules else None)
    rules = found.rule_set
    if command.budget_year != command.basis_fiscal_year + rules.linkage.budget_year_offset:
        raise WrongBudgetYear(pointer="/budget_year", offset=rules.linkage.budget_year_offset)
    measure = _measured(command, basis)
    if measure.similar(rules.linkage.similar_name) is False:
        raise NotSimilar(
            pointer="/basis_project_code",
            names=str(measure.names),
            same_unit=measure.same_unit,
            same_function=measure.same_function,
        )
    _expect_range(command, basis, rules)
    old = project_year(command.basis_project_code, command.basis_fiscal_year)
    new = project_year(command.project_code, command.budget_year)
    streams = (f"self_evaluation-{old}", f"prior_result-{old}", f"application-{new}")
    return CutProposed(
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
        basis_name=basis.name,
        basis_score=basis.score,
        execution_rate=basis.rate,
        measure=measure,
        disposition=OF_PROJECT[basis.grade],
        ratio=command.amount.ratio_to(command.requested),
        grounds=grounds(command.rules, *streams),
    )


def _measured(command: Proposal, basis: Basis) -> Likeness:
    """As targets registered the application; where it was not heard, as it is told."""
    heard = command.application
    if heard is not None and heard.requested != command.requested:
        raise RequestedContradicted(pointer="/requested", requested=str(heard.requested))
    new = Programme(
        name=heard.name if heard else command.project_name,
        unit_code=heard.unit_code if heard else basis.unit_code,
        function_code=heard.function_code if heard else command.function_code,
        track_pro_code=command.track_pro_code,
        owner=basis.owner,
    )
    old = Programme(
        name=basis.name,
        unit_code=basis.unit_code,
        function_code=basis.function_code,
        track_pro_code=basis.track_pro_code,
        owner=basis.owner,
    )
    return compare(new, old)


def _expect_range(command: Proposal, basis: Basis, rules: RuleSet) -> None:
    lower, upper = range_of(basis.grade, basis.rate, rules.linkage, rules.checks.unspent)
    least, most = command.requested.times(lower), command.requested.times(upper)
    if not ZERO < command.amount <= command.requested or not least <= command.amount <= most:
        raise CutOutsideRange(
            pointer="/amount",
            grade=basis.grade,
            range=f"{lower}-{upper}",
            amount_min=str(least),
            amount_max=str(most),
        )
