"""JSON records of a file, one a line: flat objects of texts, numbers read as texts."""

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

type Record = dict[str, str]


class RecordUnreadable(ValueError):
    """The line is no flat JSON object of texts; the message says why."""


class _Keyed(msgspec.Struct):
    """All that dealing has to know of a record: the project it is of."""

    pro_code: str = ""


class _List(msgspec.Struct, frozen=True):
    """Records in one document, which may have a number."""

    lines: list[dict[str, str | int | None]]
    message_id: str = ""


_record: Final = msgspec.json.Decoder(dict[str, str | int | None]).decode
_list: Final = msgspec.json.Decoder(_List).decode
_keyed: Final = msgspec.json.Decoder(_Keyed).decode
_WRONG: Final = (msgspec.MsgspecError, UnicodeDecodeError)


def read_record(text: bytes) -> Record:
    """The fields of a line."""
    if b"\\u0000" in text:
        raise RecordUnreadable("it holds the character NUL")
    try:
        return _texts(_record(text))
    except _WRONG as wrong:
        raise RecordUnreadable(f"no JSON object of texts: {wrong}"[:200]) from None


def read_records(content: bytes) -> tuple[str, Sequence[Record]]:
    """The records of a document, and its number."""
    if b"\\u0000" in content:
        raise RecordUnreadable("it holds the character NUL")
    try:
        found = _list(content)
    except _WRONG as wrong:
        raise RecordUnreadable(str(wrong)) from None
    return found.message_id, [_texts(one) for one in found.lines]


def project_of(text: bytes) -> str:
    """The field `pro_code` of a line; empty where it cannot be read."""
    try:
        return _keyed(text).pro_code
    except _WRONG:
        return ""


def _texts(record: Mapping[str, str | int | None]) -> Record:
    return {name: str(value).strip() for name, value in record.items() if value is not None}
