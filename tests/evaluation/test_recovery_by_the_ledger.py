"""A recovery by the ledger's word: five triggers, claims that exclude each other, use of money."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from services.evaluation.domain.funds.funds import NO_FUNDS, Funds
from services.evaluation.domain.recovery.events import (
    RecoveryBooked,
    RecoveryClosed,
    RecoveryFailed,
    RecoveryIdentified,
    RecoveryReallocated,
    RecoveryWithdrawn,
)
from services.evaluation.domain.recovery.recovery import recovery_decider
from services.evaluation.domain.recovery.refusals import (
    LedgerSaysOtherwise,
    MoneyLeftUnexplained,
    MoreThanBooked,
    RecoverableFell,
    ReturnedToItself,
)
from services.evaluation.domain.refusals import (
    AlreadyRecorded,
    MoreThanRecoverable,
    NothingToRecover,
    RecoveryStepOutOfOrder,
    RecoveryUnknown,
    SamePersonDecidesAgain,
)
from services.evaluation.domain.self_evaluation.states import Open, Unopened
from services.evaluation.domain.values import RecoveryReason, Route
from services.evaluation.domain.watched import Watched
from shared.domain.money import ZERO, Money
from shared.testing.spec import Given
from tests.evaluation.story import BUREAU, PROJECT, SECOND, yuan
from tests.evaluation.test_recovery import (
    ANSWER,
    CLAIM,
    CLOSE_UP,
    DROP,
    HEARD,
    NO,
    NOTIFY,
    WITHDRAW,
    approve,
    approved,
    book,
    checking,
    claimed,
    fail,
    heard,
    identify,
    reallocate,
    recovery,
)


def test_v5_from_what_the_ledger_says() -> None:
    asked = identify(quota=None, commitments=None)
    (fact,) = heard().when(asked).facts
    assert (fact.recoverable, fact.from_ledger) == (yuan(140), True)  # type: ignore[attr-defined]
    more = replace(asked, amount=Money(yuan(140).fen + 1))
    heard().when(more).then_refused(MoreThanRecoverable, recoverable="1400000.00")


@pytest.mark.parametrize(
    ("told", "said"),
    [({"quota": yuan(501)}, "5000000.00"), ({"commitments": ZERO}, "1500000.00")],
)
def test_nobody_tells_the_ledger_what_it_holds(told: dict[str, Any], said: str) -> None:
    heard().when(identify(**told)).then_refused(LedgerSaysOtherwise, ledger=said)
    frozen = identify(frozen=yuan(1), quota=None, commitments=None)
    heard().when(frozen).then_refused(LedgerSaysOtherwise, ledger="0.00")


def test_no_yuan_is_claimed_twice() -> None:
    claimed_before = replace(HEARD, claims={"P1-2021-0": yuan(100)})
    asked = identify(quota=None, commitments=None)
    heard(claimed_before).when(asked).then_refused(
        MoreThanRecoverable, recoverable="400000.00", claimed="1000000.00"
    )
    (fact,) = heard(claimed_before).when(checking(RecoveryReason.LOW_EXECUTION)).facts
    assert fact.amount == yuan(40)  # type: ignore[attr-defined]
    own = replace(HEARD, claims={CLAIM: yuan(140)})
    assert heard(own).when(asked).refusal is None


@pytest.mark.parametrize(
    ("now", "paid", "left"),
    [
        (replace(HEARD, freezes={"F1": yuan(60)}), 210, "800000.00"),
        (replace(HEARD, committed=yuan(200)), 210, "900000.00"),
        (replace(HEARD, quota=yuan(450)), 210, "900000.00"),
        (replace(HEARD, claims={CLAIM: yuan(140), "P1-2021-0": yuan(100)}), 210, "400000.00"),
        (HEARD, 260, "900000.00"),
        (HEARD, 360, "0.00"),
    ],
)
def test_what_fell_below_the_claim_since_is_not_approved(now: Funds, paid: int, left: str) -> None:
    asked = identify(quota=None, commitments=None)
    told: Given = heard().after(asked, NOTIFY, ANSWER).knowing(*heard(now, paid).known)
    refused = told.when(approve()).then_refused(RecoverableFell, recoverable=left)
    assert left in (refused.remedy or "")
    rest = Money.parse(left)
    if rest:
        (fact,) = told.when(approve(rest)).facts
        assert (fact.amount, fact.recoverable) == (rest, rest)  # type: ignore[attr-defined]
        told.after(approve(rest)).when(approve(rest)).then_nothing()


def test_what_was_paid_is_asked_back_only_as_far_as_it_is_still_paid() -> None:
    refund = identify(quota=None, commitments=None, route=Route.CURRENT_YEAR_REFUND)
    told = heard().after(refund, NOTIFY, ANSWER).knowing(*heard(HEARD, 130).known)
    told.when(approve()).then_refused(RecoverableFell, recoverable="1300000.00")


def test_a_claim_is_noted_with_the_money_until_it_is_booked() -> None:
    def entailed(story: Given) -> list[Money]:
        facts: list[Any] = list(story.facts)
        states = [recovery_decider.fold(facts[: n + 1]) for n in range(len(facts))]
        told = [recovery_decider.entails(f, s) for f, s in zip(facts, states, strict=True)]
        return [one.amount for each in told for one in each]  # type: ignore[attr-defined]

    asked = identify(quota=None, commitments=None)
    story = heard().after(asked, NOTIFY, ANSWER, approve(yuan(100)))
    assert entailed(story) == [yuan(140), yuan(100)]
    assert entailed(story.after(book(yuan(100)))) == [yuan(140), yuan(100), ZERO]
    assert entailed(heard().after(asked, WITHDRAW)) == [yuan(140), ZERO]
    refund = identify(quota=None, commitments=None, route=Route.CURRENT_YEAR_REFUND)
    assert entailed(heard().after(refund)) == []


@pytest.mark.parametrize(
    ("reason", "funds", "paid", "amount"),
    [
        (RecoveryReason.RED_NOT_CURED, replace(HEARD, red=frozenset({"W1"})), 300, 50),
        (RecoveryReason.RED_NOT_CURED, HEARD, 300, None),
        (RecoveryReason.LOW_EXECUTION, HEARD, 249, 101),
        (RecoveryReason.LOW_EXECUTION, HEARD, 250, None),
        (RecoveryReason.UNSPENT_WITHOUT_CONTRACT, HEARD, 340, 10),
        (RecoveryReason.UNSPENT_WITHOUT_CONTRACT, HEARD, 350, None),
        (RecoveryReason.INEFFECTIVE, HEARD, 210, 140),
        (RecoveryReason.SURPLUS, replace(HEARD, freezes={"F": yuan(40)}), 210, 100),
        (RecoveryReason.SURPLUS, NO_FUNDS, 0, None),
    ],
)
def test_the_five_triggers(
    reason: RecoveryReason, funds: Funds, paid: int, amount: int | None
) -> None:
    outcome = heard(funds, paid).when(checking(reason))
    if amount is None:
        outcome.then_nothing()
        return
    (fact,) = outcome.facts
    assert isinstance(fact, RecoveryIdentified)
    assert (fact.amount, fact.route) == (yuan(amount), Route.QUOTA_WITHDRAWAL)
    assert (fact.reason, fact.found_by_machine) == (reason, True)
    assert fact.grounds.rule_set_version == 1
    assert fact.grounds.streams == (
        "self_evaluation-P1-2021",
        "watched-P1-2021",
        "funds-P1-2021",
        "rules-653121-2021",
    )


def test_what_the_machine_finds_says_why() -> None:
    (fact,) = heard(HEARD, 100).when(checking(RecoveryReason.LOW_EXECUTION)).facts
    assert isinstance(fact, RecoveryIdentified)
    assert fact.basis == "截至2021-09-30，执行率20.00%，低于50%，闲置部分予以收回"
    assert fact.execution_rate == Decimal("0.2")
    found = heard().after(checking(RecoveryReason.SURPLUS))
    found.when(checking(RecoveryReason.SURPLUS)).then_nothing()
    unknown = recovery.knowing(Unopened(), Watched(), HEARD)
    unknown.when(checking(RecoveryReason.SURPLUS)).then_nothing()


def test_low_execution_needs_a_rule_that_says_what_is_low() -> None:
    lawless = recovery.knowing(Open(project=PROJECT), Watched(), HEARD, NO, NO, NO)
    lawless.when(checking(RecoveryReason.LOW_EXECUTION)).then_nothing()


def test_whoever_notified_what_the_machine_found_does_not_approve_it() -> None:
    told = heard().after(checking(RecoveryReason.INEFFECTIVE), NOTIFY, ANSWER)
    told.when(approve(by=BUREAU)).then_refused(SamePersonDecidesAgain)
    assert told.when(approve(by=SECOND)).refusal is None


def test_a_result_that_is_corrected_drops_what_rested_on_it() -> None:
    found = heard().after(checking(RecoveryReason.INEFFECTIVE), NOTIFY)
    found.when(DROP).then(RecoveryWithdrawn(reason="复核后等级为FAIR"))
    found.after(DROP).when(DROP).then_nothing()
    claimed().when(DROP).then_nothing()
    approved().when(DROP).then_nothing()
    recovery.when(DROP).then_nothing()


def test_booked_money_goes_where_it_is_needed_and_no_further_than_it_reaches() -> None:
    booked = approved().after(book(yuan(140)))
    approved().when(reallocate(yuan(1))).then_refused(RecoveryStepOutOfOrder)
    recovery.when(reallocate(yuan(1))).then_refused(RecoveryUnknown)
    booked.when(reallocate(yuan(1), to="P1")).then_refused(ReturnedToItself)
    booked.when(reallocate(ZERO)).then_refused(NothingToRecover)
    booked.when(reallocate(yuan(141))).then_refused(MoreThanBooked, left="1400000.00")
    used = booked.after(reallocate(yuan(100)))
    used.when(reallocate(yuan(100))).then_nothing()
    used.when(reallocate(yuan(90))).then_refused(AlreadyRecorded)
    used.when(reallocate(yuan(41), "E2", "P3")).then_refused(MoreThanBooked, left="400000.00")
    (fact,) = used.when(reallocate(yuan(40), "E2", "P3")).facts
    assert isinstance(fact, RecoveryReallocated)
    assert (fact.left, fact.to_project_code) == (ZERO, "P3")


def test_the_end_explains_money_that_went_nowhere() -> None:
    booked = approved().after(book(yuan(140)))
    booked.when(replace(CLOSE_UP, remark="")).then_refused(MoneyLeftUnexplained, left="1400000.00")
    (fact,) = booked.when(CLOSE_UP).facts
    assert isinstance(fact, RecoveryClosed)
    assert fact.left == yuan(140)
    done = booked.after(reallocate(yuan(140)), replace(CLOSE_UP, remark=""))
    done.when(CLOSE_UP).then_nothing()
    done.when(reallocate(yuan(1), "E9")).then_refused(RecoveryStepOutOfOrder)
    approved().when(CLOSE_UP).then_refused(RecoveryStepOutOfOrder)


def test_a_slip_is_booked_with_its_number_and_its_confirmation() -> None:
    older = approved(route=Route.PRIOR_YEAR_PAYMENT)
    slip = book(yuan(140), Route.PRIOR_YEAR_PAYMENT, "slip")
    (_, fact) = older.when(replace(slip, confirmation_no="国库1号")).facts
    assert isinstance(fact, RecoveryBooked)
    assert (fact.document_no, fact.confirmation_no) == ("指标〔2021〕9号", "国库1号")
    (_, by_ledger) = approved().when(book(yuan(140), entry="withdrawal-7")).facts
    assert by_ledger.confirmation_no == "withdrawal-7"  # type: ignore[attr-defined]


def test_an_old_refusal_of_the_ledger_does_not_undo_a_new_approval() -> None:
    refusal = replace(fail(yuan(90)), entry="refusal-7")
    again = approved().after(refusal, approve(yuan(90), document="2"))
    again.when(refusal).then_nothing()
    (fact,) = again.when(replace(refusal, entry="refusal-9")).facts
    assert isinstance(fact, RecoveryFailed)
