"""Which part of what a project has paid is money of which batch.

A ledger knows payments, not where each yuan came from. A project's payments are counted against
its direct money in the order in which it was issued (D): sums stay exact, nothing counts twice.
"""

from collections.abc import Sequence

from shared.domain.money import ZERO, Money


def attributed(spent: Money, issued: Sequence[Money]) -> Sequence[Money]:
    """What of each issued part is spent, the earliest first."""
    left, shares = max(spent, ZERO), []
    for part in issued:
        share = min(left, part)
        shares.append(share)
        left -= share
    return shares
