"""How an evaluation says no."""

from shared.domain.refusals import Conflict, Forbidden, Invalid, NotFound


class AnotherSideEvaluates(Forbidden):
    """A finance evaluation is done by the bureau, a department evaluation by the department."""

    title_zh = "财政评价由财政部门组织，部门评价由主管部门组织"


class EvaluatorAnswersItself(Forbidden):
    """The draft of a department's evaluation is answered by the unit, not by the department."""

    title_zh = "部门评价的征求意见稿由被评价单位答复"


class PlanNotOfTheStage(Invalid):
    """An ongoing project is judged more by decision and process, a finished one by its results."""

    title_zh = "指标分值与项目实施阶段不符"


class MethodMissing(Invalid):
    """A plan names at least one method and one standard."""

    title_zh = "工作方案须明确评价方法和评价标准"


class FiguresMissing(Invalid):
    """A measured item is computed from its figures: all of them have to be given."""

    title_zh = "计算类指标缺少计算数据"


class EvidenceUnknown(Invalid):
    """Evidence names a material that was collected."""

    title_zh = "证据编号不在已收集资料中"


class MaterialsMissing(Invalid):
    """Data are collected with at least one material, each under a number of its own."""

    title_zh = "须至少收集一份资料，且资料编号不得重复"


class VisitAhead(Invalid):
    """A site visit is recorded after it was made."""

    title_zh = "现场核查日期不得晚于今日"


class OpinionTermWrong(Invalid):
    """The evaluated party has until a day of the future, and no longer than the rules allow."""

    title_zh = "征求意见期限不符合规定"


class OpinionTermOver(Conflict):
    """The term for an answer is over: unanswered is agreed."""

    title_zh = "征求意见期限已过，视为同意"


class OpinionNotReplied(Invalid):
    """Who disagreed is told in the conclusion what became of the opinion."""

    title_zh = "对不同意见须说明采纳情况"


class ReportAlreadySubmitted(Conflict):
    """A submitted report cannot be changed."""

    title_zh = "报告已提交，不得更改"


class ReportDiffers(Invalid):
    """What is filed is the report that was submitted."""

    title_zh = "归档内容与已提交报告不一致"


class ReportNotReviewed(Conflict):
    """The report of a third party is reviewed and accepted before it is submitted."""

    title_zh = "第三方报告尚未通过质量评审和验收"


class LeadEvaluatorMissing(Invalid):
    """A report is signed by its lead evaluator."""

    title_zh = "报告须由主评人签名"


class ObjectionPending(Conflict):
    """An objection is decided before the report is submitted."""

    title_zh = "异议尚未作出决定"


class ObjectionTermOver(Conflict):
    """An objection is filed within the term after the result was notified."""

    title_zh = "提出异议的期限已过"


class ResultNotNotified(Conflict):
    """An objection follows a result that the evaluated party was told."""

    title_zh = "评价结果尚未反馈"


class RecheckOfFinance(Conflict):
    """The bureau re-checks what departments evaluated; its own evaluations it does not."""

    title_zh = "抽查复核对象为单位自评和部门评价"


class DesignationUnfounded(Invalid):
    """A key project is designated, or released, with a reason; designated by a document."""

    title_zh = "确定重点项目须说明理由和文件依据"


class KeyProjectKnown(Conflict):
    """A project is designated once, for one reason at a time."""

    title_zh = "该项目已确定为重点项目"


class KeyProjectUnknown(NotFound):
    """The project was never designated a key project."""

    title_zh = "该项目未被确定为重点项目"
