"""What tells of a person is found, flagged with its place, masked; lists and grounds are closed."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.disclosure.domain.allowed import FACTS, SUPPLEMENT, strange, told
from services.disclosure.domain.content import FieldChange
from services.disclosure.domain.item import decider
from services.disclosure.domain.item_words import (
    CorrectDisclosure,
    ItemCorrected,
    ItemPublished,
    ItemRestated,
    ItemWithheld,
    PrepareDisclosure,
    PublishDisclosure,
    RestateItem,
    ReviewSecrecy,
    SecrecyReviewed,
    WithholdDisclosure,
)
from services.disclosure.domain.protection import CITATIONS, Protection, protection_of
from services.disclosure.domain.refusals import (
    FieldNotPublic,
    LegalBasisUnknown,
    PersonalDataFound,
)
from services.disclosure.domain.screening import Trace, masked, masked_content, screened
from services.disclosure.domain.small_cells import SMALLEST_TOLD, Cell, told_cells
from services.disclosure.domain.values import ItemKind
from shared.testing.spec import Spec
from tests.disclosure.stories import (
    BUREAU,
    CONTENT,
    ITEM,
    NOW,
    TODAY,
    UNIT,
    cleared,
    owed,
    prepared,
    published,
)

item = Spec(decider)
ID: Final = ITEM.item_id
PERSON: Final = "653101198001011230"
"""A number with a day of birth and the right check digit; nobody's."""
MOBILE: Final = "13800138000"
CARD: Final = "6222021234567890128"
prepare = PrepareDisclosure(item_id=ID, supplement={"note": "说明"}, by=UNIT, now=NOW)
clear = ReviewSecrecy(item_id=ID, cleared=True, opinion="可公开", by=BUREAU, now=NOW)
publish = PublishDisclosure(item_id=ID, by=BUREAU, now=NOW)


def check_digit(digits: str) -> str:
    """GB 11643, written another way: powers of two modulo eleven."""
    total = sum(int(d) * pow(2, 17 - n, 11) for n, d in enumerate(digits))
    return "10X98765432"[total % 11]


def luhn(digits: str) -> str:
    """ISO/IEC 7812, written another way: a table of doubled digits."""
    doubled = "0246813579"
    total = sum(
        int(doubled[int(d)]) if n % 2 == 0 else int(d) for n, d in enumerate(reversed(digits))
    )
    return str(-total % 10)


birthdays = st.dates(date(1930, 1, 1), date(2020, 12, 31))
regions = st.sampled_from(["653101", "110105", "440305"])
identities = st.builds(
    lambda region, born, n: (base := f"{region}{born:%Y%m%d}{n:03d}") + check_digit(base),
    regions, birthdays, st.integers(0, 999),
)  # fmt: skip
mobiles = st.integers(3_000_000_000, 9_999_999_999).map(lambda n: f"1{n}")
cards = st.integers(0, 10**14 - 1).map(lambda n: (base := f"6222{n:014d}") + luhn(base))
words = st.sampled_from(["联系人", "电话：", "由", "负责，", ""])


@given(words, st.one_of(identities, mobiles, cards), words)
def test_whatever_tells_of_a_person_is_found_and_masked(
    before: str, number: str, after: str
) -> None:
    text = f"{before}{number}{after}"
    [found] = screened({"annual_goal": text})
    assert found.pointer == "/annual_goal"
    assert number not in masked(text)
    assert screened({"annual_goal": masked(text)}) == ()


@pytest.mark.parametrize(
    ("text", "trace"),
    [
        (f"身份证{PERSON[:17]}{check_digit(PERSON[:17])}", Trace.IDENTITY_NUMBER),
        ("电话 138 0013 8000", Trace.MOBILE_NUMBER),
        ("电话１３８００１３８０００", Trace.MOBILE_NUMBER),
        ("收款账号：30010100012345678", Trace.BANK_ACCOUNT),
    ],
)
def test_spaces_wide_digits_and_labels_hide_nothing(text: str, trace: Trace) -> None:
    assert [one.trace for one in screened([text])] == [trace]


@pytest.mark.parametrize(
    "text",
    [
        "修渠10公里",
        "喀财预〔2021〕9号",
        "2021-03-01至2021-12-31",
        "办公电话0998-2822222",
        "100000.00",
    ],
)
def test_what_tells_of_nobody_is_left_alone(text: str) -> None:
    assert screened({"note": text}) == ()
    assert masked(text) == text


NUMBERS: Final = [
    (PERSON, Trace.IDENTITY_NUMBER),
    ("11010519491231002X", Trace.IDENTITY_NUMBER),
    ("11010519491231002x", Trace.IDENTITY_NUMBER),
    ("653101 19800101 1230", Trace.IDENTITY_NUMBER),
    ("653101198013011235", None),  # no thirteenth month
    ("653101198001011231", None),  # another check digit
    (MOBILE, Trace.MOBILE_NUMBER),
    ("19912345678", Trace.MOBILE_NUMBER),
    ("13000000000", Trace.MOBILE_NUMBER),
    ("12800138000", None),
    ("1380013800", None),
    ("138001380001", None),
    (CARD, Trace.BANK_ACCOUNT),
    ("6222021234567890129", None),  # another check digit
    ("4111111111111111", Trace.BANK_ACCOUNT),
    ("5500000000000004", Trace.BANK_ACCOUNT),
    ("340000000000009", None),  # fifteen digits
    ("2111111111111113", None),  # no issuer of cards
    ("账号：1234567890", Trace.BANK_ACCOUNT),
    ("账号 1234567890", Trace.BANK_ACCOUNT),
    ("帐号1234567890", Trace.BANK_ACCOUNT),
    ("账户: 1234567890", Trace.BANK_ACCOUNT),
    ("卡号1234567890", Trace.BANK_ACCOUNT),
    ("账号：123456789", None),  # too short for anybody
    ("账号见附件1234567890", None),
    ("编号1234567890", None),
    (f"A{MOBILE}", None),
    (f"{MOBILE}B", None),
    (f"A-{MOBILE}", Trace.MOBILE_NUMBER),
]


@pytest.mark.parametrize(("text", "trace"), NUMBERS)
def test_a_number_is_taken_for_what_its_digits_say(text: str, trace: Trace | None) -> None:
    assert [one.trace for one in screened(["", text])] == ([trace] if trace else [])
    assert ("*" in masked(text)) is (trace is not None)


def test_what_is_masked_keeps_its_length_and_what_stands_around_it() -> None:
    text = f"甲{MOBILE}，乙13900139000；编号1234567890"
    assert masked(text) == f"甲{'*' * 11}，乙{'*' * 11}；编号1234567890"
    assert masked("账号：1234567890。") == "账号：**********。"
    plain = "办公电话（0998）2822222"
    assert masked(plain) == plain
    [one] = screened({"a": f"{MOBILE}和{MOBILE}"})
    assert one.trace is Trace.MOBILE_NUMBER


def test_a_place_is_named_by_a_pointer_that_can_be_followed() -> None:
    content = {"a/b": [{"c~d": MOBILE}, (MOBILE, "x")], "n": 1, "e": {"f": None, "g": CARD}}
    found = [(one.pointer, one.trace) for one in screened(content, "/content")]
    assert found == [
        ("/content/a~1b/0/c~0d", Trace.MOBILE_NUMBER),
        ("/content/a~1b/1/0", Trace.MOBILE_NUMBER),
        ("/content/e/g", Trace.BANK_ACCOUNT),
    ]
    both = [one.trace for one in screened({"a": f"{CARD}，{MOBILE}"})]
    assert both == [Trace.BANK_ACCOUNT, Trace.MOBILE_NUMBER]


@pytest.mark.parametrize("name", ["unit_code", "report_sha256", "case_id", "document_no"])
def test_numbers_of_things_are_told_as_they_are(name: str) -> None:
    assert screened({"rows": [{name: MOBILE}]}) == ()
    assert masked_content({name: MOBILE, "rows": [{name: MOBILE, "text": MOBILE}]}) == {
        name: MOBILE,
        "rows": [{name: MOBILE, "text": "*" * 11}],
    }
    assert masked_content({"list": [MOBILE, 1, None], "map": {"text": MOBILE, "n": 2}}) == {
        "list": ["*" * 11, 1, None],
        "map": {"text": "*" * 11, "n": 2},
    }


def test_codes_and_hashes_are_no_words_about_persons() -> None:
    content: dict[str, object] = {"project_code": MOBILE, "report_sha256": "1" * 64}
    assert screened(content) == ()
    assert masked_content({**content, "list": [{"text": MOBILE}]}) == {
        **content,
        "list": [{"text": "*" * 11}],
    }


def test_a_reviewer_is_shown_the_place_and_says_what_tells_of_nobody() -> None:
    named = replace(prepare, supplement={"explanation": f"联系{MOBILE}"})
    story = item.given(owed).after(named)
    refusal = story.when(clear).then_refused(PersonalDataFound)
    assert refusal.pointer == "/content/explanation"
    assert refusal.details["found"] == [
        {"pointer": "/content/explanation", "trace": "MOBILE_NUMBER"}
    ]
    story.when(replace(publish, opinion="可公开")).then_refused(PersonalDataFound)
    accepted = ("/content/explanation",)
    story.when(replace(clear, accepted=accepted)).then(
        SecrecyReviewed(cleared=True, opinion="可公开", reviewed_by=BUREAU, accepted=accepted)
    )
    assert item.given(owed).after(named, replace(clear, accepted=accepted)).when(publish).facts
    story.when(replace(clear, cleared=False)).then(replace(cleared, cleared=False))


def test_a_title_is_told_and_so_it_is_screened() -> None:
    titled = replace(owed, item=replace(ITEM, title=f"绩效目标：{MOBILE}"))
    refusal = item.given(titled).after(prepare).when(clear).then_refused(PersonalDataFound)
    assert refusal.pointer == "/title"


def test_what_was_decided_anew_after_the_review_is_screened_again() -> None:
    changed = ItemRestated(fields={"annual_goal": f"找{MOBILE}"}, reason="")
    story = item.given(owed, prepared, cleared, changed)
    story.when(publish).then_refused(PersonalDataFound)
    knowing = replace(publish, accepted=("/content/annual_goal",))
    [fact] = story.when(knowing).facts
    assert isinstance(fact, ItemPublished)


def test_a_correction_that_nobody_reviews_is_masked_by_rule() -> None:
    restate = RestateItem(
        item_id=ID, fields={"annual_goal": f"找{MOBILE}"}, reason=f"{MOBILE}反映", by=UNIT, now=NOW
    )
    goal = f"找{'*' * 11}"
    item.given(owed, prepared, cleared, published).when(restate).then(
        ItemCorrected(
            item=ITEM,
            content={**published.content, "annual_goal": goal},
            changes=(FieldChange(pointer="/annual_goal", before="修渠10公里", after=goal),),
            reason=f"{'*' * 11}反映",
            corrected_on=TODAY,
        )
    )


@pytest.mark.parametrize(
    ("fields", "reason", "pointer"),
    [
        ({"annual_goal": MOBILE}, "误", "/fields/annual_goal"),
        ({"annual_goal": "修渠"}, f"{MOBILE}反映", "/reason"),
    ],
)
def test_a_correction_by_hand_tells_of_nobody(
    fields: dict[str, object], reason: str, pointer: str
) -> None:
    correct = CorrectDisclosure(item_id=ID, fields=fields, reason=reason, by=BUREAU, now=NOW)
    refusal = item.given(owed, prepared, cleared, published).when(correct)
    assert refusal.then_refused(PersonalDataFound).pointer == pointer


def test_only_fields_on_the_list_are_said_and_told() -> None:
    stray = replace(prepare, supplement={"attachments": [{"name": "表", "phone": "1"}]})
    refusal = item.given(owed).when(stray).then_refused(FieldNotPublic)
    assert refusal.pointer == "/supplement/attachments/0/phone"
    correct = CorrectDisclosure(
        item_id=ID, fields={"head": "某人"}, reason="误", by=BUREAU, now=NOW
    )
    told_item = item.given(owed, prepared, cleared, published)
    assert told_item.when(correct).then_refused(FieldNotPublic).pointer == "/fields/head"
    secret = replace(
        owed,
        content={**CONTENT, "owner": "某人", "indicators": [{"name": "长度", "owner": "某人"}]},
    )
    [fact] = item.given(secret, prepared, cleared).when(publish).facts
    assert isinstance(fact, ItemPublished)
    assert fact.content == {**CONTENT, "note": "说明", "indicators": [{"name": "长度"}]}


@pytest.mark.parametrize("kind", ItemKind)
def test_every_kind_has_its_list_and_no_list_names_a_person(kind: ItemKind) -> None:
    assert strange(kind, dict.fromkeys((*FACTS[kind], *SUPPLEMENT)), facts=True) == []
    persons = {"owner", "head", "business", "finance", "signed_by", "person", "actor", "by"}
    assert not persons & {*FACTS[kind], *SUPPLEMENT}
    assert told(kind, {"owner": "某人"}) == {}


def test_the_law_names_the_grounds_and_nobody_else_does() -> None:
    withhold = WithholdDisclosure(
        item_id=ID,
        legal_basis="领导要求",
        authority="某局",
        expires_on=date(2021, 3, 20),
        by=BUREAU,
        now=NOW,
    )
    refusal = item.given(owed).when(withhold).then_refused(LegalBasisUnknown)
    assert refusal.pointer == "/legal_basis"
    assert "STATE_SECRET" in str(refusal.remedy)
    for ground, citation in CITATIONS.items():
        for stated in (ground.value, citation):
            [fact] = item.given(owed).when(replace(withhold, legal_basis=stated)).facts
            assert isinstance(fact, ItemWithheld)
            assert (fact.protects, fact.legal_basis) == (ground.value, citation)
    assert set(CITATIONS) == set(Protection)
    assert protection_of("") is None


cells = st.lists(
    st.builds(
        Cell,
        place_code=st.integers(1, 999).map(str),
        counts=st.tuples(*[st.integers(0, 40)] * 4),
        fen=st.integers(0, 10**6),
    ),
    max_size=8,
    unique_by=lambda cell: cell.place_code,
)


@given(cells)
def test_no_group_that_is_told_is_small_and_none_can_be_computed(places: list[Cell]) -> None:
    shown = told_cells(places)
    assert all(n == 0 or n >= SMALLEST_TOLD for cell in shown for n in cell.counts)
    assert len([cell for cell in shown if not cell.place_code]) <= 1
    if shown:
        for place in range(4):
            assert sum(c.counts[place] for c in shown) == sum(c.counts[place] for c in places)
        assert sum(c.fen for c in shown) == sum(c.fen for c in places)
    assert TODAY + timedelta(1) > TODAY
