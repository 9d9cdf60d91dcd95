"""Whatever is asked of a ledger in whatever order: it balances, and nothing goes below zero."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from services.monitoring.domain.ledger import commands as ask
from services.monitoring.domain.ledger.entries import entries
from services.monitoring.domain.ledger.events import (
    LedgerEvent,
    PaymentReturned,
    PaymentSettled,
    QuotaAdjusted,
    QuotaIssued,
    QuotaWithdrawn,
)
from services.monitoring.domain.ledger.kinds import Account, BreakResolution
from services.monitoring.domain.ledger.ledger import ledger_decider
from services.monitoring.domain.ledger.state import Ledger, LedgerState
from shared.domain.money import ZERO, Money
from shared.domain.refusals import Refusal
from tests.monitoring.stories import CLERK, PROJECT, at, on

KEY: dict[str, Any] = {"project_code": "P1", "fiscal_year": 2021, "by": CLERK, "now": at(3, 1)}
WHOSE: dict[str, Any] = {"project": PROJECT, "by": CLERK, "now": at(3, 1)}
amounts = st.integers(0, 400).map(lambda n: Money(n * 100))
ids = st.sampled_from("abc")
opening = ask.OpenLedger(**WHOSE, budget=Money(100_000), fund_type_code="", direct_fund_flag="")
commands = st.one_of(
    st.builds(
        lambda k, a: ask.IssueQuota(**KEY, document_no=k, amount=a, issued_on=on(2, 1)),
        ids,
        amounts,
    ),
    st.builds(
        lambda k, a: ask.SettlePayment(**KEY, payment_id=k, amount=a, settled_on=on(3, 1)),
        ids,
        amounts,
    ),
    st.builds(
        lambda k, r, a, c: ask.ReturnPayment(
            **KEY, payment_id=k, return_id=r, amount=a, returned_on=on(4, 1), recovery_id=c
        ),
        ids,
        ids,
        amounts,
        st.sampled_from([None, "x", "y"]),
    ),
    st.builds(lambda k, a: ask.FreezeQuota(**KEY, freeze_id=k, amount=a, reason="r"), ids, amounts),
    st.builds(lambda k: ask.ReleaseQuota(**KEY, freeze_id=k), ids),
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
        lambda k, a, r: ask.ResolveBreak(
            **KEY, break_id=f"BEYOND_AVAILABLE:{k}:{a}", resolution=r, note="n"
        ),
        ids,
        amounts,
        st.sampled_from(BreakResolution),
    ),
)


def _asked(command: ask.LedgerCommand, state: LedgerState) -> list[LedgerEvent]:
    try:
        return list(ledger_decider.decide(command, state))
    except Refusal:
        return []


def _sound(state: Ledger, history: list[LedgerEvent]) -> None:
    assert Money.total(state.accounts.values()) == ZERO
    assert state.available >= ZERO
    assert state.accounts[Account.FROZEN] >= ZERO
    assert state.paid >= ZERO
    kinds = {
        kind: Money.total(e.amount for e in history if isinstance(e, kind))
        for kind in (QuotaIssued, PaymentSettled, PaymentReturned, QuotaWithdrawn)
    }
    adjusted = Money.total(e.change for e in history if isinstance(e, QuotaAdjusted))
    frozen = state.accounts[Account.FROZEN]
    # issued ± adjusted - withdrawn - settled + returned - frozen = available (`domain` §7.4)
    available = kinds[QuotaIssued] + adjusted - kinds[QuotaWithdrawn] - kinds[PaymentSettled]
    assert available + kinds[PaymentReturned] - frozen == state.available
    held = Money.total(f.amount for f in state.freezes.values() if f.open)
    assert held == frozen


@settings(max_examples=300, deadline=None)
@given(st.lists(commands, max_size=25))
def test_every_prefix_of_every_history_balances(asked: list[ask.LedgerCommand]) -> None:
    history: list[LedgerEvent] = []
    state: LedgerState = ledger_decider.initial
    for command in [opening, *asked]:
        facts = _asked(command, state)
        assert all(Money.total(e.amount for e in entries(f)) == ZERO for f in facts)
        for event in facts:
            history.append(event)
            state = ledger_decider.evolve(state, event)
            assert isinstance(state, Ledger)
            _sound(state, history)


@settings(max_examples=300, deadline=None)
@given(st.lists(commands, max_size=15), commands)
def test_a_repeated_command_records_nothing_new(
    asked: list[ask.LedgerCommand], command: ask.LedgerCommand
) -> None:
    state: LedgerState = ledger_decider.initial
    for earlier in [opening, *asked]:
        state = ledger_decider.fold(_asked(earlier, state), state)
    after = ledger_decider.fold(_asked(command, state), state)
    assert _asked(command, after) == []
