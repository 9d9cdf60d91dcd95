"""The money of a project in a year, as it is known here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, assert_never

from services.evaluation.domain.adopted_rules import Rules, bind, first_adopted
from services.evaluation.domain.funds.messages import (
    Check,
    ChecksPlanned,
    ClaimNoted,
    CommittedNoted,
    FreezeNoted,
    FundsEvent,
    FundsRequest,
    NoteClaim,
    NoteCommitted,
    NoteFreeze,
    NoteQuota,
    NoteRed,
    QuotaNoted,
    RedNoted,
)
from services.evaluation.domain.values import RecoveryReason, project_year
from shared.domain.decider import Decider, Reference
from shared.domain.money import ZERO, Money
from shared.domain.workdays import business_date

LAST_DAY: Final = (12, 31)
BY_DATE: Final = (RecoveryReason.LOW_EXECUTION, RecoveryReason.UNSPENT_WITHOUT_CONTRACT)
"""What is looked for on the first and on the second check date of the rule set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Funds:
    """What was heard; without a quota the ledger was not heard of."""

    version: int = 0
    quota: Money | None = None
    committed: Money = ZERO
    freezes: Mapping[str, Money] = field(default_factory=dict)
    red: frozenset[str] = frozenset()
    claims: Mapping[str, Money] = field(default_factory=dict)
    planned: bool = False

    @property
    def frozen(self) -> Money:
        """Everything that is held."""
        return Money.total(self.freezes.values())

    def claimed_by_others(self, recovery_id: str) -> Money:
        """What other recoveries claim and the ledger has not given yet."""
        return Money.total(amount for key, amount in self.claims.items() if key != recovery_id)


NO_FUNDS: Final = Funds()


def funds(states: Sequence[object]) -> Funds:
    """The money among the states a decision consulted."""
    return next((s for s in states if isinstance(s, Funds)), NO_FUNDS)


def funds_reference(project_code_and_year: str) -> Reference:
    """Where it stands."""
    return Reference("funds", project_code_and_year)


def decide(command: FundsRequest, state: Funds) -> Sequence[FundsEvent]:
    """Note what is new. A word of the ledger that is older than what is known counts no more."""
    match command:
        case NoteQuota() | NoteFreeze() | NoteCommitted():
            return [] if command.version <= state.version else _of_ledger(command, state)
        case NoteRed(warning_id=key, over=over):
            return [] if (key in state.red) != over else [RedNoted(warning_id=key, over=over)]
        case NoteClaim(recovery_id=key, amount=amount):
            known = state.claims.get(key, ZERO)
            return [] if known == amount else [ClaimNoted(recovery_id=key, amount=amount)]
        case _:
            assert_never(command)


def _of_ledger(
    command: NoteQuota | NoteFreeze | NoteCommitted, state: Funds
) -> Sequence[FundsEvent]:
    match command:
        case NoteQuota():
            return _quota(command, state)
        case NoteFreeze(freeze_id=key):
            amount = command.amount or ZERO
            return [FreezeNoted(version=command.version, freeze_id=key, amount=amount)]
        case NoteCommitted():
            total = max(ZERO, state.committed + command.change)
            return [CommittedNoted(version=command.version, committed=total)]
        case _:
            assert_never(command)


def _quota(command: NoteQuota, state: Funds) -> Sequence[FundsEvent]:
    quota = (state.quota or ZERO) + command.issued if command.quota is None else command.quota
    noted = QuotaNoted(version=command.version, quota=quota, freed=command.freed)
    if state.planned or command.rules is None:
        return [noted]
    checks = checks_of(command.rules, command.fiscal_year, business_date(command.now))
    planned = ChecksPlanned(checks=checks, rule_set_version=command.rules.version)
    return [noted, planned]


def checks_of(rules: Rules, year: int, today: date) -> tuple[Check, ...]:
    """The days of §4.9 that are still to come; none where the rule set leaves it to people.

    The last node of monitoring, the check dates, and the end of the following year, at which a
    carry-over that is still unused is surplus (实施条例 art. 50).
    """
    found = rules.rule_set
    if not found.recovery.by_clock:
        return ()
    node = found.monitoring.nodes[-1]
    days = [(RecoveryReason.RED_NOT_CURED, date(year, node.month, node.day))]
    days += [
        (reason, date(year, month, day))
        for reason, (month, day) in zip(BY_DATE, found.recovery.check_dates, strict=False)
    ]
    days.append((RecoveryReason.SURPLUS, date(year + 1, *LAST_DAY)))
    return tuple(Check(reason=reason, on=day) for reason, day in days if day >= today)


def evolve(state: Funds, event: FundsEvent) -> Funds:
    """The latest word counts."""
    match event:
        case QuotaNoted(freed=freed):
            kept = {key: held for key, held in state.freezes.items() if key != freed}
            return replace(state, version=event.version, quota=event.quota, freezes=kept)
        case ChecksPlanned():
            return replace(state, planned=True)
        case FreezeNoted(freeze_id=key, amount=amount):
            return replace(state, version=event.version, freezes=_with(state.freezes, key, amount))
        case CommittedNoted():
            return replace(state, version=event.version, committed=event.committed)
        case RedNoted(warning_id=key, over=over):
            return replace(state, red=state.red - {key} if over else state.red | {key})
        case ClaimNoted(recovery_id=key, amount=amount):
            return replace(state, claims=_with(state.claims, key, amount))
        case _:
            assert_never(event)


def _with(amounts: Mapping[str, Money], key: str, amount: Money) -> Mapping[str, Money]:
    kept = {known: held for known, held in amounts.items() if known != key}
    return {**kept, key: amount} if amount else kept


def _consults(command: FundsRequest) -> Sequence[Reference]:
    """The first words of a quota plan the checks by the rules of region and year."""
    if isinstance(command, NoteQuota) and command.issued:
        return bind(command.region_code, command.fiscal_year)
    return ()


def _inform(command: FundsRequest, states: Sequence[object]) -> FundsRequest:
    if isinstance(command, NoteQuota):
        return replace(command, rules=first_adopted(states))
    return command


funds_decider: Final[Decider[FundsRequest, FundsEvent, Funds]] = Decider(
    category="funds",
    initial=NO_FUNDS,
    commands=(NoteQuota, NoteFreeze, NoteCommitted, NoteRed, NoteClaim),
    events={
        "QuotaNoted": QuotaNoted,
        "ChecksPlanned": ChecksPlanned,
        "FreezeNoted": FreezeNoted,
        "CommittedNoted": CommittedNoted,
        "RedNoted": RedNoted,
        "ClaimNoted": ClaimNoted,
    },
    decide=decide,
    evolve=evolve,
    identify=lambda command: project_year(command.project_code, command.fiscal_year),
    consults=_consults,
    inform=_inform,
)
