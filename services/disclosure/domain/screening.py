"""Free text is searched for what tells of a person: identity numbers, mobile numbers, accounts.

A person who reviews secrecy sees every place that was found; what nobody looked at again (facts
decided anew that correct a told item by themselves) is masked by the same rule, never by hand
(`reliability` §4.3, S13). Fixed-line numbers of offices are no personal data and are left alone.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final
from unicodedata import normalize

from shared.domain.decider import Json

STRUCTURED: Final = ("_code", "_sha256", "_id", "_no")
"""Endings of fields that hold numbers of things, never words about persons."""
LONG: Final = re.compile(r"\d(?:[^\w]?\d){9}")
"""Ten digits of any script with at most a sign between two: nothing shorter tells of anybody."""
_ID_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643
_ID_CHECKS: Final = "10X98765432"
_NUMBER: Final = re.compile(r"(?<![0-9A-Za-z])\d(?:[ -]?\d){9,21}[Xx]?(?![0-9A-Za-z])")
_ACCOUNT_WORD: Final = re.compile(r"(?:账号|帐号|账户|卡号)[:\s]*$")
_MOBILE: Final = re.compile(r"1[3-9]\d{9}").fullmatch
_CARD: Final = re.compile(r"62\d{14,17}|[3-5]\d{15}").fullmatch
_DOUBLED_MAX: Final = 9
_WORD_BEFORE: Final = 8


class Trace(StrEnum):
    """What a text gives away."""

    IDENTITY_NUMBER = "IDENTITY_NUMBER"
    MOBILE_NUMBER = "MOBILE_NUMBER"
    BANK_ACCOUNT = "BANK_ACCOUNT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspicion:
    """A place in a content, as a JSON Pointer, and what it seems to give away."""

    pointer: str
    trace: Trace


def screened(content: object, pointer: str = "") -> Sequence[Suspicion]:
    """Every place that seems to tell of a person."""
    return tuple(_screened(content, pointer))


def masked(text: str) -> str:
    """The text with asterisks in place of whatever was found; the rest as it was written."""
    spelt = [normalize("NFKC", one) for one in text]
    places = [place for place, one in enumerate(spelt) for _ in one]
    hidden = {place for start, end, _ in _found("".join(spelt)) for place in places[start:end]}
    return "".join("*" if place in hidden else one for place, one in enumerate(text))


def masked_content(content: Json) -> Json:
    """The same content, its free texts masked."""
    return {name: _masked(value, name) for name, value in content.items()}


def _masked(value: object, name: str) -> object:
    match value:
        case str() if not name.endswith(STRUCTURED):
            return masked(value)
        case Mapping():
            return {str(key): _masked(inner, str(key)) for key, inner in value.items()}
        case list():
            return [_masked(inner, name) for inner in value]
        case _:
            return value


def _screened(value: object, pointer: str) -> Iterator[Suspicion]:
    """Pointers are only written where something is found: most contents have nothing."""
    if isinstance(value, str):
        if LONG.search(value) is None or pointer.endswith(STRUCTURED):
            return
        for trace in dict.fromkeys(trace for _, _, trace in _found(normalize("NFKC", value))):
            yield Suspicion(pointer=pointer, trace=trace)
    elif isinstance(value, dict):
        for name, inner in value.items():
            if _worth_reading(inner):
                escaped = str(name).replace("~", "~0").replace("/", "~1")
                yield from _screened(inner, f"{pointer}/{escaped}")
    elif isinstance(value, list | tuple):
        for number, inner in enumerate(value):
            if _worth_reading(inner):
                yield from _screened(inner, f"{pointer}/{number}")


def _worth_reading(value: object) -> bool:
    if isinstance(value, str):
        return LONG.search(value) is not None
    return isinstance(value, dict | list | tuple)


def _found(text: str) -> Iterator[tuple[int, int, Trace]]:
    if LONG.search(text) is None:
        return
    for match in _NUMBER.finditer(text):
        digits = re.sub(r"[ -]", "", match[0]).upper()
        before = text[max(0, match.start() - _WORD_BEFORE) : match.start()]
        trace = next((trace for trace, fits in _TRACES if fits(digits)), None)
        if trace is None and _ACCOUNT_WORD.search(before):
            trace = Trace.BANK_ACCOUNT
        if trace is not None:
            yield match.start(), match.end(), trace


def _identity(digits: str) -> bool:
    """A resident identity number: a day of birth and the check digit of GB 11643."""
    if re.fullmatch(r"\d{17}[\dX]", digits) is None:
        return False
    try:
        date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        return False
    total = sum(w * int(d) for w, d in zip(_ID_WEIGHTS, digits, strict=False))
    return _ID_CHECKS[total % len(_ID_CHECKS)] == digits[-1]


def _mobile(digits: str) -> bool:
    return _MOBILE(digits) is not None


def _card(digits: str) -> bool:
    """A card number: an issuer's first digits and the check digit of Luhn (ISO/IEC 7812)."""
    if _CARD(digits) is None:
        return False
    doubled = [int(d) * (2 if place % 2 else 1) for place, d in enumerate(reversed(digits))]
    return sum(one - 9 if one > _DOUBLED_MAX else one for one in doubled) % 10 == 0


_TRACES: Final[tuple[tuple[Trace, Callable[[str], bool]], ...]] = (
    (Trace.IDENTITY_NUMBER, _identity),
    (Trace.MOBILE_NUMBER, _mobile),
    (Trace.BANK_ACCOUNT, _card),
)
