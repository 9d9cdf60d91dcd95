"""The words of an adjustment: why a unit may ask for one, and who has to agree to it."""

from dataclasses import dataclass
from datetime import date
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
    """Whose agreement an adjustment may need: offices of the bureau, and bodies outside of it."""

    PERFORMANCE = "PERFORMANCE"
    BUDGET = "BUDGET"
    LEADER = "LEADER"
    GOVERNMENT = "GOVERNMENT"
    PEOPLES_CONGRESS = "PEOPLES_CONGRESS"


OUTSIDE: Final = frozenset({SigningOffice.GOVERNMENT, SigningOffice.PEOPLES_CONGRESS})
"""Bodies that decide elsewhere; the system records their document and never decides for them."""

BUREAU: Final = frozenset(SigningOffice) - OUTSIDE
"""The offices of the finance bureau, whose people sign here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalDocument:
    """What a body outside the bureau decided, by its document.

    `authority` is its name: in a county the standing committee of the people's congress, in a
    prefecture, which is no level of government and has none, the working committee of its
    superior's (`domain` §0.3).
    """

    authority: str
    document_no: str
    decided_on: date
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """The other half of a transfer: its project, and the adjustment there."""

    project_code: str = ""
    adjustment_id: str = ""


NO_PARTNER: Final = Partner()
"""What every other kind of adjustment has."""
