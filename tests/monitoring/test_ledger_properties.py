"""Whatever is asked of a ledger in whatever order: it balances, and nothing goes below zero."""

from collections import Counter
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from services.monitoring.domain.ledger import commands as ask
from services.monitoring.domain.ledger import commitment_commands as contract
from services.monitoring.domain.ledger import events as fact
from services.monitoring.domain.ledger.entries import entries
from services.monitoring.domain.ledger.kinds import Account, BreakKind, BreakResolution
from services.monitoring.domain.ledger.ledger import ledger_decider
from services.monitoring.domain.ledger.state import Ledger, LedgerState
from services.monitoring.domain.treasury_line import LineKind, TreasuryLine
from shared.domain.money import ZERO, Money
from shared.domain.refusals import Refusal
from shared.eventstore import StoredEvent
from shared.eventstore.codec import Codec
from shared.testing.projection_spec import recorded
from tests.monitoring.stories import CLERK, LEADER, PROJECT, at, on

EXAMPLES = max(400, settings().max_examples)
KEY: dict[str, Any] = {"project_code": "P1", "fiscal_year": 2021, "by": CLERK, "now": at(3, 1)}
LATER: dict[str, Any] = {**KEY, "by": LEADER, "now": at(7, 1)}
WHOSE: dict[str, Any] = {"project": PROJECT, "by": CLERK, "now": at(3, 1)}
# Few amounts and few numbers, so that what is asked meets what was asked before.
amounts = st.sampled_from([0, 1, 2, 3, 300]).map(lambda n: Money(n * 100))
changes = st.sampled_from([-300, -2, -1, 0, 1, 2, 300]).map(lambda n: Money(n * 100))
ids = st.sampled_from("abc")
numbers = st.sampled_from("hk")
contracts = st.one_of(st.just(""), numbers)
days = st.sampled_from([on(4, 1), on(5, 1), on(1, 20).replace(year=2022)])
opening = ask.OpenLedger(**WHOSE, budget=Money(100_000), fund_type_code="", direct_fund_flag="")
fresh = st.builds(
    lambda n, kind, k, r, a, c, h, d: TreasuryLine(
        source_id=f"s/{n}",
        kind=kind,
        payment_id=k,
        return_id=r,
        amount=a,
        booked_on=d,
        recovery_id=c if kind is LineKind.RETURN else None,
        contract_no=h,
    ),
    st.integers(0, 9),
    st.sampled_from(LineKind),
    ids,
    ids,
    amounts,
    st.sampled_from([None, None, "x", "y"]),
    contracts,
    days,
)


def _repeating(told: list[TreasuryLine]) -> st.SearchStrategy[list[TreasuryLine]]:
    """A file that says some of its lines more than once, under their own place or another."""
    if not told:
        return st.just(told)
    again = st.builds(
        lambda line, n: replace(line, source_id=f"s/{n}" if n else line.source_id),
        st.sampled_from(told),
        st.integers(0, 9),
    )
    return st.lists(again, max_size=3).map(lambda more: [*told, *more])


files = st.lists(fresh, max_size=6).flatmap(_repeating)
quota = st.one_of(
    st.builds(
        lambda k, a: ask.IssueQuota(**KEY, document_no=k, amount=a, issued_on=on(2, 1)),
        ids,
        amounts,
    ),
    st.builds(
        lambda k, c: ask.AmendQuota(
            **KEY, document_no=f"t{k}", change=c, amended_on=on(3, 1), reason="r"
        ),
        ids,
        changes,
    ),
    st.builds(
        lambda k, a: ask.RecallQuota(
            **KEY, document_no=f"s{k}", amount=a, recalled_on=on(3, 1), reason="r"
        ),
        ids,
        amounts,
    ),
    st.builds(
        lambda k, a, d: ask.FreezeQuota(**KEY, freeze_id=k, amount=a, reason="r", until_on=d),
        ids,
        amounts,
        st.sampled_from([None, on(6, 30)]),
    ),
    st.builds(lambda k: ask.ReleaseQuota(**KEY, freeze_id=k), ids),
    st.builds(lambda k: ask.ExpireFreeze(**LATER, freeze_id=k), ids),
    st.builds(
        lambda k, a, s: ask.HoldForAdjustment(**KEY, adjustment_id=k, amount=-a, suspends=s),
        st.sampled_from("pq"),
        amounts,
        st.booleans(),
    ),
    st.builds(
        lambda k, a, b: ask.AdjustQuota(**WHOSE, adjustment_id=k, budget_before=a, budget=b),
        st.sampled_from("pq"),
        amounts,
        amounts,
    ),
    st.builds(
        lambda k, a, b: ask.UndoAdjustment(
            **WHOSE, adjustment_id=k, undone_id=f"{k}-undone", budget_before=a, budget=b
        ),
        st.sampled_from("pq"),
        amounts,
        amounts,
    ),
    st.builds(lambda k: ask.ReleaseHold(**KEY, adjustment_id=k), st.sampled_from("pq")),
    st.builds(
        lambda k, a: ask.WithdrawQuota(
            **WHOSE, recovery_id=k, amount=a, document_no="d", approved_on=on(9, 1)
        ),
        st.sampled_from("xyz"),
        amounts,
    ),
    st.builds(
        lambda k, a: ask.ExpectRefund(**WHOSE, recovery_id=k, amount=a),
        st.sampled_from("xyz"),
        amounts,
    ),
)
treasury = st.one_of(
    st.builds(lambda several: ask.BookLines(**KEY, lines=tuple(several)), files),
    st.builds(
        lambda k, a, h: ask.SettlePayment(
            **KEY, payment_id=k, amount=a, settled_on=on(3, 1), contract_no=h
        ),
        ids,
        amounts,
        contracts,
    ),
    st.builds(
        lambda k, r, a, c, d: ask.ReturnPayment(
            **KEY, payment_id=k, return_id=r, amount=a, returned_on=d, recovery_id=c
        ),
        ids,
        ids,
        amounts,
        st.sampled_from([None, "x", "y"]),
        days,
    ),
)
papers = st.one_of(
    st.builds(
        lambda kind, k, a: ask.ReportBreak(
            **KEY, kind=kind, line_id=k, amount=a, booked_on=on(4, 1)
        ),
        st.sampled_from(BreakKind),
        ids,
        amounts,
    ),
    st.builds(
        lambda kind, k, a: ask.AssignBreak(**KEY, break_id=f"{kind}:{k}:{a}", owner="o"),
        st.sampled_from(BreakKind),
        ids,
        amounts,
    ),
    st.builds(
        lambda kind, k, a, r: ask.ResolveBreak(
            **KEY, break_id=f"{kind}:{k}:{a}", resolution=r, note="n", slip_no="1"
        ),
        st.sampled_from(BreakKind),
        ids,
        amounts,
        st.sampled_from(BreakResolution),
    ),
    st.builds(
        lambda h, a: contract.RegisterCommitment(
            **KEY, contract_no=h, amount=a, supplier="s", evidence=("e",), signed_on=on(2, 2)
        ),
        numbers,
        amounts,
    ),
    st.builds(lambda h: contract.VerifyCommitment(**LATER, contract_no=h), numbers),
    st.builds(lambda h: contract.ReleaseCommitment(**KEY, contract_no=h, reason="r"), numbers),
)
commands = st.one_of(quota, treasury, papers)
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
        facts = _asked(command, state)
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
