"""How an ex-ante assessment says no."""

from shared.domain.refusals import Conflict, Forbidden, Invalid, NotFound


class ExAnteUnknown(NotFound):
    """No ex-ante report was submitted for this project and year."""

    title_zh = "该项目该年度尚未提交事前绩效评估报告"


class ExAnteReportExists(Conflict):
    """Another report is already under assessment."""

    title_zh = "已有评估报告在办理中"


class DimensionUnanswered(Invalid):
    """The report must speak on every dimension of the rule set."""

    title_zh = "评估报告须覆盖全部评估维度"


class TargetNotDrafted(Conflict):
    """An ex-ante report comes with the draft of the project's target of the year."""

    title_zh = "事前绩效评估报告须附该项目该年度的绩效目标草案"


class ExAnteNotSubmitted(Conflict):
    """The report is not waiting for its department's review."""

    title_zh = "评估报告不在主管部门审核环节"


class ExAnteNotReviewed(Conflict):
    """The department has not reviewed the report."""

    title_zh = "主管部门尚未审核评估报告"


class ExAnteRoundsExhausted(Conflict):
    """A report is returned at most three times."""

    title_zh = "评估报告退回次数已达上限"


class ScorerWroteReport(Forbidden):
    """Nobody assesses a report they submitted, nor an objection they filed."""

    title_zh = "评分人不得为报告提交人"


class ScorerHasScored(Conflict):
    """Each scorer scores once."""

    title_zh = "该评分人已评分"


class ScoreIncomplete(Invalid):
    """Every dimension must be scored, each within its points."""

    title_zh = "须对全部维度评分且不得超过分值"


class ScoreUnexplained(Invalid):
    """Whoever gives a dimension less than sixty percent of its points says why."""

    title_zh = "维度得分低于分值百分之六十的，须说明扣分理由"


class DimensionUnknown(Invalid):
    """The rule set has no such dimension."""

    title_zh = "规则中没有该评估维度"


class ScorersTooFew(Conflict):
    """More scorers are needed before a grade can be given."""

    title_zh = "评分人数不足"


class ScorersTooFarApart(Conflict):
    """The scorers differ by more than fifteen points: a third one must score."""

    title_zh = "评分差距过大，须增加第三位评分人"


class ReductionTooLarge(Invalid):
    """No more can be cut than was asked for."""

    title_zh = "核减金额不得超过申请金额"


class RejectionNotWhole(Invalid):
    """Rejecting a project cuts the whole amount; a part is a partial cut."""

    title_zh = "不予立项须核减全部金额"


class ExAnteAlreadyConcluded(Conflict):
    """The assessment is concluded; an objection can still be filed."""

    title_zh = "评估已作出结论"


class ExAnteNotConcluded(Conflict):
    """There is no conclusion to object to."""

    title_zh = "评估尚未作出结论"


class ObjectionTooLate(Conflict):
    """The term for objections has passed."""

    title_zh = "异议申请已过期限"


class ObjectionAlreadyDecided(Conflict):
    """An objection is decided once."""

    title_zh = "异议已作出决定"


class ObjectionNotFiled(Conflict):
    """No objection is open."""

    title_zh = "没有待决定的异议"


class DeciderConcludedBefore(Forbidden):
    """An objection is decided by someone who did not decide the first time."""

    title_zh = "异议不得由原结论人决定"


class ObjectionUnscored(Invalid):
    """An objection that is upheld needs the new score."""

    title_zh = "支持异议须给出新的得分"


class GoalMissing(Invalid):
    """The report says what the project is to achieve."""

    title_zh = "评估报告须写明绩效目标"


class ScoredTwoWays(Invalid):
    """A score is given by dimension or by item, not both ways at once."""

    title_zh = "按维度打分与按要点评判只能选一种"


class EvidenceNotNew(Invalid):
    """An objection brings evidence that the report did not have."""

    title_zh = "异议须附评估报告之外的新证据"


class ExAnteInBudget(Conflict):
    """The conclusion has entered the budget; it is not objected to any more."""

    title_zh = "评估结论已用于预算安排，不再受理异议"


class ObjectionOpen(Conflict):
    """The budget waits until the objection to the assessment is decided."""

    title_zh = "异议尚未决定，暂不能安排预算"


class BudgetAboveAccepted(Invalid):
    """The budget is at most what the ex-ante assessment accepted."""

    title_zh = "预算不得超过事前绩效评估核定金额"
