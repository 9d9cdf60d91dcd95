"""What a statement passes on to a payment order, and what its refusals say."""

from dataclasses import replace
from decimal import Decimal

import pytest

from services.monitoring.domain.page_refusals import PageBreakEnded, PageNoteMissing
from services.monitoring.domain.payment_order.commands import (
    HearPaymentReturn,
    HearPaymentStatus,
    HearRecallAnswer,
)
from services.monitoring.domain.payment_order.values import BankAnswer, RecallAnswer
from services.monitoring.domain.statement import commands as ask
from services.monitoring.domain.statement import refusals as no
from services.monitoring.domain.statement.answering import place_of_answer
from services.monitoring.domain.statement.events import LineTransferred
from services.monitoring.domain.statement.for_orders import (
    RECALL_STATUSES,
    STATUSES,
    ForOrder,
    KnownOrder,
    Said,
    moved,
)
from services.monitoring.domain.statement.lines import LineUse, StatusReport
from services.monitoring.domain.statement.naming import statement_id
from services.monitoring.domain.statement.sorting import ForLedger, Kept, Unmatched, place_of
from services.monitoring.domain.statement.statement import LineState, statement_decider
from services.monitoring.domain.statement.twins import further
from services.monitoring.domain.statement_pages import (
    MissingPages,
    PageBreakState,
    RejectPageBreak,
    ReportMissingPages,
    TakePage,
    missing_of,
    statement_pages_decider,
)
from services.monitoring.domain.tie_out import DayNotCome, RequestTieOut, tie_out_decider
from shared.domain.refusals import Refusal
from tests.monitoring.stories import CLERK, Story, at, on, yuan
from tests.monitoring.test_intake_sorting import KNOWN, back, line
from tests.monitoring.test_intake_statement import DOLLARS, OF, assign, take, taken

ORDER = KnownOrder(
    order_id="O1",
    pay_cert_no="K1",
    end_to_end_id="E1",
    project_code="P1",
    fiscal_year=2021,
    amount=yuan(60),
    uetr="u1",
    recalls=("R1",),
)
TWO = replace(ORDER, order_id="O2", end_to_end_id="E2", uetr="u2", recalls=("R2", "R3"))
SOURCE, NOW = "ICBC/M1", at(3, 2)


def answer(**more: str) -> StatusReport:
    """An answer of the bank to the first order."""
    said = {"message_id": "M1", "original_message_id": "B1", "end_to_end_id": "E1"}
    return StatusReport(**{**said, "status": "RJCT", "reason_code": "AC04", **more})  # type: ignore[arg-type]


def placed(one: StatusReport) -> ForOrder | Kept:
    return place_of_answer(one, 7, (ORDER, TWO))


ANSWERED = {
    Said.PENDING: BankAnswer.PENDING,
    Said.ACCEPTED: BankAnswer.ACCEPTED,
    Said.REJECTED: BankAnswer.REJECTED,
}
RECALLED = {
    Said.RECALL_PENDING: RecallAnswer.PENDING,
    Said.RECALL_ACCEPTED: RecallAnswer.ACCEPTED,
    Said.RECALL_REFUSED: RecallAnswer.REFUSED,
}


@pytest.mark.parametrize("status", STATUSES)
def test_an_answer_reaches_its_order_with_its_reason_and_moves_nothing(status: str) -> None:
    place = placed(answer(status=status))
    assert isinstance(place, ForOrder)
    assert place.command(SOURCE, CLERK, NOW) == HearPaymentStatus(
        order_id="O1",
        answer=ANSWERED[STATUSES[status]],
        amount=None,
        booked_on=None,
        bank_ref="",
        reason_code="AC04",
        source_id="ICBC/M1/7",
        by=CLERK,
        now=NOW,
    )


@pytest.mark.parametrize("status", RECALL_STATUSES)
def test_an_answer_to_a_recall_reaches_it_with_its_reason(status: str) -> None:
    place = placed(answer(status=status, case_id="R1"))
    assert isinstance(place, ForOrder)
    assert place.command(SOURCE, CLERK, NOW) == HearRecallAnswer(
        order_id="O1",
        recall_id="R1",
        answer=RECALLED[RECALL_STATUSES[status]],
        reason_code="AC04",
        source_id="ICBC/M1/7",
        by=CLERK,
        now=NOW,
    )


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"end_to_end_id": "E9"}, Unmatched.ORDER_UNKNOWN),
        ({"end_to_end_id": "", "uetr": "u9"}, Unmatched.ORDER_UNKNOWN),
        ({"end_to_end_id": ""}, Unmatched.ORDER_UNKNOWN),
        ({"end_to_end_id": "E9", "status": "CNCL"}, Unmatched.ORDER_UNKNOWN),
        ({"end_to_end_id": "", "status": "CNCL", "case_id": "R9"}, Unmatched.RECALL_UNKNOWN),
        ({"status": "CNCL", "case_id": "R2"}, Unmatched.RECALL_UNKNOWN),
        ({"end_to_end_id": "E2", "status": "CNCL"}, Unmatched.RECALL_UNKNOWN),
        ({"status": "XXXX"}, Unmatched.STATUS_UNKNOWN),
    ],
)
def test_an_answer_to_nothing_of_ours_waits_for_a_person(
    said: dict[str, str], why: Unmatched
) -> None:
    assert placed(answer(**said)) == Kept(why)


@pytest.mark.parametrize(
    ("said", "order", "recall"),
    [
        ({"end_to_end_id": "", "uetr": "u2"}, "O2", ""),
        ({"end_to_end_id": "", "status": "CNCL", "case_id": "R3"}, "O2", "R3"),
        ({"status": "CNCL"}, "O1", "R1"),
    ],
)
def test_an_answer_without_a_number_is_known_by_reference_or_case(
    said: dict[str, str], order: str, recall: str
) -> None:
    place = placed(answer(**said))
    assert isinstance(place, ForOrder)
    assert (place.order.order_id, place.recall_id) == (order, recall)


def test_money_that_moves_is_told_to_its_order_whole() -> None:
    told = line(number=7, bank_ref="B7", reason_code="X1", uetr="u1", clearing_ref="C1")
    assert moved(told, ORDER).command(SOURCE, CLERK, NOW) == HearPaymentStatus(
        order_id="O1",
        answer=BankAnswer.SETTLED,
        amount=yuan(60),
        booked_on=on(3, 1),
        bank_ref="B7",
        reason_code="X1",
        source_id="ICBC/M1/7",
        by=CLERK,
        now=NOW,
    )
    came = replace(told, direction=back().direction, return_id="R7")
    assert moved(came, ORDER).command(SOURCE, CLERK, NOW) == HearPaymentReturn(
        order_id="O1",
        return_id="R7",
        amount=yuan(60),
        returned_on=on(3, 1),
        reason_code="X1",
        source_id="ICBC/M1/7",
        uetr="u1",
        clearing_ref="C1",
        by=CLERK,
        now=NOW,
    )


def test_a_batch_that_shares_its_reference_is_no_payment_of_that_reference() -> None:
    """A payment is known under another number only where the amount is the same, too."""
    other = {"end_to_end_id": "Z8", "bank_ref": "B1", "project_code": "P1", "fiscal_year": 2021}
    fits, differs = (
        place_of(line(amount=amount, **other), SOURCE, KNOWN)
        for amount in (Decimal("60.00"), Decimal("59.00"))
    )
    assert isinstance(fits, ForLedger)
    assert isinstance(differs, ForLedger)
    assert (fits.line.payment_id, differs.line.payment_id) == ("Z1", "Z8")
    returned = place_of(back(**{**other, "amount": Decimal("1.00")}), SOURCE, KNOWN)
    assert isinstance(returned, ForLedger)
    assert returned.line.payment_id == "Z1"


def test_only_what_another_page_tells_is_counted_on() -> None:
    first = replace(back(), return_id="2021-03-01:Z1:60.00")
    assert further([first], {}) == [first]
    (again,) = further([first], {(first.account, first.return_id): 1})
    assert again.return_id == f"{first.return_id}#2"
    assert further([first], {("other", first.return_id): 1}) == [first]


def test_the_number_of_a_message_with_odd_signs_is_a_short_digest() -> None:
    assert statement_id("ICBC", "M/1") == "ICBC-90fe417b248d44ec5a6df917c5255fd3"
    assert statement_id("ICBC", "M1") == "ICBC-M1"


assigned = taken.after(assign())
rejected = taken.after(ask.RejectStatementLine(**OF, note="不是本级资金"))
transfer = ask.TransferStatementLine(**OF, owner="FB_BUDGET")
moves_nothing = Story(statement_decider).after(
    take(kept=(replace(take().kept[0], line=replace(take().kept[0].line, use=LineUse.ANSWER)),))
)
TELL = ReportMissingPages(
    pages_id="p1",
    region_code="653101",
    seen=MissingPages(account="1", series="S", held=(1, 3), last=True),
    day_on=on(3, 1),
    by=CLERK,
    now=at(3, 2),
)
PAGE = TakePage(
    pages_id="p1",
    region_code="653101",
    account="1",
    series="S",
    page=2,
    last=False,
    by=CLERK,
    now=at(3, 3),
)
reject_page = RejectPageBreak(pages_id="p1", note="银行无此页", by=CLERK, now=at(3, 4))
paged = Story(statement_pages_decider).after(TELL)
EXPLAINED: list[tuple[Story, object, type[Refusal], str | None, dict[str, object]]] = [
    (taken, replace(assign(), line_no=9), no.LineUnknown, None, {"line_no": 9}),
    (assigned, assign(project_code="P2"), no.LineResolved, None,
     {"line_no": 3, "state": LineState.ASSIGNED}),
    (assigned, transfer, no.LineResolved, None, {"line_no": 3, "state": LineState.ASSIGNED}),
    (assigned, ask.RejectStatementLine(**OF, note="x"), no.LineResolved, None,
     {"line_no": 3, "state": LineState.ASSIGNED}),
    (rejected, assign(), no.LineResolved, None, {"line_no": 3, "state": LineState.REJECTED}),
    (rejected, transfer, no.LineResolved, None, {"line_no": 3, "state": LineState.REJECTED}),
    (taken, ask.RejectStatementLine(**OF, note=" "), no.NoteMissing, "/note", {}),
    (taken, assign(line_no=DOLLARS.number), no.AmountInYuanMissing, "/amount",
     {"currency": "USD"}),
    (moves_nothing, assign(), no.LineMovesNothing, None, {}),
    (paged, replace(reject_page, note=" "), PageNoteMissing, "/note", {}),
    (paged.after(PAGE), reject_page, PageBreakEnded, None, {"state": PageBreakState.CAME}),
    (Story(tie_out_decider),
     RequestTieOut(region_code="653101", until_on=on(3, 3), by=CLERK, now=at(3, 2)),
     DayNotCome, "/until_on", {"day": "2021-03-03"}),
]  # fmt: skip


@pytest.mark.parametrize(("story", "command", "refusal", "pointer", "details"), EXPLAINED)
def test_a_refusal_names_its_place_and_its_values(
    story: Story,
    command: object,
    refusal: type[Refusal],
    pointer: str | None,
    details: dict[str, object],
) -> None:
    story.when(command).then_explains(refusal, pointer, **details)


def test_of_a_statement_without_any_page_the_first_is_missing() -> None:
    assert missing_of(frozenset(), last=False) == ("1…",)
    assert missing_of(frozenset({1, 3}), last=True) == ("2",)
    assert missing_of(frozenset({1}), last=True) == ()


def test_a_line_that_is_passed_on_says_of_which_region_to_whom() -> None:
    (fact,) = taken.when(transfer).facts()
    assert isinstance(fact, LineTransferred)
    assert (fact.region_code, fact.line_no, fact.owner) == ("653101", 3, "FB_BUDGET")
