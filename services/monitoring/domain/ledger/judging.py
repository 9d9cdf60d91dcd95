"""How one line of the treasury ends: booked, already known, a break, or refused.

A line that disagrees is never corrected on its own. The order of the questions is the order
of `interfaces` §4: is the line known, does it fit a payment, is it covered, is it in time.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from services.monitoring.domain.ledger.kinds import FOUND_IN, BreakKind
from services.monitoring.domain.ledger.reasons import WHY
from services.monitoring.domain.ledger.state import Ledger, LedgerState
from services.monitoring.domain.treasury_line import LineKind, LineOutcome, TreasuryLine
from shared.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How a line ends and why.

    Of a break, `known` is the amount on record under its number and `available` what could be
    spent when its turn came, and `break_id` its name; `earlier` is the name of the break that
    booking the line ends.
    """

    outcome: LineOutcome
    kind: BreakKind | None = None
    why: str = ""
    why_zh: str = ""
    known: Money | None = None
    available: Money | None = None
    break_id: str = ""
    earlier: str = ""


def _refused(why: str, why_zh: str) -> Verdict:
    return Verdict(outcome=LineOutcome.REFUSED, why=why, why_zh=why_zh)


def _known(why: str, why_zh: str) -> Verdict:
    return Verdict(outcome=LineOutcome.DUPLICATE, why=why, why_zh=why_zh)


BOOKED: Final = Verdict(outcome=LineOutcome.BOOKED)
_BOOKED_BEFORE: Final = _known("This line has been booked.", "该明细已入账")
_BROKEN_BEFORE: Final = _known("This line is a break that is kept already.", "该明细已列为对账差异")
_NO_LEDGER: Final = _refused(
    "There is no ledger: no target was approved for this project and year.",
    "该项目本年度尚无预算台账（绩效目标未批复）",
)
_NO_AMOUNT: Final = _refused(
    "An amount of money that moves is greater than zero; say a return as a return.",
    "金额必须大于零；退回请按退款明细报送",
)
_NO_NUMBER: Final = _refused(
    "A line without a payment number cannot be recognised again.", "缺少支付凭证号，无法识别"
)


def break_id(kind: BreakKind, line_id: str, amount: Money) -> str:
    """The same disagreement has the same name, however often the line is sent."""
    return f"{kind}:{line_id}:{amount}"


def _names(kind: BreakKind, line: TreasuryLine) -> tuple[str, str]:
    """What its break is called; the second name where the first stands for the other direction."""
    first = break_id(kind, line.line_id, line.amount)
    return first, f"{first}:{line.kind}"


@dataclass(slots=True)
class Tally:
    """A ledger and the lines of a file that have been judged so far; one line costs O(1).

    Only what the file adds is kept here, so nothing is copied however big the ledger is.
    """

    ledger: Ledger
    available: Money = field(init=False)
    payments: dict[str, Money] = field(default_factory=dict)
    returns: dict[str, dict[str, Money]] = field(default_factory=dict)
    sources: dict[str, Money] = field(default_factory=dict)
    breaks: dict[str, LineKind] = field(default_factory=dict)
    ended: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Start with what the ledger has available."""
        self.available = self.ledger.available

    def judge(self, line: TreasuryLine) -> Verdict:
        """How the line ends, and what it leaves for the lines that follow."""
        verdict = self._judged(line)
        if verdict.outcome is LineOutcome.BOOKED:
            self._book(line)
            self.ended.add(verdict.earlier)
        elif verdict.outcome is LineOutcome.BREAK:
            self.breaks[verdict.break_id] = line.kind
        return verdict

    def _judged(self, line: TreasuryLine) -> Verdict:
        if line.amount.fen <= 0:
            return _NO_AMOUNT
        if not line.payment_id and line.kind is LineKind.PAYMENT:
            return _NO_NUMBER
        numbered = self._numbered(line)
        told = self.sources.get(line.source_id) or self.ledger.sources.get(line.source_id)
        # Its number first, then its place in its message (`domain` §7.4).
        if line.amount in (numbered, told):
            return _BOOKED_BEFORE
        if told is not None or numbered is not None:
            return self._broken(line, BreakKind.AMOUNT_MISMATCH, told or numbered)
        return self._payment(line) if line.kind is LineKind.PAYMENT else self._return(line)

    def _payment(self, line: TreasuryLine) -> Verdict:
        if line.amount.fen > self.available.fen:
            return self._broken(line, BreakKind.BEYOND_AVAILABLE)
        return self._fits(line)

    def _return(self, line: TreasuryLine) -> Verdict:
        paid = self._paid(line.payment_id)
        if paid is None:
            return self._broken(line, BreakKind.UNMATCHED_EXTERNAL)
        known = self.ledger.payments.get(line.payment_id)
        here = self.returns.get(line.payment_id, {})
        left = (known.outstanding if known else paid) - Money.total(here.values())
        if line.amount > left:
            return self._broken(line, BreakKind.AMOUNT_MISMATCH, left)
        if line.booked_on.year > self.ledger.project.fiscal_year:
            # The execution rate of a closed year does not change (`domain` §7.2).
            return self._broken(line, BreakKind.LATE_RETURN, paid)
        return self._fits(line)

    def _paid(self, payment_id: str) -> Money | None:
        known = self.ledger.payments.get(payment_id)
        return self.payments.get(payment_id) if known is None else known.amount

    def _numbered(self, line: TreasuryLine) -> Money | None:
        """What is booked under the number of a line: it stands for one amount."""
        if line.kind is LineKind.PAYMENT:
            return self._paid(line.payment_id)
        known = self.ledger.payments.get(line.payment_id)
        before = known.returned.get(line.line_id) if known else None
        here = self.returns.get(line.payment_id, {})
        return here.get(line.line_id) if before is None else before[0]

    def _fits(self, line: TreasuryLine) -> Verdict:
        """Nothing stands against it now; a break it had before ends, unless a person ended it."""
        earlier = self._kept(line)
        if earlier is None:
            return BOOKED
        before = self.ledger.breaks.get(earlier)
        if earlier in self.ended or (before is not None and before.resolved):
            return _BROKEN_BEFORE
        return Verdict(outcome=LineOutcome.BOOKED, earlier=earlier)

    def _kept(self, line: TreasuryLine) -> str | None:
        """The break this line is kept as, whatever its kind: a line is one break, not two."""
        if not self.breaks and not self.ledger.breaks:
            return None
        names = (name for kind in FOUND_IN[line.kind] for name in _names(kind, line))
        return next((name for name in names if self._direction(name) is line.kind), None)

    def _direction(self, name: str) -> LineKind | None:
        before = self.ledger.breaks.get(name)
        return self.breaks.get(name) if before is None else before.direction

    def _taken(self, name: str) -> bool:
        return name in self.breaks or name in self.ledger.breaks

    def _broken(self, line: TreasuryLine, kind: BreakKind, known: Money | None = None) -> Verdict:
        if self._kept(line) is not None:
            return _BROKEN_BEFORE
        first, second = _names(kind, line)
        why, why_zh = WHY[kind]
        return Verdict(
            outcome=LineOutcome.BREAK,
            kind=kind,
            why=why,
            why_zh=why_zh,
            known=known,
            available=self.available,
            break_id=second if self._taken(first) else first,
        )

    def _book(self, line: TreasuryLine) -> None:
        if line.source_id:
            self.sources[line.source_id] = line.amount
        if line.kind is LineKind.PAYMENT:
            self.payments[line.payment_id] = line.amount
            self.available -= line.amount
            return
        self.returns.setdefault(line.payment_id, {})[line.line_id] = line.amount
        if line.recovery_id is None and not self.ledger.suspended:
            self.available += line.amount


def outcomes_of(lines: Iterable[TreasuryLine], state: LedgerState) -> Sequence[Verdict]:
    """How every line of a file would end, each after those before it; nothing is changed."""
    if not isinstance(state, Ledger):
        return [_NO_LEDGER for _ in lines]
    tally = Tally(state)
    return [tally.judge(line) for line in lines]


def outcome_of(line: TreasuryLine, state: LedgerState) -> Verdict:
    """How this line alone would end."""
    return outcomes_of([line], state)[0]
