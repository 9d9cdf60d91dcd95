"""An item's refusals with their places, its side ways, and what a decision about it must know."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, Final

import pytest

from services.disclosure.domain.budget_reply import Replies
from services.disclosure.domain.content import FieldChange
from services.disclosure.domain.item import decider
from services.disclosure.domain.item_words import (
    ArchiveDisclosure,
    CorrectDisclosure,
    EndWithholding,
    ItemArchived,
    ItemCommand,
    ItemCorrected,
    ItemOverdue,
    ItemPrepared,
    ItemPublished,
    ItemRestated,
    MarkItemOverdue,
    NoteItemEntry,
    PrepareDisclosure,
    PublishDisclosure,
    RestateItem,
    ReviewSecrecy,
    SecrecyReviewed,
    StartTerm,
    TermStarted,
    WithholdDisclosure,
    WithholdingExpired,
)
from services.disclosure.domain.protection import protection_of
from services.disclosure.domain.refusals import (
    ItemAlreadyPublished,
    ItemNotOwed,
    ItemNotPrepared,
    ItemNotPublished,
    ItemWithheldNow,
    LegalBasisUnknown,
    PersonalDataFound,
    WithholdingEnded,
)
from services.disclosure.domain.terms import Known, Terms
from services.disclosure.domain.values import Channel
from shared.testing.spec import Spec
from tests.disclosure.stories import (
    BUREAU,
    ITEM,
    LATER,
    NOBODY_RULES,
    NOW,
    TODAY,
    UNIT,
    cleared,
    owe,
    owed,
    prepared,
    published,
    withheld,
)
from tests.disclosure.test_owed_items import first_noted, note, owed_summary, second_noted
from tests.disclosure.test_owed_terms import FROM_FINANCE, TO_UNITS, move

item: Final = Spec(decider)
ID: Final = ITEM.item_id
BY_BUREAU: Final[dict[str, Any]] = {"item_id": ID, "by": BUREAU, "now": NOW}
prepare: Final = PrepareDisclosure(item_id=ID, supplement={"note": "说明"}, by=UNIT, now=NOW)
clear: Final = ReviewSecrecy(cleared=True, opinion="可公开", **BY_BUREAU)
publish: Final = PublishDisclosure(**BY_BUREAU)
archive: Final = ArchiveDisclosure(**BY_BUREAU)
correct: Final = CorrectDisclosure(fields={"annual_goal": "x"}, reason="误", **BY_BUREAU)
withhold: Final = WithholdDisclosure(
    legal_basis="STATE_SECRET", authority="保密局", expires_on=date(2021, 3, 20), **BY_BUREAU
)
start: Final = StartTerm(
    item_id=ID,
    region_code="653101",
    fiscal_year=2021,
    starts_on=date(2021, 2, 10),
    department_code="D1",
    unit_code=ITEM.unit_code,
    by=UNIT,
    now=NOW,
)
TOLD: Final = (owed, prepared, cleared, published)
ON_FILE: Final = (*TOLD, ItemArchived(item=ITEM, archived_on=TODAY))
MOBILE: Final = "13800138000"


def test_every_item_keeps_address_hash_time_and_column() -> None:
    """`domain` §3.10: every item keeps URL, file hash, publish time and column."""
    kept: dict[str, Any] = {"url": "https://x.example/1", "file_sha256": "a" * 64, "column": "专栏"}
    late = datetime(2021, 3, 1, 16, tzinfo=UTC)  # the second of March in Kashgar
    told = replace(published, published_on=date(2021, 3, 2), published_at=late, **kept)
    ask = replace(publish, now=late, **kept)
    item.given(owed, prepared, cleared).when(ask).then(told)
    item.given(owed, prepared).when(replace(ask, opinion="可公开")).then(cleared, told)
    filed = ItemArchived(item=ITEM, archived_on=date(2021, 3, 2))
    item.given(*TOLD).when(replace(archive, now=late)).then(filed)


def test_what_was_told_is_said_again_in_silence_and_other_words_are_refused() -> None:
    for history in (TOLD, ON_FILE):
        story = item.given(*history)
        story.when(prepare).then_nothing()
        exported: dict[str, object] = {"note": "说明", "annual_goal": "修渠10公里"}
        story.when(replace(prepare, supplement=exported)).then_nothing()
        others: list[dict[str, object]] = [
            {},
            {"note": "别的"},
            {"note": "说明", "link": "https://x.example"},
        ]
        for other in others:
            story.when(replace(prepare, supplement=other)).then_refused(ItemAlreadyPublished)


def test_another_hand_that_prepares_the_same_is_kept_from_the_review() -> None:
    other = replace(prepare, by="iss|other")
    again = replace(prepared, prepared_by="iss|other")
    item.given(owed, prepared).when(other).then(again)
    item.given(owed, prepared, cleared).when(other).then_nothing()


def test_suspicions_that_were_accepted_are_kept_once_and_in_order() -> None:
    named = replace(prepare, supplement={"explanation": MOBILE, "note": MOBILE})
    story = item.given(owed).after(named)
    both = ("/content/note", "/content/explanation", "/content/note")
    fact = SecrecyReviewed(
        cleared=True,
        opinion="可公开",
        reviewed_by=BUREAU,
        accepted=("/content/explanation", "/content/note"),
    )
    story.when(replace(clear, accepted=both)).then(fact)
    assert story.when(replace(publish, opinion="可公开", accepted=both)).facts[0] == fact
    half = replace(publish, opinion="可公开", accepted=both[:1])
    refusal = story.when(half).then_refused(PersonalDataFound)
    assert refusal.pointer == "/content/explanation"
    assert refusal.detail == "MOBILE_NUMBER at /content/explanation"
    assert refusal.remedy
    whole = story.when(clear).then_refused(PersonalDataFound)
    assert whole.detail == "MOBILE_NUMBER at /content/explanation; MOBILE_NUMBER at /content/note"
    reviewed_half = replace(fact, accepted=("/content/note",))
    later = item.given(owed, *story.facts[1:], reviewed_half)
    later.when(publish).then_refused(PersonalDataFound)
    rest = replace(publish, accepted=("/content/explanation",))
    assert [type(one).__name__ for one in later.when(rest).facts] == ["ItemPublished"]


def test_an_item_is_reviewed_filed_and_corrected_in_its_order_alone() -> None:
    object_to = replace(clear, cleared=False)
    for history in ((owed, withheld), (owed, prepared, withheld)):
        item.given(*history).when(clear).then_refused(ItemWithheldNow)
        item.given(*history).when(replace(publish, opinion="o")).then_refused(ItemWithheldNow)
    for early in ((owed,), (owed, prepared), (owed, prepared, cleared), (owed, withheld)):
        item.given(*early).when(archive).then_refused(ItemNotPublished)
        item.given(*early).when(correct).then_refused(ItemNotPublished)
    item.given(owed).when(object_to).then_refused(ItemNotPrepared)
    item.given(*TOLD).when(clear).then_nothing()
    for command in (archive, EndWithholding(item_id=ID, by="s", now=LATER)):
        outcome = item.when(command)
        outcome.then_refused(ItemNotOwed) if command is archive else outcome.then_nothing()


def test_nothing_comes_of_what_is_said_of_an_item_that_nobody_owes() -> None:
    for fact in (prepared, published, TermStarted(due_on=TODAY), withheld):
        item.given(fact).when(publish).then_refused(ItemNotOwed)


def test_a_withholding_is_prolonged_and_ends_by_its_last_word() -> None:
    longer = replace(withhold, expires_on=date(2021, 4, 30))
    prolonged = replace(withheld, expires_on=date(2021, 4, 30))
    item.given(owed, withheld).when(longer).then(prolonged)
    end = EndWithholding(item_id=ID, by="service", now=LATER)
    item.given(owed, withheld, prolonged).when(end).then_nothing()
    over = replace(end, now=datetime(2021, 3, 20, 16, tzinfo=UTC))
    expired = WithholdingExpired(item=ITEM, expired_on=date(2021, 3, 20), due_on=date(2021, 3, 2))
    item.given(owed, withheld).when(over).then(expired)
    item.given(*TOLD).when(end).then_nothing()
    item.when(end).then_nothing()
    same = replace(withhold, now=LATER)
    item.given(owed, withheld).when(same).then_nothing()
    item.given(owed).when(same).then_refused(WithholdingEnded)


def test_a_withholding_that_is_refused_says_why_and_what_would_do() -> None:
    told = item.given(owed).when(replace(withhold, legal_basis="领导要求"))
    refusal = told.then_refused(LegalBasisUnknown)
    codes = ["STATE_SECRET", "STATE_SECURITY", "COMMERCIAL_SECRET", "PERSONAL_PRIVACY"]
    known: Any = refusal.details["known"]
    assert [one["code"] for one in known] == codes
    assert known[0]["citation"] == withheld.legal_basis
    assert refusal.remedy == f"Name one of {', '.join(codes)}, or cite it word for word."
    over = item.given(owed).when(replace(withhold, expires_on=TODAY))
    ended = over.then_refused(WithholdingEnded, expires_on="2021-03-01")
    assert ended.pointer == "/expires_on"
    tomorrow = replace(withhold, expires_on=date(2021, 3, 2))
    item.given(owed).when(tomorrow).then(replace(withheld, expires_on=date(2021, 3, 2)))
    assert protection_of(" STATE_SECRET ") == "STATE_SECRET"


def test_a_withheld_item_is_still_prepared_anew_when_it_is_owed_again() -> None:
    expired = WithholdingExpired(item=ITEM, expired_on=date(2021, 3, 20), due_on=date(2021, 3, 2))
    again = item.given(owed, prepared, cleared, withheld, expired)
    again.when(publish).then_refused(ItemNotPrepared)
    again.when(replace(clear, by=UNIT)).then_refused(ItemNotPrepared)
    other = ItemPrepared(supplement={"note": "说明"}, prepared_by="iss|other")
    story = item.given(owed, prepared, cleared, withheld, expired, other)
    assert story.when(replace(clear, by=UNIT)).refusal is not None  # it was in her hands before
    story.when(clear).then(cleared)


def test_a_term_begins_once_and_from_the_later_of_decision_and_reply() -> None:
    waiting = replace(owed, due_on=None, starts_on=None)
    replied = Replies(finance=FROM_FINANCE)  # 15 February
    known = (*NOBODY_RULES, replied)
    begun = TermStarted(due_on=date(2021, 3, 7), starts_on=date(2021, 2, 10))
    item.given(waiting).knowing(*known).when(start).then(begun)
    item.given(waiting).knowing(*known).when(move).then(TermStarted(due_on=date(2021, 3, 7)))
    item.given(waiting, begun).knowing(*known).when(move).then_nothing()
    late = replace(start, starts_on=date(2021, 2, 20))
    on_20 = TermStarted(due_on=date(2021, 3, 12), starts_on=date(2021, 2, 20))
    item.given(waiting).knowing(*known).when(late).then(on_20)
    item.given(waiting, on_20).knowing(*known).when(move).then_nothing()
    moved = TermStarted(due_on=date(2021, 3, 7))
    item.given(owed).knowing(*known).when(move).then(moved)
    item.given(owed, withheld).knowing(*known).when(move).then(moved)
    earlier = Replies(finance=replace(FROM_FINANCE, replied_on=date(2021, 1, 4)))
    item.given(owed, moved).knowing(*NOBODY_RULES, earlier).when(move).then(
        TermStarted(due_on=date(2021, 3, 2))
    )


def test_a_report_that_is_told_already_is_not_restated_by_its_filing() -> None:
    content = {**owed.content, "evaluation_id": "E-A"}
    report = replace(owed, content=content, due_on=None, starts_on=None)
    filed = replace(start, evaluation_id="E-A", fields={"note": "x"})
    numbered = ItemRestated(fields={"note": "x"}, reason="")
    begun = TermStarted(due_on=date(2021, 3, 2), starts_on=date(2021, 2, 10))
    nobody = (*NOBODY_RULES, Replies())
    item.given(report).knowing(*nobody).when(filed).then(numbered, begun)
    same = replace(filed, fields={"evaluation_id": "E-A"})
    item.given(report).knowing(*nobody).when(same).then(begun)
    told = replace(published, content=content, due_on=None)
    for history in (
        (report, prepared, cleared, told),
        (report, prepared, cleared, told, ItemArchived(item=ITEM, archived_on=TODAY)),
    ):
        item.given(*history).knowing(*nobody).when(filed).then(begun)


def test_a_late_item_that_is_withheld_is_late_again_when_its_term_is_moved() -> None:
    overdue = ItemOverdue(item=ITEM, due_on=date(2021, 3, 2))
    late = MarkItemOverdue(item_id=ID, by="service", now=LATER)
    for history in ((owed, prepared), (owed, prepared, cleared)):
        item.given(*history).when(late).then(overdue)
    item.given(owed, overdue, TermStarted(due_on=date(2021, 3, 7))).when(late).then(
        replace(overdue, due_on=date(2021, 3, 7))
    )


def test_a_restatement_means_its_own_evaluation_and_changes_what_is_owed() -> None:
    anew = RestateItem(item_id=ID, fields={"budget": "90.00"}, reason="压减", by=UNIT, now=NOW)
    corrected = ItemCorrected(
        item=ITEM,
        content={**published.content, "budget": "90.00"},
        changes=(FieldChange(pointer="/budget", before="100.00", after="90.00"),),
        reason="压减",
        corrected_on=TODAY,
    )
    item.given(*TOLD).when(anew).then(corrected)
    item.given(*TOLD, corrected).when(anew).then_nothing()
    same = replace(anew, fields={"budget": "100.00"})
    item.given(*TOLD).when(same).then_nothing()
    for history in ((owed,), TOLD):
        item.given(*history).when(replace(anew, evaluation_id="E-B")).then_nothing()
    restated = ItemRestated(fields={"budget": "90.00"}, reason="压减")
    item.given(owed, prepared, cleared).when(anew).then(restated)
    told = item.given(owed, prepared, cleared, restated).when(publish)
    told.then(replace(published, content={**published.content, "budget": "90.00"}))


def test_a_correction_by_hand_names_what_tells_of_a_person() -> None:
    refusal = (
        item.given(*TOLD)
        .when(replace(correct, fields={"annual_goal": MOBILE}))
        .then_refused(PersonalDataFound)
    )
    assert refusal.detail == "MOBILE_NUMBER at /fields/annual_goal"
    assert refusal.remedy


SHORT: Final = Terms(
    with_budget_days=1, with_final_accounts_days=2, key_report_working_days=3, monthly_day=4
)
REGIONS: Final = tuple(f"terms-{code}-2021" for code in ("653101", "653100", "650000"))


@pytest.mark.parametrize(
    ("command", "streams"),
    [
        (owe, (*REGIONS, "reply-BUDGET-D1-2021")),
        (
            replace(owe, item=replace(ITEM, channel=Channel.WITH_FINAL_ACCOUNTS)),
            (*REGIONS, "reply-FINAL_ACCOUNTS-D1-2021"),
        ),
        (replace(owe, item=replace(ITEM, channel=Channel.KEY_EVALUATION)), REGIONS),
        (replace(owe, item=replace(ITEM, department_code=None)), REGIONS),
        (start, (*REGIONS, "reply-BUDGET-D1-2021")),
        (replace(start, department_code=""), REGIONS),
        (move, (*REGIONS, "reply-BUDGET-D1-2021")),
        (
            replace(move, channel=Channel.WITH_FINAL_ACCOUNTS),
            (*REGIONS, "reply-FINAL_ACCOUNTS-D1-2021"),
        ),
        (note, REGIONS),
        (publish, ()),
    ],
)
def test_a_term_is_counted_by_the_rules_of_its_region_and_from_its_reply(
    command: ItemCommand, streams: Sequence[str]
) -> None:
    references = decider.consults(command)
    assert [one.stream for one in references] == list(streams)
    if not references:
        assert decider.inform(command, ()) is command
        return
    known = Known(region_code="653100", terms=SHORT)
    states = (Known(), known, Known(terms=replace(SHORT, monthly_day=9)))
    told: Any = decider.inform(
        command, (*states, *[Replies(finance=FROM_FINANCE)] * (len(streams) - 3))
    )
    assert told.terms == SHORT
    if not isinstance(command, NoteItemEntry):
        assert told.replied_on == (date(2021, 2, 15) if len(streams) > 3 else None)


def test_a_summary_is_told_with_all_that_was_added_up() -> None:
    ready = ItemPrepared(supplement={}, prepared_by=UNIT)
    history = (owed_summary, first_noted, second_noted, ready, cleared)
    (told,) = item.given(*history).when(replace(publish, item_id=note.item.item_id)).facts
    assert isinstance(told, ItemPublished)
    assert told.content == {"month": "2021-12", "units": 1, "projects": 2, "amount": "50.00"}


def test_the_term_of_a_department_itself_runs_from_the_reply_of_finance() -> None:
    known = (*NOBODY_RULES, Replies(finance=FROM_FINANCE, department=TO_UNITS))
    own = replace(owed, item=replace(ITEM, unit_code="D1"))
    by_finance, by_department = date(2021, 3, 7), date(2021, 3, 17)
    for unit, due_on in (("D1", by_finance), (ITEM.unit_code, by_department)):
        asked = replace(move, unit_code=unit)
        item.given(own).knowing(*known).when(asked).then(TermStarted(due_on=due_on))


def test_what_was_objected_to_is_owed_still_and_prepared_anew() -> None:
    objection = SecrecyReviewed(cleared=False, opinion="o", reviewed_by=BUREAU)
    item.given(owed, prepared, objection).when(prepare).then(prepared)
    item.given(owed, prepared, cleared, objection).when(prepare).then(prepared)
