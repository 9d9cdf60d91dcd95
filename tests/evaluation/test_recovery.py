"""Stories of a recovery: claimed, heard, approved, booked, or open again."""

from dataclasses import replace
from datetime import date, timedelta
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
    RecoveryFailed,
    RecoveryNotified,
    RecoveryUnanswered,
    RecoveryWithdrawn,
)
from services.evaluation.domain.recovery.recoverable import recoverable
from services.evaluation.domain.recovery.recovery import recovery_decider
from services.evaluation.domain.recovery.states import Approved, Booked, Reopened
from services.evaluation.domain.refusals import (
    AlreadyRecorded,
    BookedByTheLedger,
    MoreThanRecoverable,
    NothingToRecover,
    RecoveryStepOutOfOrder,
    RecoveryUnknown,
    SamePersonDecidesAgain,
    SelfEvaluationUnknown,
    StillTimeToAnswer,
)
from services.evaluation.domain.self_evaluation.states import Open, Unopened
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
        checked_on=on,
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
