"""Amounts, days and codes as they stand on an official form."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from services.targets.api.vocabulary import VOCABULARY

FEN_PER_WAN: Final = 1_000_000
CENTS: Final = Decimal("0.01")


def wan(fen: int | None) -> str:
    """An amount in 万元: two decimals, up to six where the fen need them."""
    if fen is None:
        return ""
    exact = Decimal(fen) / FEN_PER_WAN
    short = exact.quantize(CENTS)
    return format(short if short == exact else exact.normalize(), "f")


def day(on: date | str | None) -> str:
    """2021年3月1日."""
    found = date.fromisoformat(on) if isinstance(on, str) else on
    return f"{found.year}年{found.month}月{found.day}日" if found else ""


def period(begins: str | None, ends: str | None) -> str:
    """From a day to a day."""
    return f"{day(begins)}—{day(ends)}" if begins or ends else ""


def term(enum: str, code: str | None) -> str:
    """What a code is called in Chinese."""
    return VOCABULARY[enum][code][0] if code else ""


def terms(enum: str, codes: Mapping[str, Any] | list[str]) -> str:
    """What several codes are called."""
    return "、".join(term(enum, code) for code in codes)


def signed(said: str, by: str, on: date | None) -> str:
    """An opinion with its signature; empty where nobody has signed."""
    return f"{said}（{by}，{day(on)}）" if by else ""
