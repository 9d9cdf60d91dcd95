"""Numbers that identify people and enterprises: their form, their check digit, their mask.

Sources: GB 11643-1999 (公民身份号码, check digit by ISO 7064 MOD 11-2), GB 32100-2015
(统一社会信用代码, MOD 31-3). Nothing here ever puts a number into a message.
"""

import re
from datetime import date
from typing import Final

ID_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ID_CHECKS: Final = "10X98765432"
CREDIT_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_WEIGHTS: Final = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
SHOWN_FIRST: Final = 6
SHOWN_LAST: Final = 4
STAR: Final = "*"
_ID: Final = re.compile(r"\d{17}[\dX]", re.ASCII)
_CREDIT: Final = re.compile(rf"[{CREDIT_ALPHABET}]{{18}}", re.ASCII)


def normal(number: str) -> str:
    """The one form of a number: no spaces, capital letters."""
    return number.strip().upper()


def is_id_number(number: str) -> bool:
    """Whether it is an 18-digit identity number with a real birthday and a right check digit."""
    if _ID.fullmatch(number) is None:
        return False
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, ID_WEIGHTS, strict=False))
    return number[-1] == ID_CHECKS[total % len(ID_CHECKS)]


def is_credit_code(code: str) -> bool:
    """Whether it is a unified social credit code with a right check character."""
    if _CREDIT.fullmatch(code) is None:
        return False
    places = (CREDIT_ALPHABET.index(sign) for sign in code)
    total = sum(place * weight for place, weight in zip(places, CREDIT_WEIGHTS, strict=False))
    modulus = len(CREDIT_ALPHABET)
    return code[-1] == CREDIT_ALPHABET[-total % modulus]


def masked_name(name: str) -> str:
    """张三 → 张*: the first sign, and a star for each of the others."""
    text = name.strip()
    return text[:1] + STAR * max(1, len(text) - 1)


def masked_number(number: str) -> str:
    """653101199001011234 → 653101********1234."""
    hidden = len(number) - SHOWN_FIRST - SHOWN_LAST
    if hidden <= 0:
        return STAR * len(number)
    return number[:SHOWN_FIRST] + STAR * hidden + number[-SHOWN_LAST:]
