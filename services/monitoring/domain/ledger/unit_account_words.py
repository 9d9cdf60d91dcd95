"""Money of a payment that lies on the unit's own account: what may be noted, and what was."""

from dataclasses import dataclass

from services.monitoring.domain.ledger.addressing import OfLedger
from services.monitoring.domain.values import Project
from shared.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteUnitAccount(OfLedger):
    """So much of a payment went to the unit's own account and was not spent from there yet.

    Said again with less as it is spent, and with nothing in the end.
    """

    payment_id: str
    amount: Money
    document_no: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitAccountNoted:
    """So much of a payment lies there now, `total` of all payments; no account moves."""

    project: Project
    payment_id: str
    amount: Money
    total: Money
    document_no: str
    noted_by: str
