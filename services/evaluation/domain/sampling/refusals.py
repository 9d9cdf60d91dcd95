"""How a sample says no."""

from shared.domain.refusals import Conflict


class PopulationUnknown(Conflict):
    """The population is listed before a sample is drawn from it."""

    title_zh = "尚未确定抽样总体"


class NothingToSample(Conflict):
    """A round draws from results that no earlier round had before it."""

    title_zh = "没有新的可抽查结果"


class RoundOutOfOrder(Conflict):
    """Rounds follow one another without a gap."""

    title_zh = "抽查轮次不连续"


class RoundAlreadyDrawn(Conflict):
    """A round is drawn once, with one seed."""

    title_zh = "该轮次已抽取"
