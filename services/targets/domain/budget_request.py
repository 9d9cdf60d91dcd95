"""What a unit asks for a coming year: its requests, the cap over all of them, the cuts on one.

The result of fiscal year N binds the budget of N+2 (**S**). The cap works on the unit's total
project money, so all requests of a unit and year are one aggregate: two grants can never
pass the cap together. A similar-project cut works on its project alone.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, assert_never

from services.targets.domain.asker import expect_own, seen
from services.targets.domain.budget_request_states import ComingBudget, Request, evolve
from services.targets.domain.commands.budget_request import (
    ApproveBudgetRequest,
    BudgetRequestCommand,
    RecordCap,
    RecordCut,
    RejectBudgetRequest,
    RequestBudget,
)
from services.targets.domain.constraint import with_breach
from services.targets.domain.events.budget_request import (
    BudgetDecided,
    BudgetRequested,
    BudgetRequestEvent,
    ConstraintBreached,
    ProjectCut,
    UnitCapSet,
)
from services.targets.domain.project_states import Project
from services.targets.domain.refusals import (
    AmountNotPositive,
    BudgetCapExceeded,
    ExemptionUnexplained,
    ProjectUnknown,
    ReasonMissing,
    RequestAlreadyDecided,
    RequestAlreadyMade,
    RequesterDecides,
    RequestUnknown,
)
from services.targets.domain.refusals.budgets import ExemptionNotConfirmed, GrantTooLarge
from services.targets.domain.values import CapExemption, GrantReason
from shared.domain.decider import Decider, Owner, Reference
from shared.domain.hands import hands
from shared.domain.money import ZERO, Money


def decide(command: BudgetRequestCommand, state: ComingBudget) -> Sequence[BudgetRequestEvent]:
    """Facts, silence, or a refusal; what was heard is never refused."""
    match command:
        case RecordCap():
            return with_breach(state, _record_cap(command, state))
        case RecordCut():
            return with_breach(state, _record_cut(command, state))
        case RequestBudget():
            return _request(command, state)
        case ApproveBudgetRequest():
            return with_breach(state, _grant(command, state))
        case RejectBudgetRequest():
            return _decline(command, state)
        case _:
            assert_never(command)


def _record_cap(command: RecordCap, state: ComingBudget) -> Sequence[BudgetRequestEvent]:
    heard = UnitCapSet(
        region_code=command.region_code,
        unit_code=command.unit_code,
        budget_year=command.budget_year,
        basis_fiscal_year=command.basis_fiscal_year,
        grade=command.grade,
        previous_budget=command.previous_budget,
        cap=command.cap,
        priority=command.priority,
        rule_set_version=command.rule_set_version,
        exemptions=command.exemptions,
    )
    return [] if heard == state.cap else [heard]


def _record_cut(command: RecordCut, state: ComingBudget) -> Sequence[BudgetRequestEvent]:
    heard = ProjectCut(
        region_code=command.region_code,
        unit_code=command.unit_code,
        budget_year=command.budget_year,
        project_code=command.project_code,
        cut_id=command.cut_id,
        basis_project_code=command.basis_project_code,
        basis_fiscal_year=command.basis_fiscal_year,
        grade=command.grade,
        amount=command.amount,
    )
    if state.cuts.get(command.project_code) == heard:
        return []
    request = state.requests.get(command.project_code)
    if request is None or request.decided is None:
        return [heard]
    # A grant made before the cut was heard is corrected in the same decision.
    most = max(ZERO, request.asked.amount - command.amount)
    if request.decided.granted <= most:
        return [heard]
    corrected = replace(
        request.decided,
        granted=most,
        similar_cut=command.amount,
        reasons=_with_cut(request.decided.reasons),
    )
    return [heard, corrected]


def _with_cut(reasons: Sequence[GrantReason]) -> tuple[GrantReason, ...]:
    kept = (r for r in reasons if r is not GrantReason.AS_REQUESTED)
    return tuple(dict.fromkeys((*kept, GrantReason.SIMILAR_PROJECT_CUT)))


def _request(command: RequestBudget, state: ComingBudget) -> Sequence[BudgetRequestEvent]:
    expect_own(command.asker, command.unit_code)
    project = seen(command.project, command.asker)
    if project is None or project.unit_code != command.unit_code:
        raise ProjectUnknown(pointer="/project_code", project_code=command.project_code)
    if command.amount <= ZERO:
        raise AmountNotPositive(pointer="/amount")
    if command.exemption is not CapExemption.NONE and not command.exemption_reason.strip():
        raise ExemptionUnexplained(pointer="/exemption_reason")
    stated = command.exemption is not CapExemption.NONE
    if stated and not state.confirms_exemption(command.project_code):
        raise ExemptionNotConfirmed(
            pointer="/exemption",
            remedy="Have it exempted with the linkage in evaluation, or ask without an exemption.",
            project_code=command.project_code,
        )
    asked = BudgetRequested(
        region_code=project.region_code,
        unit_code=command.unit_code,
        department_code=project.department_code,
        budget_year=command.budget_year,
        project_code=command.project_code,
        amount=command.amount,
        at_cap=command.at_cap,
        exemption=command.exemption,
        exemption_reason=command.exemption_reason,
        requested_by=command.by,
    )
    before = state.requests.get(command.project_code)
    if before is not None:
        if replace(before.asked, requested_by=command.by) == asked:
            return []
        raise RequestAlreadyMade(requested=str(before.asked.amount))
    after = evolve(state, asked)
    total = after.under_the_cap
    binds = bool(command.amount - after.exempt_part(command.project_code, command.amount))
    if binds and not command.at_cap and state.limit is not None and total > state.limit:
        raise _above_cap(state, total)
    return [asked]


def _above_cap(state: ComingBudget, total: Money) -> BudgetCapExceeded:
    cap = state.cap
    assert cap is not None
    assert cap.cap is not None
    return BudgetCapExceeded(
        f"{total} is asked for {cap.budget_year}, the cap is {cap.cap}: the result of "
        f"{cap.basis_fiscal_year} is {cap.grade}",
        remedy="Ask for less, or set at_cap to be granted what the cap leaves.",
        cap=str(cap.cap),
        requested_total=str(total),
        excess=str(total - cap.cap),
        grade=cap.grade,
        basis_fiscal_year=cap.basis_fiscal_year,
        previous_budget=str(cap.previous_budget),
        rule_set_version=cap.rule_set_version,
    )


def _grant(command: ApproveBudgetRequest, state: ComingBudget) -> Sequence[BudgetRequestEvent]:
    request = _open(command, state)
    if request.decided is not None:
        same = command.amount is None or command.amount == request.decided.granted
        if same and request.decided.granted:
            return []
        raise RequestAlreadyDecided(granted=str(request.decided.granted))
    cut = state.cuts.get(command.project_code)
    similar_cut = cut.amount if cut else ZERO
    most = max(ZERO, request.asked.amount - similar_cut)
    granted = most if command.amount is None else command.amount
    if granted < ZERO or granted > most:
        raise GrantTooLarge(pointer="/amount", amount_max=str(most))
    reasons = [GrantReason.SIMILAR_PROJECT_CUT] if similar_cut else []
    if granted < most:
        reasons.append(GrantReason.REDUCED_BY_BUREAU)
    others = state.granted_to_others(command.project_code)
    exempt = state.exempt_part(command.project_code, granted)
    if exempt:
        reasons.append(GrantReason.EXEMPT_FROM_CAP)
    bound = others + granted - exempt
    if granted > exempt and state.limit is not None and bound > state.limit:
        if not (command.at_cap or request.asked.at_cap):
            raise _above_cap(state, bound)
        granted = max(ZERO, state.limit - others) + exempt
        reasons.append(GrantReason.REDUCED_TO_CAP)
    if state.cap is not None and state.cap.priority:
        reasons.append(GrantReason.PRIORITY_SUPPORT)
    if granted == request.asked.amount:
        reasons.insert(0, GrantReason.AS_REQUESTED)
    return [_decided(request, state, granted=granted, reasons=tuple(reasons))]


def _decline(command: RejectBudgetRequest, state: ComingBudget) -> Sequence[BudgetRequestEvent]:
    request = _open(command, state)
    if request.decided is not None:
        if GrantReason.DECLINED in request.decided.reasons:
            return []
        raise RequestAlreadyDecided(granted=str(request.decided.granted))
    if not command.reason.strip():
        raise ReasonMissing(pointer="/reason")
    declined = _decided(request, state, granted=ZERO, reasons=(GrantReason.DECLINED,))
    return [replace(declined, remark=command.reason)]


def _open(command: ApproveBudgetRequest | RejectBudgetRequest, state: ComingBudget) -> Request:
    request = state.requests.get(command.project_code)
    if request is None:
        raise RequestUnknown(project_code=command.project_code)
    if request.decided is None:
        hands(request.asked.requested_by).expect_another(command.by, RequesterDecides)
    return request


def _decided(
    request: Request, state: ComingBudget, *, granted: Money, reasons: tuple[GrantReason, ...]
) -> BudgetDecided:
    asked = request.asked
    cut = state.cuts.get(asked.project_code)
    return BudgetDecided(
        region_code=asked.region_code,
        unit_code=asked.unit_code,
        department_code=asked.department_code,
        budget_year=asked.budget_year,
        project_code=asked.project_code,
        requested=asked.amount,
        granted=granted,
        cap=state.limit,
        granted_to_others=state.granted_to_others(asked.project_code),
        similar_cut=cut.amount if cut else ZERO,
        reasons=reasons,
        basis_fiscal_year=state.cap.basis_fiscal_year if state.cap else None,
    )


def _consults(command: BudgetRequestCommand) -> Sequence[Reference]:
    if isinstance(command, RequestBudget):
        return [Reference("project", command.project_code)]
    return ()


def _inform(command: BudgetRequestCommand, states: Sequence[object]) -> BudgetRequestCommand:
    match command, states:
        case RequestBudget(), [Project(registered=registered)]:
            return replace(command, project=registered)
        case _:
            return command


def _owner(state: ComingBudget) -> Owner | None:
    asked = next((request.asked for request in state.requests.values()), None)
    if asked is not None:
        return Owner(
            region_code=asked.region_code,
            department_code=asked.department_code,
            unit_code=asked.unit_code,
        )
    if state.cap is not None:
        return Owner(region_code=state.cap.region_code, unit_code=state.cap.unit_code)
    return None


BUDGET_REQUEST: Final[Decider[BudgetRequestCommand, BudgetRequestEvent, ComingBudget]] = Decider(
    category="budget_request",
    initial=ComingBudget(),
    commands=(RecordCap, RecordCut, RequestBudget, ApproveBudgetRequest, RejectBudgetRequest),
    events={
        "UnitCapSet": UnitCapSet,
        "ProjectCut": ProjectCut,
        "BudgetRequested": BudgetRequested,
        "BudgetDecided": BudgetDecided,
        "ConstraintBreached": ConstraintBreached,
    },
    decide=decide,
    evolve=evolve,
    identify=lambda command: f"{command.unit_code}-{command.budget_year}",
    owner=_owner,
    consults=_consults,
    inform=_inform,
)
