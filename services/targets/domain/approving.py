"""A target becomes binding in the same fact as its budget (34号 §(八), `domain` §3.3).

A project that needs an ex-ante assessment is approved when that included it; the money was granted
to the project where anything binds the unit (`granted`).
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from services.targets.domain.budget_request_states import ComingBudget
from services.targets.domain.commands.target import ApproveTarget
from services.targets.domain.duties import Desk
from services.targets.domain.events.target import TargetApproved, TargetEvent
from services.targets.domain.ex_ante_states import conclusion_of
from services.targets.domain.four_eyes import four_eyes
from services.targets.domain.granted import expect_granted
from services.targets.domain.locks import left
from services.targets.domain.project_states import Project
from services.targets.domain.refusals import (
    AmountNotPositive,
    ExAnteNotIncluded,
    TargetAlreadyApproved,
    TargetNotReady,
    TargetRejectedForGood,
)
from services.targets.domain.target_states import (
    Adjusting,
    Approved,
    Closed,
    Ready,
    Rejected,
    TargetState,
    basis_of,
)
from services.targets.domain.values import Conclusion
from shared.domain.decider import Reference
from shared.domain.money import ZERO
from shared.domain.workdays import business_date

FIRST_VERSION: Final = 1


def approve(command: ApproveTarget, state: TargetState) -> Sequence[TargetEvent]:
    """It binds from now on, and so does its money."""
    match state:
        case Ready(promise=promise):
            pass
        case Approved(budget=budget, version=version) if (
            version > FIRST_VERSION or budget == command.budget
        ):
            return []
        case Approved(budget=budget):
            raise TargetAlreadyApproved(budget=str(budget))
        case Adjusting() | Closed():
            return []
        case Rejected():
            raise TargetRejectedForGood
        case _:
            raise TargetNotReady
    four_eyes(command.by, promise)
    if command.budget <= ZERO:
        raise AmountNotPositive(pointer="/budget")
    basis = promise.basis
    if basis.needs_ex_ante and command.conclusion is not Conclusion.INCLUDED:
        raise ExAnteNotIncluded(
            project_code=basis.project_code, conclusion=command.conclusion or "none"
        )
    expect_granted(command.coming, basis.project_code, command.budget)
    return [
        TargetApproved(
            basis=basis,
            target_version=FIRST_VERSION,
            budget=command.budget,
            scheme=promise.scheme,
            annual_goal=promise.content.annual_goal,
            indicators=promise.content.indicators,
            rule_set_version=promise.rule_set_version,
            rules_region=promise.rules_region,
            approved_on=business_date(command.now),
            stay=left(promise.desks, Desk.BUREAU, command.now, basis.region_code),
            in_year_monitoring_exempt=command.in_year_monitoring_exempt,
            starts_on=form.starts_on if (form := promise.content.application) else None,
        )
    ]


def consulted(command: ApproveTarget) -> Sequence[Reference]:
    """The assessment, and what the project says of its monitoring."""
    assessment = Reference("ex_ante", f"{command.project_code}-{command.fiscal_year}")
    return [assessment, Reference("project", command.project_code)]


def referred(command: ApproveTarget, state: TargetState) -> Sequence[Reference]:
    """The budget of the unit whose target it is."""
    basis = basis_of(state)
    if basis is None:
        return ()
    return [Reference("budget_request", f"{basis.unit_code}-{command.fiscal_year}")]


def informed(command: ApproveTarget, states: Sequence[object]) -> ApproveTarget:
    """The command with what those say."""
    assessment, project, *budget = states
    return replace(
        command,
        conclusion=conclusion_of(assessment),
        in_year_monitoring_exempt=isinstance(project, Project)
        and project.in_year_monitoring_exempt,
        coming=next((one for one in budget if isinstance(one, ComingBudget)), command.coming),
    )
