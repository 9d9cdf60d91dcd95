"""What may have happened to a delegation."""

from dataclasses import dataclass
from datetime import date

from services.targets.domain.values import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureDelegated:
    """Another person may sign for the office of a unit, from a day until a day."""

    delegation_id: str
    region_code: str
    department_code: str
    unit_code: str
    office: Office
    delegator: str
    delegate: str
    from_on: date
    until_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegationWithdrawn:
    """It ended before its last day; from this day on nobody signs by it."""

    withdrawn_on: date
    reason: str


type DelegationEvent = SignatureDelegated | DelegationWithdrawn
