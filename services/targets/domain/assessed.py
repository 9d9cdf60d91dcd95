"""What a target is held against once its project was assessed (`domain` §6.2, L15)."""

from services.targets.domain.ex_ante_states import ExAnteState, assessed_amount, report_of
from services.targets.domain.lint import Assessed


def assessed(state: ExAnteState) -> Assessed | None:
    """Goal and amount of the assessment; nothing without a report, or where nothing is accepted."""
    report, amount = report_of(state), assessed_amount(state)
    return Assessed(goal=report.goal, amount=amount) if report and amount else None
