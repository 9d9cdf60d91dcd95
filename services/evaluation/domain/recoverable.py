"""How much can be taken back at all (`domain` §4.9)."""

from typing import assert_never

from services.evaluation.domain.recovery_messages import IdentifyRecovery
from services.evaluation.domain.values import Route
from shared.domain.money import ZERO, Money


def recoverable(quota: Money, paid: Money, commitments: Money, frozen: Money) -> Money:
    """What is neither paid nor committed nor frozen; never less than nothing."""
    return max(ZERO, quota - paid - commitments - frozen)


def limit_of(command: IdentifyRecovery, quota: Money) -> Money | None:
    """Unspent quota by the formula, paid money up to what was paid; older money has no limit."""
    match command.route:
        case Route.QUOTA_WITHDRAWAL:
            return recoverable(quota, command.paid, command.commitments, command.frozen)
        case Route.CURRENT_YEAR_REFUND:
            return command.paid
        case Route.PRIOR_YEAR_PAYMENT:
            return None
        case _:
            assert_never(command.route)
