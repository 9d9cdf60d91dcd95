"""How the dated registers of places and offices say no."""

from shared.domain.refusals import Conflict, Invalid, NotFound


class ChangeOutOfOrder(Invalid):
    """A change must begin after the change before it."""

    title_zh = "变更须晚于上一次变更"


class PlaceEnded(Conflict):
    """It no longer exists, so nothing about it changes any more."""

    title_zh = "该机构或地区已撤销，不能再变更"


class SuccessorNotLiving(Invalid):
    """The successor must be registered and exist after this end."""

    title_zh = "承继者须已登记且在撤销日后仍存在"


class TermBackwards(Invalid):
    """A term cannot end before it begins."""

    title_zh = "任期结束日不得早于开始日"


class UnitNoLongerExists(Conflict):
    """A unit that has ended takes on no new projects."""

    title_zh = "预算单位已撤销，不能登记新项目"


class SectionUnknown(NotFound):
    """The bureau has no such section."""

    title_zh = "业务科室尚未登记"


class SectionAlreadyRegistered(Conflict):
    """The section is registered with other particulars."""

    title_zh = "业务科室已按其他内容登记"


class SectionStillManages(Conflict):
    """A section that still manages departments cannot be closed."""

    title_zh = "业务科室仍分管部门，不能撤销"
