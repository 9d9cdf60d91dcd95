"""Stories of a recovery: claimed, heard, approved, booked, or open again."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.evaluation.domain.adopted_rules import Rules
from services.evaluation.domain.funds.funds import NO_FUNDS, Funds
from services.evaluation.domain.recovery.commands import (
    AnswerRecovery,
    ApproveRecovery,
    BookRecovery,
    CheckMoney,
    CloseAnswerTerm,
    CloseRecovery,
    DropUnfounded,
    FailRecovery,
    IdentifyRecovery,
    NotifyRecovery,
    ReallocateRecovery,
    WithdrawRecovery,
)
from services.evaluation.domain.recovery.events import (
    PartReceived,
    RecoveryAnswered,
    RecoveryApproved,
    RecoveryBooked,
    RecoveryClosed,
    RecoveryFailed,
    RecoveryIdentified,
    RecoveryNotified,
    RecoveryReallocated,
    RecoveryUnanswered,
    RecoveryWithdrawn,
)
from services.evaluation.domain.recovery.recoverable import recoverable
from services.evaluation.domain.recovery.recovery import recovery_decider
from services.evaluation.domain.recovery.states import Approved, Booked, Reopened
from services.evaluation.domain.refusals import (
    AlreadyRecorded,
    BookedByTheLedger,
    LedgerSaysOtherwise,
    MoneyLeftUnexplained,
    MoreThanBooked,
    MoreThanRecoverable,
    NothingToRecover,
    RecoveryStepOutOfOrder,
    RecoveryUnknown,
    ReturnedToItself,
    SamePersonDecidesAgain,
    SelfEvaluationUnknown,
    StillTimeToAnswer,
)
from services.evaluation.domain.self_evaluation_states import Open, Unopened
from services.evaluation.domain.values import RecoveryReason, Route
from services.evaluation.domain.watched import Watched
from shared.domain.money import ZERO, Money
from shared.testing.spec import Given, Spec
from tests.evaluation.story import ADOPTED, BUREAU, HEAD, NOW, PROJECT, SECOND, TODAY, yuan

recovery = Spec(recovery_decider)
CLAIM = "P1-2021-1"
TERM = TODAY + timedelta(days=10)
NO = Rules()
KNOWN = (Open(project=PROJECT), Watched(paid=yuan(210)), NO_FUNDS, ADOPTED, NO, NO)
AMOUNTS = st.integers(min_value=0, max_value=10**12).map(Money)


def identify(**changes: Any) -> IdentifyRecovery:  # noqa: ANN401 - the fields of the command
    """V5: quota 500, paid 210, commitments 150."""
    fields: dict[str, Any] = {
        "recovery_id": CLAIM,
        "project_code": "P1",
        "fiscal_year": 2021,
        "reason": RecoveryReason.LOW_EXECUTION,
        "route": Route.QUOTA_WITHDRAWAL,
        "amount": yuan(140),
        "basis": "9月30日执行率低于50%",
        "quota": yuan(500),
        "commitments": yuan(150),
        "by": BUREAU,
        "now": NOW,
    }
    return IdentifyRecovery(**{**fields, **changes})


NOTIFY = NotifyRecovery(
    recovery_id=CLAIM, document_no="收〔2021〕1号", answer_by=TERM, by=BUREAU, now=NOW
)
ANSWER = AnswerRecovery(recovery_id=CLAIM, agrees=True, by=HEAD, now=NOW)
CLOSE = CloseAnswerTerm(recovery_id=CLAIM, by="abacus", now=NOW)
WITHDRAW = WithdrawRecovery(recovery_id=CLAIM, reason="已加快支付", by=BUREAU, now=NOW)


def approve(
    amount: Money | None = None, by: str = SECOND, document: str = "准〔2021〕1号"
) -> ApproveRecovery:
    return ApproveRecovery(recovery_id=CLAIM, document_no=document, amount=amount, by=by, now=NOW)


def book(amount: Money, route: Route = Route.QUOTA_WITHDRAWAL, entry: str = "w1") -> BookRecovery:
    return BookRecovery(
        recovery_id=CLAIM,
        entry=entry,
        amount=amount,
        document_no="指标〔2021〕9号",
        booked_on=date(2021, 11, 3),
        route=route,
        by="abacus",
        now=NOW,
    )


def fail(available: Money) -> FailRecovery:
    return FailRecovery(
        recovery_id=CLAIM, asked=yuan(140), available=available, by="abacus", now=NOW
    )


def claimed(**changes: Any) -> Given:  # noqa: ANN401
    """Claimed, and the unit was told."""
    return recovery.knowing(*KNOWN).after(identify(**changes), NOTIFY)


def approved(**changes: Any) -> Given:  # noqa: ANN401
    """Heard and approved."""
    return claimed(**changes).after(ANSWER, approve())


def test_v5_recoverable_is_140() -> None:
    assert recoverable(yuan(500), yuan(210), yuan(150), ZERO) == yuan(140)
    outcome = recovery.knowing(*KNOWN).when(identify(amount=Money(yuan(140).fen + 1)))
    outcome.then_refused(MoreThanRecoverable, recoverable="1400000.00")
    (fact,) = recovery.knowing(*KNOWN).when(identify()).facts
    assert fact.recoverable == yuan(140)  # type: ignore[attr-defined]


@given(AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS)
def test_what_is_recoverable_never_exceeds_what_is_unspent(
    quota: Money, paid: Money, commitments: Money, frozen: Money
) -> None:
    found = recoverable(quota, paid, commitments, frozen)
    assert ZERO <= found <= max(ZERO, quota - paid)
    assert recoverable(quota, paid, commitments, frozen + Money(1)) <= found


def test_a_claim_rests_on_an_approved_target() -> None:
    recovery.knowing(Unopened(), Watched(), NO_FUNDS).when(identify()).then_refused(
        SelfEvaluationUnknown
    )


def test_a_claim_takes_something_and_is_made_once() -> None:
    recovery.knowing(*KNOWN).when(identify(amount=ZERO)).then_refused(NothingToRecover)
    made = recovery.knowing(*KNOWN).after(identify())
    made.when(identify()).then_nothing()
    made.when(identify(amount=yuan(1))).then_refused(AlreadyRecorded)


@pytest.mark.parametrize(
    ("route", "most"), [(Route.CURRENT_YEAR_REFUND, 210), (Route.PRIOR_YEAR_PAYMENT, None)]
)
def test_paid_money_is_the_limit_of_a_refund_and_older_money_has_none(
    route: Route, most: int | None
) -> None:
    outcome = recovery.knowing(*KNOWN).when(identify(route=route, amount=yuan(211)))
    if most is None:
        assert outcome.refusal is None
    else:
        outcome.then_refused(MoreThanRecoverable)


def test_without_a_quota_the_budget_stands_for_it() -> None:
    (fact,) = recovery.knowing(*KNOWN).when(identify(quota=None)).facts
    assert fact.quota == PROJECT.budget  # type: ignore[attr-defined]


def test_the_unit_is_told_and_answers_once() -> None:
    fact = RecoveryNotified(
        document_no="收〔2021〕1号", answer_by=TERM, notified_on=TODAY, notified_by=BUREAU
    )
    recovery.knowing(*KNOWN).after(identify()).when(NOTIFY).then(fact)
    claimed().when(NOTIFY).then_nothing()
    claimed().when(replace(NOTIFY, document_no="2")).then_refused(RecoveryStepOutOfOrder)
    claimed().when(ANSWER).then(RecoveryAnswered(agrees=True, text="", answered_by=HEAD))
    claimed().after(ANSWER).when(ANSWER).then_nothing()
    claimed().after(ANSWER).when(replace(ANSWER, agrees=False)).then_refused(RecoveryStepOutOfOrder)


def test_silence_is_recorded_when_the_term_has_passed() -> None:
    claimed().when(CLOSE).then(RecoveryUnanswered(due_on=TERM))
    claimed().after(ANSWER).when(CLOSE).then_nothing()
    claimed().when(approve()).then_refused(StillTimeToAnswer)
    late = replace(approve(), now=NOW + timedelta(days=11))
    facts = claimed().when(late).facts
    assert [type(fact) for fact in facts] == [RecoveryUnanswered, RecoveryApproved]


def test_another_person_approves_no_more_than_was_claimed() -> None:
    heard = claimed().after(ANSWER)
    heard.when(approve(by=BUREAU)).then_refused(SamePersonDecidesAgain)
    heard.when(approve(yuan(141))).then_refused(MoreThanRecoverable)
    heard.when(approve(ZERO - Money(1))).then_refused(MoreThanRecoverable)
    (fact,) = heard.when(approve(yuan(100))).facts
    assert fact.amount == yuan(100)  # type: ignore[attr-defined]
    approved().when(approve()).then_nothing()
    recovery.knowing(*KNOWN).after(identify()).when(approve()).then_refused(RecoveryStepOutOfOrder)


def test_only_booked_money_is_recovered() -> None:
    assert isinstance(approved().state, Approved)
    facts = approved().when(book(yuan(140))).facts
    assert [type(fact) for fact in facts] == [PartReceived, RecoveryBooked]
    booked = approved().after(book(yuan(140)))
    assert isinstance(booked.state, Booked)
    booked.when(book(yuan(140))).then_nothing()


def test_the_ledgers_word_never_fails() -> None:
    recovery.when(book(yuan(1))).then_nothing()
    claimed().when(book(yuan(1))).then_nothing()
    recovery.when(fail(ZERO)).then_nothing()


def test_a_refund_arrives_in_parts_and_counts_once() -> None:
    refund = approved(route=Route.CURRENT_YEAR_REFUND)
    first = refund.after(book(yuan(70), Route.CURRENT_YEAR_REFUND, "r1"))
    assert isinstance(first.state, Approved)
    first.when(book(yuan(70), Route.CURRENT_YEAR_REFUND, "r1")).then_nothing()
    # The ledger also says that the quota of refunded money is gone; that is no more money.
    first.when(book(yuan(70), Route.QUOTA_WITHDRAWAL, "w1")).then_nothing()
    facts = first.when(book(yuan(70), Route.CURRENT_YEAR_REFUND, "r2")).facts
    assert facts[-1].amount == yuan(140)  # type: ignore[attr-defined]


def test_a_slip_books_older_money_only() -> None:
    slip = book(yuan(140), Route.PRIOR_YEAR_PAYMENT, "slip")
    approved().when(slip).then_refused(BookedByTheLedger)
    claimed().when(slip).then_refused(RecoveryStepOutOfOrder)
    recovery.when(slip).then_refused(RecoveryUnknown)
    older = approved(route=Route.PRIOR_YEAR_PAYMENT)
    assert isinstance(older.after(slip).state, Booked)
    older.after(slip).when(slip).then_nothing()


def test_a_claim_the_ledger_cannot_meet_is_open_again() -> None:
    outcome = approved().when(fail(yuan(90)))
    whose = PROJECT.whose
    outcome.then(RecoveryFailed(whose=whose, asked=yuan(140), available=yuan(90)))
    reopened = approved().after(fail(yuan(90)))
    assert isinstance(reopened.state, Reopened)
    reopened.when(approve(document="2")).then_refused(MoreThanRecoverable)
    assert isinstance(reopened.after(approve(yuan(90), document="2")).state, Approved)
    reopened.when(fail(yuan(90))).then_nothing()


def test_a_claim_can_be_given_up_before_it_is_approved() -> None:
    claimed().when(WITHDRAW).then(RecoveryWithdrawn(reason="已加快支付"))
    claimed().after(WITHDRAW).when(WITHDRAW).then_nothing()
    approved().when(WITHDRAW).then_refused(RecoveryStepOutOfOrder)
    for command in (NOTIFY, ANSWER, approve(), WITHDRAW):
        recovery.when(command).then_refused(RecoveryUnknown)


HEARD = Funds(version=7, quota=yuan(500), committed=yuan(150))
CLOSE_UP = CloseRecovery(recovery_id=CLAIM, remark="结转预算稳定调节基金", by=SECOND, now=NOW)
DROP = DropUnfounded(recovery_id=CLAIM, reason="复核后等级为FAIR", by="abacus", now=NOW)


def checking(reason: RecoveryReason, on: date = date(2021, 9, 30)) -> CheckMoney:
    """The day of a check came."""
    return CheckMoney(
        recovery_id=CLAIM,
        project_code="P1",
        fiscal_year=2021,
        reason=reason,
        on=on,
        by="abacus",
        now=NOW,
    )


def heard(funds: Funds = HEARD, paid: int = 210) -> Given:
    """What a claim consults where the ledger was heard of."""
    return recovery.knowing(Open(project=PROJECT), Watched(paid=yuan(paid)), funds, ADOPTED, NO, NO)


def reallocate(amount: Money, entry: str = "E1", to: str = "P2") -> ReallocateRecovery:
    return ReallocateRecovery(
        recovery_id=CLAIM,
        entry=entry,
        to_project_code=to,
        to_unit_code="653121009",
        purpose="农村饮水",
        amount=amount,
        document_no="统〔2021〕1号",
        by=SECOND,
        now=NOW,
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
