"""How responsibility, locks and signatures say no."""

from shared.domain.refusals import Conflict, Forbidden, Invalid, NotFound


class ResponsibilityUnknown(NotFound):
    """Nobody has been named for any step of this project and year."""

    title_zh = "该项目该年度没有责任清单"


class ResponsibilityUnassigned(Conflict):
    """Nobody has been named yet who answers for this step."""

    title_zh = "该环节尚未落实责任人"


class StepAlreadyAssigned(Conflict):
    """Others answer for this step already; it is transferred with a reason, not assigned anew."""

    title_zh = "该环节已有责任人，变更须走移交并说明理由"


class OfficeNotYours(Forbidden):
    """Each office of a unit answers for its own part, and for no other."""

    title_zh = "该部分由本单位其他科室负责"


class LocksOfOneHand(Forbidden):
    """The business and the finance office are two persons: nobody closes both locks."""

    title_zh = "业务与财务两道确认不得由同一人完成"


class TargetNotConfirmed(Conflict):
    """The head signs last, after the business and the finance office have confirmed."""

    title_zh = "业务、财务科室均确认后，单位负责人方可签字提交"


class SignerNotNamed(Forbidden):
    """Only the person who is named for this step signs, or whoever holds their delegation."""

    title_zh = "仅该环节责任人或其有效委托人可以签字"


class DelegationUnknown(NotFound):
    """There is no such delegation."""

    title_zh = "没有该项签字委托"


class DelegationAlreadyGiven(Conflict):
    """The delegation was given with other particulars."""

    title_zh = "该委托已按其他内容登记"


class DelegationOver(Conflict):
    """The last day of the delegation is over."""

    title_zh = "委托期限已过"


class DelegationToOneself(Invalid):
    """Nobody stands in for themselves."""

    title_zh = "不得委托本人"
