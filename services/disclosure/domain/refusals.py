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


class BulletinNotIssued(Conflict):
    """Only a bulletin that was issued can be corrected."""

    title_zh = "月报尚未发布，无从更正"


class FigureUnknown(Invalid):
    """A text names only figures that are told with it."""

    title_zh = "文中引用的数据未随文提供"


class NumberWithoutItems(Invalid):
    """Every number of a bulletin or a report leads to the items that it was counted from."""

    title_zh = "文中数字须可追溯到明细"


class NoSuchBulletin(NotFound):
    """A bulletin is named by its region, its year and its month."""

    title_zh = "没有该期月报"


class NoSuchFigure(NotFound):
    """A report and a bulletin have the figures that they name."""

    title_zh = "没有该项数据"


class NoSuchEdition(NotFound):
    """Only what was told can be read as an edition."""

    title_zh = "没有该版本"


class CorrectionWithoutReason(Invalid):
    """A closed year is corrected openly: whoever tells it anew says why."""

    title_zh = "年度已办结，更正须说明理由"


class YearNotOver(Conflict):
    """A fiscal year is closed after its last day."""

    title_zh = "年度尚未结束，不能办结"


class RedItemsOpen(Conflict):
    """A year is not closed over a red item that is open, unless a leader carries it over."""

    title_zh = "存在未办结的红色事项，年度不能办结"


class CarryOverNotSigned(Forbidden):
    """Only a leader of the bureau carries red items over into the coming year."""

    title_zh = "红色事项结转须由局领导签署"


class ItemNotCarriable(Invalid):
    """Only a red item that is open in the year can be carried over."""

    title_zh = "结转事项不在未办结的红色事项之列"


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


class LegalBasisUnknown(Invalid):
    """Only what the law protects may be withheld, on one of the grounds that it names."""

    title_zh = "不予公开的依据不在法定清单内"


class PersonalDataFound(Conflict):
    """What tells of a person is not told; a reviewer says which places tell of nobody."""

    title_zh = "拟公开内容疑似含有个人信息"


class FieldNotPublic(Invalid):
    """Only the fields of the disclosure tables are told."""

    title_zh = "该字段不在公开清单内"


class ItemArchivedAlready(Conflict):
    """What is on file is corrected only by a new decision about what it tells."""

    title_zh = "公开事项已归档"


class ReplyInFuture(Invalid):
    """A reply is recorded when it was given."""

    title_zh = "批复日期不得晚于今日"


class ReplyBeforeFinance(Invalid):
    """A department replies to its units after finance replied to it."""

    title_zh = "部门批复不得早于财政批复"


class DepartmentRepliedForFinance(Forbidden):
    """What finance replied is recorded by the bureau."""

    title_zh = "财政批复由财政部门登记"


class TableTooLong(Invalid):
    """A table has no more lines than one import reads."""

    title_zh = "公开表行数过多"


class BeyondTheFeed(Invalid):
    """A reader goes on behind a word that has been said."""

    title_zh = "所给序号超出公开信息流"
