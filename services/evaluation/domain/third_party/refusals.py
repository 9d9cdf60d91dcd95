"""How third parties are told no."""

from shared.domain.refusals import Conflict, Forbidden, Invalid, NotFound


class CreditCodeWrong(Invalid):
    """A unified social credit code has eighteen characters and the right check character."""

    title_zh = "统一社会信用代码校验不通过"


class ThirdPartyUnknown(NotFound):
    """There is no such third party in the register."""

    title_zh = "未找到该第三方机构"


class ThirdPartyBarred(Conflict):
    """An institution gets no assignment where it is excluded, nor in the regions below."""

    title_zh = "该第三方机构已被列入不得委托名单"


class LeadEvaluatorUnknown(Invalid):
    """The lead evaluator is registered with the institution."""

    title_zh = "主评人未在该机构登记"


class NotIndependent(Conflict):
    """A third party is independent of the client, of the evaluated object and of its people."""

    title_zh = "第三方机构不具备独立性"


class CoreWorkSubcontracted(Invalid):
    """The core of an evaluation is not given on to others."""

    title_zh = "评价核心业务不得转包分包"


class AdministrationsOwnWork(Invalid):
    """What the administration has to do itself is not outsourced."""

    title_zh = "应由行政机关履行的职责不得委托第三方"


class FeeTiedToScore(Invalid):
    """A fee is never tied to the score."""

    title_zh = "委托费用不得与评价结果挂钩"


class FeeDiffers(Invalid):
    """What is paid is the fee that was agreed, whatever the score."""

    title_zh = "支付金额与合同约定费用不一致"


class AssignmentUnknown(NotFound):
    """There is no such assignment."""

    title_zh = "未找到该委托事项"


class AssignmentStepOutOfOrder(Conflict):
    """Commissioned, begun, delivered, reviewed, accepted, paid: in this order."""

    title_zh = "委托步骤顺序不符"


class NotTheLeadEvaluator(Forbidden):
    """Only the lead evaluator of the assignment signs for the institution."""

    title_zh = "仅本委托的主评人可以签署"


class ReviewerNotIndependent(Forbidden):
    """Quality is reviewed by another than the lead evaluator, accepted by another than both."""

    title_zh = "质量评审、验收须由不同人员完成"


class WorkingPapersMissing(Invalid):
    """A report is delivered with its working papers."""

    title_zh = "提交报告须附工作底稿"


class QualityNotPassed(Conflict):
    """A report that did not pass its review is delivered anew before it is accepted."""

    title_zh = "质量评审未通过"


class PaymentBeforeAcceptance(Conflict):
    """Nothing is paid before the quality was reviewed and the report accepted."""

    title_zh = "未经质量评审和验收不得支付委托费用"


class CommissionTooLate(Conflict):
    """A third party is commissioned before the facts are verified."""

    title_zh = "事实核实后不得再委托第三方"
