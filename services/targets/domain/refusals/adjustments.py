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
