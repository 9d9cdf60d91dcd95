"""What a library records, and what it says to whoever enters or takes something wrong."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from services.targets.domain.events.library import LibraryClassImported, LibraryPublished
from services.targets.domain.library_entry import PARTS, Details, Entry, LibraryPin
from services.targets.domain.library_use import check_use, libraries_named, pins, released
from services.targets.domain.refusals import (
    CaseWeightsWrong,
    EntryOutOfTerm,
    LibraryClassEmpty,
    LibraryCodeAmbiguous,
    LibraryCodeMissing,
    LibraryCodeTaken,
    LibraryCodeUnknown,
    LibraryEntryRepeated,
    LibraryEntryUnknown,
    LibraryLevelsDisagree,
    LibraryUnknown,
    RetiredEntryTaken,
)
from services.targets.domain.values import Level1, Level2, Library
from shared.domain.decider import Owner
from shared.domain.refusals import Refusal
from tests.targets import stories as s
from tests.targets.libraries import (
    CASE,
    CORE,
    PASS_RATE,
    SCHOOLS,
    SPEC,
    entered,
    publish,
    published,
    reinstate,
    retire,
    taking,
)

INDUSTRY, CASES = Library.XJ_INDUSTRY, Library.XJ_MODEL_CASE
in_use = published(PASS_RATE, SCHOOLS)
TODAY = s.NOW.date()


def test_what_is_entered_and_published_is_recorded_whole() -> None:
    story = SPEC.given().after(entered(PASS_RATE, SCHOOLS))
    assert story.facts == (
        LibraryClassImported(
            library=CORE,
            region_code="653100",
            class_code="01",
            class_name="教育类",
            entries=(PASS_RATE, SCHOOLS),
            replaced=(),
        ),
    )
    assert SPEC.decider.owner(SPEC.decider.initial) is None
    assert SPEC.decider.owner(story.state) == Owner(region_code="653100")
    # Whose library it is does not change with whoever enters the next class.
    other = replace(entered(replace(SCHOOLS, code="C9"), class_code="02"), region_code="653101")
    two = story.after(other, retire("C2"))
    assert two.state.region_code == "653100"
    two.when(publish()).then(
        LibraryPublished(
            library=CORE,
            region_code="653100",
            library_version=1,
            classes=2,
            entries=2,
            published_on=TODAY,
        )
    )
    edition = two.after(publish()).state.published
    assert edition.entries == {
        "C1": ("01", PASS_RATE),
        "C2": ("01", SCHOOLS),
        "C9": ("02", replace(SCHOOLS, code="C9")),
    }


def test_a_class_with_another_name_or_order_is_another_class() -> None:
    in_use.when(entered(PASS_RATE, SCHOOLS)).then_nothing()
    for other in (
        entered(PASS_RATE, SCHOOLS, name="文教类"),
        entered(SCHOOLS, PASS_RATE),
        entered(PASS_RATE),
    ):
        [fact] = in_use.when(other).facts
        assert isinstance(fact, LibraryClassImported)
        assert fact.replaced == (() if len(other.entries) > 1 else ("C2",))


@pytest.mark.parametrize(
    ("level1", "level2"), [(one, two) for one in Level1 for two in ("", *Level2)]
)
def test_a_part_belongs_to_one_level_above(level1: Level1, level2: str) -> None:
    outcome = SPEC.when(entered(replace(SCHOOLS, level1=level1, level2=level2)))
    if level2 == "" or level2 in PARTS[level1]:
        assert outcome.facts
        return
    refusal = outcome.then_refused(LibraryLevelsDisagree, level2=level2)
    assert refusal.pointer == "/entries/0/level2"
    assert refusal.remedy == f"One of {', '.join(PARTS[level1])}."


@pytest.mark.parametrize(
    ("story", "command", "refusal", "pointer", "details"),
    [
        (SPEC.given(), entered(), LibraryClassEmpty, "/entries", {}),
        (SPEC.given(), publish(), LibraryUnknown, None, {"library": CORE}),
        (
            SPEC.given(),
            entered(SCHOOLS, SCHOOLS),
            LibraryEntryRepeated,
            "/entries/1/code",
            {"code": "C2"},
        ),
        (
            in_use,
            entered(PASS_RATE, class_code="02"),
            LibraryCodeTaken,
            "/entries/0/code",
            {"code": "C1", "class_code": "01"},
        ),
        (in_use, retire("C9"), LibraryEntryUnknown, None, {"library": CORE, "code": "C9"}),
        (in_use, reinstate("C9"), LibraryEntryUnknown, None, {"library": CORE, "code": "C9"}),
        (
            SPEC.given(),
            entered(
                replace(CASE, details=Details(indicators=CASE.told.indicators[1:])),
                library=CASES,
            ),
            CaseWeightsWrong,
            "/entries/0/indicators/0/weight",
            {"total": str(90 - CASE.told.indicators[0].weight)},
        ),
        (
            SPEC.given(),
            entered(replace(SCHOOLS, level1=None)),
            LibraryLevelsDisagree,
            "/entries/0/level2",
            {"level2": "QUANTITY"},
        ),
    ],
)
def test_who_is_refused_is_told_where_and_why(
    story: Any,  # noqa: ANN401 - a story
    command: object,
    refusal: type[Refusal],
    pointer: str | None,
    details: dict[str, object],
) -> None:
    told = story.when(command).then_refused(refusal)
    assert (told.pointer, told.details) == (pointer, details)


CLOSED = in_use.after(retire()).state
ELSEWHERE = published(PASS_RATE, library=INDUSTRY).state


@pytest.mark.parametrize(
    ("content", "collections", "refusal", "pointer", "details"),
    [
        (
            taking("C1", CORE),
            (CLOSED,),
            RetiredEntryTaken,
            "/indicators/1/library_code",
            {"code": "C1", "reason": "口径已变"},
        ),
        (
            taking("C7", CORE),
            (in_use.state,),
            LibraryCodeUnknown,
            "/indicators/1/library_code",
            {"code": "C7"},
        ),
        (
            taking("C1", INDUSTRY),
            (in_use.state,),
            LibraryCodeUnknown,
            "/indicators/1/library_code",
            {"code": "C1"},
        ),
        (
            taking("C1"),
            (in_use.state, ELSEWHERE),
            LibraryCodeAmbiguous,
            "/indicators/1/library",
            {"code": "C1"},
        ),
        (
            replace(s.CONTENT, libraries={"I2": CORE}),
            (in_use.state,),
            LibraryCodeMissing,
            "/indicators/1/library_code",
            {},
        ),
    ],
)
def test_who_takes_what_may_not_be_taken_is_told_where_and_why(
    content: Any,  # noqa: ANN401 - a content
    collections: tuple[Any, ...],
    refusal: type[Refusal],
    pointer: str,
    details: dict[str, object],
) -> None:
    with pytest.raises(refusal) as told:
        pins(content, collections, {}, TODAY)
    assert (told.value.pointer, told.value.details) == (pointer, details)
    if refusal is LibraryCodeAmbiguous:
        assert told.value.remedy == "Name one of KS_CORE, XJ_INDUSTRY."


PIN = LibraryPin(library=CORE, class_code="01", code="C1", library_version=1)


def test_what_was_taken_is_kept_as_long_as_it_is_the_same() -> None:
    old = replace(PIN, library_version=0)
    kept = pins(taking("C1", CORE), (CLOSED,), {"I2": old}, TODAY)
    assert kept == {"I2": old}
    unnamed = pins(taking("C1"), (), {"I2": old}, TODAY)
    assert unnamed == {"I2": old}
    # From another library, by another code or for another indicator it is taken anew.
    assert pins(taking("C1", INDUSTRY), (ELSEWHERE,), {"I2": old}, TODAY) == {
        "I2": replace(PIN, library=INDUSTRY)
    }
    assert pins(taking("C2", CORE), (in_use.state,), {"I2": old}, TODAY) == {
        "I2": replace(PIN, code="C2")
    }
    assert pins(taking("C1", CORE), (in_use.state,), {"I1": old}, TODAY) == {"I2": PIN}
    assert released({"I2": PIN, "I1": PIN, "I3": PIN}, {"I2": PIN}) == ("I1", "I3")
    assert libraries_named(taking("C1", CORE)) == [CORE]
    assert libraries_named(taking("C1")) == tuple(Library)


@pytest.mark.parametrize(
    ("start_on", "end_on", "good"),
    [
        (None, None, True),
        (TODAY, None, True),
        (None, TODAY, True),
        (TODAY, TODAY, True),
        (date(2021, 3, 2), None, False),
        (None, date(2021, 2, 28), False),
    ],
)
def test_an_entry_is_used_from_its_first_to_its_last_day(
    start_on: date | None, end_on: date | None, *, good: bool
) -> None:
    entry = Entry(code="C1", name="x", details=Details(start_on=start_on, end_on=end_on))
    if good:
        check_use(entry, None, TODAY, "/x")
        return
    with pytest.raises(EntryOutOfTerm) as told:
        check_use(entry, None, TODAY, "/x")
    assert (told.value.pointer, told.value.details) == (
        "/x",
        {"code": "C1", "start_on": str(start_on or ""), "end_on": str(end_on or "")},
    )


def test_the_weights_of_a_case_sum_to_those_of_a_target() -> None:
    assert sum(one.weight for one in CASE.told.indicators) == Decimal(90)
    assert SPEC.when(entered(CASE, library=CASES)).facts
