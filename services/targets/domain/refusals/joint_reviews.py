"""How a joint review session says no."""

from shared.domain.refusals import Conflict, Forbidden, Invalid, NotFound


class JointReviewUnknown(NotFound):
    """No such session was called."""

    title_zh = "没有该次集中会审"


class JointReviewExists(Conflict):
    """The number of the session is taken by another one."""

    title_zh = "该会审编号已用于其他会审"


class AgendaEmpty(Invalid):
    """A session has an agenda, and every target stands on it once."""

    title_zh = "会审议程不得为空，且同一绩效目标只列一次"


class AgendaTargetUnknown(Invalid):
    """What is on the agenda is a target of this region and fiscal year."""

    title_zh = "议程所列须为本地区本年度的绩效目标"


class MembersTooFew(Invalid):
    """Several sections and at least one expert review together."""

    title_zh = "集中会审须有多个科室和至少一名专家参加"


class MemberNamedTwice(Invalid):
    """A person has one seat in a session."""

    title_zh = "同一人在会审中只占一席"


class ChairNotMember(Invalid):
    """The chair is one of the members."""

    title_zh = "主持人须为会审成员"


class JointReviewNotOpen(Conflict):
    """Opinions are given and minutes adopted while the session sits."""

    title_zh = "会审不在进行中"


class NotMemberOfSession(Forbidden):
    """Only members of the session give an opinion."""

    title_zh = "只有会审成员可以发表意见"


class TargetNotOnAgenda(Invalid):
    """The target is not on the agenda of the session."""

    title_zh = "该绩效目标不在会审议程中"


class NotTheChair(Forbidden):
    """The chair of the session adopts its minutes."""

    title_zh = "会议纪要由主持人确认"


class QuorumMissing(Conflict):
    """Two thirds of the members must have said what they think of a target."""

    title_zh = "发表意见的成员不足三分之二"


class DecisionMissing(Invalid):
    """The minutes hold one decision for every target of the agenda, and no other."""

    title_zh = "纪要须对议程所列每一绩效目标作出决定"


class MinutesAlreadyAdopted(Conflict):
    """The minutes were adopted with other words."""

    title_zh = "会议纪要已按其他内容确认"


class JointReviewNotConcluded(Conflict):
    """A grade rests on a session whose minutes are adopted."""

    title_zh = "所引用的会审尚未形成纪要"
