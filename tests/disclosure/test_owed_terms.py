"""From which day a term runs: the decision, a reply that came later, a report put on file."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Final

import pytest

from services.disclosure.domain import budget_reply, terms
from services.disclosure.domain.budget_reply import (
    BudgetReplyRecorded,
    RecordBudgetReply,
    RepliedBy,
    Replies,
    Reply,
    ReplyKind,
)
from services.disclosure.domain.item import decider
from services.disclosure.domain.item_words import (
    ItemOverdue,
    ItemOwed,
    ItemRestated,
    MarkItemOverdue,
    MoveTerm,
    OweItem,
    StartTerm,
    TermStarted,
)
from services.disclosure.domain.refusals import (
    DepartmentRepliedForFinance,
    ReplyBeforeFinance,
    ReplyInFuture,
)
from services.disclosure.domain.terms import STATUTORY, Terms
from services.disclosure.domain.values import Channel, ItemKind
from services.disclosure.reactions import fall_due, react, schedule
from services.disclosure.reactions.replies import REACHED
from shared.contracts import evaluation
from shared.domain.workdays import day_over
from shared.messages import Deadline, Due, Look
from shared.testing.projection_spec import recorded
from shared.testing.spec import Spec
from tests.disclosure import years
from tests.disclosure.stories import (
    ITEM,
    NOBODY_RULES,
    NOW,
    UNIT,
    cleared,
    owe,
    owed,
    prepared,
    published,
)
from tests.disclosure.test_reactions import A, heard, owes

item = Spec(decider)
reply = Spec(budget_reply.decider)
FROM_FINANCE: Final = Reply(
    kind=ReplyKind.BUDGET,
    replied_by=RepliedBy.FINANCE,
    region_code="653101",
    department_code="D1",
    fiscal_year=2021,
    replied_on=date(2021, 2, 15),
    document_no="喀财预〔2021〕1号",
)
TO_UNITS: Final = replace(
    FROM_FINANCE, replied_by=RepliedBy.DEPARTMENT, replied_on=date(2021, 2, 25)
)
record: Final = RecordBudgetReply(reply=FROM_FINANCE, by_bureau=True, by="iss|bureau", now=NOW)
by_department: Final = replace(record, reply=TO_UNITS, by_bureau=False)
move: Final = MoveTerm(
    item_id=ITEM.item_id,
    region_code="653101",
    fiscal_year=2021,
    channel=Channel.WITH_BUDGET,
    department_code="D1",
    unit_code=ITEM.unit_code,
    by=UNIT,
    now=NOW,
)


def test_a_reply_is_recorded_once_and_corrected_by_another_day() -> None:
    reply.when(record).then(BudgetReplyRecorded(reply=FROM_FINANCE))
    reply.given(BudgetReplyRecorded(reply=FROM_FINANCE)).when(record).then_nothing()
    other = replace(FROM_FINANCE, replied_on=date(2021, 2, 16))
    again = replace(record, reply=other)
    reply.given(BudgetReplyRecorded(reply=FROM_FINANCE)).when(again).then(
        BudgetReplyRecorded(reply=other)
    )


def test_a_department_replies_for_itself_after_finance_and_nobody_in_advance() -> None:
    known = BudgetReplyRecorded(reply=FROM_FINANCE)
    reply.given(known).when(by_department).then(BudgetReplyRecorded(reply=TO_UNITS))
    early = replace(by_department, reply=replace(TO_UNITS, replied_on=date(2021, 2, 14)))
    assert reply.given(known).when(early).then_refused(ReplyBeforeFinance).pointer == "/replied_on"
    reply.when(replace(record, by_bureau=False)).then_refused(DepartmentRepliedForFinance)
    tomorrow = replace(record, reply=replace(FROM_FINANCE, replied_on=date(2021, 3, 2)))
    reply.when(tomorrow).then_refused(ReplyInFuture)


def test_a_reply_is_refused_at_its_day_with_what_to_do() -> None:
    known = BudgetReplyRecorded(reply=FROM_FINANCE)
    early = replace(by_department, reply=replace(TO_UNITS, replied_on=date(2021, 2, 14)))
    refusal = reply.given(known).when(early).then_refused(ReplyBeforeFinance)
    assert refusal.detail == "finance replied on 2021-02-15"
    assert refusal.remedy
    same_day = replace(TO_UNITS, replied_on=FROM_FINANCE.replied_on)
    reply.given(known).when(replace(by_department, reply=same_day)).then(
        BudgetReplyRecorded(reply=same_day)
    )
    # A department speaks to its units alone.
    forged = reply.when(replace(record, by_bureau=False))
    assert forged.then_refused(DepartmentRepliedForFinance).pointer == "/replied_by"
    tomorrow = replace(record, reply=replace(FROM_FINANCE, replied_on=date(2021, 3, 2)))
    future = reply.when(tomorrow).then_refused(ReplyInFuture)
    assert (future.pointer, bool(future.remedy)) == ("/replied_on", True)
    today = replace(FROM_FINANCE, replied_on=date(2021, 3, 1))
    reply.when(replace(record, reply=today)).then(BudgetReplyRecorded(reply=today))


def test_a_reply_of_finance_may_be_corrected_to_an_earlier_day_and_keeps_the_other() -> None:
    both = (BudgetReplyRecorded(reply=FROM_FINANCE), BudgetReplyRecorded(reply=TO_UNITS))
    earlier = replace(FROM_FINANCE, replied_on=date(2021, 2, 1))
    after = reply.given(*both).after(replace(record, reply=earlier))
    assert after.state == Replies(finance=earlier, department=TO_UNITS)
    after.when(by_department).then_nothing()
    before = reply.given(BudgetReplyRecorded(reply=TO_UNITS))
    before.when(by_department).then_nothing()
    before.when(record).then(BudgetReplyRecorded(reply=FROM_FINANCE))


@pytest.mark.parametrize(
    ("kind", "channel", "number"),
    [
        (ReplyKind.BUDGET, Channel.WITH_BUDGET, "BUDGET-D1-2021"),
        (ReplyKind.FINAL_ACCOUNTS, Channel.WITH_FINAL_ACCOUNTS, "FINAL_ACCOUNTS-D1-2021"),
    ],
)
def test_a_reply_is_one_per_kind_department_and_year(
    kind: ReplyKind, channel: Channel, number: str
) -> None:
    asked = replace(record, reply=replace(FROM_FINANCE, kind=kind))
    assert budget_reply.decider.identify(asked) == number
    assert budget_reply.CHANNEL_OF_REPLY[kind] is channel
    (known,) = budget_reply.references(channel, "D1", 2021)
    assert known.stream == f"reply-{number}"


@pytest.mark.parametrize(
    ("channel", "due_on"),
    [
        (Channel.WITH_BUDGET, date(2021, 3, 21)),
        (Channel.WITH_FINAL_ACCOUNTS, date(2021, 3, 21)),
        (Channel.KEY_EVALUATION, date(2021, 3, 29)),
        (Channel.MONTHLY, date(2021, 4, 10)),
    ],
)
def test_without_a_rule_set_the_terms_of_the_law_and_of_the_product_bind(
    channel: Channel, due_on: date
) -> None:
    """`domain` §3.10: 20 days, 20 days, 20 working days, the tenth of the next month."""
    assert STATUTORY.due_on(channel, date(2021, 3, 1), "653100") == due_on
    assert STATUTORY.comment_answer_working_days == 15


def test_every_channel_has_a_term_of_its_own() -> None:
    own = Terms(
        with_budget_days=1, with_final_accounts_days=2, key_report_working_days=3, monthly_day=4
    )
    friday = date(2021, 3, 5)
    found = [own.due_on(channel, friday, "653100") for channel in Channel]
    assert found == [date(2021, 3, 6), date(2021, 3, 7), date(2021, 3, 10), date(2021, 4, 4)]
    # 肉孜节 of Xinjiang, 13 May 2021, is no working day there.
    holiday = own.due_on(Channel.KEY_EVALUATION, date(2021, 5, 11), "653100")
    assert holiday == date(2021, 5, 17)


@pytest.mark.parametrize(
    ("region", "above"),
    [
        ("653121", ("653121", "653100", "650000")),
        ("653100", ("653100", "650000")),
        ("650000", ("650000",)),
    ],
)
def test_the_terms_of_a_region_are_its_own_or_those_of_the_regions_above(
    region: str, above: tuple[str, ...]
) -> None:
    streams = [one.stream for one in terms.references(region, 2021)]
    assert streams == [f"terms-{code}-2021" for code in above]


@pytest.mark.parametrize(
    ("replies", "unit", "due_on"),
    [
        (Replies(), ITEM.unit_code, date(2021, 3, 2)),
        (Replies(finance=FROM_FINANCE), ITEM.unit_code, date(2021, 3, 7)),
        (Replies(finance=FROM_FINANCE, department=TO_UNITS), ITEM.unit_code, date(2021, 3, 17)),
        (Replies(finance=FROM_FINANCE, department=TO_UNITS), "D1", date(2021, 3, 7)),
    ],
)
def test_a_unit_tells_within_twenty_days_of_the_reply_to_it(
    replies: Replies, unit: str, due_on: date
) -> None:
    """预算法 art. 14: the department's own term runs from finance's reply."""
    own = replace(ITEM, unit_code=unit)
    due = ItemOwed(item=own, content=owe.content, due_on=due_on, starts_on=date(2021, 2, 10))
    item.knowing(*NOBODY_RULES, replies).when(replace(owe, item=own)).then(due)


def test_what_is_decided_after_the_reply_has_its_term_from_the_decision() -> None:
    late = replace(owe, starts_on=date(2021, 6, 1))
    due = replace(owed, due_on=date(2021, 6, 21), starts_on=date(2021, 6, 1))
    item.knowing(*NOBODY_RULES, Replies(finance=FROM_FINANCE)).when(late).then(due)


def test_a_reply_moves_a_term_that_runs_and_takes_the_delay_back() -> None:
    known = (*NOBODY_RULES, Replies(finance=FROM_FINANCE, department=TO_UNITS))
    moved = TermStarted(due_on=date(2021, 3, 17))
    item.given(owed).knowing(*known).when(move).then(moved)
    item.given(owed, moved).knowing(*known).when(move).then_nothing()
    late = ItemOverdue(item=ITEM, due_on=date(2021, 3, 2))
    on_third = MarkItemOverdue(item_id=ITEM.item_id, by="s", now=day_over(date(2021, 3, 2)))
    item.given(owed, late, moved).when(on_third).then_nothing()
    again = replace(on_third, now=day_over(date(2021, 3, 17)))
    item.given(owed, late, moved).when(again).then(ItemOverdue(item=ITEM, due_on=date(2021, 3, 17)))


def test_a_reply_moves_nothing_that_was_told_and_nothing_without_a_reply() -> None:
    known = (*NOBODY_RULES, Replies(finance=FROM_FINANCE))
    told = item.given(owed, prepared, cleared, published)
    told.knowing(*known).when(move).then_nothing()
    item.given(owed).knowing(*NOBODY_RULES, Replies()).when(move).then_nothing()
    item.knowing(*known).when(move).then_nothing()


def test_a_recorded_reply_looks_for_what_it_reaches_at_once_and_when_the_day_is_over() -> None:
    [fact] = recorded("reply-BUDGET-D1-2021", BudgetReplyRecorded(reply=FROM_FINANCE))
    now, again = schedule(fact)
    assert isinstance(now, Deadline)
    assert isinstance(again, Deadline)
    assert (now.due_at, now.key) == (fact.occurred_at, "reply-reaches:BUDGET-D1-2021:FINANCE:now")
    assert again.due_at > now.due_at
    due = Due(kind=now.kind, subject=now.subject, due_at=NOW, now=NOW)
    look = fall_due(due)
    assert isinstance(look, Look)
    assert look.queries == ((REACHED, ("WITH_BUDGET", 2021, "D1")),)
    moves = look.then([[("TARGET-A-2021", ITEM.unit_code, "653101")]])
    assert moves == (replace(move, by="abacus|disclosure"),)
    assert look.then([[]]) is None


def test_a_finance_report_falls_due_twenty_working_days_after_it_is_on_file() -> None:
    report = owes(years.finance_evaluated(A, 2021))
    assert (report.starts_on, report.item.kind) == (None, ItemKind.FINANCE_REPORT)
    filed = evaluation.EvaluationReportFiled(
        region_code="653101",
        project_code="A",
        fiscal_year=2021,
        unit_code="653101001",
        evaluation_id="E-A",
        report_no="喀财绩评〔2022〕1号",
        pdf_sha256="a" * 64,
        filed_on=date(2022, 6, 10),
    )
    finance, department = react(heard(filed))
    assert isinstance(finance, StartTerm)
    assert isinstance(department, StartTerm)
    owed_report = _owed(report)
    numbered = ItemRestated(
        fields={"report_no": filed.report_no, "report_pdf_sha256": filed.pdf_sha256}, reason=""
    )
    begun = TermStarted(due_on=date(2022, 7, 8), starts_on=date(2022, 6, 10))
    item.given(owed_report).knowing(*NOBODY_RULES).when(finance).then(numbered, begun)
    item.given(owed_report, numbered, begun).knowing(*NOBODY_RULES).when(finance).then_nothing()
    other = replace(finance, evaluation_id="E-B")
    item.given(owed_report).knowing(*NOBODY_RULES).when(other).then_nothing()
    item.knowing(*NOBODY_RULES).when(department).then_nothing()


def _owed(command: OweItem) -> ItemOwed:
    return ItemOwed(
        item=command.item, content=command.content, due_on=None, starts_on=command.starts_on
    )


def test_monthly_items_fall_due_on_the_day_of_the_next_month() -> None:
    december = STATUTORY.due_on(Channel.MONTHLY, date(2021, 12, 31), "653100")
    assert december == date(2022, 1, 10)
    january = STATUTORY.due_on(Channel.MONTHLY, date(2022, 1, 1), "653100")
    assert january == date(2022, 2, 10)
    assert datetime(2022, 1, 1, tzinfo=UTC) + timedelta(1) > NOW
