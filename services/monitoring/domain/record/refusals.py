"""Every way a monitoring record says no."""

from shared.domain.refusals import Conflict, Forbidden, Invalid, NotFound


class NodeNotArranged(NotFound):
    """The project is not looked at on this node."""

    title_zh = "该项目未安排此监控节点"


class PreAnalysisTooLate(Conflict):
    """A forecast is made before the node, not after it."""

    title_zh = "监控节点已过，不能再做提前分析"


class RecordAlreadySubmitted(Conflict):
    """The report is being reviewed; it can be changed after it was returned."""

    title_zh = "监控填报已提交"


class RecordAlreadyScored(Conflict):
    """A scored record does not change."""

    title_zh = "监控记录已评分"


class MonitoringNotSubmitted(Conflict):
    """Only a submitted report can be reviewed or returned."""

    title_zh = "监控填报尚未提交"


class ReviewerSubmittedReport(Forbidden):
    """Four eyes: nobody reviews a report they handed in."""

    title_zh = "审核人不得审核本人提交的监控填报"


class IndicatorNotPromised(Invalid):
    """A report tells of the indicators of the target and of no others."""

    title_zh = "绩效目标中没有该指标"


class IndicatorReportedTwice(Invalid):
    """A report tells of each indicator once."""

    title_zh = "同一指标重复填报"


class ValueMissing(Invalid):
    """Every indicator that is due has a value."""

    title_zh = "到期指标缺少完成值"


class EvidenceMissing(Invalid):
    """Every reported value has its proof."""

    title_zh = "完成值缺少佐证材料"


class CauseMissing(Invalid):
    """A deviation has a cause and an explanation."""

    title_zh = "偏差缺少原因及说明"
