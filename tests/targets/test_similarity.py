"""How alike two texts are, and whether a unit promises the same twice (L13)."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from services.targets.domain.findings import Severity
from services.targets.domain.lint.likeness import NAMED_MAX, alike, compared, l13_likeness
from shared.domain.likeness import Alike
from shared.domain.similarity import (
    bigrams,
    coverage,
    likeness,
    likeness_max,
    pair_count,
    plain,
)

LETTERS = "完成校舍维修改造二十所一二三abcXYZ，。 "
words = st.text(LETTERS.replace("，。 ", ""), max_size=60)
texts = st.text(LETTERS, max_size=60) | st.text(max_size=30)


def like(one: str, other: str) -> Decimal:
    """How alike."""
    return likeness(bigrams(one), bigrams(other))


@given(texts, texts)
def test_likeness_is_symmetric_and_a_share(one: str, other: str) -> None:
    assert 0 <= like(one, other) == like(other, one) <= 1
    assert like(one, other) <= likeness_max(pair_count(plain(one)), pair_count(plain(other)))


@given(texts)
def test_pairs_are_counted_without_looking_at_them(text: str) -> None:
    assert len(bigrams(text)) == pair_count(plain(text))


def test_a_pair_that_comes_again_counts_again() -> None:
    assert like("校校校校", "校校") == Decimal("0.5000")
    assert coverage(bigrams("校校校"), bigrams("校校")) == Decimal("0.5000")


@given(texts)
def test_a_text_is_wholly_like_itself_and_covers_itself(text: str) -> None:
    assert like(text, text) == 1
    assert coverage(bigrams(text), bigrams(text)) == 1


@given(words, words)
def test_spaces_width_case_and_punctuation_do_not_count(one: str, other: str) -> None:
    spread = " ，".join(one.upper())
    assert like(one.upper(), other) == like(spread, other)
    assert like("\uff21\uff2212", "ab\uff11\uff12。") == 1


@given(st.text("甲乙丙丁戊", min_size=12, max_size=60), st.integers(0, 11))
def test_one_changed_character_changes_at_most_two_pairs(text: str, place: int) -> None:
    other = f"{text[:place]}己{text[place + 1 :]}"
    assert like(text, other) >= 1 - Decimal(2) / (len(text) - 1) - Decimal("0.0001")


@given(words, words.filter(lambda word: len(word) > 1), words)
def test_a_part_is_found_in_every_whole(before: str, part: str, after: str) -> None:
    assert coverage(bigrams(part), bigrams(before + part + after)) == 1


def test_texts_without_a_pair_in_common_are_not_alike() -> None:
    assert like("校舍维修", "防洪渠道") == 0
    assert like("", "防洪渠道") == 0
    assert like("所", "所") == 1
    assert like("校舍维修改造", "校舍维修加固") == Decimal("0.6000")


GOAL = "完成二十所学校校舍维修改造，验收合格率达到百分之百，改善一万二千名学生就学条件。"
NAMES = ("维修数量", "验收合格率")
own = compared(GOAL, NAMES)
twin = compared(GOAL.replace("二十", "十八"), NAMES)
stranger = compared("修缮防洪渠道12公里，保障三个乡镇安全度汛。", ("渠道长度",))


def test_l13_another_project_with_the_same_words_is_found() -> None:
    found = alike("P1", own, {"P4": stranger, "P2": twin, "P1": own, "P3": own})
    assert [one.project_code for one in found] == ["P3", "P2"]
    assert found[0].likeness == 1
    [finding] = l13_likeness(found)
    assert (finding.key, finding.severity) == ("L13/annual_goal", Severity.WARN)
    assert "P2" in finding.detail
    assert "P3" in finding.detail_zh


def test_l13_different_projects_are_not_found() -> None:
    assert alike("P1", own, {"P4": stranger, "P1": own}) == []
    assert list(l13_likeness([])) == []


def test_l13_names_the_first_of_many_and_says_how_many_more_there_are() -> None:
    [finding] = l13_likeness(alike("P0", own, {f"P{n}": own for n in range(9)}))
    assert finding.detail.count("project P") == NAMED_MAX
    assert finding.detail.endswith("; and with 3 more")
    assert finding.detail_zh.endswith("；另有3个项目")


def test_l13_nine_tenths_are_the_same() -> None:
    """A text of 11 characters has 10 pairs; the last of the other text differs."""
    goal = "甲乙丙丁戊己庚辛壬癸子"
    others = {"P2": goal[:-1] + "丑", "P3": goal[:-2] + "寅丑"}
    assert alike("P1", goal, others) == [Alike(project_code="P2", likeness=Decimal("0.9000"))]


def test_l13_a_shorter_text_that_is_wholly_inside_is_looked_at() -> None:
    """Nine pairs of eleven: no other text of this length could be more alike."""
    goal = "甲乙丙丁戊己庚辛壬癸子丑"
    found = alike("P1", goal, {"P2": goal[:10]})
    assert found == [Alike(project_code="P2", likeness=Decimal("0.9000"))]
