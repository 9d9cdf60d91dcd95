"""Every way in which industrial funds say no."""

from shared.domain.refusals import Conflict, Forbidden, Invalid, NotFound


class IndustryFundNotPlanned(NotFound):
    """There is no such plan for industrial funds."""

    title_zh = "该产业发展资金计划不存在"


class IndustryFundPlannedOtherwise(Conflict):
    """The same number stands for another plan."""

    title_zh = "同一编号已用于其他计划"


class StageNotReached(Conflict):
    """No stage of the loop is skipped."""

    title_zh = "闭环环节不得跳过"


class StagePassedOtherwise(Conflict):
    """The stage is behind, with other content."""

    title_zh = "该环节已按其他内容办结"


class LoopEnded(Conflict):
    """The loop has ended; nothing follows."""

    title_zh = "闭环已结束"


class SameHandTwice(Forbidden):
    """Two stages in a row are not one person's, and nobody judges what they stated themselves."""

    title_zh = "相邻环节不得由同一人办理，审核、检查、评价不得由原填报人办理"


class NoticeTooShort(Invalid):
    """The public notice lasts as many working days as the rules ask."""

    title_zh = "公示期不足"


class NoticeStillUp(Conflict):
    """Nothing is allocated while the public notice is still up."""

    title_zh = "公示期未满"


class BeyondEarlierStage(Conflict):
    """No stage moves more money than the one before it."""

    title_zh = "金额超过上一环节"


class EnterprisePaymentUnknown(Conflict):
    """The payment is one that the ledger of the project has booked."""

    title_zh = "项目台账中没有该笔支付"


class NothingToRecover(Conflict):
    """Money is recovered where the conditions were not met."""

    title_zh = "条件已满足，无需收回"


class StatementIncomplete(Invalid):
    """The stage needs this to be stated."""

    title_zh = "该环节缺少必填内容"
