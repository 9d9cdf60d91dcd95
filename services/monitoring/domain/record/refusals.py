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


class ProjectExemptAtNode(Conflict):
    """A project that is not looked at on this node gives no report on it."""

    title_zh = "该项目在本监控节点免于监控"


class PartNotConfirmed(Conflict):
    """The head signs what the business office filled and the finance office confirmed."""

    title_zh = "业务科室填报或财务科室确认尚未完成"


class OfficesNotSeparate(Forbidden):
    """Two offices answer for a form, and they are two persons."""

    title_zh = "业务填报与资金确认不得为同一人"


class ExecutionChanged(Conflict):
    """The money that was confirmed is the money at the cut-off."""

    title_zh = "截至节点的执行数已变化，请财务科室重新确认"


class ValuesNotConfirmed(Conflict):
    """The head signs the values that the business office stands by, and no others."""

    title_zh = "提交的完成值与业务科室确认的不一致"


class SignerNotNamed(Forbidden):
    """Who signs a part of the form is named for it in the responsibility matrix."""

    title_zh = "签字人不是责任清单中的责任人"


class YearEndBelowPaid(Invalid):
    """By the end of the year at least what was paid by the node is spent."""

    title_zh = "全年预计执行数不得低于截至节点执行数"


class PlanUnreadable(Invalid):
    """A plan names each month of the year once, and no amount is negative."""

    title_zh = "支付计划月份或金额有误"


class ContractDueTwice(Invalid):
    """What a contract makes due on a day is stated once, with an amount."""

    title_zh = "同一合同同日应付款重复填报或金额有误"


class JudgementUnexplained(Invalid):
    """What is not in order is explained."""

    title_zh = "判定为不符合的方面须说明情况"


class AspectContradicted(Invalid):
    """A judgement does not contradict what is known: a late report, a suspicion."""

    title_zh = "判定与已知事实不一致"


class LookInDepthMissing(Invalid):
    """Procurement, tendering, acceptance, assets and accounts of a key project are looked at."""

    title_zh = "重点项目缺少延伸检查（采购、招投标、验收、资产、核算）"


class FormTooLong(Invalid):
    """One file holds at most as many forms as one import reads."""

    title_zh = "一个文件的表数超过一次导入的上限"


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
