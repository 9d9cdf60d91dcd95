"""How publicity says no, beside the refusals of before."""

from shared.domain.refusals import Conflict, Invalid


class OutletAdoptedAlready(Conflict):
    """An outlet adopts an article once: the same article there again is no new article-time."""

    title_zh = "该媒体已采用过此稿件"


class AdoptedBeforeSubmitted(Invalid):
    """An outlet adopts what it was offered, not earlier."""

    title_zh = "采用日期不得早于报送日期"


class SubmittedBeforeWritten(Invalid):
    """An article is offered after it was written."""

    title_zh = "报送日期不得早于撰写日期"


class OutletOfferedAlready(Conflict):
    """An article is offered to an outlet once."""

    title_zh = "该稿件已报送此媒体"


class AdoptionIncomplete(Invalid):
    """An adoption is told by outlet, level and day, or not at all."""

    title_zh = "采用媒体、级别、日期须同时填写或同时留空"
