"""Why each kind of break is one, and on what ground, in the words of whoever has to act."""

from collections.abc import Mapping
from typing import Final

from services.monitoring.domain.ledger.kinds import BreakKind

WHY: Final[Mapping[BreakKind, tuple[str, str]]] = {
    BreakKind.REJECTED: (
        "The bank rejected the payment; nothing has been paid.",
        "代理银行拒付，款项未支付",
    ),
    BreakKind.AMOUNT_MISMATCH: (
        "The amount is not the one known under this number.",
        "金额与该编号已有记录不符",
    ),
    BreakKind.DUPLICATE: (
        "The same payment seems to have been made twice.",
        "同一笔支付疑似重复",
    ),
    BreakKind.UNMATCHED_EXTERNAL: (
        "No payment is known under this number.",
        "没有该编号对应的支付",
    ),
    BreakKind.UNMATCHED_INTERNAL: (
        "A booked payment is missing from the statement of the bank.",
        "台账已记支付，银行对账单无此记录",
    ),
    BreakKind.LATE_RETURN: (
        "The year is closed; its execution rate does not change any more.",
        "年度已结束，退回款项不再改变上年执行率",
    ),
    BreakKind.BEYOND_AVAILABLE: (
        "The payment is beyond the available quota.",
        "支付金额超过可用指标",
    ),
    BreakKind.BUDGET_BELOW_QUOTA: (
        "The budget was cut below what has been paid or frozen already.",
        "预算调减后低于已支付或冻结的指标",
    ),
}

_RECONCILED: Final = "预算法实施条例第六十七条（账户按月、按年对账）"
_COVERED: Final = "预算法第十三条（支出以经批准的预算为依据）"
BASIS: Final[Mapping[BreakKind, str]] = {
    BreakKind.REJECTED: _RECONCILED,
    BreakKind.AMOUNT_MISMATCH: _RECONCILED,
    BreakKind.DUPLICATE: _RECONCILED,
    BreakKind.UNMATCHED_EXTERNAL: _RECONCILED,
    BreakKind.UNMATCHED_INTERNAL: _RECONCILED,
    BreakKind.LATE_RETURN: "预算法第十八条（预算年度自公历一月一日起至十二月三十一日止）",
    BreakKind.BEYOND_AVAILABLE: _COVERED,
    BreakKind.BUDGET_BELOW_QUOTA: _COVERED,
}
