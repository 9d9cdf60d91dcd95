"""Whose part of a draft a note, an answer or a newer rule concerns."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from services.targets.domain.commands.target import ReviseTarget
from services.targets.domain.events.target import TargetRevised
from services.targets.domain.locks import changed_parts
from services.targets.domain.proofs import Proof
from services.targets.domain.values import Library, Office
from tests.targets import stories as s


@pytest.mark.parametrize(
    ("change", "office"),
    [
        ({"costings": {}}, Office.FINANCE),
        ({"levels": {}}, Office.BUSINESS),
        ({"proofs": {"I4": s.RECORDED}}, Office.BUSINESS),
        ({"proofs": {**s.CONTENT.proofs, "I4": Proof()}}, Office.FINANCE),
        ({"libraries": {"I4": Library.KS_CORE}}, Office.FINANCE),
        ({"last_actuals": {"I1": Decimal(99)}}, Office.BUSINESS),
        ({"answers": {"L08/indicators/3/name": "合同价"}}, Office.FINANCE),
        ({"answers": {"L08/indicators/0/name": "批复名称"}}, Office.BUSINESS),
        ({"answers": {"L05/annual_goal": "批复原文"}}, Office.BUSINESS),
        ({"answers": {"L08/indicators/9/name": "无此行"}}, Office.BUSINESS),
    ],
)
def test_a_note_or_an_answer_is_of_the_office_of_its_indicator(
    change: dict[str, Any], office: Office
) -> None:
    assert changed_parts(s.CONTENT, replace(s.CONTENT, **change)) == {office}


def test_an_answer_stays_with_its_indicator_when_the_row_moves() -> None:
    first, *rest = s.CONTENT.indicators
    answered = replace(s.CONTENT, answers={"L08/indicators/3/name": "合同价"})
    moved = replace(
        answered, indicators=(*rest, first), answers={"L08/indicators/2/name": "合同价"}
    )
    assert changed_parts(answered, moved) == {Office.BUSINESS}


def test_other_rules_open_no_lock_and_leave_the_clock_of_the_head() -> None:
    later = s.some_rules.after(
        replace(s.draft_rules, provenance=s.SOURCES), replace(s.adopt_rules, legal_basis="第2号")
    )
    known = s.at_writing(rules=(later.state, *s.governed[1:]))
    both = s.target.given(*s.confirmed().facts).knowing(s.a_project.state, *known)
    same_words = ReviseTarget(
        project_code=s.CODE,
        fiscal_year=s.YEAR,
        region_code=s.REGION_CODE,
        content=s.CONTENT,
        offices=frozenset({Office.BUSINESS}),
        by=s.WRITER,
        now=s.NOW + timedelta(days=7),
    )
    story = both.after(same_words)
    [*_, fact] = story.facts
    assert isinstance(fact, TargetRevised)
    assert (fact.rule_set_version, fact.reopened) == (2, ())
    assert story.state.promise.locks == both.state.promise.locks
    assert story.state.promise.desks == both.state.promise.desks
