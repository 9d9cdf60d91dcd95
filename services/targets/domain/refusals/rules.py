"""How a rule set says no: unreadable or contradictory values, and sources that are missing."""

from shared.domain.refusals import Conflict, Forbidden, Invalid, NotFound


class RuleSetNotAdopted(Conflict):
    """No rule set is in force for this region and fiscal year."""

    title_zh = "该地区该年度尚未通过规则集"


class RuleSetNotDrafted(NotFound):
    """There is no draft of a rule set for this region and fiscal year."""

    title_zh = "没有待通过的规则集草案"


class DrafterAdopts(Forbidden):
    """Nobody puts rules in force that they drafted themselves."""

    title_zh = "规则集起草人不得自行通过"


class RulesIncoherent(Invalid):
    """Values of the rule set contradict each other."""

    title_zh = "规则集的取值互相矛盾"


class StatuteRelaxed(Invalid):
    """A rule set may be stricter than the law, never milder."""

    title_zh = "规则集不得放宽法律法规的规定"


class ProvenanceDangling(Invalid):
    """A source is stated for a value that the rule set does not have."""

    title_zh = "所标注来源的取值在规则集中不存在"


class SourceUnnamed(Invalid):
    """A value that claims a law or a rule as its source names the document."""

    title_zh = "来源为法规制度的取值须写明文件依据"


class SourceWeakened(Invalid):
    """What the customer or the law has fixed is not changed to a default without a ground."""

    title_zh = "有明确依据的取值改为默认值须说明依据"


class ValueUncovered(Invalid):
    """Nobody has stated where a value comes from; it is adopted only with its source."""

    title_zh = "取值未标注来源，不能通过"
