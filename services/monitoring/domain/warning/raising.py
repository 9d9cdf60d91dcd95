"""How a warning begins: by a hit of the decision table, or by a person."""

from collections.abc import Sequence

from services.monitoring.domain import rules as rule_sets
from services.monitoring.domain.values import Level
from services.monitoring.domain.warning import refusals as no
from services.monitoring.domain.warning.commands import ConfirmWarning, RaiseWarning
from services.monitoring.domain.warning.events import (
    Case,
    WarningEvent,
    WarningPushed,
    WarningRaised,
)
from services.monitoring.domain.warning.state import NotRaised, OpenState, Raised, WarningState
from services.monitoring.domain.watch import ProjectNotWatched
from shared.domain.workdays import business_date

type Facts = Sequence[WarningEvent]


def raise_warning(command: RaiseWarning, state: WarningState) -> Facts:
    """Raise it; what a rule found is pushed in the same act."""
    if not isinstance(state, NotRaised):
        return []
    if command.level is Level.NORMAL or not command.reasons:
        raise no.WarningNeedsReason
    watch = command.watch
    if watch is None:
        raise ProjectNotWatched
    rules = rule_sets.required(command.rules)
    red = command.level is Level.RED
    case = Case(
        project=watch.project,
        project_name=watch.name,
        unit_name=watch.unit_name,
        department_name=watch.department_name,
        budget=watch.budget,
        node=command.node,
        level=command.level,
        reasons=command.reasons,
        source=command.source,
        finding=command.finding,
        execution_rate=command.execution_rate,
        goal_rate=command.goal_rate,
        rule_set_version=command.rule_set_version or rules.version,
        legal_basis=rules.legal_basis,
        letters=rules.letters,
        letter_needed=red or rules.monitoring.letter_on_blue,
    )
    raised = WarningRaised(project=watch.project, case=case, raised_by=command.by)
    return [raised, _pushed(command, case)] if command.by_rule else [raised]


def confirm(command: ConfirmWarning, state: OpenState) -> Facts:
    """Push a raised warning to its unit: not who raised it (`domain` §2.3: proposed, approved)."""
    if not isinstance(state, Raised):
        return []
    state.raisers.expect_another(command.by, no.ConfirmerRaisedWarning)
    return [_pushed(command, state.case)]


def _pushed(command: RaiseWarning | ConfirmWarning, case: Case) -> WarningPushed:
    return WarningPushed(
        project=case.project,
        node=case.node,
        level=case.level,
        reasons=case.reasons,
        source=case.source,
        pushed_on=business_date(command.now),
    )
