"""Every way a ledger says no."""

from shared.domain.refusals import Conflict, Invalid, NotFound


class LedgerNotOpened(NotFound):
    """There is no ledger: no target was approved for this project and year."""

    title_zh = "该项目本年度尚无预算台账（绩效目标未批复）"


class QuotaBeyondBudget(Conflict):
    """Quota cannot exceed the approved budget."""

    title_zh = "下达指标超过批复预算"


class AvailableTooSmall(Conflict):
    """Only unspent, unfrozen quota can be used."""

    title_zh = "可用指标余额不足"


class DocumentReused(Conflict):
    """A document number stands for one amount; it was used for another."""

    title_zh = "同一文号已用于其他金额"


class FreezeUnknown(NotFound):
    """There is no such freeze on this ledger."""

    title_zh = "该冻结记录不存在"


class FreezeBelongsToAdjustment(Conflict):
    """What an adjustment holds is released by its decision, not by hand."""

    title_zh = "该冻结属于资金调整，须随调整结论解除"


class BreakUnknown(NotFound):
    """There is no such reconciliation break on this ledger."""

    title_zh = "该对账差异不存在"


class BreakNotBookable(Conflict):
    """Only a payment that lacked quota can be booked after the fact."""

    title_zh = "该对账差异不能补记，只能退回"


class AmountNotPositive(Invalid):
    """An amount of money that moves is greater than zero."""

    title_zh = "金额必须大于零"
