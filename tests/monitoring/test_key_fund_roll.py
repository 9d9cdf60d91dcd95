"""The real-name ledger: sums hold, doubles are found, totals tell of nobody, looks are facts."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given as every
from hypothesis import strategies as some

from services.monitoring.domain.beneficiary import commands as ask
from services.monitoring.domain.beneficiary import refusals as no
from services.monitoring.domain.beneficiary.identity import (
    is_credit_code,
    is_id_number,
    masked_name,
    masked_number,
)
from services.monitoring.domain.beneficiary.looking import reveal_decider, subject_decider
from services.monitoring.domain.beneficiary.roll import roll_decider
from services.monitoring.domain.beneficiary.state import Roll
from services.monitoring.domain.beneficiary.totals import told
from services.monitoring.domain.beneficiary.values import (
    Counting,
    PayeeKind,
    PlaceTotal,
    RevealPurpose,
)
from services.monitoring.domain.fund_finding.commands import OpenFundFinding
from services.monitoring.domain.ledger.refusals import AmountNotPositive, LedgerNotOpened
from services.monitoring.domain.ledger.state import Ledger, NotOpened, Payment
from services.monitoring.publishing import publish
from shared.contracts import monitoring as said
from shared.domain.money import Money
from shared.domain.refusals import Refusal
from shared.domain.sealed import Sealed
from shared.testing.projection_spec import recorded
from tests.monitoring.stories import CLERK, PROJECT, Story, at, on, yuan

PAID = Payment(amount=yuan(100), settled_on=on(6, 1), returned={"R1": (yuan(10), on(6, 5))})
LEDGER = Ledger(
    project=PROJECT,
    budget=yuan(1000),
    fund_type_code="111",
    direct_fund_flag="01",
    payments={"Z1": PAID, "Z2": Payment(amount=yuan(50), settled_on=on(7, 1))},
)
fresh = Story(roll_decider).knowing(LEDGER)


def sealed(who: str = "zhang", key: str = "k1") -> Sealed:
    return Sealed(subject=who, key_id=f"{who}-{key}", box=f"box of {who}")


def line(**more: Any) -> ask.RecordBeneficiary:  # noqa: ANN401
    usual: dict[str, Any] = {
        "project_code": "P1",
        "fiscal_year": 2021,
        "payment_id": "Z1",
        "line_id": "0001",
        "month": "2021-06",
        "place_code": "653101100",
        "payee_kind": PayeeKind.PERSON,
        "counting": Counting.HOUSEHOLD,
        "persons": 4,
        "amount": yuan(60),
        "sealed": sealed(),
        "by": CLERK,
        "now": at(6, 10),
    }
    return ask.RecordBeneficiary(**{**usual, **more})


recorded_once = fresh.after(line())


def test_a_line_is_recorded_once_and_the_same_line_is_silent() -> None:
    fresh.when(line()).then_names("BeneficiaryPaid")
    recorded_once.when(line(sealed=sealed("li"))).then_refused(no.LineReused)


WRONG: list[tuple[Story, object, type[Refusal]]] = [
    (Story(roll_decider).knowing(NotOpened()), line(), LedgerNotOpened),
    (fresh, line(amount=yuan(0)), AmountNotPositive),
    (fresh, line(payment_id="Z9"), no.PaymentNotBooked),
    (fresh, line(amount=yuan(91)), no.PaidBeyondPayment),  # 100 paid, 10 came back
    (recorded_once, line(line_id="0002", amount=yuan(31)), no.PaidBeyondPayment),
    (recorded_once, line(amount=yuan(61)), no.LineReused),
    (fresh, line(place_code="653121100"), no.PlaceElsewhere),
]


@pytest.mark.parametrize(("story", "command", "refusal"), WRONG)
def test_nobody_gets_what_was_not_paid(
    story: Story, command: object, refusal: type[Refusal]
) -> None:
    story.when(command).then_refused(refusal)


def test_the_beneficiaries_of_a_payment_may_get_all_of_it() -> None:
    recorded_once.when(line(line_id="0002", amount=yuan(30))).then_names("BeneficiaryPaid")


def test_the_same_payee_twice_in_a_month_is_found_whatever_the_name_is() -> None:
    again = line(payment_id="Z2", line_id="0007", amount=yuan(5))
    (double,) = recorded_once.when(again).facts()
    assert double.duplicate_of == "Z1/0001"
    (found,) = roll_decider.entails(double, recorded_once.given(double).state)
    assert isinstance(found, OpenFundFinding)
    assert "zhang" not in found.note
    (july,) = recorded_once.when(replace(again, month="2021-07")).facts()
    assert july.duplicate_of == ""
    assert list(roll_decider.entails(july, recorded_once.state)) == []


def withdraw(line_id: str = "0001") -> ask.WithdrawBeneficiary:
    return ask.WithdrawBeneficiary(
        project_code="P1",
        fiscal_year=2021,
        payment_id="Z1",
        line_id=line_id,
        reason="登记错误",
        by=CLERK,
        now=at(6, 12),
    )


def test_a_withdrawn_line_counts_no_longer_and_its_number_is_not_used_again() -> None:
    recorded_once.when(withdraw()).then_names("BeneficiaryWithdrawn")
    without = recorded_once.given(*recorded_once.when(withdraw()).facts())
    (right,) = without.when(line(line_id="0002", amount=yuan(90))).facts()
    assert right.duplicate_of == ""
    without.when(line()).then_refused(no.LineReused)
    recorded_once.when(withdraw("0009")).then_refused(no.LineUnknown)


def many(places: dict[str, int]) -> Story:
    rich = Ledger(
        project=PROJECT,
        budget=yuan(1000),
        fund_type_code="",
        direct_fund_flag="",
        payments={"Z1": Payment(amount=yuan(1000), settled_on=on(6, 1))},
    )
    story, number = Story(roll_decider).knowing(rich), 0
    for place, count in places.items():
        for _ in range(count):
            number += 1
            one = line(
                line_id=f"{number:04}",
                place_code=place,
                amount=yuan(1),
                sealed=sealed(f"payee{number}"),
            )
            story = story.given(*story.when(one).facts())
    return replace(story, consulted=())


publishing = ask.PublishBeneficiaries(
    project_code="P1", fiscal_year=2021, month="2021-06", by=CLERK, now=at(7, 1)
)


def test_totals_are_told_by_township_and_small_ones_together() -> None:
    story = many({"653101100": 6, "653101101001": 3, "653101102": 4, "653101103": 7})
    (fact,) = story.when(publishing).facts()
    shown = {one.place_code: (one.payees, one.persons, one.amount) for one in fact.places}
    assert shown == {
        "653101100": (6, 24, yuan(6)),
        "653101103": (7, 28, yuan(7)),
        "": (7, 28, yuan(7)),
    }
    (word,) = [publish(one) for one in recorded("beneficiaries-P1-2021", fact)]
    assert isinstance(word, said.BeneficiariesPublished)
    assert "payee" not in word.model_dump_json().replace('"payees"', "")
    story.when(publishing).then_names("BeneficiariesPublished")


def test_a_single_small_place_is_not_given_away_by_the_others() -> None:
    story = many({"653101100": 6, "653101101": 2, "653101103": 9})
    (fact,) = story.when(publishing).facts()
    assert [(one.place_code, one.payees) for one in fact.places] == [("653101103", 9), ("", 8)]


def test_a_month_is_told_again_only_when_the_difference_tells_of_nobody() -> None:
    places = {"653101100": 6}
    for more, refusal in ((1, no.ChangeTooSmall), (4, no.ChangeTooSmall), (5, None)):
        story = many({**places, "653101101": more})
        first = many(places).when(publishing).facts()
        again = replace(story, facts=(*story.facts, *first)).when(publishing)
        if refusal is None:
            again.then_names("BeneficiariesPublished")
        else:
            again.then_refused(refusal)


def test_too_few_are_not_told_at_all() -> None:
    many({"653101100": 4}).when(publishing).then_refused(no.GroupTooSmall)
    replace(fresh, consulted=()).when(publishing).then_refused(no.NobodyPaid)


@every(some.lists(some.integers(1, 20), max_size=12))
def test_no_total_that_is_told_stands_for_fewer_than_five(sizes: list[int]) -> None:
    places = [
        PlaceTotal(
            place_code=f"65310110{n}",
            payees=size,
            households=0,
            persons=size,
            enterprises=0,
            amount=Money(size),
        )
        for n, size in enumerate(sizes)
    ]
    shown = told(places, 5)
    assert all(one.payees >= 5 for one in shown)
    assert not shown or Money.total(one.amount for one in shown) == Money(sum(sizes))
    assert bool(shown) == (sum(sizes) >= 5)


KNOWN = Roll()
for _fact in recorded_once.facts:
    KNOWN = roll_decider.evolve(KNOWN, _fact)


def look(**more: Any) -> ask.RevealData:  # noqa: ANN401
    usual: dict[str, Any] = {
        "reveal_id": "L1",
        "project_code": "P1",
        "fiscal_year": 2021,
        "payment_id": "Z1",
        "line_id": "0001",
        "asker_region": "653101",
        "purpose": RevealPurpose.FINDING,
        "reason": "核实",
        "by": CLERK,
        "now": at(6, 20),
    }
    return ask.RevealData(**{**usual, **more})


def erase(**more: Any) -> ask.EraseSubject:  # noqa: ANN401
    usual: dict[str, Any] = {
        "subject": "zhang",
        "project_code": "P1",
        "fiscal_year": 2021,
        "payment_id": "Z1",
        "line_id": "0001",
        "asker_region": "653100",
        "reason": "保存期满",
        "by": CLERK,
        "now": at(6, 20),
    }
    return ask.EraseSubject(**{**usual, **more})


def test_a_look_is_a_fact_with_its_purpose_and_foreign_lines_do_not_exist() -> None:
    story = Story(reveal_decider).knowing(KNOWN)
    story.when(look()).then_names("DataRevealed")
    story.when(look(asker_region="653121")).then_refused(no.LineUnknown)
    story.when(look(line_id="0009")).then_refused(no.LineUnknown)
    Story(reveal_decider).knowing(Roll()).when(look()).then_refused(no.LineUnknown)


def test_a_person_is_erased_once_for_each_key() -> None:
    story = Story(subject_decider).knowing(KNOWN)
    story.when(erase()).then_names("SubjectErased")
    story.when(erase(subject="li")).then_refused(no.LineUnknown)
    story.when(erase(asker_region="653121")).then_refused(no.LineUnknown)
    paid_again = line(line_id="0002", month="2021-07", amount=yuan(1), sealed=sealed(key="k2"))
    later = recorded_once.after(paid_again).state
    erased = story.after(erase())
    erased.knowing(later).when(erase(line_id="0002")).then_names("SubjectErased")
    erased.knowing(later).when(erase()).then_nothing()


def test_numbers_are_held_to_their_check_digit() -> None:
    assert is_id_number("11010519491231002X")
    assert not is_id_number("110105194912310021")
    assert not is_id_number("11010519491331002X")  # no thirteenth month
    assert not is_id_number("1101051949123100\uff12X")  # a digit of another script
    assert is_credit_code("9144030071526726XG")
    assert not is_credit_code("9144030071526726XH")
    assert not is_credit_code("I144030071526726XG")  # I, O, S, V and Z are no signs of a code


@pytest.mark.parametrize(
    ("name", "shown"), [("张三", "张*"), ("欧阳娜娜", "欧***"), ("王", "王*"), ("A", "A*")]
)
def test_a_name_is_shown_by_its_first_sign(name: str, shown: str) -> None:
    assert masked_name(name) == shown


def test_a_number_is_shown_by_its_ends() -> None:
    assert masked_number("653101199001011234") == "653101********1234"
    assert masked_number("123") == "***"
