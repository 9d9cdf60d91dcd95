"""Every way a group of programmes says no."""

from shared.domain.refusals import Conflict, Invalid, NotFound


class DuplicatesUnknown(NotFound):
    """There is no such group."""

    title_zh = "未找到该交叉重复事项"


class GroupTooSmall(Invalid):
    """Two programmes overlap; so many as the rule set says are fragments of one."""

    title_zh = "项目个数不足"


class ProgrammeUnknown(Invalid):
    """Every member is a programme of the year, in the region."""

    title_zh = "项目不存在或不属于该年度该地区"


class NotAlike(Invalid):
    """Nothing that the names and codes say makes these programmes alike."""

    title_zh = "项目名称和科目均不相似"


class KeptProgrammeMissing(Invalid):
    """Whoever restructures names the programme that is kept, one of the group."""

    title_zh = "调整归并须指明保留的项目"


class DuplicatesStepOutOfOrder(Conflict):
    """A group is proposed, decided and closed."""

    title_zh = "交叉重复事项步骤顺序不符"
