"""What the vouchers of the treasury stand for, by their number (`domain` §7.2).

The numbers are those of a public treasury front-end; some are provincial variants, so an
installation may say otherwise (`MONITORING_VOUCHERS`).
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Voucher(StrEnum):
    """What a voucher does to a ledger."""

    PAYMENT = "PAYMENT"
    RETURN = "RETURN"
    CORRECTION = "CORRECTION"
    ADVICE = "ADVICE"


VOUCHERS: Final[Mapping[str, Voucher]] = {
    "5201": Voucher.PAYMENT,
    "8202": Voucher.PAYMENT,
    "8207": Voucher.PAYMENT,
    "5207": Voucher.PAYMENT,
    "2203": Voucher.RETURN,
    "2204": Voucher.RETURN,
    "2252": Voucher.RETURN,
    "3208": Voucher.RETURN,
    "5408": Voucher.RETURN,
    "5671": Voucher.RETURN,
    "5253": Voucher.CORRECTION,
    "5351": Voucher.CORRECTION,
    "5209": Voucher.CORRECTION,
    "3210": Voucher.CORRECTION,
    "5106": Voucher.ADVICE,
    "5108": Voucher.ADVICE,
    "2301": Voucher.ADVICE,
    "2302": Voucher.ADVICE,
    "3501": Voucher.ADVICE,
    "3502": Voucher.ADVICE,
    "4004": Voucher.ADVICE,
    "4005": Voucher.ADVICE,
}
"""Clearing receipts (2301, 2302) tell of the clearing of what a voucher has already told."""
