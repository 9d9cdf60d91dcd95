"""The closed lists of the ledger."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from services.monitoring.domain.treasury_line import LineKind


class Account(StrEnum):
    """Where money is. `TREASURY` is outside: what a project got, it got from there."""

    TREASURY = "TREASURY"
    APPROPRIATED = "APPROPRIATED"
    FROZEN = "FROZEN"
    PAID = "PAID"
    RETURNED = "RETURNED"
    WITHDRAWN = "WITHDRAWN"


class BreakKind(StrEnum):
    """Why a line does not agree with the ledger: the closed list of `interfaces` §4 and ours."""

    REJECTED = "REJECTED"
    AMOUNT_MISMATCH = "AMOUNT_MISMATCH"
    DUPLICATE = "DUPLICATE"
    UNMATCHED_EXTERNAL = "UNMATCHED_EXTERNAL"
    UNMATCHED_INTERNAL = "UNMATCHED_INTERNAL"
    LATE_RETURN = "LATE_RETURN"
    BEYOND_AVAILABLE = "BEYOND_AVAILABLE"
    BUDGET_BELOW_QUOTA = "BUDGET_BELOW_QUOTA"


class BreakResolution(StrEnum):
    """What a person decided about a break.

    `MATCHED`: the other side was found after all, nothing is booked. `CARRIED_TO_INCOME`: a
    late return is income of the year in which it came, by slip (`domain` §7.2).
    """

    BOOKED = "BOOKED"
    REJECTED = "REJECTED"
    MATCHED = "MATCHED"
    CARRIED_TO_INCOME = "CARRIED_TO_INCOME"


_FOUND: Final = frozenset({BreakResolution.REJECTED, BreakResolution.MATCHED})
ENDINGS: Final[Mapping[BreakKind, frozenset[BreakResolution]]] = {
    BreakKind.REJECTED: _FOUND,
    BreakKind.AMOUNT_MISMATCH: _FOUND,
    BreakKind.DUPLICATE: _FOUND,
    BreakKind.UNMATCHED_EXTERNAL: _FOUND,
    BreakKind.UNMATCHED_INTERNAL: _FOUND,
    BreakKind.LATE_RETURN: frozenset({BreakResolution.REJECTED, BreakResolution.CARRIED_TO_INCOME}),
    BreakKind.BEYOND_AVAILABLE: frozenset({BreakResolution.REJECTED, BreakResolution.BOOKED}),
    BreakKind.BUDGET_BELOW_QUOTA: frozenset({BreakResolution.REJECTED}),
}
"""How a break of each kind may end."""

REPORTED: Final = frozenset(
    {
        BreakKind.REJECTED,
        BreakKind.DUPLICATE,
        BreakKind.UNMATCHED_EXTERNAL,
        BreakKind.UNMATCHED_INTERNAL,
    }
)
"""What only a comparison of both books finds; the ledger finds the others by itself."""

FOUND_IN: Final[Mapping[LineKind, tuple[BreakKind, ...]]] = {
    LineKind.PAYMENT: (BreakKind.BEYOND_AVAILABLE, BreakKind.AMOUNT_MISMATCH),
    LineKind.RETURN: (
        BreakKind.UNMATCHED_EXTERNAL,
        BreakKind.AMOUNT_MISMATCH,
        BreakKind.LATE_RETURN,
    ),
}
"""What a line of each direction may be kept as."""

TREASURY_SECTION: Final = "FB_TREASURY"
BUDGET_SECTION: Final = "FB_BUDGET"
UNIT_OFFICE: Final = "UNIT_FINANCE"
FIRST_OWNER: Final[Mapping[BreakKind, str]] = {
    BreakKind.REJECTED: UNIT_OFFICE,
    BreakKind.AMOUNT_MISMATCH: TREASURY_SECTION,
    BreakKind.DUPLICATE: TREASURY_SECTION,
    BreakKind.UNMATCHED_EXTERNAL: TREASURY_SECTION,
    BreakKind.UNMATCHED_INTERNAL: TREASURY_SECTION,
    BreakKind.LATE_RETURN: TREASURY_SECTION,
    BreakKind.BEYOND_AVAILABLE: BUDGET_SECTION,
    BreakKind.BUDGET_BELOW_QUOTA: BUDGET_SECTION,
}
"""Which office has to act first (D); whoever it is given to acts from then on."""
