"""A public comment: filed, screened, shown or not, answered in time, followed up once."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from services.disclosure.domain import comment, refusals, terms
from services.disclosure.domain.comment import refusals as no
from services.disclosure.domain.comment import sender, subject
from services.disclosure.domain.comment.values import (
    About,
    CommentChannel,
    Masked,
    RejectionReason,
    RevealPurpose,
    case_number,
)
from services.disclosure.domain.item import decider as items
from shared.domain.sealed import Sealed
from shared.testing.spec import Spec
from tests.disclosure.stories import BUREAU, NOBODY_KNOWS, NOBODY_RULES, NOW, TODAY, UNIT, owed

CASE: Final = "PL-653100-20210301-7K3MQ9XW2A"
BY: Final[dict[str, Any]] = {"by": BUREAU, "now": NOW}
ANYBODY: Final[dict[str, Any]] = {"by": "public", "now": NOW}
DUE: Final = date(2021, 3, 22)  # fifteen working days after Monday, 1 March
BOX: Final = Sealed(subject="s1", key_id="k1", box="AAAA")
FILING: Final = comment.Filing(
    case_number=CASE,
    region_code="653100",
    unit_code="653100001",
    about=About.UNIT,
    about_id="653100001",
    text="请公开绩效目标，电话13812345678",
    channel=CommentChannel.ONLINE,
    received_on=TODAY,
)
KEPT: Final = replace(FILING, text="请公开绩效目标，电话〔电话号码已隐去〕", masked=(Masked.PHONE,))
file: Final = comment.FileComment(filing=FILING, sender="hash", contact=BOX, **ANYBODY)
filed: Final = comment.CommentFiled(filing=KEPT, due_on=DUE, sender="hash", contact=BOX)
publish: Final = comment.PublishComment(case_number=CASE, redactions=(), unit_code=None, **BY)
published: Final = comment.CommentPublished(
    round=1, text=KEPT.text, unit_code="653100001", published_on=TODAY
)
reject: Final = comment.RejectComment(
    case_number=CASE, reason=RejectionReason.ADVERTISING, explanation="广告", **BY
)
rejected: Final = comment.CommentRejected(
    round=1, reason=RejectionReason.ADVERTISING, explanation="广告", rejected_on=TODAY
)
answer: Final = comment.AnswerComment(case_number=CASE, text="已公开", by=UNIT, now=NOW)
answered: Final = comment.CommentAnswered(
    round=1, text="已公开", answered_on=TODAY, answered_by=UNIT
)
overdue: Final = comment.CommentOverdue(round=1, due_on=DUE)
late: Final = comment.MarkCommentOverdue(
    case_number=CASE, by="clock", now=datetime(2021, 3, 22, 16, tzinfo=UTC)
)
NOBODY: Final = NOBODY_KNOWS[:2]  # a prefecture and its region
story: Final = Spec(comment.decider)
fresh: Final = story.knowing(*NOBODY)


def test_a_comment_is_kept_without_personal_numbers_and_falls_due() -> None:
    fresh.when(file).then(filed)
    story.given(filed).knowing(*NOBODY).when(file).then_nothing()
    other = replace(file, filing=replace(FILING, text="另一件事情"))
    story.given(filed).knowing(*NOBODY).when(other).then_refused(refusals.NumberTaken)


def test_the_term_is_that_of_the_rule_set() -> None:
    ten = replace(terms.STATUTORY, comment_answer_working_days=10)
    known = terms.Known(region_code="653100", terms=ten)
    outcome = story.knowing(known, *NOBODY[1:]).when(file)
    outcome.then(replace(filed, due_on=date(2021, 3, 15)))
    record = comment.RecordComment(
        filing=replace(FILING, channel=CommentChannel.LETTER, received_on=date(2021, 2, 22)),
        contact=BOX,
        **BY,
    )
    letter = replace(KEPT, channel=CommentChannel.LETTER, received_on=date(2021, 2, 22))
    came = comment.CommentFiled(filing=letter, due_on=date(2021, 3, 15), sender="", contact=BOX)
    fresh.when(record).then(came)


def test_a_comment_about_an_item_belongs_where_the_item_does() -> None:
    about = replace(FILING, about=About.ITEM, about_id="TARGET-A-2021", unit_code="")
    command = replace(file, filing=about)
    known = items.fold([owed])
    outcome = story.knowing(known, *NOBODY_RULES).when(command)
    (fact,) = outcome.facts
    assert isinstance(fact, comment.CommentFiled)
    assert (fact.filing.region_code, fact.filing.unit_code) == ("653101", "653101001")
    unknown = story.knowing(items.initial, *NOBODY).when(command)
    unknown.then_refused(no.CommentSubjectUnknown)


def test_a_comment_is_shown_without_what_the_moderator_hides() -> None:
    story.given(filed).when(publish).then(published)
    story.given(filed, published).when(publish).then_nothing()
    hiding = replace(publish, redactions=("公开", "目标"), unit_code="")
    hidden = replace(
        published, text="请〔已隐去〕绩效〔已隐去〕，电话〔电话号码已隐去〕", unit_code=""
    )
    story.given(filed).when(hiding).then(hidden)
    story.given(filed, hidden).when(hiding).then_nothing()
    missing = replace(publish, redactions=("没有的话",))
    story.given(filed).when(missing).then_refused(no.PassageNotFound)
    story.given(filed, rejected).when(publish).then_refused(no.CommentModerated)
    story.given(filed, published).when(hiding).then_refused(no.CommentModerated)
    story.when(publish).then_refused(no.CommentUnknown)


def test_a_comment_is_rejected_for_a_reason_of_the_list() -> None:
    story.given(filed).when(reject).then(rejected)
    story.given(filed, rejected).when(reject).then_nothing()
    other = replace(reject, reason=RejectionReason.ABUSIVE)
    story.given(filed, rejected).when(other).then_refused(no.CommentModerated)
    story.given(filed, published).when(reject).then_refused(no.CommentModerated)
    story.when(reject).then_refused(no.CommentUnknown)


def test_a_comment_that_is_shown_is_answered_once() -> None:
    story.given(filed, published).when(answer).then(answered)
    story.given(filed, published, answered).when(answer).then_nothing()
    other = replace(answer, text="另一答复")
    story.given(filed, published, answered).when(other).then_refused(no.CommentAnsweredAlready)
    story.given(filed).when(answer).then_refused(no.CommentNotPublished)
    story.given(filed, rejected).when(answer).then_refused(no.CommentNotPublished)
    leak = replace(answer, text="请联系13998765432")
    story.given(filed, published).when(leak).then_refused(no.AnswerHoldsPersonalNumber)
    story.when(answer).then_refused(no.CommentUnknown)


def test_a_comment_without_an_answer_is_overdue_after_its_last_day() -> None:
    in_time = replace(late, now=late.now - timedelta(seconds=1))
    for history in ((filed,), (filed, published)):
        story.given(*history).when(late).then(overdue)
        story.given(*history).when(in_time).then_nothing()
        story.given(*history, overdue).when(late).then_nothing()
    story.given(filed, published, answered).when(late).then_nothing()
    story.given(filed, rejected).when(late).then_nothing()
    story.when(late).then_nothing()
    story.given(filed, published, overdue).when(answer).then(answered)


def test_an_answer_is_followed_up_once_and_that_is_answered_too() -> None:
    again = comment.ReopenComment(case_number=CASE, text="哪一天公开的？", sender="hash", **ANYBODY)
    reopened = comment.CommentReopened(
        region_code="653100",
        text="哪一天公开的？",
        masked=(),
        sender="hash",
        reopened_on=TODAY,
        due_on=DUE,
    )
    whole = (filed, published, answered)
    story.given(*whole).knowing(*NOBODY).when(again).then(reopened)
    story.given(*whole, reopened).knowing(*NOBODY).when(again).then_nothing()
    third = replace(again, text="还有一个问题")
    story.given(*whole, reopened).knowing(*NOBODY).when(third).then_refused(no.FollowUpUsed)
    early = story.given(filed, published).knowing(*NOBODY).when(again)
    early.then_refused(no.CommentNotAnswered)
    story.when(again).then_refused(no.CommentUnknown)
    shown = comment.CommentPublished(
        round=2, text="哪一天公开的？", unit_code="653100001", published_on=TODAY
    )
    story.given(*whole, reopened).when(publish).then(shown)
    second = replace(answer, text="3月2日")
    last = replace(answered, round=2, text="3月2日")
    story.given(*whole, reopened, shown).when(second).then(last)
    story.given(*whole, reopened).when(late).then(replace(overdue, round=2))


def test_a_look_at_a_contact_is_a_fact_and_lasts_ten_minutes() -> None:
    look = comment.RevealCommentContact(
        case_number=CASE, purpose=RevealPurpose.ANSWER, reason="补充材料", **BY
    )
    revealed = comment.CommentContactRevealed(
        purpose=RevealPurpose.ANSWER, reason="补充材料", revealed_by=BUREAU, revealed_at=NOW
    )
    story.given(filed).when(look).then(revealed)
    story.given(filed, revealed).when(look).then_nothing()
    later = replace(look, now=NOW + timedelta(minutes=10))
    story.given(filed, revealed).when(later).then(replace(revealed, revealed_at=later.now))
    other = replace(look, by=UNIT)
    story.given(filed, revealed).when(other).then(replace(revealed, revealed_by=UNIT))
    nothing_left = replace(filed, contact=None)
    story.given(nothing_left).when(look).then_refused(no.ContactNotLeft)


def test_an_erased_contact_takes_its_key_with_it() -> None:
    erase = comment.EraseCommentContact(case_number=CASE, reason="本人要求", **BY)
    erased = comment.CommentContactErased(
        subject="s1", key_id="k1", reason="本人要求", erased_by=BUREAU
    )
    story.given(filed).when(erase).then(erased)
    story.given(filed, erased).when(erase).then_nothing()
    state = comment.decider.fold([filed, erased])
    (entailed,) = comment.decider.entails(erased, state)
    gone = subject.SubjectErased(
        subject="s1", key_id="k1", region_code="653100", reason="本人要求", erased_by=BUREAU
    )
    subjects = Spec(subject.decider)
    subjects.when(entailed).then(gone)
    subjects.given(gone).when(entailed).then_nothing()


def test_the_same_text_from_one_address_is_taken_once() -> None:
    state = comment.decider.fold([filed])
    (note,) = comment.decider.entails(filed, state)
    assert isinstance(note, sender.NoteCommentText)
    addresses = Spec(sender.decider)
    noted = sender.CommentTextNoted(digest=note.digest, case_number=CASE)
    addresses.when(note).then(noted)
    addresses.given(noted).when(note).then_nothing()
    again = replace(note, case_number="PL-653100-20210302-AAAAAAAAAA")
    addresses.given(noted).when(again).then_refused(no.CommentRepeated)
    assert sender.digest_of("请 公开！ABC") == sender.digest_of("请公开，abc。")
    many = [replace(noted, digest=f"d{n}") for n in range(sender.REMEMBERED_MAX)]
    addresses.given(noted, *many).when(again).then(replace(noted, case_number=again.case_number))


def test_a_case_number_shows_region_and_day_and_hides_the_rest() -> None:
    assert case_number("653100", "20210301", 0) == "PL-653100-20210301-0000000000"
    drawn = {case_number("653100", "20210301", chance << 7) for chance in range(2_000)}
    assert len(drawn) == 2_000
    assert not {"I", "L", "O", "U"} & set("".join(one[-10:] for one in drawn))
