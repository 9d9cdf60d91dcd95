"""What may be noted of a project's money."""

from dataclasses import dataclass
from datetime import date, datetime

from services.evaluation.domain.adopted_rules import Rules
from services.evaluation.domain.values import RecoveryReason
from shared.domain.money import ZERO, Money


@dataclass(frozen=True, slots=True, kw_only=True)
class FundsCommand:
    """Addresses the money of a project in a year."""

    project_code: str
    fiscal_year: int
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteQuota(FundsCommand):
    """The quota was issued or moved. `version` is the ledger's, so a word counts once.

    `issued` adds to it; `quota` is what it is afterwards. The first one plans the checks.
    """

    version: int
    region_code: str
    issued: Money = ZERO
    quota: Money | None = None
    freed: str = ""
    rules: Rules | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteFreeze(FundsCommand):
    """Quota is held; without an amount it is let go."""

    version: int
    freeze_id: str
    amount: Money | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteCommitted(FundsCommand):
    """What verified contracts may still cost moved by so much."""

    version: int
    change: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRed(FundsCommand):
    """A red warning was issued, or is `over`: cured or cancelled."""

    warning_id: str
    over: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteClaim:
    """A recovery lays claim to unspent quota; nothing claimed: it does not any more."""

    project_code: str
    fiscal_year: int
    recovery_id: str
    amount: Money


type FundsRequest = NoteQuota | NoteFreeze | NoteCommitted | NoteRed | NoteClaim


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """When it is looked whether money is to be claimed for a reason."""

    reason: RecoveryReason
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaNoted:
    """The quota is now this; `freed` is a freeze that went with it."""

    version: int
    quota: Money
    freed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecksPlanned:
    """From the rule set: on these days it is looked for idle money."""

    checks: tuple[Check, ...]
    rule_set_version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FreezeNoted:
    """So much is held under this id; nothing: it was let go."""

    version: int
    freeze_id: str
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class CommittedNoted:
    """Verified contracts may still cost so much."""

    version: int
    committed: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class RedNoted:
    """A red warning stands, or is over."""

    warning_id: str
    over: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimNoted:
    """A recovery claims so much of the unspent quota."""

    recovery_id: str
    amount: Money


type FundsEvent = QuotaNoted | ChecksPlanned | FreezeNoted | CommittedNoted | RedNoted | ClaimNoted
