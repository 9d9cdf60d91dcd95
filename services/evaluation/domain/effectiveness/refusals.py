"""Every way the effectiveness evaluation says no."""

from shared.domain.refusals import Conflict, Forbidden, Invalid, NotFound


class EffectivenessPlanUnknown(NotFound):
    """There is no such plan of an effectiveness evaluation."""

    title_zh = "未找到该实效评价方案"


class EffectivenessUnknown(NotFound):
    """There is no such effectiveness evaluation."""

    title_zh = "未找到该实效评价"


class EffectivenessStepOutOfOrder(Conflict):
    """The steps of an effectiveness evaluation are taken in their order."""

    title_zh = "实效评价步骤顺序不符"


class IndicatorsFixedTooLate(Conflict):
    """The indicators are fixed before the period starts: nobody is judged by later rules."""

    title_zh = "评价指标须在评价期开始前确定"


class CutOffTooEarly(Invalid):
    """The data are cut off when the period is over, or later."""

    title_zh = "数据截止日不得早于评价期结束日"


class SubjectOutsideRegion(Invalid):
    """A bureau evaluates the units of its own level and the counties below it."""

    title_zh = "评价对象不属于本级或所辖县市"


class SubjectTwice(Invalid):
    """A plan names every subject once."""

    title_zh = "评价对象重复"


class AspectUnknown(Invalid):
    """The framework of this evaluation has no such aspect."""

    title_zh = "评价体系中没有该项内容"


class AspectComputed(Conflict):
    """What the system computed is not judged by hand; it is objected to, or corrected later."""

    title_zh = "系统已计算的得分不得人工评分"


class AspectNotJudged(Invalid):
    """What the system cannot compute is judged by a person with a document, never left full."""

    title_zh = "系统未取得数据的内容须凭文件人工评分"


class ExtraPointsOutOfRange(Invalid):
    """Bonus and penalty stay within what the rule set allows."""

    title_zh = "加减分超出规则集上限"


class ObjectionWindowNotOpen(Conflict):
    """A result is objected to within the days that the rule set gives."""

    title_zh = "不在异议期内"


class ObjectionWindowNotOver(Conflict):
    """A score becomes final when the days to object are over and every objection is decided."""

    title_zh = "异议期未满或异议尚未处理"


class EffectivenessObjectedOnce(Conflict):
    """A subject objects once; it says everything in one paper."""

    title_zh = "对同一评价结果只能提出一次异议"


class NoEffectivenessObjection(Conflict):
    """There is no objection to decide."""

    title_zh = "没有待处理的异议"


class ObjectionJudgedByScorer(Forbidden):
    """An objection is decided by somebody who neither scored nor filed it."""

    title_zh = "异议须由评分人、提出人以外的人员处理"


class UnitsNotFinal(Conflict):
    """A county's score rests on the final scores of the units of its own level."""

    title_zh = "县市本级单位实效评价结果尚未确定"


class SubjectsNotFinal(Conflict):
    """Only final scores are ranked."""

    title_zh = "尚有评价对象结果未确定，不得排名"
