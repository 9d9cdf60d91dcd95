"""Money on the unit's own account left the treasury and is not spent: the ledger says how much."""

from services.monitoring.domain.ledger import refusals as no
from services.monitoring.domain.ledger.unit_account_words import NoteUnitAccount, UnitAccountNoted
from services.monitoring.publishing import publish
from shared.contracts import monitoring as said
from shared.domain.money import ZERO, Money
from shared.testing.projection_spec import recorded
from tests.monitoring.stories import CLERK, PROJECT, Story, yuan
from tests.monitoring.test_ledger import KEY, balances, funded, give_back, pay
from tests.monitoring.test_ledger_lines import back, book


def note(amount: int, payment_id: str = "Z1") -> NoteUnitAccount:
    return NoteUnitAccount(
        **KEY, payment_id=payment_id, amount=yuan(amount), document_no="对账单4月"
    )


def total(story: Story) -> Money:
    """What the last word says lies there."""
    words = [publish(one) for one in recorded("ledger-P1-2021", *story.facts)]
    told = [word for word in words if isinstance(word, said.UnitAccountNoted)]
    return told[-1].total if told else ZERO


paid = funded.after(pay(300), pay(100, "Z2"))


def test_it_is_noted_of_a_payment_and_moves_no_account() -> None:
    fact = UnitAccountNoted(
        project=PROJECT,
        payment_id="Z1",
        amount=yuan(200),
        total=yuan(200),
        document_no="对账单4月",
        noted_by=CLERK,
    )
    paid.when(note(200)).then(fact)
    noted = paid.after(note(200))
    noted.when(note(200)).then_nothing()
    assert balances(noted) == balances(paid)
    assert total(noted.after(note(50, "Z2"))) == yuan(250)


def test_it_is_spent_from_there_until_nothing_is_left() -> None:
    spent = paid.after(note(200), note(80), note(0))
    assert total(spent) == ZERO
    assert spent.state.unit_accounts == {}


def test_no_more_of_a_payment_lies_there_than_is_still_out() -> None:
    funded.when(note(1)).then_refused(no.PaymentUnknown)
    paid.when(note(301)).then_refused(no.MoreThanWasPaid)
    paid.when(note(-1)).then_refused(no.MoreThanWasPaid)
    paid.after(give_back(100)).when(note(201)).then_refused(no.MoreThanWasPaid)


def test_what_comes_back_lies_there_no_more() -> None:
    noted = paid.after(note(200), note(60, "Z2"))
    assert total(noted.after(give_back(100))) == yuan(260)  # from what was spent
    assert total(noted.after(give_back(150))) == yuan(210)
    assert total(noted.after(book(back(150), back(90, "Z2", return_id="R2")))) == yuan(160)
    assert noted.after(give_back(300)).state.unit_accounts == {"Z2": yuan(60)}
