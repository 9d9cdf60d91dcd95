"""The read models of the money say what the ledger says, however the lines came in."""

from collections.abc import Sequence
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from services.monitoring.domain.ledger import commands as ask
from services.monitoring.domain.ledger import events as fact
from services.monitoring.domain.ledger.kinds import Account, BreakResolution
from services.monitoring.domain.ledger.ledger import ledger_decider
from services.monitoring.domain.ledger.quota_line import QuotaLine
from services.monitoring.domain.ledger.state import Ledger, LedgerState
from services.monitoring.projections.break_register import BreakRow, break_register
from services.monitoring.projections.commitment_register import CommitmentRow, commitment_register
from services.monitoring.projections.ledger_statement import LedgerRow, ledger_statement
from services.monitoring.projections.monitoring_statistics import (
    StatisticsRow,
    monitoring_statistics,
)
from services.monitoring.projections.payment_list import PaymentRow, ReturnRow, payment_list
from services.monitoring.projections.postings import (
    COLUMNS,
    LedgerDayRow,
    PostingRow,
    postings,
)
from services.monitoring.projections.quota_book import FreezeRow, QuotaDocumentRow, quota_book
from shared.eventstore import Transaction
from shared.eventstore.gathering import Kind, gather
from shared.eventstore.memory import MemoryStore
from shared.projections import Projection
from shared.testing.projection_spec import recorded
from tests.monitoring.ledger_asking import commands, opening
from tests.monitoring.stories import PROJECT, Story, at, on, yuan
from tests.monitoring.test_ledger import KEY, freeze, funded, give_back, pay
from tests.monitoring.test_ledger_breaks import LATE, NEXT_YEAR, assign, resolve
from tests.monitoring.test_ledger_commitments import register, verify
from tests.monitoring.test_ledger_lines import back, book, line
from tests.monitoring.test_ledger_properties import _asked
from tests.monitoring.test_ledger_quota import amend, freeze_until, recall

STREAM = f"ledger-{PROJECT.id}"
MONEY = (
    ledger_statement,
    payment_list,
    postings,
    quota_book,
    commitment_register,
    break_register,
    monitoring_statistics,
)


async def folded(facts: Sequence[Any], *projections: Projection) -> MemoryStore:
    """What the tables hold after these facts, gathered as one batch."""
    store = MemoryStore()
    told = recorded(STREAM, *facts, at=at(4, 30))
    folds = [one.project for one in projections if one.project]
    changes = [change for project in folds for fact_ in told for change in project(fact_)]
    await store.commit(Transaction(changes=changes))
    return store


def held(store: MemoryStore, table: type[Any]) -> list[dict[str, Any]]:
    """The rows of one table."""
    return [dict(row) for row in store.rows(table)]


async def rows(story: Story, projection: Projection, table: type[Any]) -> list[dict[str, Any]]:
    """The rows of one table after a story."""
    return held(await folded(story.facts, projection), table)


async def agrees(facts: Sequence[Any], state: Ledger) -> None:
    """Accounts, contracts and counters of the read models are those of the ledger."""
    store = await folded(facts, *MONEY)
    (row,) = held(store, LedgerRow)
    for account, column in COLUMNS.items():
        assert row[column] == state.accounts[account].fen
        assert sum(day[column] for day in held(store, LedgerDayRow)) == state.accounts[account].fen
    assert row["committed_fen"] == state.committed.fen
    assert sum(day["committed_fen"] for day in held(store, LedgerDayRow)) == state.committed.fen
    assert (row["payments"], row["version"]) == (len(state.payments), len(facts))
    paid = {one["payment_id"]: one["amount_fen"] for one in held(store, PaymentRow)}
    assert paid == {key: one.amount.fen for key, one in state.payments.items()}
    returns = sum(one["amount_fen"] for one in held(store, ReturnRow))
    assert -returns == state.accounts[Account.RETURNED].fen
    frozen = sum(one["amount_fen"] for one in held(store, FreezeRow) if one["ended_on"] is None)
    assert frozen == state.accounts[Account.FROZEN].fen
    still_open = {one["break_id"] for one in held(store, BreakRow) if one["resolution"] is None}
    assert still_open == {key for key, one in state.breaks.items() if not one.resolved}
    on_contracts = {one["contract_no"]: one["paid_fen"] for one in held(store, CommitmentRow)}
    assert on_contracts == {key: one.paid.fen for key, one in state.commitments.items()}
    (counted,) = held(store, StatisticsRow)
    assert (counted["spent_fen"], counted["payments"]) == (state.paid.fen, len(state.payments))


@settings(max_examples=60, deadline=None)
@given(st.lists(commands, max_size=20))
async def test_the_read_models_say_what_the_ledger_says(asked: list[ask.LedgerCommand]) -> None:
    facts: list[fact.LedgerEvent] = []
    state: LedgerState = ledger_decider.initial
    for command in [opening, *asked]:
        told = _asked(command, state)
        facts += told
        state = ledger_decider.fold(told, state)
    assert isinstance(state, Ledger)
    await agrees([one for one in facts if not isinstance(one, fact.WithdrawalRefused)], state)


def test_a_file_costs_one_statement_per_table_however_many_lines_it_has() -> None:
    file = book(*(line(1, f"Z{n}") for n in range(400)), back(1, "Z1"))
    (told,) = recorded(STREAM, *funded.when(file).facts())
    changes = [
        change
        for one in (ledger_statement, payment_list, postings)
        if one.project
        for change in one.project(told)
    ]
    (only_round,) = gather(changes)
    written = sorted((batch.shape.name, batch.kind, len(batch.rows)) for batch in only_round)
    assert written == [
        ("ledger_days", Kind.ADD, 2),
        ("ledger_statement", Kind.ADD, 1),
        ("payment_list", Kind.FRESH, 400),
        ("return_list", Kind.PUT, 1),
    ]


async def test_bookings_stand_on_the_day_of_their_paper() -> None:
    story = funded.after(amend(100), pay(210), recall(10), freeze(20))
    found = await rows(story, postings, PostingRow)
    assert [(one["kind"], one["document"], one["booked_on"]) for one in found] == [
        ("ISSUED", "Q1", on(2, 1)),
        ("AMENDED", "T1", on(6, 1)),
        ("RECALLED", "S1", on(11, 1)),
        ("FROZEN", "F1", on(4, 30)),
    ]
    days = await rows(story, postings, LedgerDayRow)
    assert {one["booked_on"]: one["appropriated_fen"] for one in days} == {
        on(2, 1): 50_000,
        on(6, 1): 10_000,
        on(3, 1): -21_000,
        on(11, 1): -1_000,
        on(4, 30): -2_000,
    }


async def test_the_quota_book_keeps_documents_in_national_fields_and_freezes_with_their_end() -> (
    None
):
    line_of = {"bgt_id": "B7", "sup_bgt_doc_no": "新财教77号", "fund_type_code": "01"}
    issued = ask.IssueQuota(
        **KEY, document_no="Q2", amount=yuan(9), issued_on=on(3, 2), line=QuotaLine(**line_of)
    )
    expired = ask.ExpireFreeze(**{**KEY, "now": at(7, 1)}, freeze_id="F|1")
    story = funded.after(issued, amend(-5), recall(4), freeze_until(6, 30, 40), expired)
    documents = {one["document_no"]: one for one in await rows(story, quota_book, QuotaDocumentRow)}
    assert {key: one["change_fen"] for key, one in documents.items()} == {
        "Q1": 50_000,
        "Q2": 900,
        "T1": -500,
        "S1": -400,
    }
    assert {key: documents["Q2"][key] for key in line_of} == line_of
    (held,) = await rows(story, quota_book, FreezeRow)
    assert (held["until_on"], held["ended_on"], held["expired"]) == (on(6, 30), on(4, 30), True)


async def test_a_break_has_an_owner_an_age_and_an_end() -> None:
    late = funded.after(pay(210), give_back(60, returned_on=NEXT_YEAR))
    (opened,) = await rows(late, break_register, BreakRow)
    assert (opened["owner"], opened["opened_on"]) == ("FB_TREASURY", on(4, 30))
    assert (opened["known_fen"], opened["payment_id"]) == (21_000, "Z1")
    carry = resolve(BreakResolution.CARRIED_TO_INCOME, slip_no="JK7")
    (ended,) = await rows(late.after(assign("x"), carry), break_register, BreakRow)
    assert (ended["break_id"], ended["owner"], ended["slip_no"]) == (LATE, "x", "JK7")
    assert (ended["resolved_by"], ended["resolved_on"]) == (KEY["by"], on(4, 30))


async def test_breaks_of_before_have_the_owner_of_their_kind() -> None:
    """Facts stored before breaks had owners name none."""
    old = fact.BreakOpened(
        project=PROJECT,
        break_id="b",
        kind=funded.after(pay(501)).state.breaks["BEYOND_AVAILABLE:Z1:501.00"].kind,
        line_id="Z1",
        amount=yuan(501),
        booked_on=on(3, 1),
    )
    (row,) = await rows(funded.given(old), break_register, BreakRow)
    assert (row["owner"], row["known_fen"]) == ("FB_BUDGET", None)


async def test_a_contract_is_kept_with_who_vouches_for_it() -> None:
    story = funded.after(register(300), verify(), book(line(120, contract_no="H1")))
    (row,) = await rows(story, commitment_register, CommitmentRow)
    assert (row["paid_fen"], row["supplier"]) == (12_000, "宏远建筑")
    assert (row["verified_by"], row["verified_on"]) == ("iss|leader", on(4, 30))


async def test_a_contract_that_is_paid_down_is_owed_alike_everywhere() -> None:
    file = book(
        line(120, contract_no="H1"), back(20), line(40, "Z3", contract_no="H1"), line(5, "Z4")
    )
    paid = funded.after(register(300), verify(), file, give_back(10, return_id="R2"))
    assert paid.state.committed == yuan(170)
    await agrees(paid.facts, paid.state)
