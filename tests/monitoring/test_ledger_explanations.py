"""A refusal of the ledger names the field that caused it, and the figures that decided."""

from dataclasses import replace

import pytest

from services.monitoring.domain.ledger import commands as ask
from services.monitoring.domain.ledger import refusals as no
from services.monitoring.domain.ledger.kinds import BreakKind, BreakResolution
from services.monitoring.domain.ledger.quota_line import QuotaLine
from services.monitoring.domain.ledger.unit_account_words import NoteUnitAccount
from shared.domain.money import ZERO
from tests.monitoring.stories import CLERK, on, yuan
from tests.monitoring.test_ledger import KEY, freeze, funded, hold, issue, pay
from tests.monitoring.test_ledger_breaks import LATE, assign, late, paid, report, resolve
from tests.monitoring.test_ledger_commitments import end, register, registered, verify
from tests.monitoring.test_ledger_lines import book, line

release = ask.ReleaseQuota(**KEY, freeze_id="F1")
recall = ask.RecallQuota(
    **KEY, document_no="C1", amount=yuan(60), recalled_on=on(7, 1), reason="收回"
)
amend = ask.AmendQuota(**KEY, document_no="T1", change=yuan(50), amended_on=on(6, 1), reason="追加")
note = NoteUnitAccount(**KEY, payment_id="Z1", amount=yuan(60), document_no="N1")


def test_quota() -> None:
    funded.when(issue(0, "Q2")).then_explains(no.AmountNotPositive, "/amount")
    funded.when(replace(amend, change=ZERO)).then_explains(no.NothingAmended, "/change")
    funded.when(issue(501, "Q2")).then_explains(
        no.QuotaBeyondBudget, budget="1000.00", issued="500.00", asked="501.00"
    )
    funded.when(replace(amend, change=yuan(501))).then_explains(
        no.QuotaBeyondBudget, budget="1000.00", issued="500.00", asked="501.00"
    )
    funded.when(replace(amend, change=yuan(-501))).then_explains(
        no.AvailableTooSmall, asked="501.00", available="500.00"
    )
    funded.when(replace(recall, amount=yuan(501))).then_explains(
        no.AvailableTooSmall, asked="501.00", available="500.00"
    )
    # All of it may be asked for.
    funded.when(issue(500, "Q2")).then_names("QuotaIssued")
    funded.when(replace(recall, amount=yuan(500))).then_names("QuotaRecalled")


def test_a_number_stands_for_one_document() -> None:
    funded.when(issue(400)).then_explains(no.DocumentReused, document_no="Q1", amount="500.00")
    for other in (replace(amend, document_no="Q1"), replace(recall, document_no="Q1")):
        funded.when(other).then_explains(no.DocumentReused, document_no="Q1", amount="500.00")
    both = funded.after(amend, recall)
    both.when(issue(10, "T1")).then_explains(no.DocumentReused, document_no="T1", amount="50.00")
    both.when(issue(10, "C1")).then_explains(no.DocumentReused, document_no="C1", amount="60.00")
    both.when(replace(amend, document_no="C1")).then_explains(
        no.DocumentReused, document_no="C1", amount="60.00"
    )
    both.when(replace(recall, document_no="T1")).then_explains(
        no.DocumentReused, document_no="T1", amount="50.00"
    )


@pytest.mark.parametrize("command", [issue(10, "Q2"), amend, recall])
def test_money_keeps_its_purpose(
    command: ask.IssueQuota | ask.AmendQuota | ask.RecallQuota,
) -> None:
    other = replace(command, line=QuotaLine(fund_type_code="02"))
    funded.when(other).then_explains(
        no.FundsOfAnotherPurpose, "/fund_type_code", ledger="01", document="02"
    )


def test_freezes() -> None:
    funded.when(release).then_explains(no.FreezeUnknown, freeze_id="F1")
    funded.when(freeze(0)).then_explains(no.AmountNotPositive, "/amount")
    funded.when(freeze(501)).then_explains(no.AvailableTooSmall, asked="501.00", available="500.00")
    funded.when(replace(freeze(1), until_on=on(2, 28))).then_explains(
        no.FreezeEndsBeforeToday, "/until_on", today="2021-03-01"
    )
    held = funded.after(freeze(40))
    held.when(freeze(41)).then_explains(no.DocumentReused, freeze_id="F1", amount="40.00")
    of_adjustment = funded.after(hold(-40))
    of_adjustment.when(replace(release, freeze_id="A1")).then_explains(
        no.FreezeBelongsToAdjustment, adjustment_id="A1"
    )
    part = funded.after(hold(0, suspends=True), issue(10, "Q2"))
    part.when(replace(release, freeze_id="A1+1")).then_explains(
        no.FreezeBelongsToAdjustment, adjustment_id="A1"
    )


def test_breaks() -> None:
    paid.when(report(BreakKind.LATE_RETURN)).then_explains(
        no.BreakFoundByLedger,
        "/kind",
        kinds=["DUPLICATE", "REJECTED", "UNMATCHED_EXTERNAL", "UNMATCHED_INTERNAL"],
    )
    paid.when(report(BreakKind.UNMATCHED_INTERNAL, "Z7")).then_explains(
        no.PaymentUnknown, payment_id="Z7"
    )
    paid.when(report(BreakKind.DUPLICATE, amount=0)).then_explains(no.AmountNotPositive, "/amount")
    paid.when(assign("who", "nothing")).then_explains(no.BreakUnknown, break_id="nothing")
    late.when(resolve(BreakResolution.BOOKED)).then_explains(
        no.BreakNotBookable, kind=BreakKind.LATE_RETURN
    )
    late.when(resolve(BreakResolution.MATCHED)).then_explains(
        no.BreakEndsOtherwise,
        "/resolution",
        kind=BreakKind.LATE_RETURN,
        allowed=["CARRIED_TO_INCOME", "REJECTED"],
    )
    late.when(resolve(BreakResolution.CARRIED_TO_INCOME)).then_explains(no.SlipMissing, "/slip_no")
    over = late.after(resolve(BreakResolution.REJECTED))
    over.when(assign("who")).then_explains(no.BreakEnded, break_id=LATE)


def test_a_break_whose_number_was_booked_with_another_amount() -> None:
    broken = paid.after(book(line(600, "Z2")))
    meanwhile = broken.after(issue(400, "Q2"), pay(10, "Z2"))
    key = "BEYOND_AVAILABLE:Z2:600.00"
    meanwhile.when(resolve(BreakResolution.BOOKED, key)).then_explains(
        no.PaymentBookedBefore, payment_id="Z2", booked="10.00", asked="600.00"
    )
    broken.when(resolve(BreakResolution.BOOKED, key)).then_explains(
        no.AvailableTooSmall, asked="600.00", available="290.00"
    )


def test_contracts() -> None:
    funded.when(register(0)).then_explains(no.AmountNotPositive, "/amount")
    funded.when(register(1, evidence=())).then_explains(no.CommitmentUnproven, "/evidence")
    registered.when(register(301)).then_explains(
        no.CommitmentReused, contract_no="H1", amount="300.00"
    )
    registered.when(register(300, supplier="别家")).then_explains(
        no.CommitmentReused, contract_no="H1", amount="300.00"
    )
    funded.when(verify()).then_explains(no.CommitmentUnknown, contract_no="H1")
    funded.when(end()).then_explains(no.CommitmentUnknown, contract_no="H1")
    registered.when(verify(by=CLERK)).then_refused(no.VerifierRegistered)
    registered.after(end()).when(verify()).then_explains(no.CommitmentEnded, contract_no="H1")
    funded.after(pay(100), register(901)).when(verify()).then_explains(
        no.CommitmentBeyondBudget, left="900.00", asked="901.00"
    )
    funded.after(pay(100), register(900)).when(verify()).then_names("CommitmentVerified")
    both = funded.after(register(300), verify(), register(701, "H2"))
    both.when(verify("H2")).then_explains(no.CommitmentBeyondBudget, left="700.00", asked="701.00")


def test_the_account_of_the_unit() -> None:
    paid.when(replace(note, payment_id="Z7")).then_explains(
        no.PaymentUnknown, "/payment_id", payment_id="Z7"
    )
    for amount in (yuan(211), yuan(-1)):
        paid.when(replace(note, amount=amount)).then_explains(
            no.MoreThanWasPaid, "/amount", amount_max="210.00"
        )
    paid.when(replace(note, amount=yuan(210))).then_names("UnitAccountNoted")
