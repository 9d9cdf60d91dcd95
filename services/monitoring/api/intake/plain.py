"""The short road of long lists: a plain row straight to the line of its ledger.

Nearly every row of a payment list is a payment that names its project, its year, its number, its
day and an amount in yuan. Such a row needs none of the questions of `place_of`; whatever is
different in any way takes the long road. Both lead to the same line.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final

from services.monitoring.api.bank.columns import (
    NUMBER_CHARACTERS_MAX,
    PURPOSE_CHARACTERS_MAX,
    Record,
)
from services.monitoring.domain.statement.sorting import Known, LedgerKey
from services.monitoring.domain.statement.vouchers import Voucher
from services.monitoring.domain.treasury_line import LineKind, TreasuryLine
from shared.domain.money import Money

_DAY_CHARACTERS: Final = 10
_YEAR_CHARACTERS: Final = 4
_AMOUNT_CHARACTERS_MAX: Final = 18
_SMALL_NUMBER: Final = frozenset({"", "1", "2"})

type Plain = tuple[LedgerKey, TreasuryLine]


def plain_line(
    record: Record, source: str, place: int, vouchers: Mapping[str, Voucher]
) -> Plain | None:
    """The line of a plain payment; nothing where the row is anything else."""
    get = record.get
    number, code, year = get("pay_cert_no", ""), get("pro_code", ""), get("fiscal_year", "")
    fen = _fen(get("xpay_amt", ""))
    day = get("xpay_date", "")
    if (
        not fen
        or not 0 < len(number) <= NUMBER_CHARACTERS_MAX
        or not 0 < len(code) <= NUMBER_CHARACTERS_MAX
        or len(year) != _YEAR_CHARACTERS
        or not year.isdecimal()
        or len(day) != _DAY_CHARACTERS
        or not _is_plain(record, vouchers)
    ):
        return None
    try:
        booked_on = date.fromisoformat(day)
        cleared = get("act_lqd_date", "")
        value_on = date.fromisoformat(cleared) if cleared else None
    except ValueError:
        return None
    line = TreasuryLine(
        source_id=f"{source}/{place}",
        kind=LineKind.PAYMENT,
        payment_id=number,
        amount=Money(fen),
        booked_on=booked_on,
        value_on=value_on,
        bank_ref=get("agent_business_no", ""),
        purpose=get("use_des", "")[:PURPOSE_CHARACTERS_MAX],
        reason_code=get("reason_code", ""),
        contract_no=get("contract_no", ""),
    )
    return (code, int(year)), line


def _is_plain(record: Record, vouchers: Mapping[str, Voucher]) -> bool:
    get = record.get
    voucher = get("voucher_no", "")
    return (
        (not voucher or vouchers.get(voucher) is Voucher.PAYMENT)
        and get("is_deleted", "") in {"", "2"}
        and get("is_dir_code", "") in _SMALL_NUMBER
        and get("currency", "") in {"", "CNY"}
        and not get("pay_acct_no", "")
        and not get("recovery_id", "")
        and not get("ori_pay_cert_no", "")
        and len(get("agent_business_no", "")) <= NUMBER_CHARACTERS_MAX
    )


def _fen(text: str) -> int:
    """Yuan with two decimals as fen; 0 for whatever is written otherwise."""
    if text[-3:-2] != "." or len(text) > _AMOUNT_CHARACTERS_MAX:
        return 0
    digits = text[:-3] + text[-2:]
    return int(digits) if digits.isdecimal() and digits.isascii() else 0


def in_reach(plain: Plain, known: Known) -> bool:
    """Whether its ledger is here, and neither an order nor anything else has its numbers."""
    (code, year), line = plain
    return (
        f"{code}-{year}" in known.ledgers
        and line.bank_ref not in known.references
        and line.payment_id not in known.orders
    )
