"""Words of the real-name ledger that have rules (`domain` §4.12, §7.1)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from shared.domain.money import Money

COUNTY_DIGITS: Final = 6
TOWNSHIP_DIGITS: Final = 9


class PayeeKind(StrEnum):
    """惠企利民标识 `to_peop_enterp`: to a person or to an enterprise."""

    PERSON = "PERSON"
    ENTERPRISE = "ENTERPRISE"


class Counting(StrEnum):
    """按户按人 `to_peop_family`: what one line stands for."""

    HOUSEHOLD = "HOUSEHOLD"
    PERSON = "PERSON"


class RevealPurpose(StrEnum):
    """What personal fields may be looked at for: a closed list (D)."""

    AUDIT = "AUDIT"
    FINDING = "FINDING"
    COMPLAINT = "COMPLAINT"
    RECOVERY = "RECOVERY"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceTotal:
    """What reached one place; without a code, all the places that are too small to be told.

    `payees` are different people and enterprises; a household is one payee of several persons.
    """

    place_code: str
    payees: int
    households: int
    persons: int
    enterprises: int
    amount: Money


def township(place_code: str) -> str:
    """The township of a village code; a township or a county is itself."""
    return place_code[:TOWNSHIP_DIGITS]
