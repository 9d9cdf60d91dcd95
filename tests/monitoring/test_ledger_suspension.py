"""What comes in while payments are suspended is held, too, and let go together."""

from dataclasses import replace

import pytest

from services.monitoring.domain.ledger import commands as ask
from services.monitoring.domain.ledger import refusals as no
from services.monitoring.domain.ledger.judging import outcomes_of
from services.monitoring.domain.treasury_line import LineOutcome
from shared.domain.money import ZERO
from tests.monitoring.stories import Story, on, yuan
from tests.monitoring.test_ledger import (
    KEY,
    adjust,
    balances,
    funded,
    give_back,
    hold,
    issue,
    pay,
    withdraw,
)
from tests.monitoring.test_ledger_lines import back, book, line

paid = funded.after(pay(200))
suspended = paid.after(hold(0, suspends=True))
by_measure = paid.after(
    ask.FreezeQuota(**KEY, freeze_id="W1", amount=yuan(300), reason="暂停拨付", suspends=True)
)
lift = ask.ReleaseQuota(**KEY, freeze_id="A1")
amend = ask.AmendQuota(**KEY, document_no="T1", change=yuan(50), amended_on=on(6, 1), reason="追加")


@pytest.mark.parametrize("story", [suspended, by_measure])
@pytest.mark.parametrize(
    ("command", "amount"),
    [(issue(100, "Q2"), 100), (amend, 50), (give_back(60, payment_id="Z1"), 60)],
)
def test_what_comes_in_is_held(story: Story, command: ask.LedgerCommand, amount: int) -> None:
    names = [type(one).__name__ for one in story.when(command).facts()]
    assert names[1:] == ["QuotaFrozen"]
    after = story.after(command)
    assert after.state.available == ZERO
    assert balances(after)[2] == yuan(300 + amount)
    after.when(command).then_nothing()
    after.when(pay(1, "Z9")).then_names("BreakOpened")


def test_all_of_it_is_let_go_together_and_what_comes_then_is_free() -> None:
    fed = suspended.after(issue(100, "Q2"), amend)
    fed.when(lift).then_names("QuotaReleased", "QuotaReleased", "QuotaReleased")
    free = fed.after(lift)
    assert balances(free) == balances(paid.after(issue(100, "Q2"), amend))
    free.when(lift).then_nothing()
    free.when(issue(10, "Q3")).then_names("QuotaIssued")
    assert free.after(issue(10, "Q3")).state.available == yuan(460)


def test_a_part_is_not_let_go_by_itself() -> None:
    fed = suspended.after(issue(100, "Q2"))
    alone = ask.ReleaseQuota(**KEY, freeze_id="A1+1")
    fed.when(alone).then_refused(no.FreezeBelongsToAdjustment)
    fed.after(lift).when(ask.ReleaseQuota(**KEY, freeze_id="nothing")).then_refused(
        no.FreezeUnknown
    )


def test_a_return_pays_nothing_in_its_own_file() -> None:
    file = (back(60), line(60, "Z2"))
    told = [verdict.outcome for verdict in outcomes_of(file, suspended.state)]
    assert told == [LineOutcome.BOOKED, LineOutcome.BREAK]
    after = suspended.after(book(*file))
    assert (after.state.available, balances(after)[2]) == (ZERO, yuan(360))


def test_what_is_ordered_back_is_taken_and_not_held() -> None:
    suspended.when(give_back(60, recovery_id="C1")).then_names("PaymentReturned", "QuotaWithdrawn")
    suspended.when(withdraw(10)).then_names("WithdrawalRefused")


def test_an_increase_during_a_suspension_is_held() -> None:
    more = adjust(1000, 1200, "A2")
    suspended.when(more).then_names("QuotaAdjusted", "QuotaFrozen")
    suspended.after(more).when(more).then_nothing()


def test_of_two_suspensions_the_second_holds_what_the_first_lets_go() -> None:
    second = replace(hold(0, suspends=True), adjustment_id="A2")
    suspended.when(second).then_names("QuotaFrozen")
    assert suspended.after(second, lift).state.available == ZERO
    one = paid.after(
        ask.FreezeQuota(**KEY, freeze_id="W1", amount=yuan(100), reason="r", suspends=True),
        hold(0, suspends=True),
    )
    one.when(ask.ReleaseQuota(**KEY, freeze_id="W1")).then_names("QuotaReleased", "QuotaFrozen")
    left = one.after(ask.ReleaseQuota(**KEY, freeze_id="W1"))
    assert (left.state.available, balances(left)[2]) == (ZERO, yuan(300))
    assert left.after(lift).state.available == yuan(300)


def test_an_order_on_its_way_is_still_paid_from_what_it_held() -> None:
    ordered = paid.after(
        ask.FreezeQuota(**KEY, freeze_id="order:1", amount=yuan(50), reason="r"),
        hold(0, suspends=True),
    )
    settled = ask.ReleaseHold(**KEY, adjustment_id="order:1", spends=True)
    ordered.when(settled).then_names("QuotaReleased")
    ordered.after(settled).when(pay(50, "Z2")).then_names("PaymentSettled")
    rejected = replace(settled, spends=False)
    ordered.when(rejected).then_names("QuotaReleased", "QuotaFrozen")


spent = funded.after(pay(500))
nothing_left = (
    spent.after(hold(0, suspends=True)),
    spent.after(
        ask.FreezeQuota(**KEY, freeze_id="W1", amount=ZERO, reason="暂停拨付", suspends=True)
    ),
)


@pytest.mark.parametrize("story", nothing_left)
def test_a_project_with_nothing_left_is_suspended_and_what_comes_in_is_held(story: Story) -> None:
    assert (story.state.suspended, story.state.available) == (True, ZERO)
    story.when(give_back(60, payment_id="Z1")).then_names("PaymentReturned", "QuotaFrozen")
    fed = story.after(give_back(60, payment_id="Z1"))
    assert (fed.state.available, balances(fed)[2]) == (ZERO, yuan(60))
    fed.when(pay(60, "Z9")).then_names("BreakOpened")
    (key,) = fed.state.suspensions
    free = fed.after(ask.ReleaseQuota(**KEY, freeze_id=key))
    assert (free.state.suspended, free.state.available) == (False, yuan(60))
    free.when(ask.ReleaseQuota(**KEY, freeze_id=key)).then_nothing()


def test_it_is_suspended_once_and_nothing_else_is_held_for_nothing() -> None:
    by_adjustment, _ = nothing_left
    by_adjustment.when(hold(0, suspends=True)).then_nothing()
    empty = ask.FreezeQuota(**KEY, freeze_id="F1", amount=ZERO, reason="r")
    spent.when(empty).then_refused(no.AmountNotPositive)
    spent.when(hold(-1)).then_refused(no.AvailableTooSmall)
