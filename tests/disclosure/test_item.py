"""An item: owed, prepared, reviewed by another, told, corrected; withheld; late."""

from dataclasses import replace
from datetime import UTC, date, datetime

from services.disclosure.domain.budget_reply import Replies
from services.disclosure.domain.content import FieldChange
from services.disclosure.domain.item import decider
from services.disclosure.domain.item_words import (
    CorrectDisclosure,
    EndWithholding,
    ItemCorrected,
    ItemOverdue,
    ItemOwed,
    ItemPrepared,
    ItemRestated,
    MarkItemOverdue,
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
from services.disclosure.domain.refusals import (
    FieldNotPublic,
    ItemAlreadyPublished,
    ItemNotOwed,
    ItemNotPrepared,
    ItemNotPublished,
    ItemWithheldNow,
    ReviewerPreparedItem,
    SecrecyNotReviewed,
    WithholdingEnded,
)
from services.disclosure.domain.terms import Known, Terms
from services.disclosure.domain.values import Channel, ItemKind
from shared.testing.spec import Spec
from tests.disclosure.stories import (
    BUREAU,
    CONTENT,
    ITEM,
    LATER,
    NOBODY_KNOWS,
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

item = Spec(decider)
ID = ITEM.item_id
prepare = PrepareDisclosure(item_id=ID, supplement={"note": "说明"}, by=UNIT, now=NOW)
clear = ReviewSecrecy(item_id=ID, cleared=True, opinion="可公开", by=BUREAU, now=NOW)
publish = PublishDisclosure(item_id=ID, by=BUREAU, now=NOW)
withhold = WithholdDisclosure(
    item_id=ID,
    legal_basis="STATE_SECRET",
    authority="保密局",
    expires_on=date(2021, 3, 20),
    by=BUREAU,
    now=NOW,
)
correct = CorrectDisclosure(
    item_id=ID, fields={"annual_goal": "修渠12公里"}, reason="录入错误", by=BUREAU, now=NOW
)
corrected = ItemCorrected(
    item=ITEM,
    content={"note": "说明", **CONTENT, "annual_goal": "修渠12公里"},
    changes=(FieldChange(pointer="/annual_goal", before="修渠10公里", after="修渠12公里"),),
    reason="录入错误",
    corrected_on=TODAY,
)
late = MarkItemOverdue(item_id=ID, by="service", now=LATER)


def test_what_was_decided_is_owed_by_the_legal_term() -> None:
    item.knowing(*NOBODY_KNOWS).when(owe).then(owed)
    item.given(owed).knowing(*NOBODY_KNOWS).when(owe).then_nothing()


def test_the_nearest_rule_set_decides_the_term() -> None:
    def known(days: int) -> Known:
        short = Terms(
            with_budget_days=days,
            with_final_accounts_days=5,
            key_report_working_days=3,
            monthly_day=8,
            rule_set_version=1,
        )
        return Known(region_code="x", terms=short)

    due = replace(owed, due_on=date(2021, 2, 17))
    item.knowing(known(7), known(9), Known(), Replies()).when(owe).then(due)
    item.knowing(Known(), known(7), known(9), Replies()).when(owe).then(due)


def test_a_key_report_has_working_days() -> None:
    report = replace(ITEM, kind=ItemKind.FINANCE_REPORT, channel=Channel.KEY_EVALUATION)
    ask = replace(owe, item=report, starts_on=date(2021, 9, 30))
    short = Known(region_code="653100", terms=Terms(
        with_budget_days=1, with_final_accounts_days=1, key_report_working_days=2, monthly_day=1
    ))  # fmt: skip
    # The national holiday ends on 7 October; the 8th and the made-up Saturday are working days.
    due = ItemOwed(
        item=report, content=CONTENT, due_on=date(2021, 10, 9), starts_on=date(2021, 9, 30)
    )
    item.knowing(short, Known(), Known()).when(ask).then(due)


def test_an_ex_ante_report_falls_due_with_the_budget() -> None:
    waiting = replace(owed, due_on=None, starts_on=None)
    item.knowing(*NOBODY_KNOWS).when(replace(owe, starts_on=None)).then(waiting)
    start = StartTerm(
        item_id=ID,
        region_code="653101",
        fiscal_year=2021,
        starts_on=date(2021, 2, 10),
        by=UNIT,
        now=NOW,
    )
    started = TermStarted(due_on=date(2021, 3, 2), starts_on=date(2021, 2, 10))
    item.given(waiting).knowing(*NOBODY_RULES).when(start).then(started)
    item.given(waiting, started).knowing(*NOBODY_RULES).when(start).then_nothing()
    item.knowing(*NOBODY_RULES).when(start).then_nothing()


def test_an_item_is_prepared_reviewed_and_published() -> None:
    item.given(owed).when(prepare).then(prepared)
    item.given(owed, prepared).when(prepare).then_nothing()
    item.given(owed, prepared).when(clear).then(cleared)
    item.given(owed, prepared, cleared).when(clear).then_nothing()
    item.given(owed, prepared, cleared).when(publish).then(published)
    item.given(owed, prepared, cleared, published).when(publish).then_nothing()


def test_nobody_reviews_what_they_prepared() -> None:
    own = replace(clear, by=UNIT)
    item.given(owed, prepared).when(own).then_refused(ReviewerPreparedItem)
    in_one = replace(publish, opinion="可公开", by=UNIT)
    item.given(owed, prepared).when(in_one).then_refused(ReviewerPreparedItem)


def test_secrecy_may_be_cleared_in_the_act_of_publishing() -> None:
    item.given(owed, prepared).when(replace(publish, opinion="可公开")).then(cleared, published)


def test_nothing_is_published_unprepared_or_unreviewed() -> None:
    item.when(publish).then_refused(ItemNotOwed)
    item.given(owed).when(publish).then_refused(ItemNotPrepared)
    item.given(owed).when(clear).then_refused(ItemNotPrepared)
    item.given(owed, prepared).when(publish).then_refused(SecrecyNotReviewed)


def test_an_objection_sends_the_item_back() -> None:
    objection = SecrecyReviewed(cleared=False, opinion="含个人信息", reviewed_by=BUREAU)
    object_to = replace(clear, cleared=False, opinion="含个人信息")
    item.given(owed, prepared).when(object_to).then(objection)
    item.given(owed, prepared, cleared).when(object_to).then(objection)
    item.given(owed, prepared, objection).when(publish).then_refused(ItemNotPrepared)
    item.given(owed, prepared, cleared, published).when(object_to).then_refused(
        ItemAlreadyPublished
    )


def test_preparing_otherwise_after_the_review_needs_another_review() -> None:
    otherwise = replace(prepare, supplement={"note": "其他"})
    anew = ItemPrepared(supplement={"note": "其他"}, prepared_by=UNIT)
    item.given(owed, prepared, cleared).when(prepare).then_nothing()
    item.given(owed, prepared, cleared).when(otherwise).then(anew)
    item.given(owed, prepared, cleared, anew).when(publish).then_refused(SecrecyNotReviewed)
    item.given(owed, prepared, cleared, published).when(otherwise).then_refused(
        ItemAlreadyPublished
    )
    item.given(owed, prepared, cleared, published).when(prepare).then_nothing()


def test_a_unit_cannot_tell_other_facts_than_were_decided() -> None:
    lie = replace(prepare, supplement={"budget": "1.00", "note": "说明"})
    refusal = item.given(owed).when(lie).then_refused(FieldNotPublic)
    assert refusal.pointer == "/supplement/budget"


def test_withholding_names_basis_authority_and_end() -> None:
    item.given(owed).when(withhold).then(withheld)
    item.given(owed, withheld).when(withhold).then_nothing()
    for command in (prepare, clear, publish):
        item.given(owed, withheld).when(command).then_refused(ItemWithheldNow)
    item.given(owed, prepared, cleared, published).when(withhold).then_refused(ItemAlreadyPublished)
    item.given(owed).when(replace(withhold, expires_on=TODAY)).then_refused(WithholdingEnded)


def test_a_withholding_ends_after_its_last_day_and_the_item_is_owed_again() -> None:
    end = EndWithholding(item_id=ID, by="service", now=LATER)
    expired = WithholdingExpired(item=ITEM, expired_on=date(2021, 3, 20), due_on=date(2021, 3, 2))
    on_its_last_day = replace(end, now=datetime(2021, 3, 20, 15, 59, tzinfo=UTC))
    item.given(owed, withheld).when(on_its_last_day).then_nothing()
    item.given(owed, withheld).when(end).then(expired)
    item.given(owed).when(end).then_nothing()
    item.given(owed, withheld, expired).when(prepare).then(prepared)
    item.given(owed, withheld, expired).when(late).then(
        ItemOverdue(item=ITEM, due_on=date(2021, 3, 2))
    )


def test_a_correction_tells_the_difference_and_the_reason() -> None:
    history = (owed, prepared, cleared, published)
    item.given(*history).when(correct).then(corrected)
    item.given(*history, corrected).when(correct).then_nothing()
    item.given(owed, prepared).when(correct).then_refused(ItemNotPublished)


def test_facts_that_are_decided_anew_change_what_is_told() -> None:
    restate = RestateItem(
        item_id=ID, fields={"annual_goal": "修渠12公里"}, reason="录入错误", by="s", now=NOW
    )
    restated = ItemRestated(fields={"annual_goal": "修渠12公里"}, reason="录入错误")
    item.when(restate).then_nothing()
    item.given(owed).when(restate).then(restated)
    item.given(owed, restated).when(restate).then_nothing()
    item.given(owed, prepared, cleared, published).when(restate).then(corrected)
    told = item.given(owed, restated, prepared, cleared).when(publish)
    told.then(replace(published, content={**published.content, "annual_goal": "修渠12公里"}))


def test_an_item_is_overdue_when_its_last_day_is_over_and_only_once() -> None:
    overdue = ItemOverdue(item=ITEM, due_on=date(2021, 3, 2))
    in_time = replace(late, now=datetime(2021, 3, 2, 15, 59, 59, tzinfo=UTC))
    too_late = replace(late, now=datetime(2021, 3, 2, 16, 0, 0, tzinfo=UTC))
    item.given(owed).when(in_time).then_nothing()
    item.given(owed).when(too_late).then(overdue)
    item.given(owed, overdue).when(too_late).then_nothing()
    item.given(owed, withheld).when(late).then_nothing()
    item.given(owed, prepared, cleared, published).when(late).then_nothing()
    item.given(replace(owed, due_on=None)).when(late).then_nothing()
    item.when(late).then_nothing()
    item.given(owed, overdue, prepared, cleared).when(publish).then(published)


def test_nobody_can_do_anything_with_what_is_not_owed() -> None:
    for command in (prepare, clear, publish, withhold, correct):
        item.when(command).then_refused(ItemNotOwed)


def test_who_prepared_it_before_another_did_so_otherwise_looks_for_no_secrets_in_it() -> None:
    otherwise = ItemPrepared(supplement={"note": "另一说明"}, prepared_by="iss|other")
    again = item.given(owed, prepared, otherwise).knowing(*NOBODY_KNOWS)
    again.when(replace(clear, by=UNIT)).then_refused(ReviewerPreparedItem)
    at_once = replace(publish, by=UNIT, opinion="可公开")
    again.when(at_once).then_refused(ReviewerPreparedItem)
    again.when(clear).then(SecrecyReviewed(cleared=True, opinion="可公开", reviewed_by=BUREAU))
