"""Why a statement says no."""

from shared.domain.refusals import Conflict, Invalid, NotFound


class StatementNotTaken(NotFound):
    """No message was taken under this number."""

    title_zh = "没有该编号的报文"


class MessageReused(Conflict):
    """Another message was taken under this number."""

    title_zh = "该报文编号已用于另一份报文"


class LineUnknown(NotFound):
    """The statement keeps no line of this number."""

    title_zh = "该报文没有此编号的待处理明细"


class LineResolved(Conflict):
    """The line was resolved otherwise."""

    title_zh = "该明细已作其他处理"


class AmountInYuanMissing(Invalid):
    """A line in another currency needs its amount in yuan."""

    title_zh = "外币明细需填写人民币金额"


class LineMovesNothing(Conflict):
    """An answer of a bank moves no money: there is nothing a ledger could book."""

    title_zh = "银行回执不产生资金变动，不能指定入账"


class NoteMissing(Invalid):
    """A line is rejected with a reason."""

    title_zh = "退回明细须说明理由"
