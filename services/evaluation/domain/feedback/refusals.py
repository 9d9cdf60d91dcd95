"""How the feedback of a result says no."""

from shared.domain.refusals import Conflict, Forbidden, Invalid, NotFound


class FeedbackUnknown(NotFound):
    """No result of this name was told."""

    title_zh = "未找到该结果反馈"


class NothingToTell(Conflict):
    """A result is told after it stands: concluded, or re-checked."""

    title_zh = "尚无可反馈的评价结果"


class FeedbackStepOutOfOrder(Conflict):
    """Issued, acknowledged, planned, reported, verified, closed: in this order."""

    title_zh = "反馈整改步骤顺序不符"


class ProblemLeftOpen(Invalid):
    """Every problem has its measure and its cure."""

    title_zh = "存在未回应的问题"


class RectificationUnproven(Invalid):
    """A cure is shown with proof."""

    title_zh = "整改情况须附佐证材料"


class PlanBeyondTerm(Invalid):
    """What is planned is done by the day of the feedback."""

    title_zh = "整改计划超过规定期限"


class VerifierRectified(Forbidden):
    """Who planned or reported a rectification neither verifies nor closes it."""

    title_zh = "整改报告人不得核验、办结本人整改"


class MeasureMissing(Invalid):
    """Where nothing was verified, the end names the measure that was taken."""

    title_zh = "未经核验办结须说明采取的措施"
