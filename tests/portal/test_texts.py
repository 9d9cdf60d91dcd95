"""The portal says the same in both languages, and leaves no code unnamed."""

import re
from collections.abc import Iterator
from typing import Final

from services.disclosure.api.report.figures import FIGURES
from services.disclosure.domain.allowed import WHOLE, Shape
from services.disclosure.domain.values import ItemKind
from services.disclosure.portal.content_fields import FIELDS, place_of
from services.disclosure.portal.documents import CHAPTERS
from services.disclosure.portal.labels import ALL, label_of
from services.disclosure.portal.navigation import NAVIGATION
from services.disclosure.portal.rankings import MEASURES
from services.disclosure.portal.rendering import TEMPLATES
from services.disclosure.portal.routes import LISTINGS
from services.disclosure.portal.texts import ENGLISH, said
from services.evaluation.api.vocabulary import VOCABULARY as EVALUATION
from services.monitoring.api.vocabulary import VOCABULARY as MONITORING
from services.targets.api.vocabulary import VOCABULARY as TARGETS
from shared.http.language import Language

CHINESE: Final = re.compile(r"[\u4e00-\u9fff]")
_ASKED: Final = re.compile(r"_\('([^']*)'")
_BARE: Final = re.compile(r"\{[{%#].*?[}%#]\}|<[^>]*lang=\"zh-CN\"[^>]*>[^<]*|<[^>]+>", re.DOTALL)


def asked() -> Iterator[str]:
    """Every text that a page asks for."""
    for path in TEMPLATES.glob("*.html"):
        yield from _ASKED.findall(path.read_text(encoding="utf-8"))
    for listing in LISTINGS:
        yield from (listing.title, listing.lead)
        yield from (column.title for column in listing.columns)
        yield from (one.title for one in listing.filters)
    yield from (room.name for room in NAVIGATION)
    yield from (title for title, _ in MEASURES.values())
    yield from (title for title, _ in CHAPTERS)
    yield from (figure.label for figure in FIGURES)


def test_every_text_has_its_english() -> None:
    assert sorted(set(asked()) - set(ENGLISH)) == []


def test_no_english_is_kept_that_nobody_says() -> None:
    source = "\n".join(
        path.read_text(encoding="utf-8")
        for path in TEMPLATES.parent.rglob("*")
        if path.suffix in {".html", ".py"} and path.parent.name != "texts"
    )
    known = set(asked())
    assert [text for text in ENGLISH if text not in known and f'"{text}"' not in source] == []


def test_english_has_no_chinese_and_the_same_values() -> None:
    for chinese, english in ENGLISH.items():
        assert not CHINESE.search(english), english
        values = re.findall(r"\{\w+\}", chinese)
        assert sorted(values) == sorted(re.findall(r"\{\w+\}", english)), chinese


def test_a_template_holds_no_chinese_outside_its_texts() -> None:
    for path in TEMPLATES.glob("*.html"):
        left = _BARE.sub("", path.read_text(encoding="utf-8"))
        words = [line for line in left.split("\n") if CHINESE.search(line)]
        assert words in ([], ["中文"]), (path.name, words)


def test_every_figure_stands_in_one_chapter() -> None:
    told = [number for _, numbers in CHAPTERS for number in numbers]
    assert told == [figure.id for figure in FIGURES]


def test_codes_are_called_what_their_own_service_calls_them() -> None:
    """In Chinese word for word; new codes of the others are found here."""
    pairs = (
        (TARGETS, ("Grade", "Conclusion", "ReductionKind", "Level1", "Level2")),
        (MONITORING, ("Level", "Source", "WarningOutcome")),
        (EVALUATION, ("Route", "RecoveryReason", "Finding", "CauseCode")),
    )
    for theirs, names in pairs:
        for name in names:
            chinese = {code: zh for code, (zh, _) in theirs[name].items()}
            assert {code: zh for code, (zh, _) in ALL[name].items()} == chinese


def names_of(shape: Shape) -> Iterator[str]:
    """Every field that a kind may tell, at any depth."""
    for name, inner in shape.items():
        yield name
        yield from names_of(inner or {})


def test_every_field_that_may_be_told_has_a_name_in_both_languages() -> None:
    told = {name for shape in WHOLE.values() for name in names_of(shape)}
    assert sorted(told - set(FIELDS)) == []
    assert sorted(set(FIELDS) - told) == []
    for chinese, english, kind in FIELDS.values():
        assert CHINESE.search(chinese)
        assert not CHINESE.search(english)
        assert kind in ALL or kind.islower(), kind
    assert place_of("/indicators/0/target_value", Language.ZH) == "绩效指标 1 指标值"
    assert place_of("/strange", Language.EN) == "strange"


def test_a_new_code_is_shown_as_it_is_and_none_is_a_dash() -> None:
    assert label_of("Grade", "SUPERB", Language.EN) == "SUPERB"
    assert label_of("Grade", None, Language.EN) == "—"
    assert {kind.value for kind in ItemKind} <= set(ALL["ItemKind"])


def test_a_text_is_said_with_its_values() -> None:
    assert said("共 {n} 条", Language.ZH, n=3) == "共 3 条"
    assert said("共 {n} 条", Language.EN, n=3) == "3 rows"
    assert said("从未说过", Language.EN) == "从未说过"
