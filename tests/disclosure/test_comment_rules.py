"""A comment's refusals with their places, where it belongs, what an answer may not hold."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Final

import pytest

from services.disclosure.domain import comment, terms
from services.disclosure.domain import refusals as common
from services.disclosure.domain.comment import refusals as no
from services.disclosure.domain.comment import sender, subject
from services.disclosure.domain.comment.values import (
    About,
    CommentChannel,
    Masked,
    RevealPurpose,
    case_number,
)
from services.disclosure.domain.item import decider as items
from shared.domain.decider import Owner
from shared.testing.spec import Spec
from tests.disclosure.stories import BUREAU, ITEM, NOBODY_RULES, NOW, TODAY, UNIT, owed
from tests.disclosure.test_comment import (
    ANYBODY,
    BOX,
    BY,
    CASE,
    DUE,
    FILING,
    KEPT,
    NOBODY,
    answer,
    answered,
    file,
    filed,
    fresh,
    late,
    overdue,
    publish,
    published,
    reject,
    rejected,
    story,
)

AGAIN: Final = comment.ReopenComment(
    case_number=CASE, text="哪一天公开的？电话13812345678", sender="other", **ANYBODY
)
REOPENED: Final = comment.CommentReopened(
    region_code="653100",
    text="哪一天公开的？电话〔电话号码已隐去〕",
    masked=(Masked.PHONE,),
    sender="other",
    reopened_on=TODAY,
    due_on=DUE,
)
WHOLE: Final = (filed, published, answered)
ABOUT_ITEM: Final = replace(
    file, filing=replace(FILING, about=About.ITEM, about_id=ITEM.item_id, region_code="650000")
)
ERASE: Final = comment.EraseCommentContact(case_number=CASE, reason="本人要求", **BY)
LOOK: Final = comment.RevealCommentContact(
    case_number=CASE, purpose=RevealPurpose.ANSWER, reason="补充材料", **BY
)
EVENING: Final = datetime(2021, 3, 1, 16, tzinfo=UTC)  # the second of March in Kashgar
SECOND: Final = date(2021, 3, 2)


def test_a_follow_up_is_screened_and_has_the_term_of_its_own_day() -> None:
    ten = replace(terms.STATUTORY, comment_answer_working_days=10)
    known = terms.Known(region_code="653100", terms=ten)
    story.given(*WHOLE).knowing(*NOBODY).when(AGAIN).then(REOPENED)
    sooner = replace(REOPENED, due_on=date(2021, 3, 15))
    story.given(*WHOLE).knowing(known, *NOBODY[1:]).when(AGAIN).then(sooner)
    next_day = replace(REOPENED, reopened_on=SECOND, due_on=date(2021, 3, 23))
    story.given(*WHOLE).knowing(*NOBODY).when(replace(AGAIN, now=EVENING)).then(next_day)
    early = story.given(filed, published).knowing(*NOBODY).when(AGAIN)
    refusal = early.then_refused(no.CommentNotAnswered)
    assert refusal.remedy == "Wait for the answer; it falls due on 2021-03-22."
    assert "2021-03-22" in str(refusal.details["remedy_zh"])
    turned_down = story.given(filed, rejected).knowing(*NOBODY).when(AGAIN)
    turned_down.then_refused(no.CommentNotAnswered)


def test_a_follow_up_that_was_rejected_or_answered_is_the_last() -> None:
    shown = replace(published, round=2, text=REOPENED.text)
    over = replace(answered, round=2)
    for history in (
        (*WHOLE, REOPENED, shown, over),
        (*WHOLE, REOPENED, replace(rejected, round=2)),
    ):
        told = story.given(*history).knowing(*NOBODY)
        told.when(AGAIN).then_nothing()
        told.when(replace(AGAIN, text="还有一个问题")).then_refused(no.FollowUpUsed)
        story.given(*history).when(late).then_nothing()
    second = story.given(*WHOLE, REOPENED)
    second.when(reject).then(replace(rejected, round=2))
    second.when(answer).then_refused(no.CommentNotPublished)
    second.when(publish).then(shown)


def test_what_the_office_does_has_its_day_in_kashgar() -> None:
    story.given(filed).when(replace(publish, now=EVENING)).then(
        replace(published, published_on=SECOND)
    )
    story.given(filed).when(replace(reject, now=EVENING)).then(
        replace(rejected, rejected_on=SECOND)
    )
    story.given(filed, published).when(replace(answer, now=EVENING)).then(
        replace(answered, answered_on=SECOND)
    )


def test_a_follow_up_is_overdue_by_its_own_term() -> None:
    first_late = (filed, published, overdue, answered)
    later = replace(REOPENED, due_on=date(2021, 4, 1))
    at = datetime(2021, 4, 1, 16, tzinfo=UTC)
    story.given(*first_late, later).when(late).then_nothing()
    story.given(*first_late, later).when(replace(late, now=at)).then(
        replace(overdue, round=2, due_on=date(2021, 4, 1))
    )


def test_a_refusal_of_the_moderator_names_the_passage_and_the_remedy() -> None:
    hiding = replace(publish, redactions=("公开", "没有的话"))
    refusal = story.given(filed).when(hiding).then_refused(no.PassageNotFound)
    assert refusal.pointer == "/redactions/1"
    assert refusal.remedy
    assert refusal.details["remedy_zh"]
    waiting = story.given(filed).when(answer).then_refused(no.CommentNotPublished)
    assert waiting.remedy
    assert waiting.details["remedy_zh"]


def test_what_was_shown_is_not_shown_otherwise() -> None:
    shown = story.given(filed, published)
    shown.when(replace(publish, unit_code="653100001")).then_nothing()
    shown.when(replace(publish, unit_code="653100002")).then_refused(no.CommentModerated)
    shown.when(replace(publish, unit_code="")).then_refused(no.CommentModerated)
    moved = replace(published, unit_code="653100002")
    story.given(filed).when(replace(publish, unit_code="653100002")).then(moved)
    story.given(filed, moved).when(publish).then_nothing()
    story.given(filed, published, answered).when(publish).then_nothing()
    story.given(filed, published, answered).when(reject).then_refused(no.CommentModerated)
    everywhere = replace(publish, redactions=("绩效", "绩效"))
    outcome = story.given(replace(filed, filing=replace(KEPT, text="绩效绩效"))).when(everywhere)
    outcome.then_refused(no.PassageNotFound)
    twice = story.given(replace(filed, filing=replace(KEPT, text="绩效与绩效")))
    twice.when(replace(publish, redactions=("绩效",))).then(
        replace(published, text="〔已隐去〕与〔已隐去〕")
    )


@pytest.mark.parametrize(
    ("text", "held", "named"),
    [
        ("请联系13998765432", "PHONE", "电话号码"),
        ("身份证653101199001011234", "ID_NUMBER", "证件号码"),
        ("a.b@example.com", "EMAIL", "电子邮箱"),
        ("卡号6222021234567890123", "BANK_ACCOUNT", "银行账号"),
    ],
)
def test_an_answer_that_holds_a_personal_number_is_refused_and_says_which(
    text: str, held: str, named: str
) -> None:
    outcome = story.given(filed, published).when(replace(answer, text=text))
    refusal = outcome.then_refused(no.AnswerHoldsPersonalNumber)
    assert refusal.detail == f"It holds: {held}."
    assert (refusal.pointer, bool(refusal.remedy)) == ("/text", True)
    assert refusal.details["detail_zh"] == f"答复中含有：{named}"
    assert refusal.details["remedy_zh"]


def test_a_comment_about_an_item_goes_to_the_unit_and_the_rules_of_the_item() -> None:
    known = items.fold([owed])
    five = terms.Known(
        region_code="653101", terms=replace(terms.STATUTORY, comment_answer_working_days=5)
    )
    (about,) = comment.decider.consults(ABOUT_ITEM)
    assert about.stream == "item-TARGET-A-2021"
    referred = comment.decider.refers(ABOUT_ITEM, comment.decider.initial, (known,))
    assert [one.stream for one in referred] == [
        f"terms-{code}-2021" for code in ("653101", "653100", "650000")
    ]
    (fact,) = story.knowing(known, five, *NOBODY_RULES[1:]).when(ABOUT_ITEM).facts
    assert isinstance(fact, comment.CommentFiled)
    assert (fact.filing.region_code, fact.filing.unit_code) == ("653101", ITEM.unit_code)
    assert fact.due_on == date(2021, 3, 8)
    of_region = items.fold([replace(owed, item=replace(ITEM, unit_code=""))])
    (fact,) = story.knowing(of_region, *NOBODY_RULES).when(ABOUT_ITEM).facts
    assert isinstance(fact, comment.CommentFiled)
    assert fact.filing.unit_code == ""


def test_a_letter_about_an_item_that_nobody_owes_is_refused_by_its_number() -> None:
    letter = comment.RecordComment(
        filing=replace(ABOUT_ITEM.filing, channel=CommentChannel.LETTER), contact=None, **BY
    )
    for command in (ABOUT_ITEM, letter):
        outcome = story.knowing(items.initial, *NOBODY[:1]).when(command)
        refusal = outcome.then_refused(no.CommentSubjectUnknown)
        assert (refusal.pointer, bool(refusal.remedy)) == ("/about_id", True)
        assert refusal.details["remedy_zh"]
    (about,) = comment.decider.consults(letter)
    assert about.stream == "item-TARGET-A-2021"


@pytest.mark.parametrize("about", [About.NOTHING, About.PROJECT, About.UNIT])
def test_a_comment_about_anything_else_knows_the_terms_of_its_region(about: About) -> None:
    asked = replace(file, filing=replace(FILING, about=about, about_id="x"))
    assert comment.decider.consults(asked) == ()
    referred = comment.decider.refers(asked, comment.decider.initial, ())
    assert [one.stream for one in referred] == ["terms-653100-2021", "terms-650000-2021"]
    after = comment.decider.fold([filed])
    next_year = replace(AGAIN, now=datetime(2021, 12, 31, 16, tzinfo=UTC))
    again = comment.decider.refers(next_year, after, ())
    assert [one.stream for one in again] == ["terms-653100-2022", "terms-650000-2022"]
    assert comment.decider.refers(AGAIN, comment.decider.initial, ()) == ()
    assert comment.decider.refers(answer, after, ()) == ()
    assert comment.decider.inform(answer, ()) is answer


def test_a_number_that_is_taken_is_named() -> None:
    other = replace(file, filing=replace(FILING, text="另一件事情"))
    outcome = story.given(filed).knowing(*NOBODY).when(other)
    outcome.then_refused(common.NumberTaken, case_number=CASE)
    story.given(filed, published, answered).knowing(*NOBODY).when(file).then_nothing()
    quiet = replace(file, contact=None)
    fresh.when(quiet).then(replace(filed, contact=None))


def noted(facts: Sequence[comment.CommentEvent]) -> list[object]:
    """What the last of these facts entails."""
    return list(comment.decider.entails(facts[-1], comment.decider.fold(facts)))


def test_every_text_from_an_address_is_noted_there_with_its_case() -> None:
    first = sender.NoteCommentText(
        sender="hash", digest=sender.digest_of(KEPT.text), case_number=CASE
    )
    assert noted([filed]) == [first]
    second = sender.NoteCommentText(
        sender="other", digest=sender.digest_of(REOPENED.text), case_number=CASE
    )
    assert noted([*WHOLE, REOPENED]) == [second]
    assert noted([replace(filed, sender="")]) == []
    assert noted([*WHOLE, replace(REOPENED, sender="")]) == []
    for facts in ((filed, published), (filed, rejected), WHOLE, (filed, overdue)):
        assert noted(facts) == []
    erased = comment.CommentContactErased(
        subject="s1", key_id="k1", reason="本人要求", erased_by=BUREAU
    )
    assert noted([filed, erased]) == [
        subject.EraseSubject(
            subject="s1", key_id="k1", region_code="653100", reason="本人要求", erased_by=BUREAU
        )
    ]


def test_an_erased_contact_is_not_looked_at_and_another_key_goes_too() -> None:
    erased = comment.CommentContactErased(
        subject="s1", key_id="k1", reason="本人要求", erased_by=BUREAU
    )
    story.given(filed, erased).when(LOOK).then_refused(no.ContactNotLeft)
    story.given(replace(filed, contact=None)).when(ERASE).then_nothing()
    for command in (LOOK, ERASE, publish, reject, answer):
        story.when(command).then_refused(no.CommentUnknown)
    subjects = Spec(subject.decider)
    gone = subject.SubjectErased(
        subject="s1", key_id="k1", region_code="653100", reason="r", erased_by=BUREAU
    )
    erase = subject.EraseSubject(
        subject="s1", key_id="k2", region_code="653100", reason="r", erased_by=BUREAU
    )
    second = replace(gone, key_id="k2")
    subjects.given(gone).when(erase).then(second)
    subjects.given(gone, second).when(erase).then_nothing()
    subjects.given(gone, second).when(replace(erase, key_id="k1")).then_nothing()


def test_looks_of_several_people_are_kept_apart() -> None:
    seen = comment.CommentContactRevealed(
        purpose=RevealPurpose.ANSWER, reason="补充材料", revealed_by=BUREAU, revealed_at=NOW
    )
    by_unit = replace(seen, revealed_by=UNIT)
    both = story.given(filed, seen, by_unit)
    both.when(LOOK).then_nothing()
    both.when(replace(LOOK, by=UNIT)).then_nothing()
    in_time = replace(LOOK, now=NOW + timedelta(minutes=9, seconds=59))
    both.when(in_time).then_nothing()


def test_an_address_is_remembered_for_its_last_two_hundred_texts() -> None:
    addresses = Spec(sender.decider)
    texts = [sender.CommentTextNoted(digest=f"d{n}", case_number=f"c{n}") for n in range(200)]
    oldest = sender.NoteCommentText(sender="hash", digest="d0", case_number="new")
    told = addresses.given(*texts).when(oldest).then_refused(no.CommentRepeated)
    assert (told.pointer, bool(told.remedy)) == ("/text", True)
    assert told.details["remedy_zh"]
    one_more = sender.CommentTextNoted(digest="d200", case_number="c200")
    addresses.given(*texts, one_more).when(oldest).then(
        sender.CommentTextNoted(digest="d0", case_number="new")
    )
    second = replace(oldest, digest="d1")
    addresses.given(*texts, one_more).when(second).then_refused(no.CommentRepeated)
    assert sender.digest_of("请公开") != sender.digest_of("请不公开")


def test_a_case_belongs_to_the_bureau_until_it_names_a_unit() -> None:
    nobody = replace(filed, filing=replace(KEPT, unit_code=""))
    assert comment.decider.owner(comment.decider.fold([nobody])) == Owner(region_code="653100")
    assert filed.contact == BOX


@pytest.mark.parametrize(
    ("chance", "last"),
    [
        (31, "Z000000000"),
        (32, "0100000000"),
        (10 << 45, "000000000A"),
        (int("9876543210", 32), "0123456789"),
        ((1 << 50) + 1, "1000000000"),
    ],
)
def test_fifty_bits_of_chance_are_told_in_ten_characters(chance: int, last: str) -> None:
    assert case_number("653100", "20210301", chance) == f"PL-653100-20210301-{last}"
