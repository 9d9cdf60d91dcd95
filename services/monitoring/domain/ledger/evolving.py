"""How each fact moves a ledger. History is believed and never refused."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, assert_never

from services.monitoring.domain.ledger.commitment_events import (
    CommitmentEvent,
    CommitmentRegistered,
    CommitmentReleased,
    CommitmentVerified,
    Drawn,
)
from services.monitoring.domain.ledger.entries import entries
from services.monitoring.domain.ledger.events import (
    BreakAssigned,
    BreakOpened,
    BreakResolved,
    LedgerEvent,
    LedgerOpened,
    LinesBooked,
    PaymentReturned,
    PaymentSettled,
    QuotaAdjusted,
    QuotaAmended,
    QuotaFrozen,
    QuotaIssued,
    QuotaRecalled,
    QuotaReleased,
    QuotaWithdrawn,
    RefundExpected,
    WithdrawalRefused,
)
from services.monitoring.domain.ledger.kinds import FOUND_IN
from services.monitoring.domain.ledger.state import (
    Break,
    Commitment,
    Freeze,
    Ledger,
    LedgerState,
    NotOpened,
    Payment,
)
from services.monitoring.domain.ledger.unit_account_words import UnitAccountNoted
from services.monitoring.domain.treasury_line import LineKind

type Changes = dict[str, Any]


def evolve(state: LedgerState, event: LedgerEvent) -> LedgerState:
    """The ledger after one more fact."""
    match event, state:
        case LedgerOpened(), NotOpened(refused=refused):
            return Ledger(
                project=event.project,
                budget=event.budget,
                fund_type_code=event.fund_type_code,
                direct_fund_flag=event.direct_fund_flag,
                refused=refused,
            )
        case WithdrawalRefused(recovery_id=key), _:
            ask = (event.asked, event.document_no, event.approved_on)
            return replace(state, refused={**state.refused, key: ask})
        case _, Ledger():
            return _moved(state, event)
        case _:
            return state


def _moved(ledger: Ledger, event: LedgerEvent) -> Ledger:
    """One new state per fact: what it moves and what must be recognised again."""
    changes = _noted(ledger, event)
    booked = entries(event)
    if booked:
        accounts = dict(ledger.accounts)
        for entry in booked:
            accounts[entry.account] += entry.amount
        changes["accounts"] = accounts
    return replace(ledger, **changes) if changes else ledger


def _noted(ledger: Ledger, event: LedgerEvent) -> Changes:  # noqa: PLR0911 - one per group
    """What must be recognised again when it is told twice, by what the fact is about."""
    match event:
        case PaymentSettled() | PaymentReturned() | LinesBooked():
            return _of_lines(ledger, event)
        case QuotaIssued() | QuotaAmended() | QuotaRecalled() | QuotaWithdrawn():
            return _of_documents(ledger, event)
        case QuotaFrozen() | QuotaReleased() | QuotaAdjusted():
            return _of_freezes(ledger, event)
        case BreakOpened() | BreakAssigned() | BreakResolved():
            return {"breaks": {**ledger.breaks, event.break_id: _break(ledger, event)}}
        case CommitmentRegistered() | CommitmentVerified() | CommitmentReleased():
            found = _commitment(ledger, event)
            return {"commitments": {**ledger.commitments, event.contract_no: found}}
        case RefundExpected(recovery_id=key, amount=amount):
            return {"refunds": {**ledger.refunds, key: amount}}
        case UnitAccountNoted(payment_id=key, amount=amount):
            left = {one: held for one, held in ledger.unit_accounts.items() if one != key}
            return {"unit_accounts": {**left, key: amount} if amount else left}
        case LedgerOpened() | WithdrawalRefused():
            return {}
        case _:
            assert_never(event)


def _of_lines(ledger: Ledger, event: PaymentSettled | PaymentReturned | LinesBooked) -> Changes:
    changes = _payments(ledger, event)
    if event.drawn:
        changes["commitments"] = _drawn(ledger, event.drawn)
    return changes


def _payments(ledger: Ledger, event: PaymentSettled | PaymentReturned | LinesBooked) -> Changes:
    match event:
        case PaymentSettled(payment_id=key, amount=amount, settled_on=day):
            payment = Payment(amount=amount, settled_on=day, contract_no=event.contract_no)
            changes: Changes = {"payments": {**ledger.payments, key: payment}}
        case PaymentReturned(payment_id=key, return_id=ret, amount=amount, returned_on=day):
            paid = ledger.payments[key]
            back = replace(paid, returned={**paid.returned, ret: (amount, day)})
            changes = {"payments": {**ledger.payments, key: back}}
        case LinesBooked():
            return _file(ledger, event)
    if event.source_id:
        changes["sources"] = {**ledger.sources, event.source_id: event.amount}
    return changes


def _file(ledger: Ledger, event: LinesBooked) -> Changes:
    """The maps are copied once per file, not once per line."""
    payments, sources = dict(ledger.payments), dict(ledger.sources)
    for line in event.lines:
        if line.source_id:
            sources[line.source_id] = line.amount
        if line.kind is LineKind.PAYMENT:
            paid = Payment(
                amount=line.amount, settled_on=line.booked_on, contract_no=line.contract_no
            )
        else:
            before = payments[line.payment_id]
            back = (line.amount, line.booked_on)
            paid = replace(before, returned={**before.returned, line.line_id: back})
        payments[line.payment_id] = paid
    return {"payments": payments, "sources": sources}


def _drawn(ledger: Ledger, drawn: Iterable[Drawn]) -> Mapping[str, Commitment]:
    after = dict(ledger.commitments)
    for one in drawn:
        after[one.contract_no] = replace(after[one.contract_no], paid=one.paid)
    return after


def _of_documents(
    ledger: Ledger, event: QuotaIssued | QuotaAmended | QuotaRecalled | QuotaWithdrawn
) -> Changes:
    match event:
        case QuotaIssued(document_no=key, amount=amount, issued_on=day, line=line):
            return {
                "issues": {**ledger.issues, key: amount},
                "first_issued_on": min(day, ledger.first_issued_on or day),
                # What the target did not say of its money, the first document that does says.
                "fund_type_code": ledger.fund_type_code or line.fund_type_code,
                "direct_fund_flag": ledger.direct_fund_flag or line.direct_fund_flag,
            }
        case QuotaAmended(document_no=key, change=change):
            return {"amendments": {**ledger.amendments, key: change}}
        case QuotaRecalled(document_no=key, amount=amount):
            return {"recalled": {**ledger.recalled, key: amount}}
        case QuotaWithdrawn(recovery_id=key, document_no=document):
            return {"withdrawn": ledger.withdrawn | {f"{key}/{document}", key}}


def _of_freezes(ledger: Ledger, event: QuotaFrozen | QuotaReleased | QuotaAdjusted) -> Changes:
    match event:
        case QuotaFrozen(freeze_id=key, amount=amount):
            freeze = Freeze(
                amount=amount,
                adjustment=event.adjustment,
                suspends=event.suspends,
                until_on=event.until_on,
                part_of=event.part_of,
            )
            changes: Changes = {"freezes": {**ledger.freezes, key: freeze}}
            if event.suspends:
                changes["suspensions"] = {**ledger.suspensions, key: ()}
            elif event.part_of:
                parts = ledger.suspensions.get(event.part_of, ())
                changes["suspensions"] = {**ledger.suspensions, event.part_of: (*parts, key)}
            return changes
        case QuotaReleased(freeze_id=key):
            changes = {"freezes": _let_go(ledger, key)}
            if key in ledger.suspensions:
                left = {one: parts for one, parts in ledger.suspensions.items() if one != key}
                changes["suspensions"] = left
            return changes
        case QuotaAdjusted(adjustment_id=key, budget=budget, from_frozen=held):
            freezes = _let_go(ledger, key) if held else ledger.freezes
            done = ledger.adjustments | {key}
            return {"budget": budget, "freezes": freezes, "adjustments": done}


def _let_go(ledger: Ledger, key: str) -> Mapping[str, Freeze]:
    return {**ledger.freezes, key: replace(ledger.freezes[key], open=False)}


def _break(ledger: Ledger, event: BreakOpened | BreakAssigned | BreakResolved) -> Break:
    match event:
        case BreakOpened():
            return Break(
                kind=event.kind,
                line_id=event.line_id,
                amount=event.amount,
                booked_on=event.booked_on,
                owner=event.owner,
                contract_no=event.contract_no,
                purpose=event.purpose,
                source_id=event.source_id,
                direction=event.direction or _direction(event),
            )
        case BreakAssigned(break_id=key, owner=owner):
            return replace(ledger.breaks[key], owner=owner)
        case BreakResolved(break_id=key):
            return replace(ledger.breaks[key], resolved=True)


def _direction(event: BreakOpened) -> LineKind | None:
    """Which way the money went where the fact does not say: by its kind, else by its number."""
    ways = [way for way, kinds in FOUND_IN.items() if event.kind in kinds]
    if len(ways) > 1:
        same = event.payment_id == event.line_id
        return LineKind.PAYMENT if same else LineKind.RETURN
    return ways[0] if ways else None


def _commitment(ledger: Ledger, event: CommitmentEvent) -> Commitment:
    match event:
        case CommitmentRegistered():
            return Commitment(
                amount=event.amount,
                supplier=event.supplier,
                registered_by=event.registered_by,
                paid=event.paid,
            )
        case CommitmentVerified(contract_no=key):
            return replace(ledger.commitments[key], verified=True)
        case CommitmentReleased(contract_no=key):
            return replace(ledger.commitments[key], ended=True)
