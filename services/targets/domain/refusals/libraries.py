"""How a library says no, to those who keep it and to those who take from it."""

from shared.domain.refusals import Conflict, Invalid, NotFound


class LibraryUnknown(NotFound):
    """The library has no classes yet."""

    title_zh = "该库尚无内容"


class LibraryEntryUnknown(NotFound):
    """The library has no entry with this code."""

    title_zh = "该库没有此编码的条目"


class LibraryClassEmpty(Invalid):
    """A class of a library needs at least one entry."""

    title_zh = "库的类别至少需要一个条目"


class LibraryEntryRepeated(Invalid):
    """Two entries of a class carry the same code."""

    title_zh = "同一类别中条目编码重复"


class LibraryCodeTaken(Conflict):
    """An entry of another class of the library carries this code."""

    title_zh = "该编码已被本库其他类别的条目使用"


class LibraryLevelsDisagree(Invalid):
    """The level-2 part does not belong to the level-1 part."""

    title_zh = "二级指标不属于所列一级指标"


class LibraryNatureContradicted(Invalid):
    """A qualitative indicator has no number, and a quantitative one is measured by a number."""

    title_zh = "定性指标不设数值，定量指标须以数值衡量"


class LibraryTermReversed(Invalid):
    """The last day of use lies before the first."""

    title_zh = "停用日期早于启用日期"


class CaseOutsideCaseLibrary(Invalid):
    """Only a model case consists of indicators."""

    title_zh = "只有案例库的条目可以包含指标"


class CaseWeightsWrong(Invalid):
    """The weights of a model case sum to 90, and none is below 1."""

    title_zh = "案例各指标权重合计须为90，且单项不低于1"


class CaseRowNameless(Invalid):
    """The first row of a model case gives its code and its name."""

    title_zh = "案例首行须填写案例编码和名称"


class LibraryCodeUnknown(Invalid):
    """No published library has an entry with this code."""

    title_zh = "已发布的库中没有此编码的条目"


class LibraryCodeAmbiguous(Invalid):
    """Several libraries have an entry with this code."""

    title_zh = "多个库中存在此编码，须注明所属库"


class LibraryCodeMissing(Invalid):
    """A library is named, but no entry of it."""

    title_zh = "已注明库但未填条目编码"


class RetiredEntryTaken(Conflict):
    """A retired entry cannot be taken into a target any more."""

    title_zh = "已停用的条目不得再选用"


class EntryOutOfTerm(Conflict):
    """The entry may not be taken on this day: its term has not begun or is over."""

    title_zh = "条目不在启用期限内，不得选用"
