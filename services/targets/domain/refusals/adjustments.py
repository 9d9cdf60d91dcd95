"""How an adjustment of a target says no."""

from shared.domain.refusals import Conflict, Forbidden, Invalid


class AdjustmentNotOpen(Conflict):
    """There is no such adjustment waiting for a decision."""

    title_zh = "没有待决定的该项调整"


class AdjustmentTooLate(Conflict):
    """Targets are not adjusted after 30 November of their year."""

    title_zh = "当年11月30日以后不得调整绩效目标"


class AdjustedIndicatorUnknown(Invalid):
    """Only quantitative indicators of the approved target take a new value."""

    title_zh = "只能调整已批复的定量指标值"


class AdjustmentAlreadyOpen(Conflict):
    """Another adjustment of this target waits for a decision."""

    title_zh = "该绩效目标已有待决定的调整"


class AdjustmentBeingSigned(Conflict):
    """An office has signed already; the values no longer change under its hand."""

    title_zh = "已有科室签署，不得再变更拟调整值"


class AdjustmentPaired(Conflict):
    """An adjustment that the money brought is refused or approved, not taken back by the unit."""

    title_zh = "与资金配对的调整不能由单位撤回"


class MoneyChangesInPairs(Conflict):
    """A target whose budget changes is adjusted together with the money, not alone."""

    title_zh = "预算金额变化须与资金调整配对办理"


class NothingToAdjust(Invalid):
    """An adjustment changes at least one target value; weights never change."""

    title_zh = "调整须至少改变一项指标值，权重不得改变"


class EvidenceMissing(Invalid):
    """What is claimed needs at least one file that proves it."""

    title_zh = "须附佐证材料"


class OfficeDoesNotSign(Forbidden):
    """Other offices decide an adjustment of this kind."""

    title_zh = "该项调整不由本科室签署"


class SignerHasSigned(Forbidden):
    """Two signatures are two persons: nobody signs for a second office."""

    title_zh = "同一人不得代表两个科室签署"


class ValuesOfPerformanceSection(Invalid):
    """Target values are set by the performance section; others sign the amount."""

    title_zh = "指标值由绩效科室确定，其他科室只签署金额"


class ApprovalAuthorityUnset(Conflict):
    """Nobody has entered which body supervises this region's budget."""

    title_zh = "本地区尚未登记预算调整的批准机关"


class ApprovedElsewhere(Invalid):
    """A body outside the bureau does not sign here: its document is recorded."""

    title_zh = "该机构不在本系统签署，须登记其批准文件"


class ApprovalNotOutside(Invalid):
    """Only a decision of the government or of the people's congress is recorded by its document."""

    title_zh = "只有政府或人大机构的批准以文件登记"


class ApprovalDocumentDiffers(Conflict):
    """The approval of this body is recorded with another document."""

    title_zh = "该机构的批准已以其他文件登记"


class ApprovalDatedAhead(Invalid):
    """A document that is recorded has been issued: its day is not in the future."""

    title_zh = "批准文件日期不得晚于当日"


class FingerprintInvalid(Invalid):
    """The fingerprint of a document is 64 hexadecimal digits."""

    title_zh = "文件指纹须为64位十六进制数"


class ShownValueStale(Conflict):
    """The form shows a value that the target does not have any more."""

    title_zh = "表中原目标值与现行目标不一致，请重新导出表格"
