"""What stands beside the accounts of a ledger is told in full: contracts, the account of the unit.

And how the money stood at the end of a day.
"""

from dataclasses import replace

from services.monitoring.domain.ledger import commitment_events as bound
from services.monitoring.domain.ledger.ledger import ledger_decider
from services.monitoring.domain.ledger.unit_account_words import NoteUnitAccount, UnitAccountNoted
from services.monitoring.domain.values import Execution
from shared.domain.money import ZERO
from tests.monitoring.stories import CLERK, LEADER, PROJECT, on, yuan
from tests.monitoring.test_ledger import KEY, funded, give_back, pay, withdraw
from tests.monitoring.test_ledger_commitments import (
    end,
    pay_on,
    register,
    registered,
    verified,
    verify,
)

paid = funded.after(pay(210))


def test_contracts_say_what_is_owed_and_who_vouches() -> None:
    funded.after(pay_on(100)).when(register(300)).then(
        bound.CommitmentRegistered(
            project=PROJECT,
            contract_no="H1",
            amount=yuan(300),
            supplier="宏远建筑",
            evidence=("ab12",),
            signed_on=on(3, 1),
            registered_by=CLERK,
            paid=yuan(100),
        )
    )
    funded.after(pay_on(100), register(300)).when(verify()).then(
        bound.CommitmentVerified(
            project=PROJECT, contract_no="H1", verified_by=LEADER, committed=yuan(200)
        )
    )
    over = bound.CommitmentReleased(
        project=PROJECT, contract_no="H1", released=yuan(300), reason="结算", released_by=CLERK
    )
    verified.when(end()).then(over)
    funded.after(register(300)).when(end()).then(replace(over, released=ZERO))
    (settled,) = verified.when(pay_on(100)).facts()
    assert settled.drawn == (
        bound.Drawn(contract_no="H1", paid=yuan(100), change=yuan(-100), drawn_on=on(3, 1)),
    )
    # What nobody has verified is not owed by the bureau, so nothing of it is paid down.
    (unseen,) = registered.when(pay_on(100)).facts()
    assert unseen.drawn == (
        bound.Drawn(contract_no="H1", paid=yuan(100), change=ZERO, drawn_on=on(3, 1)),
    )


def test_money_on_the_account_of_the_unit_says_how_much_lies_there_in_all() -> None:
    note = NoteUnitAccount(**KEY, payment_id="Z1", amount=yuan(60), document_no="N1")
    noted = UnitAccountNoted(
        project=PROJECT,
        payment_id="Z1",
        amount=yuan(60),
        total=yuan(60),
        document_no="N1",
        noted_by=CLERK,
    )
    both = paid.after(pay(40, "Z2"))
    both.when(note).then(noted)
    both.when(replace(note, amount=ZERO)).then_nothing()
    two = both.given(noted).after(replace(note, payment_id="Z2", amount=yuan(40)))
    facts = two.when(give_back(200)).facts()
    assert facts[1] == replace(noted, amount=yuan(10), total=yuan(50), document_no="", noted_by="")
    two.when(give_back(150)).then_names("PaymentReturned")


def test_a_ledger_is_that_of_a_project_and_a_year() -> None:
    assert ledger_decider.stream(pay(1)) == ledger_decider.stream(withdraw(1)) == "ledger-P1-2021"


def test_execution_says_how_the_money_stood() -> None:
    told = paid.state.execution(on(3, 1), on(1, 5))
    assert told == Execution(
        as_of_on=on(3, 1),
        budget=yuan(1000),
        quota=yuan(500),
        paid=yuan(210),
        available=yuan(290),
        last_movement_on=on(3, 1),
        starts_on=on(1, 5),
    )
    assert paid.state.execution(on(2, 28)).last_movement_on == on(2, 1)
    assert paid.state.execution(on(1, 31)).last_movement_on is None
