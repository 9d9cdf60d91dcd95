"""A file of up to 20 MiB by its content type: what it is must be what it says it is."""

from collections.abc import Mapping
from typing import Final

from services.monitoring.api.bank.refusals import (
    FileTooLong,
    FileUnreadable,
    MessageCarriesNoLines,
    MessageIdMissing,
)
from services.monitoring.domain.statement.lines import BankLine, BankMessage
from services.monitoring.domain.statement.vouchers import VOUCHERS, Voucher

XML: Final = "application/xml"
TEXT_XML: Final = "text/xml"
CSV: Final = "text/csv"
JSON: Final = "application/json"
NDJSON: Final = "application/x-ndjson"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS: Final = (XML, TEXT_XML, CSV, NDJSON, JSON, XLSX)
LINES_MAX: Final = 20_000
_BEGINS: Final[Mapping[str, tuple[bytes, ...]]] = {
    XML: (b"<",),
    TEXT_XML: (b"<",),
    JSON: (b"{",),
    NDJSON: (b"{",),
    XLSX: (b"PK\x03\x04",),
}
_OTHERS: Final = (b"<", b"PK\x03\x04", b"{", b"%PDF", b"\xd0\xcf\x11\xe0")


def expect_kind(kind: str, beginning: bytes) -> None:
    """Refuse a file that does not begin as its content type does."""
    start = beginning.removeprefix(b"\xef\xbb\xbf").lstrip()
    wanted = _BEGINS.get(kind)
    fits = start.startswith(wanted) if wanted else not start.startswith(_OTHERS)
    if not fits and not (kind in {XML, TEXT_XML} and start[:1] in {b"\xff", b"\xfe", b"\x00"}):
        raise FileUnreadable(
            f"The file does not begin as {kind} does.",
            remedy="Send the file with the content type that it has.",
            detail_zh=f"文件内容不是 {kind}。",
            remedy_zh="请按文件的实际类型设置 Content-Type。",
        )


def read_file(
    content: bytes, kind: str, message_id: str, vouchers: Mapping[str, Voucher] = VOUCHERS
) -> BankMessage:
    """The message of a file. A bank message has its own number, a list may be given one."""
    expect_kind(kind, content[:64])
    message = _read(content, kind, message_id, vouchers)
    count = len(message.lines) + len(message.answers)
    if count > LINES_MAX:
        raise FileTooLong(
            f"It has {count:,} lines; at most {LINES_MAX:,} are reported first.",
            remedy="Send a CSV or NDJSON list with accept=true: it is booked as it comes.",
            detail_zh=f"共 {count:,} 行；先核对后入账最多 {LINES_MAX:,} 行。",
            remedy_zh="请以 CSV 或 NDJSON 格式并带 accept=true 上传，边读边入账。",
        )
    return message


def _read(
    content: bytes, kind: str, message_id: str, vouchers: Mapping[str, Voucher]
) -> BankMessage:
    if kind in {XML, TEXT_XML}:
        return _bank_message(content)
    # The readers of workbooks and lists are imported where a list comes.
    from services.monitoring.api.bank import tables  # noqa: PLC0415

    if kind == JSON:
        own, lines = tables.read_json(content, vouchers)
        return _list(kind, own or message_id, tuple(lines))
    readers = {CSV: tables.read_csv, NDJSON: tables.read_ndjson, XLSX: tables.read_xlsx}
    return _list(kind, message_id, tuple(readers[kind](content, vouchers)))


def _bank_message(content: bytes) -> BankMessage:
    # A parser of XML weighs megabytes: it is there where a message comes.
    from services.monitoring.api.bank.answers import ANSWERS, answers_of  # noqa: PLC0415
    from services.monitoring.api.bank.entries import STATEMENTS, read_entries  # noqa: PLC0415
    from services.monitoring.api.bank.messages import valid_message  # noqa: PLC0415
    from services.monitoring.api.bank.returns import read_returns  # noqa: PLC0415

    form, root = valid_message(content)
    if form[:8] in STATEMENTS:
        return read_entries(form, root)
    if form.startswith("pacs.004"):
        return read_returns(form, root)
    if form[:8] in ANSWERS:
        return answers_of(form, root)
    raise MessageCarriesNoLines(
        f"{form} tells of no money that moved, and answers no payment order.",
        remedy="Send camt.052/053/054, pacs.004, pain.002 or camt.029.",
        detail_zh=f"{form} 不含资金变动，也不是支付指令的回执。",
        remedy_zh="请上传 camt.052/053/054、pacs.004、pain.002 或 camt.029。",
    )


def _list(kind: str, message_id: str, lines: tuple[BankLine, ...]) -> BankMessage:
    if not message_id:
        raise MessageIdMissing(
            "A payment list has no number of its own.",
            pointer="/message_id",
            remedy="Say message_id in the query: the number under which the treasury sent it.",
            detail_zh="支付清单没有编号。",
            remedy_zh="请在查询参数 message_id 中填写国库下发的编号。",
        )
    return BankMessage(form=kind, message_id=message_id, lines=lines)
