"""Every way a recovery says no, beside those of the service."""

from shared.domain.refusals import Invalid


class LedgerSaysOtherwise(Invalid):
    """What is told of quota, contracts or frozen money is what the ledger says."""

    title_zh = "所填金额与账簿不符"


class RecoverableFell(Invalid):
    """Less is recoverable now than was claimed; no more than that is approved."""

    title_zh = "可收回金额已低于认定时的金额"


class MoreThanBooked(Invalid):
    """No more is reallocated than is left of the booked money."""

    title_zh = "统筹金额超过已收回未统筹金额"


class ReturnedToItself(Invalid):
    """Recovered money does not go back to the project it was taken from."""

    title_zh = "收回资金不得回到原项目"


class MoneyLeftUnexplained(Invalid):
    """Whoever closes a recovery says where the money is that was not reallocated."""

    title_zh = "尚有资金未统筹，办结须说明去向"
