"""The ledger: nothing is spent that is not there, and no line is booked twice."""

from typing import Any

import pytest

from services.monitoring.domain.ledger import commands as ask
from services.monitoring.domain.ledger import events as fact
from services.monitoring.domain.ledger import refusals as no
from services.monitoring.domain.ledger.kinds import Account, BreakKind, BreakResolution
from services.monitoring.domain.ledger.ledger import ledger_decider
from services.monitoring.domain.ledger.state import Ledger
from shared.domain.money import ZERO, Money
from tests.monitoring.stories import CLERK, PROJECT, Story, at, on, yuan

KEY: dict[str, Any] = {"project_code": "P1", "fiscal_year": 2021, "by": CLERK, "now": at(3, 1)}
WHOSE: dict[str, Any] = {"project": PROJECT, "by": CLERK, "now": at(3, 1)}
opened = fact.LedgerOpened(
    project=PROJECT, budget=yuan(1000), fund_type_code="01", direct_fund_flag=""
)
issued = fact.QuotaIssued(project=PROJECT, document_no="Q1", amount=yuan(500), issued_on=on(2, 1))
ledger = Story(ledger_decider).given(opened)
funded = ledger.given(issued)


def issue(amount: int, document_no: str = "Q1") -> ask.IssueQuota:
    return ask.IssueQuota(**KEY, document_no=document_no, amount=yuan(amount), issued_on=on(2, 1))


def pay(amount: int, payment_id: str = "Z1") -> ask.SettlePayment:
    return ask.SettlePayment(**KEY, payment_id=payment_id, amount=yuan(amount), settled_on=on(3, 1))


def give_back(amount: int, payment_id: str = "Z1", **more: Any) -> ask.ReturnPayment:  # noqa: ANN401
    line: dict[str, Any] = {"return_id": "R1", "returned_on": on(4, 1), **more}
    return ask.ReturnPayment(**KEY, payment_id=payment_id, amount=yuan(amount), **line)


def freeze(amount: int, freeze_id: str = "F1") -> ask.FreezeQuota:
    return ask.FreezeQuota(**KEY, freeze_id=freeze_id, amount=yuan(amount), reason="核查")


def adjust(before: int, after: int, adjustment_id: str = "A1") -> ask.AdjustQuota:
    return ask.AdjustQuota(
        **WHOSE,
        adjustment_id=adjustment_id,
        budget_before=yuan(before),
        budget=yuan(after),
    )


def hold(amount: int, *, suspends: bool = False) -> ask.HoldForAdjustment:
    return ask.HoldForAdjustment(**KEY, adjustment_id="A1", amount=yuan(amount), suspends=suspends)


def withdraw(amount: int, document_no: str = "D1") -> ask.WithdrawQuota:
    return ask.WithdrawQuota(
        **WHOSE,
        recovery_id="C1",
        amount=yuan(amount),
        document_no=document_no,
        approved_on=on(10, 1),
    )


def balances(story: Story) -> tuple[Money, Money, Money, Money]:
    """Quota, spent, frozen, available."""
    state = story.state
    assert isinstance(state, Ledger)
    return state.quota, state.paid, state.accounts[Account.FROZEN], state.available


def test_a_ledger_opens_with_the_budget_once() -> None:
    open_it = ask.OpenLedger(**WHOSE, budget=yuan(1000), fund_type_code="01", direct_fund_flag="")
    Story(ledger_decider).when(open_it).then(opened)
    ledger.when(open_it).then_nothing()


def test_quota_is_issued_up_to_the_budget() -> None:
    ledger.when(issue(500)).then(issued)
    funded.when(issue(500)).then_nothing()
    funded.when(issue(500, "Q2")).then_names("QuotaIssued")
    funded.when(issue(501, "Q2")).then_refused(no.QuotaBeyondBudget)
    funded.when(issue(400)).then_refused(no.DocumentReused)
    ledger.when(issue(0)).then_refused(no.AmountNotPositive)


def test_without_a_target_there_is_no_ledger() -> None:
    Story(ledger_decider).when(issue(1)).then_refused(no.LedgerNotOpened)
    Story(ledger_decider).when(pay(1)).then_refused(no.LedgerNotOpened)


def test_a_payment_is_booked_once_however_often_its_line_comes() -> None:
    settled = fact.PaymentSettled(
        project=PROJECT,
        payment_id="Z1",
        amount=yuan(210),
        paid_total=yuan(210),
        settled_on=on(3, 1),
    )
    funded.when(pay(210)).then(settled)
    paid = funded.given(settled)
    paid.when(pay(210)).then_nothing()
    assert balances(paid) == (yuan(500), yuan(210), ZERO, yuan(290))


def test_the_same_line_with_another_amount_opens_a_break() -> None:
    paid = funded.after(pay(210))
    paid.when(pay(211)).then_names("BreakOpened")
    (found,) = paid.when(pay(211)).facts()
    assert found.kind is BreakKind.AMOUNT_MISMATCH
    assert balances(paid.given(found)) == balances(paid)


def test_a_payment_beyond_the_available_opens_a_break_and_is_never_booked() -> None:
    funded.when(pay(501)).then_names("BreakOpened")
    broken = funded.after(pay(501))
    assert balances(broken) == balances(funded)
    broken.after(issue(100, "Q2")).when(pay(501)).then_names("PaymentSettled", "BreakResolved")


def test_a_person_resolves_a_break() -> None:
    broken = funded.after(pay(501))
    key = "BEYOND_AVAILABLE:Z1:501.00"
    book = ask.ResolveBreak(**KEY, break_id=key, resolution=BreakResolution.BOOKED, note="已补下达")
    reject = ask.ResolveBreak(
        **KEY, break_id=key, resolution=BreakResolution.REJECTED, note="退回代理银行"
    )
    broken.when(book).then_refused(no.AvailableTooSmall)
    broken.after(issue(100, "Q2")).when(book).then_names("PaymentSettled", "BreakResolved")
    broken.when(reject).then_names("BreakResolved")
    broken.after(reject, issue(100, "Q2")).when(pay(501)).then_nothing()
    funded.when(reject).then_refused(no.BreakUnknown)


def test_only_a_lack_of_quota_can_be_booked_afterwards() -> None:
    broken = funded.after(pay(210), pay(211))
    book = ask.ResolveBreak(
        **KEY,
        break_id="AMOUNT_MISMATCH:Z1:211.00",
        resolution=BreakResolution.BOOKED,
        note="",
    )
    broken.when(book).then_refused(no.BreakNotBookable)


def test_returned_money_can_be_spent_again() -> None:
    paid = funded.after(pay(210))
    paid.when(give_back(60)).then_names("PaymentReturned")
    back = paid.after(give_back(60))
    assert balances(back) == (yuan(500), yuan(150), ZERO, yuan(350))
    assert back.state.accounts[Account.RETURNED] == yuan(-60)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (give_back(10, "unknown"), BreakKind.UNMATCHED_EXTERNAL),
        (give_back(211), BreakKind.AMOUNT_MISMATCH),
        (give_back(10, returned_on=on(1, 1).replace(year=2022)), BreakKind.LATE_RETURN),
    ],
)
def test_a_return_that_does_not_fit_opens_a_break(line: ask.ReturnPayment, kind: BreakKind) -> None:
    paid = funded.after(pay(210))
    paid.when(line).then_names("BreakOpened")
    (found,) = paid.when(line).facts()
    assert found.kind is kind


def test_a_return_with_another_amount_opens_a_break() -> None:
    back = funded.after(pay(210), give_back(60))
    back.when(give_back(61)).then_names("BreakOpened")


def test_money_that_was_ordered_back_is_not_spent_again() -> None:
    paid = funded.after(pay(210))
    refund = give_back(60, recovery_id="C1")
    paid.when(refund).then_names("PaymentReturned", "QuotaWithdrawn")
    assert balances(paid.after(refund)) == (yuan(440), yuan(150), ZERO, yuan(290))


def test_frozen_quota_cannot_be_spent_until_it_is_released() -> None:
    funded.when(freeze(400)).then_names("QuotaFrozen")
    frozen = funded.after(freeze(400))
    assert balances(frozen) == (yuan(500), ZERO, yuan(400), yuan(100))
    frozen.when(pay(101)).then_names("BreakOpened")
    frozen.when(freeze(101, "F2")).then_refused(no.AvailableTooSmall)
    frozen.when(freeze(300)).then_refused(no.DocumentReused)
    release = ask.ReleaseQuota(**KEY, freeze_id="F1")
    frozen.when(release).then_names("QuotaReleased")
    assert balances(frozen.after(release)) == balances(funded)
    funded.when(release).then_refused(no.FreezeUnknown)


def test_a_reduction_takes_what_was_held_for_it() -> None:
    held = funded.after(hold(-200))
    assert balances(held) == (yuan(500), ZERO, yuan(200), yuan(300))
    held.when(adjust(1000, 800)).then_names("QuotaAdjusted")
    done = held.after(adjust(1000, 800))
    assert balances(done) == (yuan(300), ZERO, ZERO, yuan(300))
    assert done.state.budget == yuan(800)


def test_what_a_refused_adjustment_held_is_released() -> None:
    held = funded.after(hold(-200))
    let_go = ask.ReleaseHold(**KEY, adjustment_id="A1")
    held.when(let_go).then_names("QuotaReleased")
    funded.when(let_go).then_nothing()
    by_hand = ask.ReleaseQuota(**KEY, freeze_id="A1")
    held.when(by_hand).then_refused(no.FreezeBelongsToAdjustment)
    Story(ledger_decider).when(let_go).then_nothing()


def test_an_increase_holds_nothing_and_adds_quota() -> None:
    funded.when(hold(200)).then_nothing()
    funded.when(adjust(1000, 1200)).then_names("QuotaAdjusted")
    assert balances(funded.after(adjust(1000, 1200))) == (yuan(700), ZERO, ZERO, yuan(700))


def test_a_suspension_holds_everything_until_it_is_lifted() -> None:
    suspended = funded.after(pay(100), hold(0, suspends=True))
    assert balances(suspended) == (yuan(500), yuan(100), yuan(400), ZERO)
    suspended.when(hold(0, suspends=True)).then_nothing()
    suspended.when(adjust(1000, 1000)).then_nothing()
    lift = ask.ReleaseQuota(**KEY, freeze_id="A1")
    suspended.when(lift).then_names("QuotaReleased")
    ledger.when(hold(0, suspends=True)).then_names("QuotaFrozen")


def test_a_lower_budget_without_a_hold_takes_back_only_what_it_must() -> None:
    funded.when(adjust(1000, 600)).then_names("QuotaAdjusted")
    assert balances(funded.after(adjust(1000, 600)))[0] == yuan(500)
    assert balances(funded.after(adjust(1000, 300)))[0] == yuan(300)


def test_a_budget_below_what_was_paid_opens_a_break() -> None:
    spent = funded.after(pay(450))
    spent.when(adjust(1000, 300)).then_names("BreakOpened")
    done = spent.after(adjust(1000, 300))
    assert balances(done) == balances(spent)
    assert (done.state.budget, list(done.state.breaks)) == (
        yuan(1000),
        ["BUDGET_BELOW_QUOTA:A1:150.00"],
    )
    done.after(issue(500, "Q2")).when(adjust(1000, 300)).then_nothing()


def undo(before: int, after: int) -> ask.UndoAdjustment:
    return ask.UndoAdjustment(
        project=PROJECT,
        adjustment_id="A1",
        undone_id="A1-undone",
        budget_before=yuan(before),
        budget=yuan(after),
        by=CLERK,
        now=at(7, 6),
    )


def test_what_moved_for_an_adjustment_that_was_undone_moves_back_once() -> None:
    received = funded.after(adjust(1000, 1200))
    back = received.after(undo(1200, 1000))
    assert balances(back) == balances(funded)
    assert back.state.budget == yuan(1000)
    back.when(undo(1200, 1000)).then_nothing()
    funded.when(undo(1200, 1000)).then_nothing()
    spent = received.after(pay(600))
    spent.when(undo(1200, 1000)).then_names("QuotaAdjusted", "BreakOpened")
    assert "BUDGET_BELOW_QUOTA:A1-undone:100.00" in spent.after(undo(1200, 1000)).state.breaks
    given = funded.after(hold(-200), adjust(1000, 800), undo(800, 1000))
    assert balances(given) == balances(funded)


def test_v5_quota_500_paid_210_withdraw_140_leaves_150() -> None:
    paid = funded.after(pay(210))
    paid.when(withdraw(140)).then_names("QuotaWithdrawn")
    done = paid.after(withdraw(140))
    assert balances(done) == (yuan(360), yuan(210), ZERO, yuan(150))


def test_withdrawn_quota_cannot_be_issued_again() -> None:
    done = funded.after(withdraw(140))
    done.when(issue(501, "Q2")).then_refused(no.QuotaBeyondBudget)
    done.when(issue(500, "Q2")).then_names("QuotaIssued")


def test_a_withdrawal_beyond_the_available_is_a_fact_not_a_refusal() -> None:
    paid = funded.after(pay(400))
    paid.when(withdraw(101)).then_names("WithdrawalRefused")
    asked = paid.after(withdraw(101))
    assert balances(asked) == balances(paid)
    asked.when(withdraw(101, "D2")).then_names("WithdrawalRefused")
    asked.when(withdraw(100, "D3")).then_names("QuotaWithdrawn")


def test_a_withdrawal_without_a_ledger_is_answered_too() -> None:
    nothing = Story(ledger_decider)
    nothing.when(withdraw(1)).then_names("WithdrawalRefused")
    late = nothing.after(withdraw(1)).given(opened, issued)
    late.when(withdraw(1)).then_names("QuotaWithdrawn")


def test_an_ordered_refund_is_expected_once() -> None:
    expect = ask.ExpectRefund(**WHOSE, recovery_id="C1", amount=yuan(60))
    funded.when(expect).then_names("RefundExpected")
    Story(ledger_decider).when(expect).then_nothing()


def test_execution_is_what_was_paid_by_the_day() -> None:
    paid = funded.after(pay(210), give_back(60))
    assert paid.state.execution(on(2, 28)).paid == ZERO
    assert paid.state.execution(on(3, 31)).paid == yuan(210)
    assert paid.state.execution(on(4, 1)).paid == yuan(150)
    assert paid.state.execution(on(2, 28)).last_movement_on == on(2, 1)
    assert ledger.state.execution(on(2, 28)).last_movement_on is None
