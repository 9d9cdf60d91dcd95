"""How a text is found: folded to one spelling, by characters and pairs of neighbours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.disclosure.domain.search_words import folded, grams_asked, grams_of, terms_of


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("  喀什  水利局\u3000", "喀什 水利局"),
        ("\uff21\uff22C-\uff11", "abc-1"),
        ("Straße", "strasse"),
        ("", ""),
    ],
)
def test_width_case_and_runs_of_spaces_do_not_count(text: str, plain: str) -> None:
    assert folded(text) == plain


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("水利 学校", ("水利", "学校")),
        ("水利 水利 ABC abc", ("水利", "abc")),
        ("一 二 三 四 五 六 七", ("一", "二", "三", "四", "五", "六")),
        ("x" * 61, ("x" * 60,)),
        (f"{'x' * 58} yz", ("x" * 58, "y")),
        ("   ", ()),
    ],
)
def test_a_reader_asks_for_the_first_few_different_terms(
    query: str, terms: tuple[str, ...]
) -> None:
    assert terms_of(query) == terms


@pytest.mark.parametrize(
    ("text", "grams"),
    [
        ("水利局", ("水", "利", "局", "水利", "利局")),
        ("水利 水局", ("水", "利", "水利", "局", "水局")),
        ("局", ("局",)),
        ("", ()),
    ],
)
def test_a_text_is_kept_by_its_characters_and_pairs_each_once(
    text: str, grams: tuple[str, ...]
) -> None:
    assert grams_of(text) == grams


@pytest.mark.parametrize(
    ("term", "grams"),
    [("水利局", ("水利", "利局")), ("哈哈哈", ("哈哈",)), ("局", ("局",)), ("水利", ("水利",))],
)
def test_a_term_is_asked_for_by_its_pairs_or_its_one_character(
    term: str, grams: tuple[str, ...]
) -> None:
    assert grams_asked(term) == grams


@given(st.text("甲乙丙", max_size=6), st.text("甲乙丙", min_size=1, max_size=4), st.text("甲乙丙"))
def test_whatever_a_text_holds_is_found_in_it(before: str, term: str, after: str) -> None:
    assert set(grams_asked(term)) <= set(grams_of(f"{before}{term}{after}"))
