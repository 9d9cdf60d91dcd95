"""How the registers say no, and what all decisions share."""

from shared.domain.refusals import Conflict, Invalid, NotFound


class RegionUnknown(NotFound):
    """The region is not registered."""

    title_zh = "地区尚未登记"


class RegionAlreadyRegistered(Conflict):
    """The region is registered with another name or superior."""

    title_zh = "地区已按其他内容登记"


class UnitUnknown(NotFound):
    """The budget unit is not registered."""

    title_zh = "预算单位尚未登记"


class UnitAlreadyRegistered(Conflict):
    """The budget unit is registered with other particulars."""

    title_zh = "预算单位已按其他内容登记"


class UnitOfAnotherRegion(Invalid):
    """The unit does not belong to this region."""

    title_zh = "预算单位不属于该地区"


class OneOfficeForBoth(Invalid):
    """The business and the finance office must be answered for by two different persons."""

    title_zh = "业务科室与财务科室的责任人不能是同一人"


class PersonUnnamed(Invalid):
    """Business office, finance office and head must each be named."""

    title_zh = "业务、财务和单位负责人均须具名"


class ReasonMissing(Invalid):
    """A decision like this needs a reason."""

    title_zh = "须说明理由"


class AmountNotPositive(Invalid):
    """The amount must be more than zero."""

    title_zh = "金额必须大于零"
