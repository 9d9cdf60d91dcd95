"""Every way the evaluation service says no."""

from shared.domain.refusals import Conflict, Forbidden, Invalid, NotFound


class RulesNotAdopted(Conflict):
    """No rule set binds this region and year."""

    title_zh = "该地区该年度尚未采用规则集"


class SelfEvaluationUnknown(NotFound):
    """There is no self-evaluation of this project and year."""

    title_zh = "该项目该年度没有单位自评"


class SelfEvaluationNotOpen(Conflict):
    """Only an open or returned self-evaluation can be submitted."""

    title_zh = "单位自评不在填报状态"


class SelfEvaluationNotSubmitted(Conflict):
    """Only a submitted self-evaluation can be audited or returned."""

    title_zh = "单位自评尚未提交"


class SelfEvaluationNotAudited(Conflict):
    """The department audits a self-evaluation before finance accepts it."""

    title_zh = "单位自评尚未经主管部门审核"


class SelfEvaluationNotAccepted(Conflict):
    """Only an accepted self-evaluation can be re-checked."""

    title_zh = "单位自评尚未审定"


class RecheckAlreadyConcluded(Conflict):
    """A self-evaluation is re-checked once; what follows is an objection."""

    title_zh = "该自评已完成抽查复核"


class RecheckNotConcluded(Conflict):
    """Only the result of a re-check can be objected to."""

    title_zh = "尚无可提出异议的复核结果"


class ObjectionAlreadyFiled(Conflict):
    """A result can be objected to once."""

    title_zh = "对同一结果只能提出一次异议"


class ObjectionNotFiled(Conflict):
    """There is no objection to decide."""

    title_zh = "没有待决定的异议"


class IndicatorNotReported(Invalid):
    """Every indicator of the target needs its line in the report."""

    title_zh = "绩效指标缺少实际完成情况"


class IndicatorUnknown(Invalid):
    """The target has no such indicator."""

    title_zh = "绩效目标中没有该指标"


class ValueNotReadable(Invalid):
    """A quantitative indicator takes a value, a qualitative one a level and a share inside it."""

    title_zh = "定量指标填报数值，定性指标填报达成等级及区间内比例"


class ScoreOutOfRange(Invalid):
    """A score lies between nothing and its full points."""

    title_zh = "得分超出分值范围"


class AuthorJudgesOwnReport(Forbidden):
    """Four eyes: nobody audits, accepts or re-checks a report they submitted."""

    title_zh = "填报人不得审核本人提交的自评"


class SamePersonDecidesAgain(Forbidden):
    """Four eyes: the second decision is taken by another person than the first."""

    title_zh = "两次决定须由不同人员作出"


class ResultAlreadyJudged(Conflict):
    """A year that was judged in the system takes no result from before the system."""

    title_zh = "该年度结果已在系统内产生，不得补录"


class AlreadyRecorded(Conflict):
    """Something else is already recorded under this key."""

    title_zh = "同一事项已有不同记录"


class EvaluationUnknown(NotFound):
    """There is no such evaluation."""

    title_zh = "未找到该评价"


class NotItsName(Invalid):
    """An evaluation or a cut is named after what it is about, so that there is only one."""

    title_zh = "编号须由事项本身构成，同一事项只有一个编号"


class EvaluationStepOutOfOrder(Conflict):
    """The steps of an evaluation are taken in their order."""

    title_zh = "评价步骤顺序不符"


class OpinionsNotExchanged(Conflict):
    """The evaluated unit answers the draft, or its time to answer passes, before the end."""

    title_zh = "尚未与被评价部门交换意见"


class PlanOutOfBalance(Invalid):
    """A plan has points that sum to 100, with at least 60 for output and benefit."""

    title_zh = "评价指标分值合计须为100，产出和效益合计不低于60"


class ItemNotJudged(Invalid):
    """Every judged item of the plan gets a score with its reason."""

    title_zh = "评价指标缺少评分及依据"


class UnitUnknown(NotFound):
    """There is no such unit."""

    title_zh = "未找到该单位"


class AppraisalNotConcluded(Conflict):
    """Only a concluded appraisal binds a budget or enters a ranking."""

    title_zh = "综合绩效考核评价尚未审定"


class AppraisalNotScored(Conflict):
    """An appraisal is scored before it is concluded."""

    title_zh = "综合绩效考核评价尚未评分"


class LinkNotScored(Invalid):
    """Every link of performance management gets its points."""

    title_zh = "管理环节缺少评分"


class PreviousBudgetUnknown(Invalid):
    """The cap needs the unit's approved project budget of the year before."""

    title_zh = "缺少单位上年项目预算"


class PreviousBudgetContradicted(Invalid):
    """The approvals that were heard sum to another budget."""

    title_zh = "所填上年预算与批复合计不符"


class RecoveryUnknown(NotFound):
    """There is no such recovery."""

    title_zh = "未找到该收回事项"


class RecoveryStepOutOfOrder(Conflict):
    """A recovery is identified, notified, answered, approved and booked, in this order."""

    title_zh = "资金收回步骤顺序不符"


class StillTimeToAnswer(Conflict):
    """The unit has time to answer before the decision."""

    title_zh = "单位答复期限未满"


class AnswerTermOver(Conflict):
    """The day by which the unit answers has passed."""

    title_zh = "答复期限已过"


class AnswerTermTooEarly(Invalid):
    """The unit is given time to answer: its last day is today or later."""

    title_zh = "答复期限早于通知当日"


class MoreThanRecoverable(Invalid):
    """Only what is neither paid nor committed nor frozen can be recovered."""

    title_zh = "超过可收回金额"


class NothingToRecover(Invalid):
    """A recovery takes a positive amount."""

    title_zh = "收回金额必须大于零"


class BookedByTheLedger(Forbidden):
    """Quota and refunds are booked by the ledger; only paid-in money is booked by slip."""

    title_zh = "指标收回和支出退回以账簿记账为准，仅缴回资金凭缴款书登记"


class CutUnknown(NotFound):
    """There is no such budget cut."""

    title_zh = "未找到该预算调减事项"


class CutStepOutOfOrder(Conflict):
    """A cut is proposed, notified, answered and confirmed, in this order."""

    title_zh = "预算调减步骤顺序不符"


class BasisNotJudged(Conflict):
    """A cut rests on the final result of the earlier project."""

    title_zh = "依据项目没有评价结果"


class WrongBudgetYear(Invalid):
    """The result of a year binds the budget of the second year after it."""

    title_zh = "结果应用年度不符"


class CutOutsideRange(Invalid):
    """The grade allows a cut within a range only."""

    title_zh = "调减比例超出评价等级对应区间"
