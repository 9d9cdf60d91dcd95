"""An ex-ante conclusion is used once: when the project's budget is approved (`domain` §3.1)."""

from collections.abc import Sequence

from services.targets.domain.commands.ex_ante import ConsumeExAnteAssessment
from services.targets.domain.events.ex_ante import ExAnteConsumed, ExAnteEvent
from services.targets.domain.ex_ante_states import Concluded, ExAnteState, UnderObjection
from services.targets.domain.refusals import BudgetAboveAccepted, ObjectionOpen
from services.targets.domain.values import Conclusion


def consume(command: ConsumeExAnteAssessment, state: ExAnteState) -> Sequence[ExAnteEvent]:
    """Close what the budget was decided by; where there was no assessment, silence."""
    if command.budget is None:
        return []
    match state:
        case UnderObjection():
            raise ObjectionOpen(remedy="Decide the objection first.")
        case Concluded(outcome=outcome) if outcome.conclusion is Conclusion.INCLUDED:
            if command.budget > outcome.accepted:
                raise BudgetAboveAccepted(pointer="/budget", accepted=str(outcome.accepted))
            return [ExAnteConsumed(budget=command.budget)]
        case _:
            return []
