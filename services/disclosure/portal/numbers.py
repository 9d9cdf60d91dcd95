"""Amounts, shares and days as a reader of either language reads them; exact ones stay exact."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from shared.domain.money import Money
from shared.domain.workdays import SHANGHAI
from shared.http.language import Language

_FEN: Final = 100
_SHORT_ZH: Final = ((100_000_000, "亿元"), (10_000, "万元"))
_SHORT_EN: Final = ((1_000_000_000, "billion"), (1_000_000, "million"), (1_000, "thousand"))
_CENT: Final = Decimal("0.01")
_TENTH: Final = Decimal("0.1")


def short_money(fen: int, language: Language) -> str:
    """An amount in the largest unit it fills, with two decimals."""
    units = _SHORT_EN if language is Language.EN else _SHORT_ZH
    for yuan, name in units:
        if abs(fen) >= yuan * _FEN:
            amount = (Decimal(fen) / (yuan * _FEN)).quantize(_CENT, ROUND_HALF_UP)
            return f"CNY {amount:,} {name}" if language is Language.EN else f"{amount:,} {name}"
    return f"CNY {exact_money(fen)}" if language is Language.EN else f"{exact_money(fen)} 元"


def exact_money(fen: int) -> str:
    """An amount to the fen, in groups of three."""
    whole, _, cents = str(Money(fen)).partition(".")
    return f"{int(whole):,}.{cents}" if int(whole) else f"{whole}.{cents}"


def percent(share: Decimal | None) -> str:
    """A share of one, as per cent with one decimal; a dash for none."""
    if share is None:
        return "—"
    return f"{(share * 100).quantize(_TENTH, ROUND_HALF_UP):f}%"


def share_of(part: int, whole: int) -> Decimal | None:
    """A share; of nothing there is none."""
    return Decimal(part) / Decimal(whole) if whole > 0 else None


def plain(number: Decimal | None) -> str:
    """An exact number, as it was told; a dash for none."""
    return "—" if number is None else format(number, "f")


def moment(value: datetime) -> str:
    """An instant by the clocks of the country, to the second."""
    return value.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")


def day(value: date | None) -> str:
    """A day as everybody sorts it; a dash for none."""
    return "—" if value is None else value.isoformat()
