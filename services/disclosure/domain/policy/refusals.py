"""How the policy library says no, beside the refusals of before."""

from shared.domain.refusals import Conflict, Forbidden, Invalid, NotFound


class PolicyLegalityNotReviewed(Conflict):
    """A draft is issued after its legality review; only what was in force before is imported."""

    title_zh = "草案尚未通过合法性审查"


class ReviewerDraftedPolicy(Forbidden):
    """Four eyes: nobody reviews the legality of what they drafted."""

    title_zh = "起草人不得进行合法性审查"


class PolicyKnownOtherwise(Conflict):
    """The library knows this document otherwise; amend, supersede or repeal it instead."""

    title_zh = "库中该制度文件内容与此不同"


class DocumentNumberTaken(Conflict):
    """A document number of an issuer names one document."""

    title_zh = "该发文单位的文号已被使用"


class PolicyAmendedTooEarly(Invalid):
    """An amendment takes effect after the version that it changes."""

    title_zh = "修订施行日期须晚于上一版本"


class StepNotMapped(NotFound):
    """The document does not rule this step."""

    title_zh = "该制度文件未对应此环节"


class SuccessorUnknown(NotFound):
    """A document is superseded by one that the library knows."""

    title_zh = "替代文件不在制度库中"


class PolicyDatesContradict(Invalid):
    """The days and the state of a document do not fit together."""

    title_zh = "日期与状态不一致"
