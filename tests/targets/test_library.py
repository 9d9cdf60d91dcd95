"""A library: entered by class, published in versions, its entries retired and reinstated."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.targets.domain.commands.library import (
    ImportModelCases,
    ReinstateLibraryEntry,
    RetireLibraryEntry,
)
from services.targets.domain.events.library import (
    LibraryClassImported,
    LibraryEntryReinstated,
    LibraryEntryRetired,
)
from services.targets.domain.library import LIBRARY
from services.targets.domain.library_cases import CaseRow
from services.targets.domain.library_diff import LEFT_OUT, Version, difference
from services.targets.domain.library_entry import (
    PLAIN,
    CaseIndicator,
    Details,
    Entry,
    Nature,
    entry,
    sheet,
)
from services.targets.domain.refusals import (
    CaseOutsideCaseLibrary,
    CaseRowNameless,
    CaseWeightsWrong,
    LibraryClassEmpty,
    LibraryCodeTaken,
    LibraryEntryRepeated,
    LibraryEntryUnknown,
    LibraryLevelsDisagree,
    LibraryNatureContradicted,
    LibraryTermReversed,
    ReasonMissing,
)
from services.targets.domain.values import Level1, Level2, Library, Operator
from shared.domain.refusals import Refusal
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
)
from tests.targets.stories import NOW

in_use = published(PASS_RATE, SCHOOLS)
MARK = {"library": CORE, "region_code": "653100", "class_code": "01", "code": "C1"}


def test_an_entry_is_retired_and_reinstated_with_reasons() -> None:
    in_use.when(retire()).then(LibraryEntryRetired(**MARK, reason="口径已变"))  # type: ignore[arg-type]
    closed = in_use.after(retire())
    closed.when(retire(reason="另一理由")).then_nothing()
    closed.when(reinstate()).then(LibraryEntryReinstated(**MARK, reason="口径恢复"))  # type: ignore[arg-type]
    in_use.when(reinstate()).then_nothing()


@pytest.mark.parametrize("command", [retire(), reinstate()])
def test_only_a_known_entry_changes_its_standing_and_never_without_a_reason(
    command: RetireLibraryEntry | ReinstateLibraryEntry,
) -> None:
    in_use.when(replace(command, code="C9")).then_refused(LibraryEntryUnknown)
    wordless = replace(command, reason=" ")
    assert in_use.when(wordless).then_refused(ReasonMissing).pointer == "/reason"


def test_a_version_counts_what_may_be_taken() -> None:
    story = in_use.after(retire(), publish())
    assert (story.facts[-1].library_version, story.facts[-1].entries) == (2, 1)  # type: ignore[attr-defined]


def test_publishing_without_a_change_is_silent() -> None:
    in_use.when(publish()).then_nothing()
    there_and_back = in_use.after(entered(SCHOOLS), entered(PASS_RATE, SCHOOLS))
    there_and_back.when(publish()).then_nothing()
    in_use.after(retire(), reinstate()).when(publish()).then_nothing()
    assert in_use.after(retire()).when(publish()).facts
    assert in_use.after(entered(SCHOOLS, PASS_RATE)).when(publish()).facts


def test_a_class_entered_anew_keeps_what_was_retired_retired() -> None:
    story = in_use.after(retire(), entered(PASS_RATE))
    assert story.state.shelves.retired == {"C1": "口径已变"}
    assert story.state.shelves.in_use() == 0


def test_what_was_published_stays_as_it_was() -> None:
    story = in_use.after(entered(SCHOOLS), retire("C2"))
    assert story.state.published.shelves == in_use.state.published.shelves
    assert set(story.state.published.entries) == {"C1", "C2"}


def told(**said: object) -> Entry:
    return replace(PASS_RATE, details=replace(PLAIN, **said))  # type: ignore[arg-type]


def case(**said: object) -> Entry:
    changed = replace(CASE.told.indicators[0], **said)  # type: ignore[arg-type]
    return replace(CASE, details=Details(indicators=(changed, *CASE.told.indicators[1:])))


CASES = Library.XJ_MODEL_CASE


@pytest.mark.parametrize(
    ("library", "wrong", "refusal", "pointer"),
    [
        (CORE, PASS_RATE, LibraryEntryRepeated, "/entries/1/code"),
        (CORE, replace(SCHOOLS, level2="SOCIAL"), LibraryLevelsDisagree, "/entries/1/level2"),
        (CORE, replace(SCHOOLS, level1=None), LibraryLevelsDisagree, "/entries/1/level2"),
        (CORE, replace(SCHOOLS, level2="数量"), LibraryLevelsDisagree, "/entries/1/level2"),
        (
            CORE,
            replace(told(nature=Nature.QUAL, operator=Operator.EQUAL), code="C2"),
            LibraryNatureContradicted,
            "/entries/1/nature",
        ),
        (
            CORE,
            replace(told(nature=Nature.QUAL, reference_value=Decimal(0)), code="C2"),
            LibraryNatureContradicted,
            "/entries/1/nature",
        ),
        (
            CORE,
            replace(told(nature=Nature.QUANT, operator=Operator.QUALITATIVE), code="C2"),
            LibraryNatureContradicted,
            "/entries/1/operator",
        ),
        (
            CORE,
            replace(told(start_on=date(2021, 2, 1), end_on=date(2021, 1, 31)), code="C2"),
            LibraryTermReversed,
            "/entries/1/end_on",
        ),
        (CORE, CASE, CaseOutsideCaseLibrary, "/entries/1/indicators/0"),
        (CASES, case(weight=Decimal(21)), CaseWeightsWrong, "/entries/1/indicators/0/weight"),
        (CASES, case(weight=Decimal(0)), CaseWeightsWrong, "/entries/1/indicators/0/weight"),
        (
            CASES,
            case(level2=Level2.SOCIAL),
            LibraryLevelsDisagree,
            "/entries/1/indicators/0/level2",
        ),
    ],
)
def test_an_entry_that_breaks_a_rule_is_refused_by_its_field(
    library: Library, wrong: Entry, refusal: type[Refusal], pointer: str
) -> None:
    refused = SPEC.when(entered(PASS_RATE, wrong, library=library)).then_refused(refusal)
    assert refused.pointer == pointer


FIRST, *OTHERS = CASE.told.indicators
TWO_CASES = (
    CaseRow(code="A1", name=CASE.name, text=CASE.text, indicator=FIRST),
    *(CaseRow(indicator=one) for one in OTHERS),
    CaseRow(code="A2", name="只有目标的案例"),
)


def rows(*found: CaseRow) -> ImportModelCases:
    """A class of cases, as a sheet has them."""
    return ImportModelCases(
        region_code="653100", class_code="01", class_name="教育类", rows=found, by="x", now=NOW
    )


def test_rows_come_to_the_same_cases_as_entries() -> None:
    entries = entered(CASE, Entry(code="A2", name="只有目标的案例"), library=CASES)
    facts = SPEC.when(entries).facts
    SPEC.when(rows(*TWO_CASES)).then(*facts)
    SPEC.given(*facts).when(rows(*TWO_CASES)).then_nothing()


@pytest.mark.parametrize(
    ("wrong", "refusal", "pointer"),
    [
        ((), LibraryClassEmpty, "/rows"),
        ((CaseRow(indicator=FIRST),), CaseRowNameless, "/rows/0/code"),
        ((CaseRow(code="A1", indicator=FIRST),), CaseRowNameless, "/rows/0/name"),
        ((*TWO_CASES, CaseRow(name="无码")), CaseRowNameless, "/rows/7/code"),
        ((*TWO_CASES, TWO_CASES[-1]), LibraryEntryRepeated, "/rows/7/code"),
        ((TWO_CASES[-1], *TWO_CASES[:2]), CaseWeightsWrong, "/rows/1/indicator/weight"),
        (
            (*TWO_CASES[:2], CaseRow(indicator=replace(FIRST, level2=Level2.SOCIAL))),
            LibraryLevelsDisagree,
            "/rows/2/indicator/level2",
        ),
    ],
)
def test_what_is_wrong_in_rows_is_refused_by_its_row(
    wrong: tuple[CaseRow, ...], refusal: type[Refusal], pointer: str
) -> None:
    assert SPEC.when(rows(*wrong)).then_refused(refusal).pointer == pointer


def test_the_longest_and_the_shortest_term_are_fine() -> None:
    day = date(2021, 2, 1)
    SPEC.given().after(entered(told(start_on=day, end_on=day)), entered(told(start_on=day)))


def test_an_indicator_of_a_case_weighs_one_point_at_least() -> None:
    first, second, *others = CASE.told.indicators
    light = replace(first, weight=Decimal(1))
    heavy = replace(second, weight=second.weight + first.weight - 1)
    balanced = replace(CASE, details=Details(indicators=(light, heavy, *others)))
    assert SPEC.when(entered(balanced, library=CASES)).facts
    lighter = replace(light, weight=Decimal("0.99"))
    unbalanced = replace(CASE, details=Details(indicators=(lighter, heavy, *others)))
    refused = SPEC.when(entered(unbalanced, library=CASES)).then_refused(CaseWeightsWrong)
    assert refused.pointer == "/entries/0/indicators/0/weight"


def test_a_code_stands_in_one_class_alone() -> None:
    other = entered(replace(SCHOOLS, code="C1"), class_code="02")
    refused = in_use.when(other).then_refused(LibraryCodeTaken, class_code="01")
    assert refused.pointer == "/entries/0/code"
    moved = in_use.after(entered(SCHOOLS))
    assert moved.when(other).facts


def test_an_old_event_is_read_as_it_was() -> None:
    old = (
        b'{"library":"KS_CORE","region_code":"653100","class_code":"1","class_name":"x",'
        b'"entries":[{"code":"a","name":"n","level1":"OUTPUT","level2":"QUALITY","unit":"%",'
        b'"text":""}],"replaced":[]}'
    )
    event = msgspec.json.decode(old, type=LibraryClassImported)
    assert event.entries[0].told == PLAIN
    assert LIBRARY.fold([event]).shelves.places() == {"a": "1"}


texts = st.text(max_size=4)
details = st.builds(
    Details,
    operator=st.none() | st.sampled_from(Operator),
    reference_value=st.none() | st.decimals(0, 9, places=1),
    standard=texts,
    is_common=st.booleans(),
    start_on=st.none() | st.dates(),
    indicators=st.just(()) | st.just(CASE.told.indicators),
)
entries = st.builds(
    Entry,
    code=texts,
    name=texts,
    level1=st.none() | st.sampled_from(Level1),
    text=texts,
    details=st.none() | details.filter(lambda one: one != PLAIN),
)


@given(entries)
def test_an_entry_and_its_sheet_say_the_same(one: Entry) -> None:
    assert entry(sheet(one)) == one
    assert all(value is not None for value in sheet(one).values())


def test_a_case_indicator_is_an_indicator() -> None:
    assert isinstance(CASE.told.indicators[0], CaseIndicator)
    assert sum(one.weight for one in CASE.told.indicators) == 90


def test_a_difference_tells_what_came_what_changed_and_what_may_not_be_taken() -> None:
    a, b, c, d = ({"name": name} for name in "abcd")
    before = Version(sheets={"a": a, "b": b, "c": c, "x": d}, retired={"x": "旧"})
    after = Version(
        sheets={"a": a, "b": {"name": "b", "unit": "件"}, "d": d, "x": d, "c": c},
        retired={"c": "口径已变"},
    )
    found = difference(before, after)
    assert found.added == {"d": d, "x": d}
    assert found.changed == {"b": {"unit": (None, "件")}}
    assert found.retired == {"c": "口径已变"}
    assert difference(after, after) == replace(found, added={}, changed={}, retired={})
    gone = difference(before, Version(sheets={}, retired={}))
    assert gone.retired == dict.fromkeys("abc", LEFT_OUT)
