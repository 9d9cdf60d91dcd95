"""Why the break of a missing page says no."""

from shared.domain.refusals import Conflict, Invalid, NotFound


class PageBreakUnknown(NotFound):
    """No page of this statement is missing, and none ever was."""

    title_zh = "没有该对账单缺页差异"


class PageBreakEnded(Conflict):
    """The pages have come, or a person has ended the break."""

    title_zh = "该缺页差异已处理完毕"


class PageNoteMissing(Invalid):
    """A missing page is given up with a reason."""

    title_zh = "不再等待缺页须说明理由"
