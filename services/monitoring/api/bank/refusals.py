"""Why a file of a bank or of the treasury is not read."""

from shared.domain.refusals import Conflict, Invalid


class MessageUnknown(Invalid):
    """The document is no bank message that is known here."""

    title_zh = "不支持的银行报文"


class MessageCarriesNoLines(Invalid):
    """The message says nothing of money that moved; it belongs to payment orders."""

    title_zh = "报文不含资金变动信息"


class FileUnreadable(Invalid):
    """The file is not what its content type says."""

    title_zh = "文件内容与类型不符"


class ColumnsMissing(Invalid):
    """The file lacks columns without which no line can be read."""

    title_zh = "文件缺少必需的列"


class MessageIdMissing(Invalid):
    """A file without a number of its own needs one from whoever sends it."""

    title_zh = "缺少报文编号"


class FileTooLong(Invalid):
    """The file has more lines than are reported before they are booked."""

    title_zh = "文件行数过多"


class FileNotReported(Conflict):
    """Only a file whose report was made can be accepted."""

    title_zh = "文件尚未生成核对报告"
