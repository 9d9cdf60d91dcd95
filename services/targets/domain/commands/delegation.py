"""What may be asked of a delegation: somebody signs in another's place for some days."""

from dataclasses import dataclass
from datetime import date, datetime

from services.targets.domain.asker import Asker
from services.targets.domain.unit_states import Unit
from services.targets.domain.values import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegateSignature:
    """Let another person sign for an office from a day until a day, both inclusive.

    `offices` are those the caller's roles speak for; what the unit's entry says is filled in.
    """

    delegation_id: str
    unit_code: str
    office: Office
    delegator: str
    delegate: str
    from_on: date
    until_on: date
    offices: frozenset[Office]
    by: str
    now: datetime
    asker: Asker | None = None
    unit: Unit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawDelegation:
    """End it before its last day."""

    delegation_id: str
    reason: str
    by: str
    now: datetime


type DelegationCommand = DelegateSignature | WithdrawDelegation
