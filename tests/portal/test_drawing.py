"""Charts, numbers and marks: what is drawn and written is what was given."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from services.disclosure.domain.search_words import folded, grams_asked, grams_of, terms_of
from services.disclosure.portal import charts, numbers
from services.disclosure.portal.dashboard import Sums
from services.disclosure.portal.marking import marked
from services.disclosure.portal.rankings import MEASURES, ranked
from shared.http.language import Language

LINES = [("喀什市", [("paid", "已支付", 75), ("left", "未支付", 25)], "75%"), ("疏附县", [], "—")]


def test_a_row_is_as_long_as_its_share_of_the_longest() -> None:
    chart = charts.rows(LINES)
    paid, left = (mark for mark in chart.marks if mark.kind in {"paid", "left"})
    assert Decimal(paid.width) == Decimal(charts.BARS) * 75 / 100
    assert Decimal(left.x) == charts.NAMES + Decimal(paid.width)
    assert (paid.tip, chart.box) == ("已支付", f"0 0 {charts.WIDTH} {2 * charts.ROW}")


@given(st.lists(st.lists(st.integers(0, 10**12), min_size=1, max_size=3), max_size=13))
def test_nothing_is_drawn_outside_of_its_chart(sizes: list[list[int]]) -> None:
    lines = [(str(i), [("paid", "", n) for n in parts], "") for i, parts in enumerate(sizes)]
    for chart in (charts.rows(lines), charts.rows(lines, shares=True), charts.columns(lines)):
        for mark in chart.marks:
            x, y, wide, tall = (Decimal(v) for v in (mark.x, mark.y, mark.width, mark.height))
            assert x >= 0
            assert y >= 0
            assert x + wide <= charts.WIDTH + 1
            assert y + tall <= chart.height + 1


def test_an_empty_chart_is_still_one() -> None:
    assert charts.rows([]).words == []
    assert [mark.kind for mark in charts.columns([]).marks] == ["axis"]


def test_a_ring_is_never_fuller_than_full() -> None:
    assert charts.dial(Decimal("0.755")) == {"reached": "75.5", "left": "24.5"}
    assert charts.dial(Decimal(3)) == {"reached": "100", "left": "0"}
    assert charts.dial(None) == {"reached": "0", "left": "100"}


def test_amounts_are_short_in_both_languages_and_exact_where_asked() -> None:
    fen = 68_423_000_000_00
    assert numbers.short_money(fen, Language.ZH) == "684.23 亿元"
    assert numbers.short_money(fen, Language.EN) == "CNY 68.42 billion"
    assert numbers.short_money(-5, Language.ZH) == "-0.05 元"
    assert numbers.exact_money(123_456_789) == "1,234,567.89"
    assert numbers.percent(Decimal("0.99951")) == "100.0%"
    assert numbers.percent(None) == "—"
    assert numbers.share_of(1, 0) is None


def test_equals_share_a_place_and_who_has_no_value_has_none() -> None:
    regions = {
        "a": Sums(quota_fen=100, paid_fen=50),
        "b": Sums(quota_fen=100, paid_fen=90),
        "c": Sums(quota_fen=200, paid_fen=100),
        "d": Sums(),
        "e": Sums(quota_fen=100, paid_fen=10),
    }
    found = ranked(regions, MEASURES["execution"][1])
    assert [(place, code) for place, code, _, _ in found] == [
        (1, "b"),
        (2, "a"),
        (2, "c"),
        (4, "e"),
        (None, "d"),
    ]


def test_a_word_of_two_characters_is_a_pair_and_one_of_one_is_itself() -> None:
    assert grams_of("喀什 水利") == ("喀", "什", "喀什", "水", "利", "水利")
    assert grams_asked("水利局") == ("水利", "利局")
    assert grams_asked("水") == ("水",)
    assert terms_of("  \uff21\uff22\u3000水利  水利 ") == ("ab", "水利")


@given(st.text("喀什水利项目ab1", min_size=1, max_size=12), st.data())
def test_whatever_is_part_of_a_text_is_found_by_its_grams(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    for term in terms_of(text[start:end]):
        assert set(grams_asked(term)) <= set(grams_of(folded(text)))


@given(st.text(max_size=30), st.lists(st.text(min_size=1, max_size=3), max_size=3))
def test_marking_changes_no_letter(text: str, terms: list[str]) -> None:
    assert "".join(piece for piece, _ in marked(text, terms)) == text


def test_marking_finds_every_place_whatever_its_width() -> None:
    assert marked("水利\uff21\uff22水利", ("水利", "ab")) == [("水利\uff21\uff22水利", True)]
    assert marked("喀什水利局", ("水利",)) == [("喀什", False), ("水利", True), ("局", False)]
