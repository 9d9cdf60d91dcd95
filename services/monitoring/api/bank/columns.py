"""One row of a payment list, by the field names of the national tables (`domain` §7.2).

A row that cannot be read is a line all the same: it says which field, and is refused alone.
Yes is `1` and no is `2` throughout (`domain` §7.1).
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from services.monitoring.domain.statement.lines import (
    HOME_CURRENCY,
    BankLine,
    Direction,
    LineUse,
)
from services.monitoring.domain.statement.vouchers import VOUCHERS, Voucher

COLUMNS: Final[Mapping[str, str]] = {
    "voucher_no": "凭证种类号",
    "pay_cert_no": "支付凭证号",
    "ori_pay_cert_no": "原支付凭证号",
    "end_to_end_id": "端到端标识",
    "pro_code": "项目代码",
    "fiscal_year": "预算年度",
    "pay_amt": "支付金额",
    "xpay_amt": "实际支付金额",
    "xpay_date": "实际支付日期",
    "act_lqd_date": "实际清算日期",
    "agent_business_no": "银行交易流水号",
    "pay_acct_no": "付款人账号",
    "currency": "币种",
    "use_des": "用途",
    "is_dir_code": "直达资金标识",
    "is_deleted": "是否删除",
    "recovery_id": "收回编号",
    "contract_no": "合同编号",
    "reason_code": "退款原因",
}
"""The fields that are read, and their headings in a Chinese table."""
NEEDED: Final = ("pay_cert_no", "xpay_date")
AMOUNTS: Final = ("xpay_amt", "pay_amt")
YES, NO = "1", "2"
_DIRECT: Final = frozenset({"", YES, NO, "01", "02", "09"})
PURPOSE_CHARACTERS_MAX: Final = 140
NUMBER_CHARACTERS_MAX: Final = 100
_YEAR_DIGITS: Final = 4
_COMPACT_DAY: Final = 8
_USES: Final = {Voucher.CORRECTION: LineUse.CORRECTION, Voucher.ADVICE: LineUse.ADVICE}
_NOTHING: Final = Decimal(0)

type Record = Mapping[str, str]
"""A row by field names; what is not there is empty."""


class _Unread(Exception):
    """A field of the row that is not what it should be."""


def line_of(record: Record, row: int, vouchers: Mapping[str, Voucher] = VOUCHERS) -> BankLine:
    """A row as a line."""
    try:
        return _line(record, row, vouchers)
    except _Unread as wrong:
        return BankLine(
            number=row,
            row=row,
            direction=Direction.DEBIT,
            amount=_NOTHING,
            payment_no=record.get("pay_cert_no", "")[:100],
            project_code=record.get("pro_code", "")[:38],
            unread=str(wrong),
        )


def unreadable(row: int, why: str) -> BankLine:
    """A row of which not even the fields can be told apart."""
    return BankLine(number=row, row=row, direction=Direction.DEBIT, amount=_NOTHING, unread=why)


def _line(record: Record, row: int, vouchers: Mapping[str, Voucher]) -> BankLine:
    voucher = _voucher(record.get("voucher_no", ""), vouchers)
    amount = _amount(record)
    back = voucher is Voucher.RETURN
    use = _USES.get(voucher, LineUse.MONEY)
    if record.get("is_deleted", "") == YES:
        use = LineUse.DELETED
    if record.get("is_dir_code", "") not in _DIRECT:
        raise _Unread("is_dir_code is 1 for yes or 2 for no")
    return BankLine(
        number=row,
        row=row,
        direction=Direction.CREDIT if back else Direction.DEBIT,
        # A return may be written as a negative payment (DA/T 95—2022 table B.1).
        amount=abs(amount) if back or use is LineUse.CORRECTION else amount,
        currency=record.get("currency", "") or HOME_CURRENCY,
        account=record.get("pay_acct_no", ""),
        use=use,
        booked_on=_day(record, "xpay_date"),
        value_on=_day(record, "act_lqd_date"),
        bank_ref=record.get("agent_business_no", ""),
        project_code=record.get("pro_code", ""),
        fiscal_year=_year(record.get("fiscal_year", "")),
        purpose=record.get("use_des", "")[:PURPOSE_CHARACTERS_MAX],
        reason_code=record.get("reason_code", ""),
        recovery_id=record.get("recovery_id", "") or None,
        contract_no=record.get("contract_no", ""),
        end_to_end_id=record.get("end_to_end_id", ""),
        **_numbers(record, back=back),
    )


def _numbers(record: Record, *, back: bool) -> dict[str, Any]:
    own, original = record.get("pay_cert_no", ""), record.get("ori_pay_cert_no", "")
    for name in ("pay_cert_no", "ori_pay_cert_no", "agent_business_no", "pro_code"):
        if len(record.get(name, "")) > NUMBER_CHARACTERS_MAX:
            raise _Unread(f"{name} is longer than {NUMBER_CHARACTERS_MAX}")
    if not back:
        return {"payment_no": own}
    if original:
        return {"payment_no": original, "return_id": own or record.get("agent_business_no", "")}
    return {"payment_no": own, "return_id": record.get("agent_business_no", "")}


def _voucher(number: str, vouchers: Mapping[str, Voucher]) -> Voucher:
    if not number:
        return Voucher.PAYMENT
    found = vouchers.get(number)
    if found is None:
        raise _Unread(f"voucher_no {number[:20]} is not a voucher that is known")
    return found


def _amount(record: Record) -> Decimal:
    """What was really paid, else what was to be paid."""
    text = (record.get("xpay_amt", "") or record.get("pay_amt", "")).replace(",", "")
    try:
        amount = Decimal(text)
    except InvalidOperation:
        raise _Unread(f"xpay_amt {text[:30]!r} is no amount") from None
    if not amount.is_finite() or "e" in text.lower():
        raise _Unread(f"xpay_amt {text[:30]!r} is no amount")
    return amount


def _day(record: Record, field: str) -> date | None:
    text = record.get(field, "")
    if not text:
        if field in NEEDED:
            raise _Unread(f"{field} is missing")
        return None
    try:
        if len(text) == _COMPACT_DAY and text.isdigit():
            return date(int(text[:4]), int(text[4:6]), int(text[6:]))
        return date.fromisoformat(text[:10])
    except ValueError:
        raise _Unread(f"{field} {text[:30]!r} is no day; write 2021-07-31") from None


def _year(text: str) -> int | None:
    if not text:
        return None
    if len(text) == _YEAR_DIGITS and text.isdigit():
        return int(text)
    raise _Unread(f"fiscal_year {text[:10]!r} is no year")
