"""How much can be taken back at all (`domain` §4.9, V5)."""

from dataclasses import dataclass
from decimal import Decimal
from typing import assert_never

from services.evaluation.domain.funds.funds import Funds
from services.evaluation.domain.recovery.commands import (
    ApproveRecovery,
    CheckMoney,
    IdentifyRecovery,
)
from services.evaluation.domain.recovery.events import RecoveryIdentified
from services.evaluation.domain.recovery.refusals import LedgerSaysOtherwise, RecoverableFell
from services.evaluation.domain.values import Route
from shared.domain.money import ZERO, Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A project's money when it is looked at, and what others already claim of it."""

    quota: Money
    paid: Money
    commitments: Money
    frozen: Money
    claimed: Money
    budget: Money
    from_ledger: bool

    @property
    def left(self) -> Money:
        """What may still be claimed."""
        whole = recoverable(self.quota, self.paid, self.commitments, self.frozen)
        return max(ZERO, whole - self.claimed)

    @property
    def execution(self) -> Decimal:
        """Paid ÷ budget of the whole year (`domain` §4.6)."""
        return self.paid.ratio_to(self.budget)


def recoverable(quota: Money, paid: Money, commitments: Money, frozen: Money) -> Money:
    """What is neither paid nor committed nor frozen; never less than nothing."""
    return max(ZERO, quota - paid - commitments - frozen)


def standing_of(command: IdentifyRecovery | CheckMoney, budget: Money) -> Standing:
    """As the ledger says; where it was not heard of, as the officer verified."""
    heard = command.funds
    claimed = heard.claimed_by_others(command.recovery_id)
    if heard.quota is not None:
        if isinstance(command, IdentifyRecovery):
            _agree(command, heard)
        return Standing(
            quota=heard.quota,
            paid=command.paid,
            commitments=heard.committed,
            frozen=heard.frozen,
            claimed=claimed,
            budget=budget,
            from_ledger=True,
        )
    # The machine claims nothing where the ledger was not heard of; an officer may.
    assert isinstance(command, IdentifyRecovery)
    return Standing(
        quota=command.quota or budget,
        paid=command.paid,
        commitments=command.commitments or ZERO,
        frozen=command.frozen or ZERO,
        claimed=claimed,
        budget=budget,
        from_ledger=False,
    )


def _agree(command: IdentifyRecovery, heard: Funds) -> None:
    """What an officer tells of the ledger is what the ledger says, or it is refused."""
    for name, told, said in (
        ("quota", command.quota, heard.quota),
        ("commitments", command.commitments, heard.committed),
        ("frozen", command.frozen, heard.frozen),
    ):
        if told is not None and told != said:
            raise LedgerSaysOtherwise(pointer=f"/{name}", ledger=str(said))


def still_recoverable(command: ApproveRecovery, claim: RecoveryIdentified) -> Money | None:
    """How much there is now, as far as it was heard; more is refused here, not by the ledger.

    The ledger has the last word all the same: what moved on the way, it knows first.
    """
    heard, amount = command.funds, command.amount or claim.amount
    claimed = heard.claimed_by_others(command.recovery_id)
    match claim.route:
        case Route.QUOTA_WITHDRAWAL if heard.quota is not None:
            whole = recoverable(heard.quota, command.paid, heard.committed, heard.frozen)
            left = max(ZERO, whole - claimed)
        case Route.CURRENT_YEAR_REFUND:
            left = command.paid
        case _:
            return None
    if amount > left:
        raise RecoverableFell(
            pointer="/amount",
            remedy=f"Approve at most {left}, or withdraw the claim.",
            recoverable=str(left),
            claim=str(claim.amount),
            quota=str(heard.quota or ZERO),
            paid=str(command.paid),
            commitments=str(heard.committed),
            frozen=str(heard.frozen),
            claimed=str(claimed),
        )
    return left


def limit_of(route: Route, standing: Standing) -> Money | None:
    """Unspent quota by the formula, paid money up to what was paid; older money has no limit."""
    match route:
        case Route.QUOTA_WITHDRAWAL:
            return standing.left
        case Route.CURRENT_YEAR_REFUND:
            return standing.paid
        case Route.PRIOR_YEAR_PAYMENT:
            return None
        case _:
            assert_never(route)
