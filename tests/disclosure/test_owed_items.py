"""Summaries of a month, archives, and which word owes which item to the public."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

from services.disclosure.domain.content import FieldChange
from services.disclosure.domain.item import decider
from services.disclosure.domain.item_words import (
    ArchiveDisclosure,
    CorrectDisclosure,
    Entry,
    Item,
    ItemArchived,
    ItemCorrected,
    ItemEntryNoted,
    ItemOwed,
    ItemPublished,
    NoteItemEntry,
    OweItem,
    PrepareDisclosure,
    PublishDisclosure,
    RestateItem,
    ReviewSecrecy,
    WithholdDisclosure,
)
from services.disclosure.domain.refusals import (
    ItemAlreadyPublished,
    ItemArchivedAlready,
    ItemNotPublished,
)
from services.disclosure.domain.values import Channel, ItemKind
from services.disclosure.reactions import react
from shared.contracts import evaluation, monitoring
from shared.contracts.monitoring.key_funds import PlaceTotal
from shared.contracts.public_event import PublicEvent
from shared.domain.money import Money
from shared.testing.spec import Spec
from tests.disclosure import years
from tests.disclosure.stories import (
    BUREAU,
    ITEM,
    NOBODY_RULES,
    NOW,
    TODAY,
    UNIT,
    cleared,
    owed,
    prepared,
    published,
)
from tests.disclosure.test_reactions import A, heard, owes

item = Spec(decider)
ID: Final = ITEM.item_id
TOLD: Final = (owed, prepared, cleared, published)
archive = ArchiveDisclosure(item_id=ID, by=BUREAU, now=NOW)
archived = ItemArchived(item=ITEM, archived_on=TODAY)
SUMMARY: Final = Item(
    item_id="RECOVERY_SUMMARY-653101-2021-12",
    kind=ItemKind.RECOVERY_SUMMARY,
    channel=Channel.MONTHLY,
    fiscal_year=2021,
    region_code="653101",
    department_code=None,
    unit_code="",
    project_code="",
    title="资金收回情况：2021-12",
)
FIRST: Final = Entry(entry_id="R-A", unit_code="653101001", project_code="A", amount=Money(4_000))
SECOND: Final = replace(FIRST, entry_id="R-B", project_code="B", amount=Money(1_000))
note = NoteItemEntry(
    item=SUMMARY, entry=FIRST, happened_on=date(2021, 12, 20), by="abacus|disclosure", now=NOW
)
owed_summary = ItemOwed(
    item=SUMMARY,
    content={"month": "2021-12"},
    due_on=date(2022, 1, 10),
    starts_on=date(2021, 12, 20),
)
first_noted = ItemEntryNoted(entry=FIRST, fields={"units": 1, "projects": 1, "amount": "40.00"})
second_noted = ItemEntryNoted(entry=SECOND, fields={"units": 1, "projects": 2, "amount": "50.00"})


def only(word: PublicEvent) -> Any:  # noqa: ANN401 - any command
    """The one command that follows."""
    [command] = react(heard(word))
    return command


def test_a_summary_is_owed_with_its_first_entry_and_counts_nobody_twice() -> None:
    item.knowing(*NOBODY_RULES).when(note).then(owed_summary, first_noted)
    story = item.given(owed_summary, first_noted).knowing(*NOBODY_RULES)
    story.when(note).then_nothing()
    story.when(replace(note, entry=SECOND)).then(second_noted)
    again = replace(SECOND, entry_id="R-C", project_code="A", amount=Money(100))
    totals = {"units": 1, "projects": 2, "amount": "51.00"}
    story = item.given(owed_summary, first_noted, second_noted).knowing(*NOBODY_RULES)
    story.when(replace(note, entry=again)).then(ItemEntryNoted(entry=again, fields=totals))


def test_an_entry_that_comes_after_the_summary_was_told_corrects_it_openly() -> None:
    told = ItemPublished(
        item=SUMMARY,
        content={"month": "2021-12", **first_noted.fields},
        url="",
        published_on=TODAY,
        due_on=date(2022, 1, 10),
    )
    corrected = ItemCorrected(
        item=SUMMARY,
        content={"month": "2021-12", **second_noted.fields},
        changes=(
            FieldChange(pointer="/amount", before="40.00", after="50.00"),
            FieldChange(pointer="/projects", before=1, after=2),
        ),
        reason="补记",
        corrected_on=TODAY,
    )
    story = item.given(owed_summary, first_noted, told).knowing(*NOBODY_RULES)
    story.when(replace(note, entry=SECOND)).then(second_noted, corrected)


def test_what_was_told_is_put_on_file_once() -> None:
    item.given(*TOLD).when(archive).then(archived)
    item.given(*TOLD, archived).when(archive).then_nothing()
    item.given(owed, prepared).when(archive).then_refused(ItemNotPublished)


def test_what_is_on_file_stays_told_and_changes_only_with_a_new_decision() -> None:
    story = item.given(*TOLD, archived)
    by_hand = CorrectDisclosure(
        item_id=ID, fields={"annual_goal": "x"}, reason="误", by=BUREAU, now=NOW
    )
    story.when(by_hand).then_refused(ItemArchivedAlready)
    anew = RestateItem(item_id=ID, fields={"budget": "90.00"}, reason="压减", by=UNIT, now=NOW)
    [fact] = story.when(anew).facts
    assert isinstance(fact, ItemCorrected)
    item.given(*TOLD, archived, fact).when(by_hand).then_refused(ItemArchivedAlready)
    story.when(PublishDisclosure(item_id=ID, by=BUREAU, now=NOW)).then_nothing()
    same = PrepareDisclosure(item_id=ID, supplement={"note": "说明"}, by=UNIT, now=NOW)
    story.when(same).then_nothing()
    story.when(replace(same, supplement={"note": "别的"})).then_refused(ItemAlreadyPublished)
    withhold = WithholdDisclosure(
        item_id=ID, legal_basis="STATE_SECRET", authority="局", expires_on=date(2022, 1, 1),
        by=BUREAU, now=NOW,
    )  # fmt: skip
    story.when(withhold).then_refused(ItemAlreadyPublished)
    clear = ReviewSecrecy(item_id=ID, cleared=True, opinion="o", by=BUREAU, now=NOW)
    story.when(clear).then_nothing()
    story.when(replace(clear, cleared=False)).then_refused(ItemAlreadyPublished)


def test_recoveries_and_cuts_go_into_the_summary_of_their_month() -> None:
    booked = years.recovered(A, 2021, 40)[-1]
    noted = only(booked)
    assert isinstance(noted, NoteItemEntry)
    assert noted.item == replace(SUMMARY)
    assert noted.entry == FIRST
    cut = only(years.cut(A, 2022, 2020, 30))
    assert (cut.item.item_id, cut.entry.amount) == ("CUT_SUMMARY-653101-2021-11", Money(3_000))


def test_rounds_circulars_and_rankings_are_told_the_month_after() -> None:
    closed = monitoring.RoundClosed(
        region_code="653101", fiscal_year=2021, node="M05", cut_off_on=date(2021, 5, 31),
        reviewed=3, missed=1, levels={"NORMAL": 2, "RED": 1}, mean_score=Decimal("88.50"),
    )  # fmt: skip
    told = owes(closed)
    assert (told.item.item_id, told.content["mean_score"]) == (
        "MONITORING_SUMMARY-653101-2021-M05",
        "88.50",
    )
    circular = owes(
        evaluation.CircularIssued(
            region_code="653101", case_id="C1", unit_code="u", subject="通报",
            issued_on=date(2021, 7, 1),
        )
    )  # fmt: skip
    assert (circular.item.item_id, circular.item.unit_code) == ("CIRCULAR-C1", "u")
    row = evaluation.RankedSubject(subject="u", score=Decimal("91.00"), rank=1)
    ranking = owes(
        evaluation.RankingPublished(
            region_code="653101", ranking_id="K1", period="2021", rows=(row,), kind="BUDGET_UNIT",
            fiscal_year=2021,
        )
    )  # fmt: skip
    assert ranking.content["rows"] == [
        {"subject": "u", "score": "91.00", "rank": 1, "previous_rank": None}
    ]
    assert {told.item.channel, circular.item.channel, ranking.item.channel} == {Channel.MONTHLY}


def place(code: str, people: int, yuan: int) -> PlaceTotal:
    """What reached a place."""
    return PlaceTotal(
        place_code=code, payees=people, households=people, persons=people, enterprises=0,
        amount=Money(yuan * 100),
    )  # fmt: skip


def test_small_groups_of_beneficiaries_are_told_with_others_or_not_at_all() -> None:
    word = monitoring.BeneficiariesPublished(
        region_code="653101", project_code="A", fiscal_year=2021, unit_code="u", month="2021-06",
        places=(place("01", 30, 300), place("02", 2, 20), place("03", 8, 80)),
        published_on=date(2021, 7, 2),
    )  # fmt: skip
    told: OweItem = owes(word)
    assert [(one["place_code"], one["persons"]) for one in told.content["places"]] == [  # type: ignore[attr-defined] # JSON
        ("01", 30),
        ("", 10),
    ]
    few = word.model_copy(update={"places": (place("02", 2, 20),)})
    assert not react(heard(few))


def test_the_core_problem_page_is_told_without_the_person_who_answers_for_it() -> None:
    problem = evaluation.CoreProblem(
        subject="i1", name="修渠长度", deviation=Decimal(-20), lost=Decimal(5), cause="FUNDING",
        text="土地手续办理较慢", measure="提前办理", objective=Decimal(40),
        subjective=Decimal(60), due_on=date(2022, 6, 30), owner="某某某",
    )  # fmt: skip
    word = years.evaluated(A, 2021).model_copy(update={"core_problems": (problem,)})
    page = owes(word).content["core_problems"]
    assert page == [
        {
            "subject": "i1", "name": "修渠长度", "deviation": "-20", "lost": "5",
            "cause": "FUNDING", "text": "土地手续办理较慢", "measure": "提前办理",
            "objective": "40", "subjective": "60", "due_on": "2022-06-30",
        }
    ]  # fmt: skip


def test_a_corrected_evaluation_restates_its_own_report_alone() -> None:
    word = evaluation.EvaluationCorrected(
        region_code="653101", project_code="A", fiscal_year=2021, unit_code="u",
        evaluation_id="E-A", kind="FINANCE", before=Decimal(88), after=Decimal(70), grade="FAIR",
        corrected_on=date(2022, 7, 1),
    )  # fmt: skip
    restate = only(word)
    report = owes(years.finance_evaluated(A, 2021))
    fact = ItemOwed(item=report.item, content=report.content, due_on=None)
    [restated] = item.given(fact).when(restate).facts
    assert restated.fields == {"score": "70", "grade": "FAIR"}  # type: ignore[attr-defined] # ItemRestated
    item.given(fact).when(replace(restate, evaluation_id="E-B")).then_nothing()
