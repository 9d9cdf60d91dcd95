"""Personal numbers in a text: found however they are spaced or written, and masked (D).

What is masked is an identity number (15 or 18 places with a date of birth), a phone number, a
bank account (16 digits and more, or 9 and more behind the word for account) and an e-mail address.
Digits may be full-width or Chinese and stand apart by spaces or dashes. Amounts of money, codes
of projects and document numbers stay. Names nobody can know: a person looks at every text before
it is shown.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from services.disclosure.domain.comment.values import Masked

LABELS: Final = {
    Masked.ID_NUMBER: "〔证件号码已隐去〕",
    Masked.PHONE: "〔电话号码已隐去〕",
    Masked.BANK_ACCOUNT: "〔银行账号已隐去〕",
    Masked.EMAIL: "〔电子邮箱已隐去〕",
}
REDACTED: Final = "〔已隐去〕"
_DIGITS: Final = {
    ord(written): str(value)
    for written_all in ("〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖")
    for value, written in enumerate(written_all)
} | {ord("○"): "0", ord("幺"): "1", ord("两"): "2"}
_NARROW: Final = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}  # full-width forms
# Digits that may stand apart by one space or dash; not the end of a code such as 6531T0042.
_RUN: Final = re.compile(r"(?<![0-9])(?<![0-9][A-Za-z])\d(?:[ \u3000\-—_]?\d){6,}(?:[ \-—]?[Xx])?")
_EMAIL: Final = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_DAY: Final = re.compile(r"(?<!\d)(?:19|20)\d{2}-(?:0?[1-9]|1[0-2])-(?:[12]\d|3[01]|0?[1-9])(?!\d)")
_APART: Final = re.compile(r"[ \u3000\-—_]")
_MONEY: Final = re.compile(r"\s*(?:\.\d|元|万|亿|圆)")
_ACCOUNT_BEFORE: Final = re.compile(r"(?:账|帐|卡|户)号?[^0-9]{0,4}$")
_BIRTH: Final = r"(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_ID: Final = re.compile(
    rf"[1-9]\d{{5}}{_BIRTH}\d{{3}}[\dXx]|[1-9]\d{{5}}\d{{2}}(?:0[1-9]|1[0-2])"
    r"(?:0[1-9]|[12]\d|3[01])\d{3}"
)
_PHONE: Final = re.compile(r"(?:(?:00)?86)?1[3-9]\d{9}|0\d{2,3}[2-9]\d{6,7}|400\d{7}")
_CARD: Final = re.compile(r"\d{16,}")
_ACCOUNT: Final = re.compile(r"\d{9,25}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Screened:
    """A text that may be kept, and the kinds of what was taken out of it."""

    text: str
    masked: tuple[Masked, ...]


def screened(text: str) -> Screened:
    """The text with every personal number masked. Screening it again changes nothing."""
    # One character for one, so that what is found in the plain text is found in the other.
    plain = text.translate(_NARROW)
    found = sorted((*_emails(plain), *_numbers(plain.translate(_DIGITS))))
    kept, at = [], 0
    for start, end, kind in found:
        if end <= at:
            continue
        kept += [text[at:start], LABELS[kind]]
        at = end
    kinds = dict.fromkeys(kind for _, _, kind in found)
    return Screened(text="".join([*kept, text[at:]]), masked=tuple(sorted(kinds)))


def _emails(plain: str) -> Iterator[tuple[int, int, Masked]]:
    return ((one.start(), one.end(), Masked.EMAIL) for one in _EMAIL.finditer(plain))


def _numbers(plain: str) -> Iterator[tuple[int, int, Masked]]:
    undated = _DAY.sub(lambda day: "." * len(day.group()), plain)
    for run in _RUN.finditer(undated):
        kind = _kind(undated, run.start(), run.end())
        if kind is not None:
            yield run.start(), run.end(), kind
        else:
            yield from _pieces(undated, run.start(), run.end())


def _pieces(plain: str, start: int, end: int) -> Iterator[tuple[int, int, Masked]]:
    """What stands apart inside a run: two phone numbers side by side."""
    at = start
    for piece in _APART.split(plain[start:end]):
        kind = _kind(plain, at, at + len(piece))
        if kind is not None:
            yield at, at + len(piece), kind
        at += len(piece) + 1


def _kind(plain: str, start: int, end: int) -> Masked | None:
    digits = re.sub(r"[^0-9Xx]", "", plain[start:end])
    if _ID.fullmatch(digits):
        return Masked.ID_NUMBER
    if _MONEY.match(plain, end):
        return None
    if _PHONE.fullmatch(digits):
        return Masked.PHONE
    number = digits.rstrip("Xx")
    if _CARD.fullmatch(number):
        return Masked.BANK_ACCOUNT
    if _ACCOUNT.fullmatch(number) and _ACCOUNT_BEFORE.search(plain[max(0, start - 8) : start]):
        return Masked.BANK_ACCOUNT
    return None
