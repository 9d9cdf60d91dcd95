"""Every way scoring says no: values, the inflation index, the sandbox."""

from shared.domain.refusals import Conflict, Invalid


class UnitNotConvertible(Invalid):
    """A value is told in the unit of its indicator, or in another unit of money."""

    title_zh = "填报值的计量单位与指标不一致且无法换算"


class NothingRechecked(Conflict):
    """There is an inflation index once a re-check was concluded."""

    title_zh = "该年度尚无抽查复核结果，无法公布自评虚高指数"


class RegionNotSaid(Invalid):
    """Whoever is bound to no region says which one is meant."""

    title_zh = "请指明地区"


class YearTooLarge(Invalid):
    """A replay takes the reports of one prefecture, not of a province."""

    title_zh = "重放范围过大，请缩小地区"
