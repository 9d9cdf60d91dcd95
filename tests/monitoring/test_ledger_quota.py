"""Quota by documents: nothing beyond the budget, nothing out of its purpose, no freeze for ever."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from services.monitoring.domain.calendar import ends
from services.monitoring.domain.ledger import commands as ask
from services.monitoring.domain.ledger import events as fact
from services.monitoring.domain.ledger import refusals as no
from services.monitoring.domain.ledger.ledger import ledger_decider
from services.monitoring.domain.ledger.quota_line import QuotaLine
from services.monitoring.publishing import publish
from services.monitoring.reactions import fall_due, schedule
from shared.contracts import monitoring as said
from shared.domain.money import ZERO
from shared.messages import CalledOff, Deadline, Due
from shared.testing.projection_spec import recorded
from tests.monitoring.stories import PROJECT, Story, at, on, yuan
from tests.monitoring.test_ledger import (
    KEY,
    adjust,
    balances,
    freeze,
    funded,
    hold,
    issue,
    pay,
    withdraw,
)

special = Story(ledger_decider).given(
    fact.LedgerOpened(
        project=PROJECT, budget=yuan(1000), fund_type_code="111", direct_fund_flag="01"
    )
)


def amend(change: int, document_no: str = "T1", **line: str) -> ask.AmendQuota:
    return ask.AmendQuota(
        **KEY,
        document_no=document_no,
        change=yuan(change),
        amended_on=on(6, 1),
        reason="上级压减",
        line=QuotaLine(**line),
    )


def recall(amount: int, document_no: str = "S1", **line: str) -> ask.RecallQuota:
    return ask.RecallQuota(
        **KEY,
        document_no=document_no,
        amount=yuan(amount),
        recalled_on=on(11, 1),
        reason="结余收回",
        line=QuotaLine(**line),
    )


def issue_for(amount: int, **line: str) -> ask.IssueQuota:
    return ask.IssueQuota(
        **KEY,
        document_no="Q1",
        amount=yuan(amount),
        issued_on=on(2, 1),
        line=QuotaLine(**line),
    )


def test_a_document_adds_to_the_quota_or_cuts_it() -> None:
    funded.when(amend(100)).then_names("QuotaAmended")
    assert balances(funded.after(amend(100))) == (yuan(600), ZERO, ZERO, yuan(600))
    cut = funded.after(pay(200), amend(-300))
    assert balances(cut) == (yuan(200), yuan(200), ZERO, ZERO)
    cut.when(amend(-1, "T2")).then_refused(no.AvailableTooSmall)


def test_the_budget_stays_above_what_was_issued() -> None:
    funded.when(amend(501)).then_refused(no.QuotaBeyondBudget)
    funded.after(amend(500)).when(issue(1, "Q2")).then_refused(no.QuotaBeyondBudget)
    funded.after(amend(-100)).when(issue(600, "Q2")).then_names("QuotaIssued")
    funded.when(amend(0)).then_refused(no.NothingAmended)


def test_quota_is_recalled_by_document_and_leaves_no_room_for_more() -> None:
    funded.when(recall(140)).then_names("QuotaRecalled")
    done = funded.after(pay(210), recall(140))
    assert balances(done) == (yuan(360), yuan(210), ZERO, yuan(150))
    done.when(recall(151, "S2")).then_refused(no.AvailableTooSmall)
    done.when(issue(501, "Q2")).then_refused(no.QuotaBeyondBudget)
    done.when(recall(0, "S2")).then_refused(no.AmountNotPositive)


def test_a_document_stands_for_one_thing_and_one_amount() -> None:
    funded.after(amend(100)).when(amend(99)).then_refused(no.DocumentReused)
    funded.after(recall(100)).when(recall(99)).then_refused(no.DocumentReused)
    funded.when(amend(100, "Q1")).then_refused(no.DocumentReused)
    funded.when(recall(100, "Q1")).then_refused(no.DocumentReused)
    funded.after(amend(100)).when(issue(100, "T1")).then_refused(no.DocumentReused)
    funded.after(recall(100)).when(amend(100, "S1")).then_refused(no.DocumentReused)


@pytest.mark.parametrize("line", [{"fund_type_code": "121"}, {"direct_fund_flag": "09"}])
def test_special_purpose_money_cannot_leave_its_purpose(line: dict[str, str]) -> None:
    filled = special.after(issue(500))
    for command in (amend(10, **line), recall(10, **line)):
        filled.when(command).then_refused(no.FundsOfAnotherPurpose)
    with pytest.raises(no.FundsOfAnotherPurpose) as caught:
        special.when(issue_for(500, **line)).facts()
    ((name, theirs),) = line.items()
    ours = {"fund_type_code": "111", "direct_fund_flag": "01"}[name]
    assert (caught.value.details["ledger"], caught.value.details["document"]) == (ours, theirs)
    assert caught.value.pointer == f"/{name}"
    special.when(issue_for(500, fund_type_code="111", direct_fund_flag="01")).then_names(
        "QuotaIssued"
    )


def test_the_first_document_names_the_money_where_the_target_did_not() -> None:
    unnamed = Story(ledger_decider).given(
        fact.LedgerOpened(
            project=PROJECT, budget=yuan(1000), fund_type_code="", direct_fund_flag=""
        )
    )
    named = unnamed.after(issue_for(500, fund_type_code="121"))
    named.when(amend(10, fund_type_code="111")).then_refused(no.FundsOfAnotherPurpose)
    named.when(amend(10, fund_type_code="121")).then_names("QuotaAmended")


def test_documents_are_told_with_their_numbers() -> None:
    line = QuotaLine(bgt_id="B7", fund_type_code="111")
    issued = fact.QuotaIssued(
        project=PROJECT, document_no="Q1", amount=yuan(5), issued_on=on(2, 1), line=line
    )
    told = publish(recorded("ledger-P1-2021", issued)[0])
    assert isinstance(told, said.QuotaIssued)
    assert (told.document_no, told.bgt_id, told.fund_type_code) == ("Q1", "B7", "111")
    words = [
        type(publish(recorded("ledger-P1-2021", one)[0]))
        for command in (amend(-10), recall(10))
        for one in funded.when(command).facts()
    ]
    assert [word.__name__ for word in words] == ["QuotaAmended", "QuotaRecalled"]


def freeze_until(month: int, day: int, amount: int = 400) -> ask.FreezeQuota:
    return ask.FreezeQuota(
        **KEY, freeze_id="F|1", amount=yuan(amount), reason="核查", until_on=on(month, day)
    )


def expire(month: int, day: int, freeze_id: str = "F|1") -> ask.ExpireFreeze:
    return ask.ExpireFreeze(**{**KEY, "now": at(month, day)}, freeze_id=freeze_id)


def test_a_freeze_is_over_when_its_last_day_is() -> None:
    frozen = funded.after(freeze_until(6, 30))
    frozen.when(expire(6, 30)).then_nothing()
    frozen.when(expire(7, 1)).then_names("QuotaReleased")
    (released,) = frozen.when(expire(7, 1)).facts()
    assert released.expired
    assert balances(frozen.given(released)) == balances(funded)
    told = publish(recorded("ledger-P1-2021", released)[0])
    assert isinstance(told, said.QuotaReleased)
    assert told.expired


def test_a_freeze_without_a_last_day_holds_until_it_is_released() -> None:
    frozen = funded.after(freeze(400))
    frozen.when(expire(12, 31, "F1")).then_nothing()
    funded.when(expire(12, 31)).then_nothing()
    funded.when(freeze_until(2, 28)).then_refused(no.FreezeEndsBeforeToday)
    dated = funded.after(freeze_until(6, 30))
    dated.when(freeze_until(6, 29)).then_refused(no.DocumentReused)
    suspended = funded.after(hold(0, suspends=True))
    suspended.when(expire(12, 31, "A1")).then_nothing()


def test_the_clock_is_asked_to_end_a_freeze_and_called_off_when_somebody_else_did() -> None:
    (frozen,) = funded.when(freeze_until(6, 30)).facts()
    (deadline,) = schedule(recorded("ledger-P1-2021", frozen)[0])
    assert isinstance(deadline, Deadline)
    assert deadline.due_at == ends(on(6, 30))
    due = Due(
        kind=deadline.kind,
        subject=deadline.subject,
        due_at=deadline.due_at,
        now=deadline.due_at,
    )
    (released,) = funded.given(frozen).when(fall_due(due)).facts()
    assert released.freeze_id == "F|1"
    early = msgspec.structs.replace(due, now=due.now - timedelta(seconds=1))
    funded.given(frozen).when(fall_due(early)).then_nothing()
    (off,) = schedule(recorded("ledger-P1-2021", released)[0])
    assert off == CalledOff(key=deadline.key)
    endless = funded.when(freeze(400)).facts()
    assert not schedule(recorded("ledger-P1-2021", *endless)[0])


def test_what_an_adjustment_took_needs_no_clock_any_more() -> None:
    held = funded.after(hold(-200))
    (adjusted,) = held.when(adjust(1000, 800)).facts()
    assert [type(one) for one in schedule(recorded("ledger-P1-2021", adjusted)[0])] == [CalledOff]


def withdrawn_then(command: Any) -> Story:  # noqa: ANN401
    return funded.after(withdraw(100), command)


def test_recoveries_and_recalls_stand_side_by_side() -> None:
    assert balances(withdrawn_then(recall(100))) == (yuan(300), ZERO, ZERO, yuan(300))
