"""Taking from a library: the entry and its version are pinned, and pinned they stay."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.targets.domain.commands.target import CompleteTarget, ReviseTarget
from services.targets.domain.events.target import TargetDrafted
from services.targets.domain.library import LIBRARY, Collection
from services.targets.domain.library_entry import LibraryPin
from services.targets.domain.library_use import libraries_named
from services.targets.domain.refusals import (
    EntryOutOfTerm,
    LibraryCodeAmbiguous,
    LibraryCodeMissing,
    LibraryCodeUnknown,
    RetiredEntryTaken,
)
from services.targets.domain.values import Content, Library, Office
from shared.testing.spec import Given
from tests.targets import stories as s
from tests.targets.libraries import (
    CASE,
    CORE,
    PASS_RATE,
    SCHOOLS,
    entered,
    publish,
    published,
    reinstate,
    retire,
    taking,
)

NOTHING = LIBRARY.initial
in_use = published(PASS_RATE, SCHOOLS)
cases = published(CASE, library=Library.XJ_MODEL_CASE)
pin = LibraryPin(library=CORE, class_code="01", code="C1", library_version=1)


def knowing(content: Content, *collections: Collection) -> Given:
    """A project whose target is to take from these libraries."""
    named = libraries_named(content)
    assert len(collections) == len(named)
    libraries = collections if CORE in named else (NOTHING, *collections)
    return s.target.knowing(s.a_project.state, *s.at_writing(libraries=libraries))


def draft(content: Content) -> object:
    return replace(s.draft_target, content=content)


def revise(content: Content) -> ReviseTarget:
    return ReviseTarget(
        project_code=s.CODE,
        fiscal_year=s.YEAR,
        region_code=s.REGION_CODE,
        content=content,
        offices=frozenset({Office.BUSINESS}),
        by=s.WRITER,
        now=s.NOW,
    )


def drafted_from(content: Content, *collections: Collection) -> Given:
    """A draft that took from a library."""
    return s.target.given(*knowing(content, *collections).after(draft(content)).facts)


def last(story: Given) -> TargetDrafted:
    """The last fact, which has pins."""
    fact: TargetDrafted = story.facts[-1]  # type: ignore[assignment]
    return fact


def test_a_target_pins_the_entry_and_the_version_in_use() -> None:
    story = drafted_from(taking("C1", CORE), in_use.state)
    assert last(story).pins == {"I2": pin}
    later = in_use.after(entered(PASS_RATE), publish())
    story = drafted_from(taking("C1", CORE), later.state)
    assert last(story).pins["I2"].library_version == 2


def test_a_target_without_codes_consults_no_library() -> None:
    assert libraries_named(s.CONTENT) == []
    assert last(s.drafted()).pins == {}


def test_without_a_name_the_code_is_looked_for_everywhere() -> None:
    content = taking("A1")
    story = drafted_from(content, NOTHING, in_use.state, cases.state)
    assert last(story).pins["I2"].library is Library.XJ_MODEL_CASE


def test_a_code_that_several_libraries_know_needs_a_name() -> None:
    industry = published(PASS_RATE, library=Library.XJ_INDUSTRY)
    content = taking("C1")
    refused = (
        knowing(content, industry.state, in_use.state, NOTHING)
        .when(draft(content))
        .then_refused(LibraryCodeAmbiguous)
    )
    assert refused.pointer == "/indicators/1/library"
    named = drafted_from(taking("C1", Library.XJ_INDUSTRY), industry.state)
    assert last(named).pins["I2"].library is Library.XJ_INDUSTRY


@pytest.mark.parametrize(
    "story",
    [in_use, published(SCHOOLS).after(entered(PASS_RATE, SCHOOLS)), Given(LIBRARY, ())],
    ids=["no such code", "not published yet", "no library"],
)
def test_only_what_is_published_can_be_taken(story: Given) -> None:
    content = taking("C9" if story is in_use else "C1", CORE)
    refused = knowing(content, story.state).when(draft(content)).then_refused(LibraryCodeUnknown)
    assert refused.pointer == "/indicators/1/library_code"


def test_a_retired_entry_is_refused_at_once_and_may_be_taken_when_it_is_back() -> None:
    content = taking("C1", CORE)
    closed = in_use.after(retire())
    refused = knowing(content, closed.state).when(draft(content)).then_refused(RetiredEntryTaken)
    assert (refused.pointer, refused.details["reason"]) == (
        "/indicators/1/library_code",
        "口径已变",
    )
    again = closed.after(reinstate())
    assert knowing(content, again.state).when(draft(content)).facts


@pytest.mark.parametrize(("days", "taken"), [(-1, False), (0, True), (364, True), (365, False)])
def test_an_entry_is_taken_only_within_its_term(days: int, *, taken: bool) -> None:
    content = taking("C1", CORE)
    now = s.NOW + (date(2021, 1, 1) - s.NOW.date()) + timedelta(days=days)
    outcome = knowing(content, in_use.state).when(replace(s.draft_target, content=content, now=now))
    if taken:
        assert outcome.facts
    else:
        refusal = outcome.then_refused(EntryOutOfTerm)
        assert refusal.pointer == "/indicators/1/library_code"
        assert refusal.details == {
            "code": "C1",
            "start_on": "2021-01-01",
            "end_on": "2021-12-31",
        }


def test_a_library_without_an_entry_says_nothing() -> None:
    content = replace(s.CONTENT, libraries={"I2": CORE})
    refused = knowing(content, in_use.state).when(draft(content)).then_refused(LibraryCodeMissing)
    assert refused.pointer == "/indicators/1/library_code"


def test_what_was_taken_stays_taken_when_the_entry_is_retired() -> None:
    story = drafted_from(taking("C1", CORE), in_use.state)
    closed = in_use.after(retire(), publish()).state
    changed = replace(taking("C1", CORE), annual_goal=s.CONTENT.annual_goal + "全部按期完成。")
    later = story.knowing(s.a_project.state, *s.at_writing(libraries=(closed,)))
    assert last(later.after(revise(changed))).pins == {"I2": pin}
    other = replace(changed, library_codes={"I1": "C1"}, libraries={"I1": CORE})
    later.when(revise(other)).then_refused(RetiredEntryTaken)


def test_a_revision_releases_what_it_does_not_take_any_more() -> None:
    story = drafted_from(taking("C1", CORE), in_use.state)
    [fact] = story.knowing(s.a_project.state, *s.at_writing()).when(revise(s.CONTENT)).facts
    assert (fact.pins, fact.released) == ({}, ("I2",))  # type: ignore[attr-defined]
    moved = taking("C2", CORE)
    known = story.knowing(s.a_project.state, *s.at_writing(libraries=(in_use.state,)))
    [fact] = known.when(revise(moved)).facts
    assert (fact.pins["I2"].code, fact.released) == ("C2", ())  # type: ignore[attr-defined]


def test_a_completed_target_keeps_its_pins_and_may_take_more() -> None:
    first = taking("C1", CORE)
    signing = drafted_from(first, in_use.state).knowing(s.a_matrix.state)
    signing = signing.after(s.confirm_goal, s.confirm_amounts).knowing(*s.AT_SIGNING)
    reviewed = signing.after(s.submit_target, s.review_target, s.check_target)
    good = replace(s.grade_target, points=s.with_points(85))
    graded = s.target.given(*reviewed.knowing(*s.governed).after(good).facts)
    more = replace(
        first, library_codes={"I1": "C2", "I2": "C1"}, libraries={"I1": CORE, "I2": CORE}
    )
    complete = CompleteTarget(
        project_code=s.CODE,
        fiscal_year=s.YEAR,
        region_code=s.REGION_CODE,
        content=more,
        amended=("/indicators/0",),
        by="c",
        now=s.NOW,
    )
    known = graded.knowing(s.a_project.state, *s.at_writing(libraries=(in_use.state,)))
    [fact] = known.when(complete).facts
    assert fact.pins == {"I1": replace(pin, code="C2"), "I2": pin}  # type: ignore[attr-defined]
    assert known.after(complete).state.promise.pins == fact.pins  # type: ignore[attr-defined]
