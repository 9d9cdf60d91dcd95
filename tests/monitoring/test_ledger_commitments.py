"""Verified commitments: what is owed on contracts is not there to be taken back."""

from dataclasses import replace
from typing import Any

from services.monitoring.domain.ledger import commitment_commands as ask
from services.monitoring.domain.ledger import refusals as no
from services.monitoring.domain.ledger.ledger import ledger_decider
from services.monitoring.publishing import publish
from shared.contracts import monitoring as said
from shared.domain.money import ZERO, Money
from shared.testing.projection_spec import recorded
from tests.monitoring.stories import LEADER, Story, on, yuan
from tests.monitoring.test_ledger import KEY, balances, freeze, funded, give_back, pay, withdraw
from tests.monitoring.test_ledger_lines import back, book, line


def register(amount: int, contract_no: str = "H1", **more: Any) -> ask.RegisterCommitment:  # noqa: ANN401
    told: dict[str, Any] = {"supplier": "宏远建筑", "evidence": ("ab12",), **more}
    return ask.RegisterCommitment(
        **KEY, contract_no=contract_no, amount=yuan(amount), signed_on=on(3, 1), **told
    )


def verify(contract_no: str = "H1", by: str = LEADER) -> ask.VerifyCommitment:
    return ask.VerifyCommitment(**{**KEY, "by": by}, contract_no=contract_no)


def end(contract_no: str = "H1") -> ask.ReleaseCommitment:
    return ask.ReleaseCommitment(**KEY, contract_no=contract_no, reason="结算")


def owed(story: Story) -> tuple[Money, Money]:
    """Committed, and what may be taken back."""
    return story.state.committed, story.state.recoverable


def pay_on(amount: int, payment_id: str = "Z1", contract_no: str = "H1") -> Any:  # noqa: ANN401
    return replace(pay(amount, payment_id), contract_no=contract_no)


registered = funded.after(register(300))
verified = registered.after(verify())


def test_a_contract_counts_once_somebody_else_has_verified_it() -> None:
    funded.when(register(300)).then_names("CommitmentRegistered")
    assert owed(registered) == (ZERO, yuan(500))
    registered.when(verify()).then_names("CommitmentVerified")
    assert owed(verified) == (yuan(300), yuan(200))
    assert balances(verified) == balances(funded)


def test_whoever_registered_a_contract_does_not_verify_it() -> None:
    registered.when(verify(by=KEY["by"])).then_refused(no.VerifierRegistered)
    funded.when(verify()).then_refused(no.CommitmentUnknown)
    registered.after(end()).when(verify()).then_refused(no.CommitmentEnded)


def test_a_contract_has_a_proof_a_price_and_one_supplier() -> None:
    funded.when(register(300, evidence=())).then_refused(no.CommitmentUnproven)
    funded.when(register(0)).then_refused(no.AmountNotPositive)
    registered.when(register(301)).then_refused(no.CommitmentReused)
    registered.when(register(300, supplier="其他公司")).then_refused(no.CommitmentReused)
    Story(ledger_decider).when(register(300)).then_refused(no.LedgerNotOpened)


def test_contracts_do_not_cost_more_than_the_budget_has_left() -> None:
    spent = funded.after(pay(400), register(600), verify())
    spent.after(register(1, "H2")).when(verify("H2")).then_refused(no.CommitmentBeyondBudget)


def test_payments_that_name_the_contract_pay_it_down_and_returns_bring_it_back() -> None:
    paid = verified.after(pay_on(120))
    assert owed(paid) == (yuan(180), yuan(200))
    assert owed(paid.after(give_back(20))) == (yuan(200), yuan(200))
    assert owed(verified.after(pay(120))) == (yuan(300), yuan(80))
    over = verified.after(pay_on(300), pay_on(50, "Z2"))
    assert owed(over) == (ZERO, yuan(150))


def test_a_file_pays_contracts_down_like_single_lines() -> None:
    file = book(
        line(120, contract_no="H1"),
        back(20),
        line(30, "Z2", contract_no="nobody knows it"),
        line(40, "Z3", contract_no="H1"),
    )
    assert owed(verified.after(file)) == (yuan(160), yuan(170))
    again = verified.after(file, file)
    assert owed(again) == owed(verified.after(file))
    ordered = verified.after(book(line(120, contract_no="H1"), back(20, recovery_id="C1")))
    assert owed(ordered) == (yuan(200), yuan(180))


def test_what_was_paid_before_a_contract_was_registered_is_paid() -> None:
    late = funded.after(pay_on(120), give_back(20), register(300), verify())
    assert owed(late) == (yuan(200), yuan(200))


def test_an_ended_contract_owes_nothing() -> None:
    verified.when(end()).then_names("CommitmentReleased")
    ended = verified.after(end())
    assert owed(ended) == (ZERO, yuan(500))
    assert owed(ended.after(pay_on(10))) == (ZERO, yuan(490))
    funded.when(end()).then_refused(no.CommitmentUnknown)


def test_what_is_frozen_or_owed_is_not_recoverable_and_never_less_than_nothing() -> None:
    assert owed(verified.after(freeze(150))) == (yuan(300), yuan(50))
    assert owed(verified.after(freeze(350))) == (yuan(300), ZERO)


def test_of_contracts_only_the_sum_leaves_the_house() -> None:
    facts = verified.after(end()).facts[2:]
    words = [publish(one) for one in recorded("ledger-P1-2021", *facts)]
    told = [word for word in words if isinstance(word, said.CommitmentsChanged)]
    assert [word.change for word in told] == [yuan(300), -yuan(300)]
    assert "H1" not in "".join(word.model_dump_json() for word in words if word)
    unverified = registered.after(end()).facts[2:]
    assert [publish(one) for one in recorded("ledger-P1-2021", *unverified)] == [None, None]


def test_a_payment_on_a_contract_tells_what_is_still_owed() -> None:
    (paid,) = verified.when(pay_on(100)).facts()
    (word,) = [publish(one) for one in recorded("ledger-P1-2021", paid)]
    assert isinstance(word, said.PaymentSettled)
    assert word.committed_change == -yuan(100)
    (other,) = verified.when(pay(100, "Z9")).facts()
    (word,) = [publish(one) for one in recorded("ledger-P1-2021", other)]
    assert isinstance(word, said.PaymentSettled)
    assert word.committed_change is None


def test_v5_what_is_owed_on_contracts_is_not_withdrawn() -> None:
    story = funded.after(register(150), verify(), pay(210))
    story.when(withdraw(141)).then_names("WithdrawalRefused")
    assert story.when(withdraw(141)).facts()[0].available == yuan(140)
    done = story.after(withdraw(140))
    assert (done.state.quota, done.state.available) == (yuan(360), yuan(150))
