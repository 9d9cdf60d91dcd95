"""How an application form says no."""

from shared.domain.refusals import Conflict, Invalid


class FundsDoNotAddUp(Invalid):
    """The funds of a project are the sum of what each source gives."""

    title_zh = "资金总额与各来源之和不一致"


class FundsNegative(Invalid):
    """No source gives less than nothing."""

    title_zh = "资金不得为负数"


class PeriodReversed(Invalid):
    """A project ends on or after the day it begins."""

    title_zh = "项目终止时间早于起始时间"


class FormTooLong(Invalid):
    """One file holds at most as many lines as one import reads."""

    title_zh = "一个文件的行数超过一次导入的上限"


class NotOnTheForm(Conflict):
    """Some of these targets say what the table has no cell for."""

    title_zh = "部分绩效目标的内容无法在表格中表示"
