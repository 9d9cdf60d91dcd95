"""While a suspension is in force, what comes in is held and let go with it (`domain` §3.6)."""

from collections.abc import Sequence
from typing import Final

from services.monitoring.domain.ledger.commands import LedgerCommand, ReleaseHold
from services.monitoring.domain.ledger.entries import entries
from services.monitoring.domain.ledger.events import LedgerEvent, QuotaFrozen, QuotaReleased
from services.monitoring.domain.ledger.kinds import Account
from services.monitoring.domain.ledger.state import Ledger
from shared.domain.money import ZERO, Money

SUSPENSION: Final = "SUSPENSION"


def held_back(
    command: LedgerCommand, ledger: Ledger, facts: Sequence[LedgerEvent]
) -> Sequence[LedgerEvent]:
    """The freeze of what the facts of a command made available, where a suspension goes on.

    Quota, returns, what a freeze let go: whatever could be spent again. Only an order that was
    on its way is still paid, from what it held.
    """
    if not ledger.suspended or (isinstance(command, ReleaseHold) and command.spends):
        return []
    ended = {event.freeze_id for event in facts if isinstance(event, QuotaReleased)}
    key = next((one for one in ledger.suspensions if one not in ended), None)
    came_in = Money.total(
        entry.amount
        for event in facts
        for entry in entries(event)
        if entry.account is Account.APPROPRIATED
    )
    if key is None or came_in <= ZERO:
        return []
    return [
        QuotaFrozen(
            project=ledger.project,
            freeze_id=f"{key}+{len(ledger.suspensions[key]) + 1}",
            amount=came_in,
            reason=SUSPENSION,
            part_of=key,
        )
    ]
