"""One line of the treasury or a bank, whatever message it came in (`domain` §7.2, §7.4).

Vouchers, debit advices and statements all say the same: this much left, or came back, on this
day, under this number. What a message says beyond that stays with whoever read it.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shared.domain.money import Money


class LineKind(StrEnum):
    """Which way the money went."""

    PAYMENT = "PAYMENT"
    RETURN = "RETURN"


class LineOutcome(StrEnum):
    """How a line ends: every line has exactly one of these.

    `HEARD`: an answer of a bank that an order took; no money moved by it.
    """

    BOOKED = "BOOKED"
    HEARD = "HEARD"
    DUPLICATE = "DUPLICATE"
    BREAK = "BREAK"
    REFUSED = "REFUSED"


@dataclass(frozen=True, slots=True, kw_only=True)
class TreasuryLine:
    """A payment or a return as it was told.

    `source_id` is `<system>/<message id>/<line no>`: the same line of the same message.
    `payment_id` is the certificate number (`pay_cert_no`) or the end-to-end id; a return names
    the payment that came back and has a number of its own. `contract_no` names the commitment
    that a payment serves. `uetr` and `clearing_ref` are those of the bank's message, where it has
    them: two returns that look alike are told apart by them.
    """

    source_id: str
    kind: LineKind
    payment_id: str
    return_id: str = ""
    amount: Money
    booked_on: date
    value_on: date | None = None
    bank_ref: str = ""
    purpose: str = ""
    reason_code: str = ""
    recovery_id: str | None = None
    contract_no: str = ""
    uetr: str = ""
    clearing_ref: str = ""

    @property
    def line_id(self) -> str:
        """What a person calls it: its number, or where it stands if a return has none."""
        if self.kind is LineKind.PAYMENT:
            return self.payment_id
        return self.return_id or self.source_id
