"""The closed lists of the ledger."""

from enum import StrEnum


class Account(StrEnum):
    """Where money is. `TREASURY` is outside: what a project got, it got from there."""

    TREASURY = "TREASURY"
    APPROPRIATED = "APPROPRIATED"
    FROZEN = "FROZEN"
    PAID = "PAID"
    RETURNED = "RETURNED"
    WITHDRAWN = "WITHDRAWN"


class BreakKind(StrEnum):
    """Why a line does not agree with the ledger: a closed list."""

    BEYOND_AVAILABLE = "BEYOND_AVAILABLE"
    AMOUNT_MISMATCH = "AMOUNT_MISMATCH"
    UNMATCHED_EXTERNAL = "UNMATCHED_EXTERNAL"
    LATE_RETURN = "LATE_RETURN"
    BUDGET_BELOW_QUOTA = "BUDGET_BELOW_QUOTA"


class BreakResolution(StrEnum):
    """What a person decided about a break."""

    BOOKED = "BOOKED"
    REJECTED = "REJECTED"
