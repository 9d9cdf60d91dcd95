"""How an adjustment says no."""

from shared.domain.refusals import Conflict, Invalid, NotFound


class AdjustmentReused(Conflict):
    """The id of an adjustment stands for one proposal."""

    title_zh = "调整编号已用于其他申请"


class AdjustmentNotProposed(NotFound):
    """There is no such adjustment."""

    title_zh = "该资金调整不存在"


class ReceiverNotOpened(Conflict):
    """The project that is to receive money has an approved target."""

    title_zh = "调入项目尚无批复的绩效目标"


class PurposeDiffers(Conflict):
    """Special-purpose money stays with its purpose and its unit."""

    title_zh = "专项资金不得改变用途或调出本单位"


class ReceiverMissing(Invalid):
    """A transfer names the project that receives the money, and no other kind does."""

    title_zh = "调剂须注明调入项目，其他调整不得注明"


class ReceiverIsGiver(Invalid):
    """Money is transferred to another project."""

    title_zh = "调入项目须为其他项目"


class AdjustmentAfterLastDay(Conflict):
    """Money and targets of a year are not adjusted after 30 November, and never afterwards."""

    title_zh = "当年11月30日以后不得调整，亦不得追溯调整以前年度"


class AnotherAdjustmentOpen(Conflict):
    """One adjustment of a project at a time: another one is not decided yet."""

    title_zh = "该项目已有待决定的调整"


class SuspensionNotInForce(Conflict):
    """Only a suspension that was approved and still holds can be ended."""

    title_zh = "没有生效中的暂停拨付"


class SuspensionInForce(Conflict):
    """A suspension is closed when its money may be spent again."""

    title_zh = "暂停拨付尚未解除，不能办结"


class AdjustmentNotExecuted(Conflict):
    """Only what has been carried out is reported."""

    title_zh = "调整尚未执行，不能报告"


class AdjustmentNotReported(Conflict):
    """An adjustment is closed when it has been reported."""

    title_zh = "调整尚未报告，不能办结"


class ReportDiffers(Conflict):
    """The adjustment was reported by another document."""

    title_zh = "该调整已以其他文件报告"
