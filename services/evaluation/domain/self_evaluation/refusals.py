"""Every way a self-evaluation says no between its opening and its acceptance (`domain` §3.7a)."""

from shared.domain.refusals import Conflict, Forbidden, Invalid


class IndicatorReportedTwice(Invalid):
    """An indicator has one line in a report."""

    title_zh = "同一指标重复填报"


class SelfEvaluationEvidenceMissing(Invalid):
    """Every actual value comes with its evidence."""

    title_zh = "实际完成值缺少印证资料"


class EvidenceNotDescribed(Invalid):
    """A file that proves something is described: kind, name, size, method and source."""

    title_zh = "印证资料缺少说明"


class EvidenceDescribedTwice(Invalid):
    """A file is described once."""

    title_zh = "同一印证资料重复说明"


class EvidenceProvesNothing(Invalid):
    """A file in a report proves the value of an indicator."""

    title_zh = "印证资料未对应任何指标"


class EvidenceUnknown(Invalid):
    """The report has no such file."""

    title_zh = "自评中没有该印证资料"


class VerdictUnexplained(Invalid):
    """Who rejects or doubts a file says why."""

    title_zh = "退回或存疑的印证资料须说明理由"


class CauseMissing(Invalid):
    """A deviation above the tolerance has its cause, and so has low execution (10号 art. 26)."""

    title_zh = "偏差超过允许范围须说明原因"


class CauseTooShort(Invalid):
    """A cause says enough to be one."""

    title_zh = "原因说明不得少于30字"


class CureMissing(Invalid):
    """A cause has its shares, and a cure with measure, day and owner."""

    title_zh = "偏差原因缺少主客观比例或改进措施"


class SelfEvaluationPartOpen(Conflict):
    """The head signs what the business office filled and the finance office confirmed."""

    title_zh = "业务科室填报或财务科室确认尚未完成"


class SelfEvaluationOfficesNotSeparate(Forbidden):
    """Two offices answer for a self-evaluation, and they are two persons."""

    title_zh = "业务填报与资金确认不得为同一人"


class SelfEvaluationExecutionChanged(Conflict):
    """The money that was confirmed is the money that monitoring says."""

    title_zh = "全年执行数已变化，请财务科室重新确认"


class ReportNotConfirmed(Conflict):
    """The head signs the lines that the business office stands by, and no others."""

    title_zh = "提交的自评与业务科室确认的不一致"


class SelfEvaluationSignerNotNamed(Forbidden):
    """Who signs a part of the form is named for it in the responsibility matrix."""

    title_zh = "签字人不是责任清单中的责任人"


class SelfEvaluationNotSent(Conflict):
    """The department submits a self-evaluation to finance before finance works on it."""

    title_zh = "单位自评尚未报送财政部门"


class NothingToExplain(Conflict):
    """Nothing conspicuous was found in this report."""

    title_zh = "该自评没有需要说明的疑点"


class ExplanationNotRequested(Conflict):
    """Nobody asked for an explanation."""

    title_zh = "尚未要求单位作出说明"


class ExplanationAlreadyGiven(Conflict):
    """An explanation is given once; what follows is the bureau's."""

    title_zh = "单位已作出说明"


class StillTimeToExplain(Conflict):
    """The unit has time to explain before its findings are kept."""

    title_zh = "单位说明期限未满"


class FindingsNotSettled(Conflict):
    """What the unit was asked to explain is settled before the report is accepted."""

    title_zh = "疑点尚未处理完毕"


class FindingsAlreadyKept(Conflict):
    """The findings are on record already, with their reason."""

    title_zh = "疑点已登记保留"


class SelfEvaluationFormsTooMany(Invalid):
    """An export holds what one import can read."""

    title_zh = "自评表数量超过一次导出上限"
