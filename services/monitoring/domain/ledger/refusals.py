"""Every way a ledger says no."""

from shared.domain.refusals import Conflict, Forbidden, Invalid, NotFound


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


class PaymentBookedBefore(Conflict):
    """A payment number stands for one payment; it is booked with another amount."""

    title_zh = "该支付凭证号已以其他金额入账"


class AmountNotPositive(Invalid):
    """An amount of money that moves is greater than zero."""

    title_zh = "金额必须大于零"


class NothingAmended(Invalid):
    """An amendment adds to the quota or cuts it; zero does neither."""

    title_zh = "调整金额不能为零"


class FundsOfAnotherPurpose(Conflict):
    """Special-purpose money cannot leave its purpose."""

    title_zh = "专项资金不得改变用途：资金性质或直达标识与台账不一致"


class FreezeEndsBeforeToday(Invalid):
    """A freeze holds until today or a later day."""

    title_zh = "冻结截止日不得早于今天"


class BreakEndsOtherwise(Conflict):
    """A break of this kind cannot end in this way."""

    title_zh = "该类对账差异不能以此方式处理"


class BreakEnded(Conflict):
    """A break that was resolved is nobody's task any more."""

    title_zh = "该对账差异已处理完毕"


class BreakFoundByLedger(Invalid):
    """The ledger opens breaks of this kind by itself when the line comes."""

    title_zh = "该类差异由台账自动识别，不能人工登记"


class PaymentUnknown(NotFound):
    """No payment with this number is booked on this ledger."""

    title_zh = "台账中没有该编号的支付"


class SlipMissing(Invalid):
    """A late return is carried to income with the number of its slip."""

    title_zh = "跨年退回转作收入须填写缴款书号"


class CommitmentUnknown(NotFound):
    """There is no such contract on this ledger."""

    title_zh = "该合同未登记"


class CommitmentReused(Conflict):
    """A contract number stands for one supplier and one amount."""

    title_zh = "同一合同号已登记为其他供应商或金额"


class CommitmentUnproven(Invalid):
    """A contract is registered with the hash of the signed paper."""

    title_zh = "登记合同须附合同文件的校验值"


class CommitmentEnded(Conflict):
    """Nothing more is paid on a contract that has ended."""

    title_zh = "该合同已终结"


class CommitmentBeyondBudget(Conflict):
    """Contracts of the year may not cost more than what is left of its budget."""

    title_zh = "合同金额超过本年度预算剩余额度"


class VerifierRegistered(Forbidden):
    """Whoever registered a contract cannot verify it."""

    title_zh = "登记人不得核验自己登记的合同"


class MoreThanWasPaid(Invalid):
    """No more of a payment lies on the unit's account than of it is still out."""

    title_zh = "单位账户留存金额不得超过该笔未退回的支付金额"
