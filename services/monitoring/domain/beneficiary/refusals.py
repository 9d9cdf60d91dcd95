"""Every way in which the real-name ledger says no."""

from shared.domain.refusals import Conflict, Forbidden, Invalid, NotFound


class PaymentNotBooked(Conflict):
    """Only a payment that the ledger of the project knows has beneficiaries."""

    title_zh = "项目台账中没有该笔支付"


class PaidBeyondPayment(Conflict):
    """The beneficiaries of a payment got no more than the payment."""

    title_zh = "受益对象金额合计超过支付金额"


class LineReused(Conflict):
    """The line was recorded with other content; withdraw it and record another."""

    title_zh = "同一明细号已登记其他内容"


class LineUnknown(NotFound):
    """There is no such line in the real-name ledger."""

    title_zh = "该实名明细不存在"


class PlaceElsewhere(Invalid):
    """A township or village lies in the region of the project."""

    title_zh = "乡镇（村）代码不属于项目所在地区"


class NobodyPaid(Conflict):
    """There is nothing to tell of this month."""

    title_zh = "该月没有可公开的受益数据"


class GroupTooSmall(Conflict):
    """So few people stand behind this month that telling it would tell of them."""

    title_zh = "该月受益对象过少，不予公开"


class ChangeTooSmall(Conflict):
    """So few people changed since the month was told that the difference would tell of them."""

    title_zh = "与上次公开相比变动对象过少，不予重新公开"


class RevealNotYours(Forbidden):
    """What was revealed is for the eyes of whoever asked, and for a few minutes."""

    title_zh = "仅申请人可在限定时间内查看"
