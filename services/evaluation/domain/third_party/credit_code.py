"""统一社会信用代码: eighteen characters of which the last one checks the others (GB 32100-2015)."""

import re
from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS: Final = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_SHAPE: Final = re.compile(rf"[{ALPHABET}]{{18}}", re.ASCII)


def check_character(first: str) -> str:
    """The character that belongs at the end of seventeen others."""
    total = sum(ALPHABET.index(one) * weight for one, weight in zip(first, WEIGHTS, strict=True))
    return ALPHABET[-total % len(ALPHABET)]


def is_credit_code(code: str) -> bool:
    """Whether it has the shape and the right check character."""
    return bool(_SHAPE.fullmatch(code)) and check_character(code[:-1]) == code[-1]
