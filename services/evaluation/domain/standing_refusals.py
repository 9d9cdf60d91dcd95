"""Every way rankings, records of superiors and accountability cases say no."""

from shared.domain.refusals import Conflict, Invalid, NotFound


class CaseUnknown(NotFound):
    """There is no such accountability case."""

    title_zh = "未找到该问责事项"


class CaseClosed(Conflict):
    """Nothing is added to a closed case; it has to be reopened."""

    title_zh = "问责事项已办结"


class LadderGoesUp(Conflict):
    """A measure is not followed by a milder one."""

    title_zh = "问责措施不得降级"


class RankingUnknown(NotFound):
    """There is no such ranking."""

    title_zh = "未找到该排名"


class RankingAlreadyCorrected(Conflict):
    """A ranking that was corrected is not corrected again; the newest one is."""

    title_zh = "该排名已被更正，请更正最新排名"


class RankingNotCorrectable(Invalid):
    """A correction ranks the same kind of subjects of the same region and period."""

    title_zh = "更正排名须针对同一对象类别、地区和期间"


class RankingCorrectionUnfounded(Invalid):
    """A correction states its reason and its document."""

    title_zh = "更正排名须写明原因和文号"


class CaseNotInvestigated(Conflict):
    """A case is looked into before anything is measured out or left."""

    title_zh = "问责事项尚未开展调查"


class CaseWithoutEndState(Conflict):
    """A case is closed only when nothing was to be done, or a measure is on record."""

    title_zh = "问责事项没有处理结果，不得办结"


class NothingDoneAndMeasured(Conflict):
    """A case ends with no action or with measures, never with both."""

    title_zh = "不予处理与问责措施不得并存"


class TransferWithoutRecipient(Invalid):
    """A transfer names who takes the case over."""

    title_zh = "移送须写明受理机关"


class DocumentNotReplaced(Invalid):
    """What a superior said changes only by a newer document that names the one it replaces."""

    title_zh = "须以新文件取代并写明被取代的文号"


class NothingToSupersede(NotFound):
    """There is no record of a superior to take the place of."""

    title_zh = "没有可取代的上级记录"
