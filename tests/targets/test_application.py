"""The application form of a target: what contradicts itself is refused, wherever it is written."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

import pytest

from services.targets.domain.application import Application, Funds
from services.targets.domain.commands.target import CompleteTarget, DraftTarget, ReviseTarget
from services.targets.domain.events.target import TargetDrafted, TargetRevised
from services.targets.domain.locks import changed_parts
from services.targets.domain.refusals.applications import (
    FundsDoNotAddUp,
    FundsNegative,
    PeriodReversed,
)
from services.targets.domain.values import Office
from shared.domain.money import ZERO
from shared.domain.refusals import Refusal
from tests.targets import stories as s

APPLIED: Final = Application(
    starts_on=date(2021, 1, 1),
    ends_on=date(2023, 12, 31),
    grounds="工作方案",
    midterm_funds=Funds(total=s.yuan("24"), fiscal=s.yuan("20"), other=s.yuan("4")),
    annual_funds=Funds(
        total=s.yuan("8"), fiscal=s.yuan("5"), carried_over=s.yuan("2"), other=s.yuan("1")
    ),
)
WRITING: Final[Mapping[str, Any]] = {
    "project_code": s.CODE,
    "fiscal_year": s.YEAR,
    "region_code": s.REGION_CODE,
    "by": s.WRITER,
    "now": s.NOW,
}
FAULTS: Final[list[tuple[Mapping[str, Any], type[Refusal], str]]] = [
    (
        {"annual_funds": Funds(total=s.yuan("8"), fiscal=s.yuan("7"))},
        FundsDoNotAddUp,
        "/application/annual_funds/total",
    ),
    (
        {"midterm_funds": Funds(total=ZERO, fiscal=s.yuan("1"), other=-s.yuan("1"))},
        FundsNegative,
        "/application/midterm_funds/other",
    ),
    ({"ends_on": date(2020, 12, 31)}, PeriodReversed, "/application/ends_on"),
]


def saying(application: Application) -> Any:  # noqa: ANN401 - a content
    """The good content with this form."""
    return replace(s.CONTENT, application=application)


def test_what_is_applied_for_is_kept_with_the_target() -> None:
    command = replace(s.draft_target, content=saying(APPLIED))
    story = s.target.knowing(s.a_project.state, *s.AT_WRITING).when(command)
    [drafted] = story.facts
    assert isinstance(drafted, TargetDrafted)
    assert drafted.content.application == APPLIED


def test_another_form_is_another_draft_and_the_same_is_none() -> None:
    draft = s.drafted().knowing(s.a_project.state, *s.AT_WRITING)
    revise = ReviseTarget(**WRITING, offices=frozenset(Office), content=saying(APPLIED))
    [revised] = draft.when(revise).facts
    assert isinstance(revised, TargetRevised)
    assert (
        list(draft.after(revise).knowing(s.a_project.state, *s.AT_WRITING).when(revise).facts) == []
    )


def test_a_form_may_say_as_little_as_it_knows() -> None:
    for little in (
        Application(),
        Application(starts_on=date(2021, 1, 1)),
        Application(starts_on=date(2021, 1, 1), ends_on=date(2021, 1, 1)),
        Application(annual_funds=Funds(total=ZERO)),
    ):
        command = replace(s.draft_target, content=saying(little))
        assert s.target.knowing(s.a_project.state, *s.AT_WRITING).when(command).facts


@pytest.mark.parametrize(("fault", "refused", "pointer"), FAULTS)
@pytest.mark.parametrize("step", [DraftTarget, ReviseTarget, CompleteTarget])
def test_a_form_that_contradicts_itself_is_refused(
    step: type[Any], fault: Mapping[str, Any], refused: type[Refusal], pointer: str
) -> None:
    before = {DraftTarget: s.target.given(), ReviseTarget: s.drafted(), CompleteTarget: s.ready(85)}
    extras: dict[type, dict[str, Any]] = {
        DraftTarget: {},
        ReviseTarget: {"offices": frozenset(Office)},
        CompleteTarget: {"amended": ("/application",), "by": "c"},
    }
    command = step(**{**WRITING, **extras[step], "content": saying(replace(APPLIED, **fault))})
    story = before[step].knowing(s.a_project.state, *s.AT_WRITING).when(command)
    story.then_refused(refused)
    assert story.refusal is not None
    assert (story.refusal.pointer, bool(story.refusal.remedy)) == (pointer, True)


def test_money_is_finances_part_and_words_are_business_part() -> None:
    before = saying(APPLIED)
    assert APPLIED.annual_funds is not None
    dearer = replace(APPLIED.annual_funds, total=s.yuan("9"))
    assert changed_parts(before, saying(replace(APPLIED, annual_funds=dearer))) == {Office.FINANCE}
    assert changed_parts(before, saying(replace(APPLIED, grounds="另一文件"))) == {Office.BUSINESS}
    noted = replace(before, remarks={before.indicators[0].indicator_id: "备注"})
    assert changed_parts(before, noted) == {Office.BUSINESS}
    assert changed_parts(s.CONTENT, saying(Application())) == frozenset()
