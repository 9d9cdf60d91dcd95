"""Money on the unit's own account: it left the treasury, and is not spent (`domain` §4.4).

Whether it counts as executed is the rule set's (`count_unit_transfer`); the ledger says how much
it is. A return of the payment takes it away first: what came back lies there no more.
"""

from collections.abc import Iterator, Mapping, Sequence

from services.monitoring.domain.ledger import refusals as no
from services.monitoring.domain.ledger.events import LedgerEvent, LinesBooked, PaymentReturned
from services.monitoring.domain.ledger.state import Ledger
from services.monitoring.domain.ledger.unit_account_words import NoteUnitAccount, UnitAccountNoted
from services.monitoring.domain.treasury_line import LineKind
from shared.domain.money import ZERO, Money


def note_unit_account(command: NoteUnitAccount, ledger: Ledger) -> Sequence[UnitAccountNoted]:
    """Of a payment that is booked, no more than what of it is still out."""
    payment = ledger.payments.get(command.payment_id)
    if payment is None:
        raise no.PaymentUnknown(pointer="/payment_id", payment_id=command.payment_id)
    if not ZERO <= command.amount <= payment.outstanding:
        raise no.MoreThanWasPaid(pointer="/amount", amount_max=str(payment.outstanding))
    if ledger.unit_accounts.get(command.payment_id, ZERO) == command.amount:
        return []
    return [_noted(ledger, {command.payment_id: command.amount}, command.payment_id, command)]


def taken_back(ledger: Ledger, facts: Sequence[LedgerEvent]) -> Iterator[UnitAccountNoted]:
    """What lies there is no more than what is still out after these facts."""
    if not ledger.unit_accounts:
        return
    after: dict[str, Money] = {}
    for payment_id, amount in _returns(facts):
        held = ledger.unit_accounts.get(payment_id)
        if held is None:
            continue
        out = after.get(payment_id, ledger.payments[payment_id].outstanding) - amount
        after[payment_id] = out
    moved: dict[str, Money] = {}
    for payment_id, out in after.items():
        if ledger.unit_accounts[payment_id] > out:
            moved[payment_id] = out
            yield _noted(ledger, moved, payment_id, None)


def _returns(facts: Sequence[LedgerEvent]) -> Iterator[tuple[str, Money]]:
    for fact in facts:
        match fact:
            case PaymentReturned():
                yield fact.payment_id, fact.amount
            case LinesBooked():
                for line in fact.lines:
                    if line.kind is LineKind.RETURN:
                        yield line.payment_id, line.amount
            case _:
                pass


def _noted(
    ledger: Ledger,
    moved: Mapping[str, Money],
    payment_id: str,
    command: NoteUnitAccount | None,
) -> UnitAccountNoted:
    return UnitAccountNoted(
        project=ledger.project,
        payment_id=payment_id,
        amount=moved[payment_id],
        total=Money.total({**ledger.unit_accounts, **moved}.values()),
        document_no=command.document_no if command else "",
        noted_by=command.by if command else "",
    )
