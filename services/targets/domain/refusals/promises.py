"""How a performance target says no."""

from shared.domain.refusals import Conflict, Forbidden, Invalid, NotFound


class TargetUnknown(NotFound):
    """The project has no performance target in this year."""

    title_zh = "该项目该年度没有绩效目标"


class TargetAlreadyDrafted(Conflict):
    """A project has one target a year; revise the existing one."""

    title_zh = "一个项目每年只有一个绩效目标"


class TargetNotDraft(Conflict):
    """Only a draft can be revised or submitted."""

    title_zh = "绩效目标不是草稿状态"


class TargetHasErrors(Conflict):
    """A target with errors cannot be submitted."""

    title_zh = "绩效目标存在错误，不能提交"


class WarningsUnanswered(Conflict):
    """Every warning about a target is mended or answered before it is submitted."""

    title_zh = "绩效目标的提示须逐条修改或说明"


class TargetNotSubmitted(Conflict):
    """The target is not waiting for the department's review."""

    title_zh = "绩效目标不在主管部门审核环节"


class TargetNotReviewed(Conflict):
    """The department has not reviewed the target."""

    title_zh = "主管部门尚未审核绩效目标"


class TargetNotFirstReviewed(Conflict):
    """The target is not waiting for its grade."""

    title_zh = "绩效目标不在评级环节"


class TargetNotUnderReview(Conflict):
    """The target is not under review."""

    title_zh = "绩效目标不在审核中"


class TargetNotToComplete(Conflict):
    """Only a target graded good is completed together with the unit."""

    title_zh = "只有评为良的绩效目标需要完善"


class TargetNotReady(Conflict):
    """Only a target that passed its review can be approved."""

    title_zh = "绩效目标尚未通过审核"


class TargetAlreadyApproved(Conflict):
    """The target binds with another budget; money and target now change together."""

    title_zh = "绩效目标已按其他预算批复"


class TargetRejectedForGood(Conflict):
    """A target graded poor may not enter the budget."""

    title_zh = "评为差的项目不得进入预算安排"


class TargetNotApproved(Conflict):
    """The target is not binding."""

    title_zh = "绩效目标尚未批复"


class ReviewPointsWrong(Invalid):
    """Every item of the review must be scored, each within its points."""

    title_zh = "审核各项均须评分且不得超过分值"


class ReviewerDraftedTarget(Forbidden):
    """Four eyes: nobody reviews or approves a target they drafted or submitted."""

    title_zh = "不得审核或批复本人起草、提交的绩效目标"


class ExAnteNotIncluded(Conflict):
    """A project that needs an ex-ante assessment is budgeted only when it was included."""

    title_zh = "须经事前绩效评估并纳入预算安排的项目方可批复"
