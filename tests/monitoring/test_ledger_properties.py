"""Whatever is asked of a ledger in whatever order: it balances, and nothing goes below zero."""

from collections import Counter
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from services.monitoring.domain.ledger import commands as ask
from services.monitoring.domain.ledger import events as fact
from services.monitoring.domain.ledger.entries import entries
from services.monitoring.domain.ledger.kinds import Account, BreakResolution
from services.monitoring.domain.ledger.ledger import ledger_decider
from services.monitoring.domain.ledger.state import Ledger, LedgerState
from services.monitoring.domain.treasury_line import LineKind
from shared.domain.money import ZERO, Money
from shared.domain.refusals import Refusal
from shared.eventstore import StoredEvent
from shared.eventstore.codec import Codec
from shared.testing.projection_spec import recorded
from tests.monitoring.ledger_asking import KEY, commands, opening, treasury
from tests.monitoring.stories import on

EXAMPLES = max(400, settings().max_examples)
codec = Codec([ledger_decider])


def _asked(command: ask.LedgerCommand, state: LedgerState) -> list[fact.LedgerEvent]:
    try:
        return list(ledger_decider.decide(command, state))
    except Refusal:
        return []


def _total(history: list[fact.LedgerEvent], kind: type[Any], field: str = "amount") -> Money:
    return Money.total(getattr(event, field) for event in history if isinstance(event, kind))


def _balances(state: Ledger, history: list[fact.LedgerEvent]) -> None:
    """Issued ± adjusted - withdrawn - settled + returned - frozen = available (`domain` §7.4)."""
    adjusted = _total(history, fact.QuotaAdjusted, "change")
    amended = _total(history, fact.QuotaAmended, "change")
    issued = _total(history, fact.QuotaIssued) + adjusted + amended
    withdrawn = _total(history, fact.QuotaWithdrawn) + _total(history, fact.QuotaRecalled)
    settled = _total(history, fact.PaymentSettled) + _total(history, fact.LinesBooked, "paid")
    returned = _total(history, fact.PaymentReturned)
    returned += _total(history, fact.LinesBooked, "returned")
    frozen = state.accounts[Account.FROZEN]
    assert issued - withdrawn - settled + returned - frozen == state.available
    assert issued == state.issued
    assert settled - returned == state.paid


def _sound(state: Ledger, history: list[fact.LedgerEvent]) -> None:
    assert Money.total(state.accounts.values()) == ZERO
    assert state.available >= ZERO
    assert state.accounts[Account.FROZEN] >= ZERO
    assert state.paid >= ZERO
    _balances(state, history)
    held = Money.total(f.amount for f in state.freezes.values() if f.open)
    assert held == state.accounts[Account.FROZEN]
    # A part is held as long as its suspension, and those in force are known.
    assert all(f.part_of in {"", *state.suspensions} for f in state.freezes.values() if f.open)
    assert {k for k, f in state.freezes.items() if f.open and f.suspends} == {*state.suspensions}
    assert state.paid == Money.total(paid.outstanding for paid in state.payments.values())
    assert all(paid.outstanding >= ZERO for paid in state.payments.values())


def _contracts_add_up(state: Ledger) -> None:
    """What was paid on a contract is what its payments say, whenever it was registered."""
    for number, found in state.commitments.items():
        named = (p for p in state.payments.values() if p.contract_no == number)
        assert found.paid == Money.total(payment.outstanding for payment in named)
    assert state.committed >= ZERO
    assert state.recoverable == max(ZERO, state.quota - state.paid - state.committed - _held(state))


def _held(state: Ledger) -> Money:
    return state.accounts[Account.FROZEN]


def _lines_balance(event: fact.LedgerEvent, before: LedgerState) -> None:
    """Inside one file every prefix balances, too: no line spends what a later one brings."""
    if not isinstance(event, fact.LinesBooked):
        return
    assert isinstance(before, Ledger)
    available = before.available
    for line in event.lines:
        paid = line.kind is LineKind.PAYMENT
        available = available - line.amount if paid else available + line.amount
        assert available >= ZERO


def _returns(event: fact.LedgerEvent) -> list[tuple[str, str, Money]]:
    if isinstance(event, fact.PaymentReturned):
        return [(event.payment_id, event.return_id or event.source_id, event.amount)]
    told = event.lines if isinstance(event, fact.LinesBooked) else ()
    backs = (line for line in told if line.kind is LineKind.RETURN)
    return [(line.payment_id, line.line_id, line.amount) for line in backs]


def _payments(event: fact.LedgerEvent) -> list[tuple[str, Money]]:
    if isinstance(event, fact.PaymentSettled):
        return [(event.payment_id, event.amount)]
    told = event.lines if isinstance(event, fact.LinesBooked) else ()
    return [(line.payment_id, line.amount) for line in told if line.kind is LineKind.PAYMENT]


def _nothing_twice(history: list[fact.LedgerEvent]) -> None:
    """A number is paid once and comes back once; a line is one break; a break ends once."""
    paid = Counter(number for event in history for number, _ in _payments(event))
    back = Counter(told[:2] for event in history for told in _returns(event))
    broke = [event for event in history if isinstance(event, fact.BreakOpened)]
    lines = Counter((b.direction, b.line_id, b.amount) for b in broke if b.direction is not None)
    names = Counter(event.break_id for event in broke)
    ends = Counter(e.break_id for e in history if isinstance(e, fact.BreakResolved))
    for counted in (paid, back, lines, names, ends):
        assert all(times == 1 for times in counted.values()), counted


def _nothing_booked_is_open(
    state: Ledger, history: list[fact.LedgerEvent], facts: list[fact.LedgerEvent]
) -> None:
    """What was booked just now disagrees with nothing any more."""
    shown = {
        (event.direction, event.payment_id, event.line_id, event.amount)
        for event in history
        if isinstance(event, fact.BreakOpened) and not state.breaks[event.break_id].resolved
    }
    for event in facts:
        booked = {(LineKind.PAYMENT, key, key, amount) for key, amount in _payments(event)}
        assert not booked & shown
        assert not {(LineKind.RETURN, *told) for told in _returns(event)} & shown


@settings(max_examples=EXAMPLES)
@given(st.lists(commands, max_size=25))
def test_every_prefix_of_every_history_balances(asked: list[ask.LedgerCommand]) -> None:
    history: list[fact.LedgerEvent] = []
    state: LedgerState = ledger_decider.initial
    for command in [opening, *asked]:
        before, facts = state, _asked(command, state)
        for event in facts:
            assert Money.total(e.amount for e in entries(event)) == ZERO
            _lines_balance(event, state)
            history.append(event)
            state = ledger_decider.evolve(state, event)
            assert isinstance(state, Ledger)
            _sound(state, history)
        assert isinstance(state, Ledger)
        _contracts_add_up(state)
        _nothing_twice(history)
        _nothing_booked_is_open(state, history, facts)
        if isinstance(before, Ledger) and before.suspended and state.suspended:
            assert state.available <= before.available


booked_more_often = [BreakResolution.BOOKED, BreakResolution.BOOKED, *BreakResolution]
endings = st.tuples(st.integers(0, 5), st.sampled_from(booked_more_often))


def _ending(state: LedgerState, which: int, resolution: BreakResolution) -> list[ask.LedgerCommand]:
    """How a person ends one of the breaks that there are."""
    keys = sorted(state.breaks) if isinstance(state, Ledger) else []
    if not keys:
        return []
    key = keys[which % len(keys)]
    return [ask.ResolveBreak(**KEY, break_id=key, resolution=resolution, note="n", slip_no="1")]


@settings(max_examples=EXAMPLES)
@given(st.lists(treasury, min_size=3, max_size=12), st.lists(endings, min_size=2, max_size=6))
def test_whatever_the_treasury_says_however_often_nothing_is_booked_twice(
    told: list[ask.LedgerCommand], ended: list[tuple[int, BreakResolution]]
) -> None:
    """With little quota first and enough later: lines break, are ended, come again and fit."""
    little = ask.IssueQuota(**KEY, document_no="q", amount=Money(500), issued_on=on(2, 1))
    enough = replace(little, document_no="q2", amount=Money(80_000))
    history: list[fact.LedgerEvent] = []
    state: LedgerState = ledger_decider.initial
    said: list[ask.LedgerCommand | tuple[int, BreakResolution]]
    said = [opening, little, *told, enough, *ended, *told]
    for one in said:
        asked = _ending(state, *one) if isinstance(one, tuple) else [one]
        facts = [event for command in asked for event in _asked(command, state)]
        history += facts
        state = ledger_decider.fold(facts, state)
        assert isinstance(state, Ledger)
        _nothing_twice(history)
        _nothing_booked_is_open(state, history, facts)
    assert isinstance(state, Ledger)
    _sound(state, history)


@settings(max_examples=EXAMPLES)
@given(st.lists(commands, max_size=25))
def test_what_was_stored_makes_the_same_ledger_again(asked: list[ask.LedgerCommand]) -> None:
    history: list[fact.LedgerEvent] = []
    state: LedgerState = ledger_decider.initial
    for command in [opening, *asked]:
        facts = _asked(command, state)
        history += facts
        state = ledger_decider.fold(facts, state)
    assert ledger_decider.fold(_stored(history)) == state


def _stored(history: list[fact.LedgerEvent]) -> list[Any]:
    told = recorded("ledger-P1-2021", *history)
    written = [(one, *codec.encode(one)) for one in told]
    return [
        codec.event(StoredEvent(one.event_id, one.stream, one.version, name, body, b"", b""))
        for one, name, body in written
    ]


def _only_ends_breaks(again: list[fact.LedgerEvent], before: Ledger) -> None:
    """A file sent again may book what broke when it came first, because it fits now."""
    ended = [event.break_id for event in again if isinstance(event, fact.BreakResolved)]
    booked = [told for event in again for told in (*_payments(event), *_returns(event))]
    assert len(ended) == len(booked)
    assert all(not before.breaks[key].resolved for key in ended)
    assert not [event for event in again if isinstance(event, fact.BreakOpened)]


@settings(max_examples=EXAMPLES)
@given(st.lists(commands, max_size=15), commands)
def test_a_repeated_command_records_nothing_new(
    asked: list[ask.LedgerCommand], command: ask.LedgerCommand
) -> None:
    state: LedgerState = ledger_decider.initial
    for earlier in [opening, *asked]:
        state = ledger_decider.fold(_asked(earlier, state), state)
    after = ledger_decider.fold(_asked(command, state), state)
    again = _asked(command, after)
    if isinstance(command, ask.BookLines) and isinstance(after, Ledger):
        _only_ends_breaks(again, after)
    else:
        assert again == []
