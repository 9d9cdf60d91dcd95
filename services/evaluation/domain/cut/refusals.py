"""Every way a cut says no, beside those of the service."""

from shared.domain.refusals import Invalid


class NotSimilar(Invalid):
    """Two projects of one type share unit, function code and most of their name, or their code."""

    title_zh = "两个项目不属于同类型项目"


class RequestedContradicted(Invalid):
    """The application was registered with another amount."""

    title_zh = "申请额与登记的申请额不符"
