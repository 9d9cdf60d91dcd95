"""Verified commitments: what contracts will still cost, so that nobody takes it back.

Source: `domain` §3.9: only money that is neither paid nor owed may be recovered. A commitment
moves no account and does not touch what is available; it is registered by the unit, verified
by somebody else, and paid down by the payments that name its contract.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import assert_never

from services.monitoring.domain.ledger import refusals as no
from services.monitoring.domain.ledger.commitment_commands import (
    CommitmentCommand,
    RegisterCommitment,
    ReleaseCommitment,
    VerifyCommitment,
)
from services.monitoring.domain.ledger.commitment_events import (
    CommitmentEvent,
    CommitmentRegistered,
    CommitmentReleased,
    CommitmentVerified,
    Drawn,
)
from services.monitoring.domain.ledger.guarding import positive
from services.monitoring.domain.ledger.state import Commitment, Ledger
from services.monitoring.domain.treasury_line import LineKind, TreasuryLine
from shared.domain.hands import hands
from shared.domain.money import ZERO, Money

type Move = tuple[str, Money, date]
"""A contract, what was paid on it (negative: came back), and the day."""


def decide_commitment(command: CommitmentCommand, ledger: Ledger) -> Sequence[CommitmentEvent]:
    """What becomes of a contract."""
    match command:
        case RegisterCommitment():
            return _register(command, ledger)
        case VerifyCommitment():
            return _verify(command, ledger)
        case ReleaseCommitment():
            return _release(command, ledger)
        case _:
            assert_never(command)


def _register(command: RegisterCommitment, ledger: Ledger) -> Sequence[CommitmentEvent]:
    amount = positive(command.amount)
    if not command.evidence:
        raise no.CommitmentUnproven(pointer="/evidence")
    known = ledger.commitments.get(command.contract_no)
    if known is not None:
        if (known.amount, known.supplier) != (amount, command.supplier):
            raise no.CommitmentReused(contract_no=command.contract_no, amount=str(known.amount))
        return []
    paid = Money.total(
        payment.outstanding
        for payment in ledger.payments.values()
        if payment.contract_no == command.contract_no
    )
    return [
        CommitmentRegistered(
            project=ledger.project,
            contract_no=command.contract_no,
            amount=amount,
            supplier=command.supplier,
            evidence=command.evidence,
            signed_on=command.signed_on,
            registered_by=command.by,
            paid=paid,
        )
    ]


def _known(ledger: Ledger, contract_no: str) -> Commitment:
    found = ledger.commitments.get(contract_no)
    if found is None:
        raise no.CommitmentUnknown(contract_no=contract_no)
    return found


def _verify(command: VerifyCommitment, ledger: Ledger) -> Sequence[CommitmentEvent]:
    found = _known(ledger, command.contract_no)
    if found.verified:
        return []
    if found.ended:
        raise no.CommitmentEnded(contract_no=command.contract_no)
    hands(found.registered_by).expect_another(command.by, no.VerifierRegistered)
    left = ledger.budget - ledger.paid - ledger.committed
    if found.owed > left:
        # Nothing may be spent that no budget covers (预算法 art. 13).
        raise no.CommitmentBeyondBudget(left=str(left), asked=str(found.owed))
    return [
        CommitmentVerified(
            project=ledger.project,
            contract_no=command.contract_no,
            verified_by=command.by,
            committed=found.owed,
        )
    ]


def _release(command: ReleaseCommitment, ledger: Ledger) -> Sequence[CommitmentEvent]:
    found = _known(ledger, command.contract_no)
    if found.ended:
        return []
    return [
        CommitmentReleased(
            project=ledger.project,
            contract_no=command.contract_no,
            released=found.owed if found.verified else ZERO,
            reason=command.reason,
            released_by=command.by,
        )
    ]


@dataclass(slots=True)
class Drawing:
    """Contracts as payments draw on them, one after another within one decision."""

    ledger: Ledger
    after: dict[str, Commitment] = field(default_factory=dict)
    contracts: dict[str, str] = field(default_factory=dict)

    def draw(self, lines: Iterable[TreasuryLine]) -> tuple[Drawn, ...]:
        """What these lines do to the contracts they name; contracts nobody knows are left."""
        sums: dict[str, tuple[Money, date]] = {}
        for contract_no, amount, day in self._moves(lines):
            so_far, last = sums.get(contract_no, (ZERO, day))
            sums[contract_no] = (so_far + amount, max(day, last))
        drawn = (self._drawn(key, amount, day) for key, (amount, day) in sums.items())
        return tuple(one for one in drawn if one is not None)

    def _moves(self, lines: Iterable[TreasuryLine]) -> Iterator[Move]:
        """A return goes back to the contract of its payment."""
        for line in lines:
            if line.kind is LineKind.PAYMENT:
                if line.contract_no:
                    self.contracts[line.payment_id] = line.contract_no
                    yield line.contract_no, line.amount, line.booked_on
                continue
            known = self.ledger.payments.get(line.payment_id)
            here = self.contracts.get(line.payment_id, "")
            contract_no = known.contract_no if known else here
            if contract_no:
                yield contract_no, -line.amount, line.booked_on

    def _drawn(self, contract_no: str, amount: Money, day: date) -> Drawn | None:
        before = self.after.get(contract_no) or self.ledger.commitments.get(contract_no)
        if before is None:
            return None
        now = self.after[contract_no] = replace(before, paid=before.paid + amount)
        change = now.owed - before.owed if now.verified else ZERO
        return Drawn(contract_no=contract_no, paid=now.paid, change=change, drawn_on=day)
