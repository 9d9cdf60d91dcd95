"""Every way a linkage says no."""

from shared.domain.refusals import Conflict, Invalid, NotFound


class LinkageUnknown(NotFound):
    """Nothing was computed for this unit and year."""

    title_zh = "未找到该结果挂钩事项"


class LinkageStepOutOfOrder(Conflict):
    """A linkage is computed, notified, answered, confirmed, applied, verified and closed."""

    title_zh = "结果挂钩步骤顺序不符"


class CutRatioOutsideRange(Invalid):
    """The rule set says between which shares the budget of a poor unit is cut."""

    title_zh = "扣减比例超出规则集允许区间"


class CutRatioNotForGrade(Invalid):
    """Only the budget of a poor unit is cut by a share."""

    title_zh = "仅评定为差的单位按比例扣减"


class AnswerTermOutsideRange(Invalid):
    """The unit gets at least a day and at most the working days of the rule set to answer."""

    title_zh = "答复期限不符合规定"


class DisagreementUnanswered(Invalid):
    """Whoever confirms what a unit disagreed with says why."""

    title_zh = "单位有不同意见，确认时须说明理由"


class ExemptionUnfounded(Invalid):
    """An exemption takes a positive amount, a reason and its document."""

    title_zh = "豁免须有金额、理由和文号"


class LinkageAlreadyBinds(Conflict):
    """What is exempted is said before the cap is confirmed."""

    title_zh = "结果挂钩已确认，不得再增加豁免"


class BudgetNotApprovedYet(Conflict):
    """A cap is verified against the approved budget of the year that it binds."""

    title_zh = "该年度预算尚未批复"


class CapBreached(Conflict):
    """Where the approved budget passes the cap, the end says what was done about it."""

    title_zh = "批复预算超出上限，办结须说明处理情况"
