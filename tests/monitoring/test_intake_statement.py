"""A statement: taken once, part by part; what has no ledger waits for a person."""

from decimal import Decimal
from typing import Any

from services.monitoring.domain.ledger.commands import BookLines
from services.monitoring.domain.statement import commands as ask
from services.monitoring.domain.statement import events as fact
from services.monitoring.domain.statement import refusals as no
from services.monitoring.domain.statement.kept import KeptLine, RefusedLine
from services.monitoring.domain.statement.lines import BankLine, Direction
from services.monitoring.domain.statement.sorting import Refused, Unmatched
from services.monitoring.domain.statement.statement import (
    FIRST_OWNER,
    LINES_PER_FACT,
    statement_decider,
)
from tests.monitoring.stories import CLERK, Story, at, on, yuan

LOST = BankLine(
    number=3,
    row=9,
    direction=Direction.DEBIT,
    amount=Decimal("8.00"),
    booked_on=on(3, 1),
    end_to_end_id="Z5",
)
DOLLARS = BankLine(
    number=4, row=10, direction=Direction.DEBIT, amount=Decimal(5), currency="USD",
    booked_on=on(3, 1),
)  # fmt: skip


def take(**values: Any) -> ask.TakeStatement:  # noqa: ANN401
    told: dict[str, Any] = {
        "system": "ICBC", "message_id": "M1", "region_code": "653101", "form": "camt.053.001.08",
        "digest": "d1", "lines": 3, "paid": yuan(60), "returned": yuan(0),
        "kept": (
            KeptLine(line=LOST, why=Unmatched.NO_PROJECT),
            KeptLine(line=DOLLARS, why=Unmatched.FOREIGN_CURRENCY),
        ),
        "refused": (RefusedLine(number=5, row=11, why=Refused.ZERO_AMOUNT),),
        "by": CLERK, "now": at(3, 2),
    }  # fmt: skip
    return ask.TakeStatement(**{**told, **values})


OF: dict[str, Any] = {"statement": "ICBC-M1", "line_no": 3, "by": CLERK, "now": at(3, 3)}
taken = Story(statement_decider).after(take())


def assign(**values: Any) -> ask.AssignStatementLine:  # noqa: ANN401
    return ask.AssignStatementLine(**{**OF, "project_code": "P1", "fiscal_year": 2021, **values})


def test_a_message_is_taken_once() -> None:
    Story(statement_decider).when(take()).then_names("StatementTaken", "LinesKept", "LinesRefused")
    taken.when(take(now=at(5, 1))).then_nothing()


def test_another_message_with_its_number_is_refused() -> None:
    taken.when(take(digest="d2")).then_refused(no.MessageReused)
    taken.when(take(region_code="653122")).then_refused(no.MessageReused)


def test_a_list_is_taken_part_by_part() -> None:
    first = Story(statement_decider).after(take(part=7, parts=2))
    [more, *_] = first.when(take(part=9, parts=2)).facts()
    assert (more.part, more.first) == (9, False)
    first.when(take(part=7, parts=2)).then_nothing()


def test_a_fact_is_a_page_and_not_a_book() -> None:
    many = tuple(KeptLine(line=LOST, why=Unmatched.NO_PROJECT) for _ in range(LINES_PER_FACT + 1))
    Story(statement_decider).when(take(kept=many, refused=())).then_names(
        "StatementTaken", "LinesKept", "LinesKept"
    )


def test_a_line_is_kept_with_an_owner_until_somebody_says_whose_it_is() -> None:
    kept = taken.state.kept["3"]
    assert (kept.owner, kept.line.line) == (FIRST_OWNER, LOST)
    [assigned] = taken.when(assign()).facts()
    assert isinstance(assigned, fact.LineAssigned)
    assert (assigned.line.source_id, assigned.line.amount) == ("ICBC/M1/3", yuan(8))
    [booking] = statement_decider.entails(assigned, taken.state)
    assert isinstance(booking, BookLines)
    assert (booking.project_code, booking.lines) == ("P1", (assigned.line,))
    taken.when(assign()).then_names("LineAssigned")
    done = taken.after(assign())
    done.when(assign(project_code="P2")).then_refused(no.LineResolved)
    done.when(ask.RejectStatementLine(**OF, note="x")).then_refused(no.LineResolved)
    done.when(ask.TransferStatementLine(**OF, owner="x")).then_refused(no.LineResolved)


def test_a_line_in_another_currency_needs_its_amount_in_yuan() -> None:
    taken.when(assign(line_no=4)).then_refused(no.AmountInYuanMissing)
    [assigned] = taken.when(assign(line_no=4, payment_id="Z4", amount=yuan(35))).facts()
    assert (assigned.line.payment_id, assigned.line.amount) == ("Z4", yuan(35))


def test_a_line_is_rejected_with_a_reason() -> None:
    taken.when(ask.RejectStatementLine(**OF, note=" ")).then_refused(no.NoteMissing)
    taken.when(ask.RejectStatementLine(**OF, note="手续费")).then_names("LineRejected")
    rejected = taken.after(ask.RejectStatementLine(**OF, note="手续费"))
    rejected.when(assign()).then_refused(no.LineResolved)


def test_a_line_is_handed_over_once() -> None:
    taken.when(ask.TransferStatementLine(**OF, owner="国库科")).then_names("LineTransferred")


def test_what_is_not_there_is_not_found() -> None:
    Story(statement_decider).when(assign()).then_refused(no.StatementNotTaken)
    taken.when(assign(line_no=99)).then_refused(no.LineUnknown)
