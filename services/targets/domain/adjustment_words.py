"""The words of an adjustment: why a unit may ask for one, and which offices sign it."""

from enum import StrEnum
from typing import Final

TARGET_ONLY: Final = "TARGET_ONLY"
"""The kind of an adjustment that a unit asks for: values change, the money stays."""

SUSPENSION: Final = "SUSPENSION"
"""The kind of a paired adjustment that holds the money and changes no amount (`domain` §3.6)."""


class AdjustmentCause(StrEnum):
    """The only causes for which an approved target may change (`domain` §3.3)."""

    POLICY_CHANGE = "POLICY_CHANGE"
    FORCE_MAJEURE = "FORCE_MAJEURE"
    BUDGET_CHANGED = "BUDGET_CHANGED"
    ERROR_PROVEN = "ERROR_PROVEN"


class SigningOffice(StrEnum):
    """An office of the finance bureau whose signature an adjustment may need."""

    PERFORMANCE = "PERFORMANCE"
    BUDGET = "BUDGET"
    LEADER = "LEADER"
