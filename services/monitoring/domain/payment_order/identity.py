"""How an order is named: towards the bank, in our books and on the ledger (`domain` §7.4).

Every name follows from the number of the voucher, so the same voucher can never become two
payments: drawn twice, it is the same order, and the bank sees the same end-to-end id.
"""

from base64 import b32encode
from hashlib import sha256
from typing import Final
from uuid import UUID

from shared.domain.refusals import Conflict

END_TO_END_CHARACTERS_MAX: Final = 35  # ISO 20022 Max35Text
_DIGEST_CHARACTERS: Final = 30
_UETR_BYTES: Final = 16
_HOLD: Final = "payment-order:"


class HoldOfOrder(Conflict):
    """What a payment order holds is let go by the order, not by hand."""

    title_zh = "该冻结属于支付指令，须随支付指令解除"


def end_to_end_id(pay_cert_no: str) -> str:
    """The voucher's number; one that is too long for the message becomes its digest."""
    if len(pay_cert_no) <= END_TO_END_CHARACTERS_MAX:
        return pay_cert_no
    digest = b32encode(sha256(pay_cert_no.encode()).digest()).decode()
    return f"K{digest[:_DIGEST_CHARACTERS]}"


def order_id(region_code: str, pay_cert_no: str) -> str:
    """The order of a voucher: two regions may number their vouchers alike."""
    return f"{region_code}-{end_to_end_id(pay_cert_no)}"


def uetr_of(order: str) -> str:
    """The unique end-to-end transaction reference, in the form of a UUIDv4, always the same one."""
    return str(UUID(bytes=sha256(f"uetr|{order}".encode()).digest()[:_UETR_BYTES], version=4))


def hold_of(order: str) -> str:
    """The freeze that keeps the money of an order on the ledger."""
    return f"{_HOLD}{order}"


def is_hold(freeze_id: str) -> bool:
    """Whether a freeze keeps the money of an order."""
    return freeze_id.startswith(_HOLD)


def by_hand(freeze_id: str) -> str:
    """The id of a freeze that a person made; an order's hold is no such freeze."""
    if is_hold(freeze_id):
        raise HoldOfOrder(pointer="/freeze_id", remedy="Cancel the payment order instead.")
    return freeze_id
