"""Every way a payment order says no."""

from shared.domain.refusals import Conflict, Forbidden, Invalid, NotFound


class PaymentOrderUnknown(NotFound):
    """There is no such payment order."""

    title_zh = "该支付指令不存在"


class PaymentBatchUnknown(NotFound):
    """There is no such batch of payment orders."""

    title_zh = "该支付批次不存在"


class VoucherReused(Conflict):
    """A voucher number stands for one payment; it was used for another."""

    title_zh = "支付凭证号已用于其他支付"


class VoucherPaid(Conflict):
    """The treasury has already booked a payment under this voucher number."""

    title_zh = "该支付凭证已支付"


class PaymentsSuspended(Conflict):
    """Payments of this project are suspended."""

    title_zh = "该项目已暂停拨付"


class OutsideFiscalYear(Invalid):
    """Money of a fiscal year is paid in that year."""

    title_zh = "支付日期须在预算年度内"


class ReleaserDraftedOrder(Forbidden):
    """Whoever drafted a payment order does not release it."""

    title_zh = "支付指令须由经办人以外的人员复核签发"


class HoldLost(Conflict):
    """The money of the order is no longer held on the ledger."""

    title_zh = "支付指令对应的指标冻结已失效"


class OrderNotReleased(Conflict):
    """Only a released order is sent to the bank."""

    title_zh = "支付指令尚未签发"


class OrderCancelled(Conflict):
    """The order was cancelled."""

    title_zh = "支付指令已作废"


class OrderAlreadySent(Conflict):
    """The order has been sent to the bank; it can only be recalled."""

    title_zh = "支付指令已发送银行，只能申请撤回"


class OrderNotSent(Conflict):
    """The bank has not been sent this order."""

    title_zh = "支付指令尚未发送银行"


class OrderAnswered(Conflict):
    """The bank has given its final answer; there is nothing left to ask."""

    title_zh = "银行已作最终答复"


class BatchReused(Conflict):
    """The id of a batch stands for one list of orders."""

    title_zh = "批次编号已用于其他支付指令"


class OrderTwiceInBatch(Invalid):
    """A batch names every order once."""

    title_zh = "同一批次不得重复列入同一支付指令"


class NothingMissing(Conflict):
    """A message is only repeated after the bank has said that it does not have it."""

    title_zh = "银行未答复“查无此笔”，不得重发"


class BookingIncomplete(Invalid):
    """A settled answer says how much was paid and on which day."""

    title_zh = "已支付回执须注明金额和入账日期"


class OrderBreakUnknown(NotFound):
    """There is no such disagreement about this order."""

    title_zh = "该支付差异不存在"


class OrderBreakNotBookable(Conflict):
    """What the bank says contradicts what is booked; it cannot be booked as it stands."""

    title_zh = "该支付差异不能直接入账"


class RecallReused(Conflict):
    """The id of a recall stands for one request."""

    title_zh = "撤回申请编号已用于其他申请"


class RecallPending(Conflict):
    """The bank has not yet answered the recall before."""

    title_zh = "银行尚未答复上一次撤回申请"


class RecallUnknown(NotFound):
    """There is no such recall of this order."""

    title_zh = "该撤回申请不存在"
