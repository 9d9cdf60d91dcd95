"""A recovery tells the whole of every step: what there was, who acted, by which document, when."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from services.evaluation.domain.funds.messages import NoteClaim
from services.evaluation.domain.grounds import Grounds
from services.evaluation.domain.recovery import events as fact
from services.evaluation.domain.recovery import refusals as no
from services.evaluation.domain.recovery.recoverable import Standing
from services.evaluation.domain.recovery.recovery import recovery_decider
from services.evaluation.domain.recovery.states import Approved, Reopened, Unclaimed
from services.evaluation.domain.refusals import (
    AlreadyRecorded,
    MoreThanRecoverable,
    NothingToRecover,
    RecoveryStepOutOfOrder,
    SamePersonDecidesAgain,
    StillTimeToAnswer,
)
from services.evaluation.domain.values import RecoveryReason, Route
from shared.domain.decider import Owner
from shared.domain.money import ZERO, Money
from shared.testing.spec import Outcome
from tests.evaluation.story import BUREAU, DEPT, NOW, PROJECT, REGION, SECOND, TODAY, UNIT, yuan
from tests.evaluation.test_recovery import (
    ANSWER,
    CLAIM,
    CLOSE,
    CLOSE_UP,
    DROP,
    HEARD,
    KNOWN,
    NO,
    NOTIFY,
    TERM,
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

STREAMS = ("self_evaluation-P1-2021", "watched-P1-2021", "funds-P1-2021")
GROUNDS = Grounds(
    rule_set_version=1,
    legal_basis="财预〔2020〕10号",
    streams=(*STREAMS, "rules-653121-2021"),
)
IDENTIFIED = fact.RecoveryIdentified(
    project_name="农村公路",
    whose=PROJECT.whose,
    reason=RecoveryReason.LOW_EXECUTION,
    route=Route.QUOTA_WITHDRAWAL,
    amount=yuan(100),
    basis="9月30日执行率低于50%",
    quota=yuan(500),
    paid=yuan(210),
    commitments=yuan(150),
    frozen=yuan(20),
    recoverable=yuan(120),
    origin=PROJECT.origin,
    identified_by=BUREAU,
    recovery_id=CLAIM,
    checked_on=TODAY,
    execution_rate=Decimal("0.42"),
    grounds=GROUNDS,
)


def refused(outcome: Outcome, refusal: type[Exception], pointer: str | None, **said: Any) -> None:  # noqa: ANN401
    found = outcome.refusal
    assert (type(found), found and found.pointer) == (refusal, pointer)
    assert found is not None
    assert found.details == said


def test_a_claim_says_what_there_was_when_it_was_made() -> None:
    asked = identify(amount=yuan(100), frozen=yuan(20))
    recovery.knowing(*KNOWN).when(asked).then(IDENTIFIED)
    others = replace(HEARD, freezes={"F": yuan(20)}, claims={"other": yuan(10), CLAIM: yuan(3)})
    told = replace(IDENTIFIED, recoverable=yuan(110), claimed_before=yuan(10), from_ledger=True)
    heard(others).when(asked).then(told)
    lawless = recovery.knowing(*KNOWN[:3], NO, NO, NO).when(asked)
    lawless.then(replace(IDENTIFIED, grounds=Grounds(streams=STREAMS)))
    bare = recovery.knowing(*KNOWN).when(identify(amount=yuan(1), quota=None, commitments=None))
    (one,) = bare.facts
    assert isinstance(one, fact.RecoveryIdentified)
    assert (one.quota, one.commitments, one.frozen) == (PROJECT.budget, ZERO, ZERO)
    assert one.recoverable == PROJECT.budget - yuan(210)
    smaller = recovery.knowing(*KNOWN).when(identify(amount=yuan(1), quota=yuan(400)))
    assert [(one.quota, one.recoverable) for one in smaller.facts] == [(yuan(400), yuan(40))]  # type: ignore[attr-defined]
    older = identify(amount=yuan(100), frozen=yuan(20), route=Route.PRIOR_YEAR_PAYMENT)
    (free,) = recovery.knowing(*KNOWN).when(older).facts
    assert isinstance(free, fact.RecoveryIdentified)
    assert free.recoverable == yuan(100)


def test_what_the_machine_finds_says_the_same_and_that_it_was_the_machine() -> None:
    others = replace(
        HEARD, freezes={"F": yuan(20)}, claims={"other": yuan(10)}, red=frozenset({"W2", "W1"})
    )
    heard(others).when(checking(RecoveryReason.RED_NOT_CURED)).then(
        replace(
            IDENTIFIED,
            reason=RecoveryReason.RED_NOT_CURED,
            amount=yuan(110),
            basis="截至2021-09-30，红色预警W1、W2未完成纠偏，未支出且无合同部分予以收回",
            recoverable=yuan(110),
            claimed_before=yuan(10),
            from_ledger=True,
            found_by_machine=True,
            identified_by="abacus",
            checked_on=date(2021, 9, 30),
        )
    )
    without = recovery.knowing(*heard(others).known[:3], NO, NO, NO)
    (one,) = without.when(checking(RecoveryReason.SURPLUS)).facts
    assert isinstance(one, fact.RecoveryIdentified)
    assert one.grounds == Grounds(streams=STREAMS)
    assert one.basis == "截至2021-09-30，结转资金连续两年未用完，按结余资金收回（实施条例第五十条）"


def test_a_claim_is_asked_for_the_same_only_with_the_same_figures() -> None:
    made = recovery.knowing(*KNOWN).after(identify())
    for change in (
        {"amount": yuan(1)},
        {"route": Route.CURRENT_YEAR_REFUND},
        {"reason": RecoveryReason.SURPLUS},
    ):
        refused(made.when(identify(**change)), AlreadyRecorded, None)
    refused(recovery.knowing(*KNOWN).when(identify(amount=ZERO)), NothingToRecover, "/amount")
    refused(
        recovery.knowing(*KNOWN).when(identify(amount=yuan(141))),
        MoreThanRecoverable,
        "/amount",
        recoverable="1400000.00",
        claimed="0.00",
    )
    for name in ("quota", "commitments", "frozen"):
        told = heard().when(identify(**{name: yuan(499)}))
        said = {"quota": "5000000.00", "commitments": "1500000.00", "frozen": "0.00"}[name]
        refused(told, no.LedgerSaysOtherwise, f"/{name}", ledger=said)


def test_an_approval_says_what_there_was_by_then() -> None:
    told = heard().after(identify(quota=None, commitments=None), NOTIFY, ANSWER)
    yes = fact.RecoveryApproved(
        whose=PROJECT.whose,
        route=Route.QUOTA_WITHDRAWAL,
        reason=RecoveryReason.LOW_EXECUTION,
        amount=yuan(140),
        document_no="准〔2021〕1号",
        approved_by=SECOND,
        approved_on=TODAY,
        recoverable=yuan(140),
    )
    told.when(approve()).then(yes)
    # Without the ledger's word nothing is known to limit it.
    claimed().after(ANSWER).when(approve(yuan(9))).then(
        replace(yes, amount=yuan(9), recoverable=None)
    )
    older = claimed(route=Route.PRIOR_YEAR_PAYMENT).after(ANSWER)
    older.when(approve()).then(replace(yes, route=Route.PRIOR_YEAR_PAYMENT, recoverable=None))
    back = claimed(route=Route.CURRENT_YEAR_REFUND).after(ANSWER)
    back.when(approve()).then(replace(yes, route=Route.CURRENT_YEAR_REFUND, recoverable=yuan(210)))
    late = replace(approve(), now=NOW + timedelta(days=11))
    claimed().when(late).then(
        fact.RecoveryUnanswered(due_on=TERM),
        replace(yes, recoverable=None, approved_on=TODAY + timedelta(days=11)),
    )
    refused(
        claimed().when(replace(approve(), now=NOW + timedelta(days=10))),
        StillTimeToAnswer,
        None,
        answer_by=TERM.isoformat(),
    )


def test_whoever_claimed_or_notified_does_not_approve_whatever_the_way_there() -> None:
    notified_by_other = recovery.knowing(*KNOWN).after(identify(), replace(NOTIFY, by="iss|third"))
    late = NOW + timedelta(days=11)
    for story in (notified_by_other, notified_by_other.after(ANSWER)):
        for person in (BUREAU, "iss|third"):
            outcome = story.when(replace(approve(by=person), now=late))
            outcome.then_refused(SamePersonDecidesAgain)
        assert story.when(replace(approve(), now=late)).refusal is None
    again = approved().after(fail(yuan(90)))
    anew = again.when(approve(yuan(90), by=BUREAU, document="2"))
    anew.then_refused(SamePersonDecidesAgain)


@pytest.mark.parametrize("amount", [ZERO - Money(1), yuan(141)])
def test_no_more_than_was_claimed_and_something(amount: Money) -> None:
    outcome = claimed().after(ANSWER).when(approve(amount))
    refused(outcome, MoreThanRecoverable, "/amount", recoverable="1400000.00")


def test_what_fell_is_refused_with_every_figure_that_fell() -> None:
    told = heard().after(identify(quota=None, commitments=None), NOTIFY, ANSWER)
    less = replace(HEARD, freezes={"F": yuan(20)}, claims={"other": yuan(10), CLAIM: yuan(140)})
    outcome = told.knowing(*heard(less, 220).known).when(approve())
    refused(
        outcome,
        no.RecoverableFell,
        "/amount",
        recoverable="1000000.00",
        claim="1400000.00",
        quota="5000000.00",
        paid="2200000.00",
        commitments="1500000.00",
        frozen="200000.00",
        claimed="100000.00",
    )


def test_what_is_booked_says_where_and_when() -> None:
    part = fact.PartReceived(entry="w1", amount=yuan(140), document_no="指标〔2021〕9号")
    whole = fact.RecoveryBooked(
        whose=PROJECT.whose,
        route=Route.QUOTA_WITHDRAWAL,
        amount=yuan(140),
        document_no="指标〔2021〕9号",
        booked_on=date(2021, 11, 3),
        confirmation_no="w1",
    )
    approved().when(book(yuan(140))).then(part, whole)
    nameless = replace(book(yuan(140)), document_no="")
    approved().when(nameless).then(
        replace(part, document_no=""), replace(whole, document_no="准〔2021〕1号")
    )
    approved().when(book(yuan(139))).then(replace(part, amount=yuan(139)))
    # A claim of which a part came in, and which the ledger could not meet, keeps the part.
    first = approved().after(book(yuan(50)), fail(yuan(90)))
    assert isinstance(first.state, Reopened)
    assert first.state.received == {"w1": yuan(50)}
    second = first.after(approve(yuan(90), document="2"))
    assert isinstance(second.state, Approved)
    second.when(book(yuan(50))).then_nothing()
    (_, rest) = second.when(book(yuan(40), entry="w2")).facts
    assert isinstance(rest, fact.RecoveryBooked)
    assert rest.amount == yuan(90)


def test_what_becomes_of_booked_money_says_where_it_went() -> None:
    booked = approved().after(book(yuan(140)))
    booked.when(reallocate(yuan(100))).then(
        fact.RecoveryReallocated(
            whose=PROJECT.whose,
            entry="E1",
            to_project_code="P2",
            to_unit_code="653121009",
            purpose="农村饮水",
            amount=yuan(100),
            left=yuan(40),
            document_no="统〔2021〕1号",
            reallocated_by=SECOND,
            reallocated_on=TODAY,
        )
    )
    used = booked.after(reallocate(yuan(100)))
    for change in ({"to_project_code": "P3"}, {"amount": yuan(1)}, {"document_no": "2"}):
        refused(used.when(replace(reallocate(yuan(100)), **change)), AlreadyRecorded, None)
    refused(booked.when(reallocate(yuan(1), to="P1")), no.ReturnedToItself, "/to_project_code")
    refused(booked.when(reallocate(ZERO)), NothingToRecover, "/amount")
    refused(used.when(reallocate(yuan(41), "E2")), no.MoreThanBooked, "/amount", left="400000.00")
    refused(
        used.when(replace(CLOSE_UP, remark=" ")),
        no.MoneyLeftUnexplained,
        "/remark",
        left="400000.00",
    )
    used.when(CLOSE_UP).then(
        fact.RecoveryClosed(
            left=yuan(40), remark="结转预算稳定调节基金", closed_by=SECOND, closed_on=TODAY
        )
    )


def test_what_the_ledger_refused_is_told_with_its_entry_once() -> None:
    refusal = replace(fail(yuan(90)), entry="refusal-7")
    told = fact.RecoveryFailed(
        whose=PROJECT.whose, asked=yuan(140), available=yuan(90), entry="refusal-7"
    )
    approved().when(refusal).then(told)
    again = approved().after(refusal, approve(yuan(90), document="2"))
    more = again.after(replace(refusal, entry="refusal-9"), approve(yuan(90), document="3"))
    for entry in ("refusal-7", "refusal-9"):
        more.when(replace(refusal, entry=entry)).then_nothing()


def test_what_rests_on_nothing_is_dropped_while_it_is_not_approved() -> None:
    found = heard().after(checking(RecoveryReason.INEFFECTIVE))
    for story in (found, found.after(NOTIFY), found.after(NOTIFY, ANSWER)):
        assert [type(one) for one in story.when(DROP).facts] == [fact.RecoveryWithdrawn]
    found.after(NOTIFY, ANSWER, approve()).when(DROP).then_nothing()
    found.when(CLOSE).then_nothing()


def test_a_claim_says_whose_it_is_and_whose_money_it_keeps() -> None:
    assert recovery_decider.stream(identify()) == f"recovery-{CLAIM}"
    assert recovery_decider.owner(Unclaimed()) is None
    assert recovery_decider.owner(claimed().state) == Owner(
        region_code=REGION, department_code=DEPT, unit_code=UNIT
    )
    state = recovery.knowing(*KNOWN).after(identify()).state
    assert list(recovery_decider.entails(IDENTIFIED, state)) == [
        NoteClaim(project_code="P1", fiscal_year=2021, recovery_id=CLAIM, amount=yuan(100))
    ]


@pytest.mark.parametrize(
    ("taken", "others", "left"),
    [(380, 10, 110), (500, 0, 0), (600, 0, 0), (0, 501, 0), (600, -200, 200)],
)
def test_what_is_left_is_never_less_than_nothing(taken: int, others: int, left: int) -> None:
    standing = Standing(
        quota=yuan(500),
        paid=yuan(taken),
        commitments=ZERO,
        frozen=ZERO,
        claimed=yuan(others),
        budget=yuan(500),
        from_ledger=True,
    )
    assert standing.left == yuan(left)


def test_a_step_out_of_order_says_which_comes_before() -> None:
    unheard = recovery.knowing(*KNOWN).after(identify())
    refused(unheard.when(ANSWER), RecoveryStepOutOfOrder, None)
    refused(unheard.when(approve()), RecoveryStepOutOfOrder, None)
    refused(claimed().after(ANSWER).when(NOTIFY), RecoveryStepOutOfOrder, None)
    refused(approved().when(approve(document="2")), RecoveryStepOutOfOrder, None)
