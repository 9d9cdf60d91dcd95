"""How a budget request says no."""

from shared.domain.refusals import Conflict, Forbidden, Invalid, NotFound


class RequestUnknown(NotFound):
    """The project has no budget request for this year."""

    title_zh = "该项目该年度没有预算申请"


class RequestAlreadyMade(Conflict):
    """The project has asked for another amount already."""

    title_zh = "该项目已提交其他金额的预算申请"


class RequestAlreadyDecided(Conflict):
    """The budget request has been decided."""

    title_zh = "预算申请已作出决定"


class RequesterDecides(Forbidden):
    """Four eyes: nobody decides a budget request they made."""

    title_zh = "不得决定本人提交的预算申请"


class BudgetCapExceeded(Conflict):
    """The unit may not ask for more than the cap that its evaluation set."""

    title_zh = "超过绩效评价结果确定的预算上限"


class BudgetAboveGrant(Conflict):
    """A target is approved with no more money than its project was granted."""

    title_zh = "批复预算不得超过已核定金额"


class BudgetNotGranted(Conflict):
    """The unit's budget is capped and nothing of it was granted to this project."""

    title_zh = "单位预算受绩效结果约束，该项目尚未核定预算"


class GrantTooLarge(Invalid):
    """No more is granted than was asked for, less the confirmed cut."""

    title_zh = "安排金额不得超过申请金额扣除已确认调减额"


class ExemptionNotConfirmed(Conflict):
    """What no cap binds is said by evaluation with the cap, not by who asks for the money."""

    title_zh = "未经绩效结果挂钩确认，不得免受预算上限约束"
