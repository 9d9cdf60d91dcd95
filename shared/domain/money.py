"""Money: whole fen of yuan, exact in every sum, two decimals in every text.

Source: Budget Law art. 19 (the accounting unit is the yuan); `interfaces` of the product fix
the text form: an optional minus, no leading zeros, exactly two decimals, no exponent.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, Self

FEN_PER_YUAN: Final = 100
PATTERN: Final = r"^-?(0|[1-9]\d{0,15})\.\d{2}$"
_TEXT: Final = re.compile(PATTERN, re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount of yuan, held as a whole number of fen."""

    fen: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the one permitted form, `"1490000000.00"`; anything else is a `ValueError`."""
        if not _TEXT.fullmatch(text):
            raise ValueError('money is a text of yuan with two decimals, like "1490000000.00"')
        return cls(int(text[:-3] + text[-2:]))

    @classmethod
    def total(cls, amounts: Iterable["Money"]) -> Self:
        """The exact sum."""
        return cls(sum(amount.fen for amount in amounts))

    def __str__(self) -> str:
        """The one permitted form."""
        sign, fen = ("-", -self.fen) if self.fen < 0 else ("", self.fen)
        return f"{sign}{fen // FEN_PER_YUAN}.{fen % FEN_PER_YUAN:02d}"

    def __add__(self, other: "Money") -> "Money":
        """Exact."""
        return Money(self.fen + other.fen)

    def __sub__(self, other: "Money") -> "Money":
        """Exact."""
        return Money(self.fen - other.fen)

    def __neg__(self) -> "Money":
        """Exact."""
        return Money(-self.fen)

    def __bool__(self) -> bool:
        """Whether it is anything at all."""
        return self.fen != 0

    def times(self, ratio: Decimal) -> "Money":
        """A share of it, rounded half up to the fen, once."""
        return Money(int((self.fen * ratio).quantize(Decimal(1), ROUND_HALF_UP)))

    def ratio_to(self, whole: "Money") -> Decimal:
        """How many times `whole` it is; zero when `whole` is zero."""
        return Decimal(self.fen) / Decimal(whole.fen) if whole.fen else Decimal(0)


ZERO: Final = Money(0)
