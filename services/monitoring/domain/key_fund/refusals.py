"""Every way in which direct funds say no."""

from shared.domain.refusals import Conflict, Invalid, NotFound


class BatchNotReceived(NotFound):
    """No such money was received."""

    title_zh = "未登记该批直达资金"


class BatchReceivedOtherwise(Conflict):
    """The same document brought the same fund with other figures."""

    title_zh = "同一文号的资金已按其他内容登记"


class FlagLost(Invalid):
    """Direct money keeps its flag at every split."""

    title_zh = "直达资金标识不得改变或丢失"


class AllocatedBeyondReceived(Conflict):
    """More cannot be allocated than was received."""

    title_zh = "分配金额超过下达金额"


class AllocationReused(Conflict):
    """The document already gives this recipient another amount."""

    title_zh = "同一分配文号已登记其他金额"


class AllocationUnknown(NotFound):
    """There is no such allocation of this batch."""

    title_zh = "该分配记录不存在"


class RecipientMisplaced(Invalid):
    """Money is given to a county below or to a unit of one's own."""

    title_zh = "分配对象须为下级县市或本级单位"


class AllocatedBeforeReceived(Invalid):
    """Nothing is allocated before it was received."""

    title_zh = "分配日期早于下达日期"


class PassedToCounty(Conflict):
    """What a county was allocated is issued from its own batch."""

    title_zh = "已分配到县的资金由该县下达"


class IssuedBeyondAllocated(Conflict):
    """More cannot be issued than was allocated."""

    title_zh = "下达指标超过分配金额"


class IssuedElsewhere(Conflict):
    """The allocation is for another unit or another project."""

    title_zh = "该分配属于其他单位或项目"


class FlagOfLedgerDiffers(Conflict):
    """The budget ledger of the project carries another direct-fund flag."""

    title_zh = "项目台账的直达资金标识不一致"


class QuotaNotIssued(Conflict):
    """The ledger of the project has no quota under this document."""

    title_zh = "项目台账中没有该文号的指标"


class QuotaLinkedAlready(Conflict):
    """A quota document is counted as direct money up to its amount, and no further."""

    title_zh = "该文号指标已全部关联直达资金"


class LineWithoutDocument(Invalid):
    """An allocation has a document, a day and a recipient."""

    title_zh = "分配记录须有文号、日期和分配对象"
