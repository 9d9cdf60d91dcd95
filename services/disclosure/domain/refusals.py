"""Every way disclosure says no."""

from shared.domain.refusals import Conflict, Forbidden, Invalid, NotFound


class ItemNotOwed(NotFound):
    """Nothing is owed to the public under this number."""

    title_zh = "没有该公开事项"


class ItemNotPrepared(Conflict):
    """An item must be prepared before its secrecy is reviewed."""

    title_zh = "公开事项尚未编制"


class SecrecyNotReviewed(Conflict):
    """Only an item whose secrecy was reviewed can be published."""

    title_zh = "公开事项尚未通过保密审查"


class ReviewerPreparedItem(Forbidden):
    """Four eyes: nobody reviews the secrecy of what they prepared."""

    title_zh = "编制人不得进行保密审查"


class ItemWithheldNow(Conflict):
    """A withheld item is not told before its withholding has ended."""

    title_zh = "该事项处于依法不予公开状态"


class ItemAlreadyPublished(Conflict):
    """What was published cannot be taken back; it can only be corrected."""

    title_zh = "已公开事项不可撤回，只能更正"


class ItemNotPublished(Conflict):
    """Only what was published can be corrected."""

    title_zh = "尚未公开，无从更正"


class WithholdingEnded(Invalid):
    """A withholding must expire in the future."""

    title_zh = "不予公开的期限须晚于今日"


class MonthNotOver(Conflict):
    """The bulletin of a month is issued when the month has begun, never before."""

    title_zh = "当月尚未开始，不能发布月报"


class BulletinEmpty(Invalid):
    """A bulletin without a single line tells nothing."""

    title_zh = "月报内容为空"


class YearNotBegun(Conflict):
    """The annual report of a year is issued in that year or later."""

    title_zh = "年度尚未开始，不能发布年度报告"


class FiguresMissing(Invalid):
    """An annual report carries its figures."""

    title_zh = "年度报告缺少数据"


class PolicyUnknown(NotFound):
    """There is no such policy document."""

    title_zh = "没有该制度文件"


class PolicyNotDraft(Conflict):
    """Only a draft can be issued."""

    title_zh = "只有草案可以印发"


class PolicyNotInForce(Conflict):
    """Only an issued policy can be amended, superseded or repealed."""

    title_zh = "制度文件未生效或已废止"


class PolicyWithoutStep(Invalid):
    """A policy belongs to at least one step of the process."""

    title_zh = "制度文件须对应至少一个管理环节"


class PolicyEndsBeforeItBegins(Invalid):
    """A policy cannot end before it takes effect."""

    title_zh = "废止日期不得早于施行日期"


class PolicySupersedesItself(Invalid):
    """A policy is superseded by another one."""

    title_zh = "制度文件不能由自身替代"


class IdeaUnknown(NotFound):
    """There is no such idea."""

    title_zh = "没有该理念"


class TrainingUnknown(NotFound):
    """There is no such training session."""

    title_zh = "没有该培训"


class TrainingAlreadyHeld(Conflict):
    """A training that was held cannot be called off or planned again."""

    title_zh = "培训已举办"


class TrainingCalledOff(Conflict):
    """A training that was called off is not held."""

    title_zh = "培训已取消"


class TrainingWithoutPeople(Invalid):
    """A training that was held reached at least one person."""

    title_zh = "参训人次须大于零"


class ArticleUnknown(NotFound):
    """There is no such article."""

    title_zh = "没有该宣传稿件"


class AdoptedBeforeWritten(Invalid):
    """An article is adopted after it was written."""

    title_zh = "采用日期不得早于撰写日期"


class NumberTaken(Conflict):
    """Another thing already has this number."""

    title_zh = "编号已被使用"


class NothingSaidThere(NotFound):
    """A page of the feed can be had when it is closed."""

    title_zh = "该归档页尚未形成"


class NothingSignedYet(NotFound):
    """No checkpoint of the feed was signed yet."""

    title_zh = "尚无已签名的检查点"


class ProofOutOfRange(Invalid):
    """A proof is about words that have been said and sizes that the log has had."""

    title_zh = "证明范围超出日志长度"


class BeyondTheFeed(Invalid):
    """A reader goes on behind a word that has been said."""

    title_zh = "所给序号超出公开信息流"
