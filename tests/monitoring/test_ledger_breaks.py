"""Breaks: a closed list, somebody who has to act, an age, and closed ways to end."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from services.monitoring.domain.ledger import commands as ask
from services.monitoring.domain.ledger import refusals as no
from services.monitoring.domain.ledger.ageing import Age, age
from services.monitoring.domain.ledger.kinds import (
    ENDINGS,
    FIRST_OWNER,
    REPORTED,
    BreakKind,
    BreakResolution,
)
from services.monitoring.domain.ledger.reasons import BASIS, WHY
from services.monitoring.publishing import publish
from shared.contracts import monitoring as said
from shared.domain.money import ZERO
from shared.testing.projection_spec import recorded
from tests.monitoring.stories import on, yuan
from tests.monitoring.test_ledger import KEY, adjust, balances, funded, give_back, issue, pay
from tests.monitoring.test_ledger_lines import back, book, line

LATE = "LATE_RETURN:R1:60.00"
NEXT_YEAR = on(1, 20).replace(year=2022)


def report(kind: BreakKind, line_id: str = "Z1", amount: int = 210) -> ask.ReportBreak:
    return ask.ReportBreak(
        **KEY, kind=kind, line_id=line_id, amount=yuan(amount), booked_on=on(4, 1), note="对账"
    )


def assign(owner: str, key: str = LATE) -> ask.AssignBreak:
    return ask.AssignBreak(**KEY, break_id=key, owner=owner)


def resolve(resolution: BreakResolution, key: str = LATE, **more: Any) -> ask.ResolveBreak:  # noqa: ANN401
    return ask.ResolveBreak(**KEY, break_id=key, resolution=resolution, note="已核", **more)


paid = funded.after(pay(210))
late = paid.after(give_back(60, returned_on=NEXT_YEAR))


def test_every_kind_has_an_owner_a_reason_a_ground_and_an_end() -> None:
    for book_of in (FIRST_OWNER, WHY, BASIS, ENDINGS):
        assert set(book_of) == set(BreakKind)
    assert all(BreakResolution.REJECTED in ends for ends in ENDINGS.values())


def test_a_break_says_what_was_known_when_it_came_and_who_has_to_act() -> None:
    (found,) = paid.when(book(line(211, source="CNAPS/m2/4"))).facts()
    assert (found.known, found.available) == (yuan(210), yuan(290))
    assert (found.source_id, found.owner) == ("CNAPS/m2/4", "FB_TREASURY")
    (beyond,) = paid.when(pay(300, "Z2")).facts()
    assert (beyond.known, beyond.owner) == (None, "FB_BUDGET")


@pytest.mark.parametrize("kind", sorted(REPORTED))
def test_a_comparison_of_both_books_finds_what_no_line_shows(kind: BreakKind) -> None:
    paid.when(report(kind)).then_names("BreakOpened")
    assert balances(paid.after(report(kind))) == balances(paid)
    paid.when(report(kind, amount=0)).then_refused(no.AmountNotPositive)


def test_the_ledger_finds_its_own_breaks_and_knows_its_own_payments() -> None:
    for kind in set(BreakKind) - REPORTED:
        paid.when(report(kind)).then_refused(no.BreakFoundByLedger)
    paid.when(report(BreakKind.UNMATCHED_INTERNAL, "Z9")).then_refused(no.PaymentUnknown)


def test_a_break_is_given_to_somebody_while_it_is_open() -> None:
    late.when(assign("iss|somebody")).then_names("BreakAssigned")
    late.when(assign("FB_TREASURY")).then_nothing()
    late.when(assign("x", "nothing")).then_refused(no.BreakUnknown)
    ended = late.after(resolve(BreakResolution.REJECTED))
    ended.when(assign("iss|somebody")).then_refused(no.BreakEnded)


def test_a_late_return_becomes_income_by_slip_and_changes_no_rate_of_its_year() -> None:
    carry = resolve(BreakResolution.CARRIED_TO_INCOME, slip_no="JK2022-0007")
    late.when(carry).then_names("BreakResolved")
    done = late.after(carry)
    assert balances(done) == balances(paid)
    year_end = on(12, 31)
    assert done.state.execution(year_end) == paid.state.execution(year_end)
    done.when(give_back(60, returned_on=NEXT_YEAR)).then_nothing()
    late.when(replace(carry, slip_no="")).then_refused(no.SlipMissing)
    (resolved,) = late.when(carry).facts()
    told = publish(recorded("ledger-P1-2021", resolved)[0])
    assert isinstance(told, said.ReconciliationBreakResolved)
    assert (told.resolution, told.slip_no) == ("CARRIED_TO_INCOME", "JK2022-0007")


@pytest.mark.parametrize("kind", sorted(BreakKind))
def test_a_break_ends_only_in_the_ways_of_its_kind(kind: BreakKind) -> None:
    stories = {
        BreakKind.AMOUNT_MISMATCH: pay(211),
        BreakKind.LATE_RETURN: give_back(60, returned_on=NEXT_YEAR),
        BreakKind.BEYOND_AVAILABLE: pay(300, "Z2"),
    }
    if kind is BreakKind.BUDGET_BELOW_QUOTA:
        broken = paid.after(adjust(1000, 100))
    else:
        broken = paid.after(stories.get(kind, report(kind)))
    (key,) = broken.state.breaks
    for resolution in set(BreakResolution) - ENDINGS[kind]:
        booked = resolution is BreakResolution.BOOKED
        refusal = no.BreakNotBookable if booked else no.BreakEndsOtherwise
        broken.when(resolve(resolution, key)).then_refused(refusal)
    for resolution in ENDINGS[kind] - {BreakResolution.BOOKED}:
        broken.when(resolve(resolution, key, slip_no="1")).then_names("BreakResolved")


def test_who_ended_a_break_is_kept() -> None:
    (resolved,) = late.when(resolve(BreakResolution.REJECTED)).facts()
    assert resolved.resolved_by == KEY["by"]


def test_a_return_whose_payment_comes_after_it_is_booked_when_it_is_sent_again() -> None:
    early = funded.after(give_back(60))
    early.after(pay(210)).when(give_back(60)).then_names("PaymentReturned", "BreakResolved")
    rejected = early.after(
        resolve(BreakResolution.REJECTED, "UNMATCHED_EXTERNAL:R1:60.00"), pay(210)
    )
    rejected.when(give_back(60)).then_nothing()


def test_a_break_that_is_booked_keeps_its_contract() -> None:
    broken = funded.after(book(line(600, contract_no="H1")), issue(100, "Q2"))
    resolution = resolve(BreakResolution.BOOKED, "BEYOND_AVAILABLE:Z1:600.00")
    (settled, _) = broken.when(resolution).facts()
    assert settled.contract_no == "H1"


def test_a_line_that_is_kept_as_a_break_stays_that_one_break_whatever_it_would_be_now() -> None:
    """Beyond the quota when it came; now its number stands for another amount."""
    file = book(line(600), line(100))
    funded.when(file).then_names("LinesBooked", "BreakOpened")
    kept = funded.after(file)
    kept.when(file).then_nothing()
    kept.when(pay(600)).then_nothing()
    early = funded.after(book(back(60, "Z1")))
    early.after(pay(50)).when(book(back(60, "Z1"))).then_nothing()


def test_lines_of_both_directions_with_one_number_and_amount_are_two_breaks() -> None:
    told = book(line(211), back(211, return_id="Z1"))
    broken = paid.after(told)
    assert sorted(broken.state.breaks) == [
        "AMOUNT_MISMATCH:Z1:211.00",
        "AMOUNT_MISMATCH:Z1:211.00:RETURN",
    ]
    broken.when(told).then_nothing()


def test_the_break_of_a_fact_that_does_not_say_which_way_is_known_by_its_number() -> None:
    (found,) = paid.when(pay(211)).facts()
    (other,) = paid.when(give_back(211)).facts()
    for told, again in ((found, pay(211)), (other, give_back(211))):
        paid.given(replace(told, direction=None)).when(again).then_nothing()


def test_a_break_whose_number_was_booked_meanwhile_is_never_paid_a_second_time() -> None:
    booked = resolve(BreakResolution.BOOKED, "BEYOND_AVAILABLE:Z1:600.00")
    other = funded.after(book(line(600)), pay(100), issue(400, "Q2"))
    other.when(booked).then_refused(no.PaymentBookedBefore)
    other.when(replace(booked, resolution=BreakResolution.REJECTED)).then_names("BreakResolved")
    (found,) = funded.when(book(line(600))).facts()
    rich = funded.after(issue(400, "Q2"), pay(600))
    same = rich.given(found)
    same.when(booked).then_names("BreakResolved")
    assert balances(same.after(booked)) == balances(rich)
    same.after(booked).when(booked).then_nothing()


def test_a_line_booked_under_its_place_in_a_message_is_not_paid_by_its_break() -> None:
    told = line(600, source="CNAPS/m7/1")
    renamed = replace(told, payment_id="Z7", amount=yuan(100))
    broken = funded.after(book(told), book(renamed), issue(400, "Q2"))
    booked = resolve(BreakResolution.BOOKED, "BEYOND_AVAILABLE:Z1:600.00")
    broken.when(booked).then_refused(no.PaymentBookedBefore)


def test_a_payment_settled_by_its_order_is_known_by_its_place_in_the_message() -> None:
    settled = funded.after(replace(pay(210), source_id="CNAPS/m7/1"))
    settled.when(book(line(210, "renamed", source="CNAPS/m7/1"))).then_nothing()


def test_the_number_of_a_line_goes_before_its_place_in_a_message() -> None:
    booked = funded.after(book(line(100, source="CNAPS/m7/1"), line(50, "Z2", source="CNAPS/m7/2")))
    booked.when(book(line(50, "Z2", source="CNAPS/m7/1"))).then_nothing()


def test_a_line_that_breaks_and_fits_later_in_its_file_leaves_no_open_break() -> None:
    file = book(line(400), line(300, "Z2"), back(200), line(300, "Z2", source="CNAPS/m1/9"))
    funded.when(file).then_names("LinesBooked", "BreakOpened", "BreakResolved")
    done = funded.after(file)
    assert [found.resolved for found in done.state.breaks.values()] == [True]
    assert balances(done) == (yuan(500), yuan(500), ZERO, ZERO)
    done.when(file).then_nothing()


def test_a_break_ends_once_though_two_lines_of_a_file_fit_it() -> None:
    """One return number for two payments: the break it was kept as books one of them."""
    early = funded.after(book(back(60, "Z1"), back(60, "Z2")))
    assert len(early.state.breaks) == 1
    known = early.after(pay(100), pay(100, "Z2"))
    known.when(book(back(60, "Z1"), back(60, "Z2"))).then_names("LinesBooked", "BreakResolved")


def test_an_age_counts_days_and_working_days_of_the_region() -> None:
    assert age(date(2021, 4, 30), date(2021, 4, 30), "653101") == Age(days=0, workdays=0)
    assert age(date(2021, 5, 10), date(2021, 5, 17), "653101") == Age(days=7, workdays=4)
    assert age(date(2021, 5, 10), date(2021, 5, 17), "110000") == Age(days=7, workdays=5)
    assert age(date(2021, 5, 17), date(2021, 5, 10), "653101") == Age(days=0, workdays=0)
