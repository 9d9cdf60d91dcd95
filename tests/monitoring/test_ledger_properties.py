"""Whatever is asked of a ledger in whatever order: it balances, and nothing goes below zero."""

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

KEY: dict[str, Any] = {"project_code": "P1", "fiscal_year": 2021, "by": CLERK, "now": at(3, 1)}
LATER: dict[str, Any] = {**KEY, "by": LEADER, "now": at(7, 1)}
WHOSE: dict[str, Any] = {"project": PROJECT, "by": CLERK, "now": at(3, 1)}
amounts = st.integers(0, 400).map(lambda n: Money(n * 100))
changes = st.integers(-400, 400).map(lambda n: Money(n * 100))
ids = st.sampled_from("abc")
numbers = st.sampled_from("hk")
contracts = st.one_of(st.just(""), numbers)
days = st.sampled_from([on(4, 1), on(5, 1), on(1, 20).replace(year=2022)])
opening = ask.OpenLedger(**WHOSE, budget=Money(100_000), fund_type_code="", direct_fund_flag="")
lines = st.builds(
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
    st.integers(0, 30),
    st.sampled_from(LineKind),
    ids,
    ids,
    amounts,
    st.sampled_from([None, "x", "y"]),
    contracts,
    days,
)
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
    st.builds(lambda several: ask.BookLines(**KEY, lines=tuple(several)), st.lists(lines)),
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


@settings(max_examples=400, deadline=None)
@given(st.lists(commands, max_size=25))
def test_every_prefix_of_every_history_balances(asked: list[ask.LedgerCommand]) -> None:
    history: list[fact.LedgerEvent] = []
    state: LedgerState = ledger_decider.initial
    for command in [opening, *asked]:
        for event in _asked(command, state):
            assert Money.total(e.amount for e in entries(event)) == ZERO
            _lines_balance(event, state)
            history.append(event)
            state = ledger_decider.evolve(state, event)
            assert isinstance(state, Ledger)
            _sound(state, history)
        assert isinstance(state, Ledger)
        _contracts_add_up(state)


@settings(max_examples=200, deadline=None)
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


@settings(max_examples=400, deadline=None)
@given(st.lists(commands, max_size=15), commands)
def test_a_repeated_command_records_nothing_new(
    asked: list[ask.LedgerCommand], command: ask.LedgerCommand
) -> None:
    state: LedgerState = ledger_decider.initial
    for earlier in [opening, *asked]:
        state = ledger_decider.fold(_asked(earlier, state), state)
    after = ledger_decider.fold(_asked(command, state), state)
    assert _asked(command, after) == []
