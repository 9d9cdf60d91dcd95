"""Every fact of the ledger says the whole of what happened: numbers, days, documents, persons.

Whoever reads a fact later, a read model or an auditor, has nothing else.
"""

from dataclasses import replace
from typing import Any

from services.monitoring.domain.ledger import commands as ask
from services.monitoring.domain.ledger import events as fact
from services.monitoring.domain.ledger.kinds import BreakKind, BreakResolution
from services.monitoring.domain.ledger.quota_line import QuotaLine
from services.monitoring.domain.treasury_line import LineKind
from shared.domain.money import ZERO
from tests.monitoring.stories import CLERK, PROJECT, on, yuan
from tests.monitoring.test_ledger import (
    KEY,
    WHOSE,
    adjust,
    freeze,
    funded,
    give_back,
    hold,
    issue,
    ledger,
    pay,
    undo,
    withdraw,
)
from tests.monitoring.test_ledger_breaks import assign, report, resolve
from tests.monitoring.test_ledger_lines import back, book, line

PURPOSE = QuotaLine(bgt_id="B1", fund_type_code="01")
paid = funded.after(pay(210))
TOLD: dict[str, Any] = {"bank_ref": "BR", "uetr": "UE", "purpose": "路面", "contract_no": "H1"}


def test_quota_by_document() -> None:
    funded.when(replace(issue(100, "Q2"), line=PURPOSE)).then(
        fact.QuotaIssued(
            project=PROJECT, document_no="Q2", amount=yuan(100), issued_on=on(2, 1), line=PURPOSE
        )
    )
    change = ask.AmendQuota(
        **KEY, document_no="T1", change=yuan(-50), amended_on=on(6, 1), reason="压减", line=PURPOSE
    )
    funded.when(change).then(
        fact.QuotaAmended(
            project=PROJECT,
            document_no="T1",
            change=yuan(-50),
            quota=yuan(450),
            amended_on=on(6, 1),
            reason="压减",
            line=PURPOSE,
        )
    )
    recall = ask.RecallQuota(
        **KEY, document_no="C1", amount=yuan(60), recalled_on=on(7, 1), reason="收回", line=PURPOSE
    )
    funded.when(recall).then(
        fact.QuotaRecalled(
            project=PROJECT,
            document_no="C1",
            amount=yuan(60),
            quota=yuan(440),
            recalled_on=on(7, 1),
            reason="收回",
            line=PURPOSE,
        )
    )


def test_what_is_held_and_let_go() -> None:
    held = fact.QuotaFrozen(
        project=PROJECT, freeze_id="F1", amount=yuan(40), reason="核查", until_on=on(3, 1)
    )
    asked = replace(freeze(40), until_on=on(3, 1))
    funded.when(asked).then(held)
    released = fact.QuotaReleased(project=PROJECT, freeze_id="F1", amount=yuan(40))
    funded.given(held).when(ask.ReleaseQuota(**KEY, freeze_id="F1")).then(released)
    expire = ask.ExpireFreeze(**KEY | {"now": KEY["now"].replace(day=2)}, freeze_id="F1")
    funded.given(held).when(expire).then(replace(released, expired=True))
    funded.given(held).when(replace(expire, now=KEY["now"])).then_nothing()
    funded.when(replace(hold(-70), until_on=on(9, 1))).then(
        fact.QuotaFrozen(
            project=PROJECT,
            freeze_id="A1",
            amount=yuan(70),
            reason="ADJUSTMENT",
            adjustment=True,
            until_on=on(9, 1),
        )
    )
    funded.when(hold(0)).then_nothing()
    funded.when(hold(0, suspends=True)).then(
        fact.QuotaFrozen(
            project=PROJECT,
            freeze_id="A1",
            amount=yuan(500),
            reason="ADJUSTMENT",
            adjustment=True,
            suspends=True,
        )
    )


def test_what_comes_in_during_a_suspension_is_numbered_and_says_what_it_belongs_to() -> None:
    suspended = funded.after(hold(0, suspends=True))
    first = suspended.when(issue(10, "Q2")).facts()[1]
    assert first == fact.QuotaFrozen(
        project=PROJECT, freeze_id="A1+1", amount=yuan(10), reason="SUSPENSION", part_of="A1"
    )
    second = suspended.after(issue(10, "Q2")).when(issue(20, "Q3")).facts()[1]
    assert second == replace(first, freeze_id="A1+2", amount=yuan(20))


def test_quota_that_moves_with_the_target() -> None:
    moved = fact.QuotaAdjusted(
        project=PROJECT,
        adjustment_id="A1",
        change=yuan(-100),
        from_frozen=yuan(100),
        budget=yuan(900),
        quota=yuan(400),
    )
    funded.after(hold(-100)).when(adjust(1000, 900)).then(moved)
    more = replace(moved, change=yuan(200), from_frozen=ZERO, budget=yuan(1200), quota=yuan(700))
    funded.when(adjust(1000, 1200)).then(more)
    # All that is there may go; a fen more is a break that says how much was missing.
    all_of_it = replace(moved, change=yuan(-500), from_frozen=ZERO, budget=ZERO, quota=ZERO)
    funded.when(adjust(500, 0)).then(all_of_it)
    low = fact.BreakOpened(
        project=PROJECT,
        break_id="BUDGET_BELOW_QUOTA:A1:210.00",
        kind=BreakKind.BUDGET_BELOW_QUOTA,
        line_id="A1",
        amount=yuan(210),
        booked_on=on(3, 1),
        owner="FB_BUDGET",
        available=yuan(290),
    )
    paid.when(adjust(500, 0)).then(low)
    paid.given(low).when(adjust(500, 0)).then_nothing()
    paid.given(low).when(adjust(500, 400, "A2")).then_names("QuotaAdjusted")
    held = paid.after(hold(-50))
    held.when(adjust(500, 0)).then(
        replace(low, available=yuan(240)),
        fact.QuotaReleased(project=PROJECT, freeze_id="A1", amount=yuan(50)),
    )


def test_a_break_of_another_kind_under_its_number_stops_no_adjustment() -> None:
    other = paid.after(report(BreakKind.DUPLICATE, "A1"))
    other.when(adjust(1000, 1100)).then_names("QuotaAdjusted")


def test_what_was_undone_moves_back_as_far_as_it_is_there() -> None:
    raised = funded.after(adjust(1000, 1200))
    back_again = undo(1200, 1000)
    moved = fact.QuotaAdjusted(
        project=PROJECT,
        adjustment_id=back_again.undone_id,
        change=yuan(-200),
        from_frozen=ZERO,
        budget=yuan(1000),
        quota=yuan(500),
    )
    assert back_again.adjustment_id == "A1"
    raised.when(back_again).then(moved)
    spent = raised.after(pay(600))
    facts = spent.when(back_again).facts()
    assert facts[0] == replace(moved, change=yuan(-100), quota=yuan(600))
    assert (facts[1].amount, facts[1].line_id, facts[1].booked_on) == (
        yuan(100),
        back_again.undone_id,
        back_again.now.date(),
    )
    assert len(facts) == 2


def test_payments_and_returns_say_everything_the_bank_said() -> None:
    told = replace(pay(100), source_id="CNAPS/m1/1", **TOLD)
    settled = fact.PaymentSettled(
        project=PROJECT,
        payment_id="Z1",
        amount=yuan(100),
        paid_total=yuan(310),
        settled_on=on(3, 1),
        source_id="CNAPS/m1/1",
        **TOLD,
    )
    before = funded.after(pay(210, "Z0"))
    before.when(told).then(settled)
    came = give_back(30, recovery_id="R7", source_id="CNAPS/m2/1", uetr="UR", clearing_ref="CR")
    before.given(settled).when(came).then(
        fact.PaymentReturned(
            project=PROJECT,
            payment_id="Z1",
            return_id="R1",
            amount=yuan(30),
            paid_total=yuan(280),
            returned_on=on(4, 1),
            recovery_id="R7",
            source_id="CNAPS/m2/1",
            uetr="UR",
            clearing_ref="CR",
        ),
        fact.QuotaWithdrawn(
            project=PROJECT,
            recovery_id="R7",
            amount=yuan(30),
            quota=yuan(470),
            document_no="R1",
            withdrawn_on=on(4, 1),
        ),
    )


def test_two_returns_that_were_ordered_back_count_one_after_the_other() -> None:
    file = book(
        back(30, recovery_id="R7", clearing_ref="CR", uetr="UR"),
        back(20, return_id="R2", recovery_id="R8"),
    )
    facts = paid.when(file).facts()
    assert [(one.paid_total, one.clearing_ref, one.uetr) for one in facts[::2]] == [
        (yuan(180), "CR", "UR"),
        (yuan(160), "", ""),
    ]
    assert [(one.quota, one.document_no, one.withdrawn_on) for one in facts[1::2]] == [
        (yuan(470), "R1", on(4, 1)),
        (yuan(450), "R2", on(4, 1)),
    ]


def test_a_break_keeps_the_line_and_what_was_known() -> None:
    told = line(600, "Z2", source="CNAPS/m1/2", reason_code="AC04", purpose="路面",
                contract_no="H1")  # fmt: skip
    opened = fact.BreakOpened(
        project=PROJECT,
        break_id="BEYOND_AVAILABLE:Z2:600.00",
        kind=BreakKind.BEYOND_AVAILABLE,
        line_id="Z2",
        amount=yuan(600),
        booked_on=on(3, 1),
        owner="FB_BUDGET",
        source_id="CNAPS/m1/2",
        payment_id="Z2",
        purpose="路面",
        contract_no="H1",
        note="AC04",
        available=yuan(290),
        direction=LineKind.PAYMENT,
    )
    paid.when(book(told)).then(opened)
    reported = replace(report(BreakKind.UNMATCHED_INTERNAL), source_id="S9")
    paid.when(reported).then(
        fact.BreakOpened(
            project=PROJECT,
            break_id="UNMATCHED_INTERNAL:Z1:210.00",
            kind=BreakKind.UNMATCHED_INTERNAL,
            line_id="Z1",
            amount=yuan(210),
            booked_on=on(4, 1),
            owner="FB_TREASURY",
            source_id="S9",
            note="对账",
            known=yuan(210),
            available=yuan(290),
        )
    )


def test_what_becomes_of_a_break_says_who_decided_and_what_was_booked() -> None:
    told = line(600, "Z2", source="CNAPS/m1/2", purpose="路面", contract_no="H1")
    broken = paid.after(book(told))
    key = "BEYOND_AVAILABLE:Z2:600.00"
    broken.when(assign("iss|who", key)).then(
        fact.BreakAssigned(project=PROJECT, break_id=key, owner="iss|who", assigned_by=CLERK)
    )
    ended = fact.BreakResolved(
        project=PROJECT,
        break_id=key,
        resolution=BreakResolution.REJECTED,
        note="已核",
        resolved_by=CLERK,
        slip_no="J1",
    )
    broken.when(resolve(BreakResolution.REJECTED, key, slip_no="J1")).then(ended)
    more = broken.after(issue(400, "Q2"))
    more.when(resolve(BreakResolution.BOOKED, key)).then(
        fact.PaymentSettled(
            project=PROJECT,
            payment_id="Z2",
            amount=yuan(600),
            paid_total=yuan(810),
            settled_on=on(3, 1),
            purpose="路面",
            contract_no="H1",
        ),
        replace(ended, resolution=BreakResolution.BOOKED, slip_no=""),
    )
    again = more.when(book(told)).facts()
    assert again[1] == replace(
        ended,
        resolution=BreakResolution.BOOKED,
        note="The line was sent again, and it fits now.",
        slip_no="",
    )


def test_what_is_taken_back_and_what_is_refused() -> None:
    taken = fact.QuotaWithdrawn(
        project=PROJECT,
        recovery_id="C1",
        amount=yuan(500),
        quota=ZERO,
        document_no="D1",
        withdrawn_on=on(3, 1),
    )
    funded.when(withdraw(500)).then(taken)
    funded.given(taken).when(withdraw(500)).then_nothing()
    refused = fact.WithdrawalRefused(
        project=PROJECT,
        recovery_id="C1",
        asked=yuan(501),
        available=yuan(500),
        document_no="D1",
        approved_on=on(10, 1),
    )
    funded.when(withdraw(501)).then(refused)
    funded.when(withdraw(0)).then(replace(refused, asked=ZERO))
    funded.given(refused).when(withdraw(501)).then_nothing()
    funded.given(refused).when(replace(withdraw(501), document_no="D2")).then(
        replace(refused, document_no="D2")
    )
    ledger.when(ask.ExpectRefund(**WHOSE, recovery_id="C2", amount=yuan(7))).then(
        fact.RefundExpected(project=PROJECT, recovery_id="C2", amount=yuan(7))
    )
