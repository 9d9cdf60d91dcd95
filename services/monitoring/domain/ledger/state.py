"""The state of a ledger."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from services.monitoring.domain.ledger.kinds import Account, BreakKind
from services.monitoring.domain.treasury_line import LineKind
from services.monitoring.domain.values import Execution, Project
from shared.domain.money import ZERO, Money

type Ask = tuple[Money, str, date]
"""One approval of a recovery: amount, document, day. Asking the same again is silent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """A settled payment and what came back of it, each with its day; and what it was for."""

    amount: Money
    settled_on: date
    contract_no: str = ""
    returned: Mapping[str, tuple[Money, date]] = field(default_factory=dict)

    @property
    def outstanding(self) -> Money:
        """What has not come back."""
        return self.amount - Money.total(amount for amount, _ in self.returned.values())

    def paid_by(self, day: date) -> Money:
        """What of it was out of the treasury at the end of a day."""
        if self.settled_on > day:
            return ZERO
        return self.amount - Money.total(a for a, on in self.returned.values() if on <= day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """A disagreement between the treasury and this ledger.

    `direction` is which way the money of its line went; none where no single line shows it.
    """

    kind: BreakKind
    line_id: str
    amount: Money
    booked_on: date
    resolved: bool = False
    owner: str = ""
    contract_no: str = ""
    purpose: str = ""
    source_id: str = ""
    direction: LineKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Freeze:
    """Quota that is held, or was: its id is never used for anything else.

    `part_of` is the suspension during which it came in.
    """

    amount: Money
    adjustment: bool
    suspends: bool
    open: bool = True
    until_on: date | None = None
    part_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """A contract: what it costs, what was paid on it, who vouches for it."""

    amount: Money
    supplier: str
    registered_by: str
    paid: Money = ZERO
    verified: bool = False
    ended: bool = False

    @property
    def owed(self) -> Money:
        """What may still have to be paid on it."""
        return ZERO if self.ended else max(ZERO, self.amount - self.paid)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotOpened:
    """No target was approved; a recovery may still have asked in vain."""

    refused: Mapping[str, Ask] = field(default_factory=dict)


def _empty_accounts() -> Mapping[Account, Money]:
    return dict.fromkeys(Account, ZERO)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """The accounts of a project in one year, and the ids it must recognise again.

    `suspensions` are those in force, each with the freezes of what came in meanwhile.
    """

    project: Project
    budget: Money
    fund_type_code: str
    direct_fund_flag: str
    accounts: Mapping[Account, Money] = field(default_factory=_empty_accounts)
    issues: Mapping[str, Money] = field(default_factory=dict)
    amendments: Mapping[str, Money] = field(default_factory=dict)
    recalled: Mapping[str, Money] = field(default_factory=dict)
    payments: Mapping[str, Payment] = field(default_factory=dict)
    sources: Mapping[str, Money] = field(default_factory=dict)
    freezes: Mapping[str, Freeze] = field(default_factory=dict)
    suspensions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    adjustments: frozenset[str] = frozenset()
    withdrawn: frozenset[str] = frozenset()
    refused: Mapping[str, Ask] = field(default_factory=dict)
    refunds: Mapping[str, Money] = field(default_factory=dict)
    breaks: Mapping[str, Break] = field(default_factory=dict)
    commitments: Mapping[str, Commitment] = field(default_factory=dict)
    unit_accounts: Mapping[str, Money] = field(default_factory=dict)
    first_issued_on: date | None = None

    @property
    def issued(self) -> Money:
        """Everything issued and adjusted, before withdrawals: bound by the budget."""
        return -self.accounts[Account.TREASURY]

    @property
    def quota(self) -> Money:
        """What the project may spend in all: issued, adjusted, less withdrawn."""
        return self.issued - self.accounts[Account.WITHDRAWN]

    @property
    def available(self) -> Money:
        """What can still be spent."""
        return self.accounts[Account.APPROPRIATED]

    @property
    def paid(self) -> Money:
        """Everything paid less everything returned."""
        return self.accounts[Account.PAID] + self.accounts[Account.RETURNED]

    @property
    def committed(self) -> Money:
        """What is still owed on verified contracts."""
        return Money.total(one.owed for one in self.commitments.values() if one.verified)

    @property
    def suspended(self) -> bool:
        """Whether nothing of it may be spent: what comes in is held, too (`domain` §3.6)."""
        return bool(self.suspensions)

    @property
    def recoverable(self) -> Money:
        """What may be taken back: quota - paid - commitments - frozen; never less than nothing."""
        return max(ZERO, self.available - self.committed)

    def execution(self, day: date, starts_on: date | None = None) -> Execution:
        """The money as it stood at the end of a day; of a project that begins on another."""
        moves = [p.settled_on for p in self.payments.values() if p.settled_on <= day]
        issued_on = self.first_issued_on
        if issued_on is not None and issued_on <= day:
            moves.append(issued_on)
        return Execution(
            as_of_on=day,
            budget=self.budget,
            quota=self.quota,
            paid=Money.total(payment.paid_by(day) for payment in self.payments.values()),
            available=self.available,
            last_movement_on=max(moves, default=None),
            starts_on=starts_on,
        )


type LedgerState = NotOpened | Ledger
