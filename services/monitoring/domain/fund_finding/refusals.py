"""Every way in which a finding says no."""

from shared.domain.refusals import Conflict, Forbidden, Invalid, NotFound


class FindingNotOpened(NotFound):
    """There is no such finding."""

    title_zh = "该问题线索不存在"


class FindingJudgedOtherwise(Conflict):
    """The suspicion was judged already, and otherwise."""

    title_zh = "该疑点已作出其他认定"


class FindingNotJudged(Conflict):
    """A suspicion is judged before anything else is done about it."""

    title_zh = "疑点尚未认定"


class FindingNotViolation(Conflict):
    """Only a violation has to be put right."""

    title_zh = "仅违规问题需要整改"


class ViolationNotRectified(Conflict):
    """A violation is put right before it is closed."""

    title_zh = "违规问题尚未整改，不能销号"


class FindingClosedAlready(Conflict):
    """The finding is closed."""

    title_zh = "该问题已销号"


class JudgeSuspectedIt(Forbidden):
    """Four eyes: nobody judges a suspicion they raised."""

    title_zh = "疑点提出人不得自行认定"


class CloserRectified(Forbidden):
    """Nobody closes what they put right themselves, also where another showed more since."""

    title_zh = "整改人不得自行销号"


class RectificationUnproved(Invalid):
    """Putting right is proved: at least one hash of a file is needed."""

    title_zh = "整改须附佐证材料"
