"""The short road of long lists: a plain row straight to the line of its ledger.

Nearly every row of a payment list is a payment that names its project, its year, its number, its
day and an amount in yuan. Such a row needs none of the questions of `place_of`; whatever is
different in any way takes the long road. Both lead to the same line.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from services.monitoring.api.bank.columns import (
    NUMBER_CHARACTERS_MAX,
    PURPOSE_CHARACTERS_MAX,
    Record,
)
from services.monitoring.domain.statement.sorting import Known, LedgerKey
from services.monitoring.domain.statement.vouchers import Voucher
from services.monitoring.domain.treasury_line import LineKind, TreasuryLine
from shared.domain.money import Money

_DAY_CHARACTERS: Final = 10
_YEAR_CHARACTERS: Final = 4
_AMOUNT_CHARACTERS_MAX: Final = 18
_TEXTS_KEPT_MAX: Final = 10_000
_EMPTY: Final = frozenset({""})
_READ: Final = (
    "pay_cert_no", "pro_code", "fiscal_year", "xpay_amt", "xpay_date", "act_lqd_date",
    "agent_business_no", "use_des", "reason_code", "contract_no",
)  # fmt: skip
"""The fields that a plain line is made of, in the order in which `_line` takes them."""
_PLAIN: Final[Mapping[str, frozenset[str]]] = {
    "is_deleted": frozenset({"", "2"}),
    "is_dir_code": frozenset({"", "1", "2"}),
    "currency": frozenset({"", "CNY"}),
    "pay_acct_no": _EMPTY,
    "recovery_id": _EMPTY,
    "ori_pay_cert_no": _EMPTY,
}
"""What the other fields say of a plain payment; anything else takes the long road."""

type Plain = tuple[LedgerKey, TreasuryLine]


@dataclass(slots=True)
class PlainRows:
    """Reads the plain rows of one list; `names` are its columns, where it is a table.

    What many rows share, a day or a project and year, is read once.
    """

    source: str
    vouchers: Mapping[str, Voucher]
    names: Sequence[str] = ()
    _days: dict[str, date | None] = field(default_factory=dict)
    _keys: dict[tuple[str, str], LedgerKey | None] = field(default_factory=dict)
    _places: tuple[int, ...] = ()
    _asked: tuple[tuple[int, frozenset[str]], ...] = ()
    _plain: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Find out which columns there are. A column nobody sent is empty in every row."""
        payments = (one for one, use in self.vouchers.items() if use is Voucher.PAYMENT)
        self._plain = {**_PLAIN, "voucher_no": frozenset({"", *payments})}
        # Of two columns with one name the first counts.
        at = {name: place for place, name in reversed(list(enumerate(self.names)))}
        self._places = tuple(at.get(name, len(self.names)) for name in _READ)
        self._asked = tuple((at[name], told) for name, told in self._plain.items() if name in at)

    def of_row(self, row: Sequence[str], place: int) -> Plain | None:
        """The line of a row of a table; nothing where it is anything else."""
        if len(row) != len(self.names):
            return None
        texts = [*map(str.strip, row), ""]
        for at, told in self._asked:
            if texts[at] not in told:
                return None
        return self._line([texts[at] for at in self._places], place)

    def of_record(self, record: Record, place: int) -> Plain | None:
        """The line of a record; nothing where it is anything else."""
        get = record.get
        for name, told in self._plain.items():
            if get(name, "") not in told:
                return None
        return self._line([get(name, "") for name in _READ], place)

    def _line(self, texts: Sequence[str], place: int) -> Plain | None:
        number, code, year, amount, day, cleared, reference, purpose, reason, contract = texts
        key = self._keys.get((code, year)) or self._key(code, year)
        booked_on = self._days.get(day) or self._day(day)
        value_on = (self._days.get(cleared) or self._day(cleared)) if cleared else None
        fen = _fen(amount)
        if (
            key is None
            or booked_on is None
            or not fen
            or not 0 < len(number) <= NUMBER_CHARACTERS_MAX
            or len(reference) > NUMBER_CHARACTERS_MAX
            or (value_on is None and cleared)
        ):
            return None
        line = TreasuryLine(
            source_id=f"{self.source}/{place}",
            kind=LineKind.PAYMENT,
            payment_id=number,
            amount=Money(fen),
            booked_on=booked_on,
            value_on=value_on,
            bank_ref=reference,
            purpose=purpose[:PURPOSE_CHARACTERS_MAX],
            reason_code=reason,
            contract_no=contract,
        )
        return key, line

    def _key(self, code: str, year: str) -> LedgerKey | None:
        if len(self._keys) >= _TEXTS_KEPT_MAX:
            self._keys.clear()
        written = len(year) == _YEAR_CHARACTERS and year.isdecimal()
        named = 0 < len(code) <= NUMBER_CHARACTERS_MAX
        key = self._keys[code, year] = (code, int(year)) if written and named else None
        return key

    def _day(self, text: str) -> date | None:
        if len(self._days) >= _TEXTS_KEPT_MAX:
            self._days.clear()
        try:
            day = date.fromisoformat(text) if len(text) == _DAY_CHARACTERS else None
        except ValueError:
            day = None
        self._days[text] = day
        return day


def _fen(text: str) -> int:
    """Yuan with two decimals as fen; 0 for whatever is written otherwise."""
    if text[-3:-2] != "." or len(text) > _AMOUNT_CHARACTERS_MAX:
        return 0
    digits = text[:-3] + text[-2:]
    return int(digits) if digits.isdecimal() and digits.isascii() else 0


def in_reach(plain: Plain, known: Known) -> bool:
    """Whether its ledger is here, and neither an order nor anything else has its numbers."""
    (code, year), line = plain
    return (
        f"{code}-{year}" in known.ledgers
        and line.bank_ref not in known.references
        and line.payment_id not in known.orders
    )
