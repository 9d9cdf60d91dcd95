"""A file of the treasury: every line ends as booked, duplicate, break or refused."""

import time
from typing import Any

import pytest

from services.monitoring.domain.ledger import commands as ask
from services.monitoring.domain.ledger import events as fact
from services.monitoring.domain.ledger import refusals as no
from services.monitoring.domain.ledger.judging import outcome_of, outcomes_of
from services.monitoring.domain.ledger.kinds import BreakKind
from services.monitoring.domain.ledger.ledger import ledger_decider
from services.monitoring.domain.ledger.state import NotOpened
from services.monitoring.domain.treasury_line import LineKind, LineOutcome, TreasuryLine
from shared.domain.money import ZERO, Money
from tests.monitoring.stories import PROJECT, Story, on, yuan
from tests.monitoring.test_ledger import KEY, balances, funded, give_back, issue, ledger, pay

LINES_MAX_SECONDS = 2.0


def line(amount: int, payment_id: str = "Z1", source: str = "", **more: Any) -> TreasuryLine:  # noqa: ANN401
    told: dict[str, Any] = {"kind": LineKind.PAYMENT, "booked_on": on(3, 1), **more}
    key = source or f"CNAPS/m1/{payment_id}{told.get('return_id', '')}"
    return TreasuryLine(source_id=key, payment_id=payment_id, amount=yuan(amount), **told)


def back(amount: int, payment_id: str = "Z1", **more: Any) -> TreasuryLine:  # noqa: ANN401
    told: dict[str, Any] = {"return_id": "R1", "booked_on": on(4, 1), **more}
    return line(amount, payment_id, kind=LineKind.RETURN, **told)


def book(*lines: TreasuryLine) -> ask.BookLines:
    return ask.BookLines(**KEY, lines=lines)


def test_a_file_is_one_fact_however_many_lines_it_has() -> None:
    lines = (line(100), line(200, "Z2"), back(50))
    booked = fact.LinesBooked(
        project=PROJECT, lines=lines, paid=yuan(300), returned=yuan(50), paid_total=yuan(250)
    )
    funded.when(book(*lines)).then(booked)
    assert balances(funded.given(booked)) == (yuan(500), yuan(250), ZERO, yuan(250))


def test_the_same_file_again_changes_nothing() -> None:
    file = book(line(100), line(501, "Z2"), back(50), back(60, "unknown"))
    funded.when(file).then_names("LinesBooked", "BreakOpened", "BreakOpened")
    again = outcomes_of(file.lines, funded.after(file).state)
    assert {verdict.outcome for verdict in again} == {LineOutcome.DUPLICATE}


@pytest.mark.parametrize(
    ("told", "outcome", "kind"),
    [
        (line(100, "Z9"), LineOutcome.BOOKED, None),
        (line(210), LineOutcome.DUPLICATE, None),
        (line(210, source="OTHER/m7/1"), LineOutcome.DUPLICATE, None),
        (line(210, "renamed", source="CNAPS/m1/Z1"), LineOutcome.DUPLICATE, None),
        (line(211, "renamed", source="CNAPS/m1/Z1"), LineOutcome.BREAK, BreakKind.AMOUNT_MISMATCH),
        (line(211), LineOutcome.BREAK, BreakKind.AMOUNT_MISMATCH),
        (line(291, "Z9"), LineOutcome.BREAK, BreakKind.BEYOND_AVAILABLE),
        (back(10), LineOutcome.BOOKED, None),
        (back(211), LineOutcome.BREAK, BreakKind.AMOUNT_MISMATCH),
        (back(1, "unknown"), LineOutcome.BREAK, BreakKind.UNMATCHED_EXTERNAL),
        (back(1, ""), LineOutcome.BREAK, BreakKind.UNMATCHED_EXTERNAL),
        (back(1, booked_on=on(1, 4).replace(year=2022)), LineOutcome.BREAK, BreakKind.LATE_RETURN),
        (line(0, "Z9"), LineOutcome.REFUSED, None),
        (line(-1, "Z9"), LineOutcome.REFUSED, None),
        (line(1, "", source="CNAPS/m1/2"), LineOutcome.REFUSED, None),
    ],
)
def test_every_line_ends_in_one_of_four_ways(
    told: TreasuryLine, outcome: LineOutcome, kind: BreakKind | None
) -> None:
    paid = funded.after(book(line(210)))
    verdict = outcome_of(told, paid.state)
    assert (verdict.outcome, verdict.kind) == (outcome, kind)
    assert bool(verdict.why) == bool(verdict.why_zh) == (outcome is not LineOutcome.BOOKED)
    facts = paid.when(book(told)).facts()
    by_fact = {LineOutcome.BOOKED: "LinesBooked", LineOutcome.BREAK: "BreakOpened"}
    assert [type(one).__name__ for one in facts] == [by_fact[o] for o in by_fact if o is outcome]


def test_a_line_is_judged_after_the_lines_before_it() -> None:
    file = (line(300), line(300, "Z2"), back(200), line(400, "Z3"), line(300), line(9, "Z3"))
    told = [verdict.outcome.name for verdict in outcomes_of(file, funded.state)]
    assert told == ["BOOKED", "BREAK", "BOOKED", "BOOKED", "DUPLICATE", "BREAK"]
    assert balances(funded.after(book(*file))) == (yuan(500), yuan(500), ZERO, ZERO)


def test_without_a_ledger_every_line_is_refused() -> None:
    verdict = outcome_of(line(1), NotOpened())
    assert verdict.outcome is LineOutcome.REFUSED
    Story(ledger_decider).when(book(line(1))).then_refused(no.LedgerNotOpened)


def test_files_and_single_lines_know_each_other() -> None:
    single = funded.after(pay(210), give_back(60))
    single.when(book(line(210), back(60))).then_nothing()
    filed = funded.after(book(line(210), back(60)))
    filed.when(pay(210)).then_nothing()
    filed.when(give_back(60)).then_nothing()
    filed.when(pay(211)).then_names("BreakOpened")
    assert balances(filed) == balances(single)
    assert filed.state.execution(on(3, 31)) == single.state.execution(on(3, 31))


def test_money_that_was_ordered_back_stays_a_fact_of_its_own_and_is_not_spent_again() -> None:
    file = book(line(500), back(60, recovery_id="C1"), line(60, "Z2"))
    names = ("LinesBooked", "PaymentReturned", "QuotaWithdrawn", "BreakOpened")
    funded.when(file).then_names(*names)
    assert balances(funded.after(file)) == (yuan(440), yuan(440), ZERO, ZERO)


def test_a_line_that_lacked_quota_is_booked_when_it_comes_again_after_more_was_issued() -> None:
    broken = funded.after(book(line(501)))
    more = broken.after(issue(100, "Q2"))
    more.when(book(line(501))).then_names("LinesBooked", "BreakResolved")
    ledger.when(book(line(1))).then_names("BreakOpened")


def test_fifty_thousand_lines_of_one_ledger_cost_their_number_not_its_square() -> None:
    """The tally keeps what the file adds; copying the ledger per line would take minutes."""
    many = [line(1, f"Z{n}") for n in range(50_000)]
    rich = ledger.given(
        fact.QuotaIssued(project=PROJECT, document_no="Q", amount=Money(10**10), issued_on=on(1, 1))
    )
    began = time.process_time()
    paid = rich.after(book(*many)).state.paid
    assert time.process_time() - began < LINES_MAX_SECONDS
    assert paid == yuan(50_000)
