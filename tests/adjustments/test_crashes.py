"""Whatever fails at whichever moment of an adjustment: both change, or neither does (R4.8)."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from services.monitoring.domain.ledger.commands import AdjustQuota, ReleaseHold
from services.monitoring.domain.values import Project
from services.monitoring.main import service as monitoring
from services.monitoring.reactions import HEARS
from shared.contracts.monitoring import AdjustmentProposed
from shared.manifest import Service
from shared.messages import AnyHeard
from tests.adjustments.acts import STORIES
from tests.adjustments.saga import NOW, SAGA, Story, founded, judged
from tests.crashing.saga import Schedule, play

BY_NAME = {story.name: story for story in STORIES}
ANY_TIME = [story for story in STORIES if story.name != "transfer turned down by a busy target"]
"""Where the unit takes its own request back first, its target is not busy any more."""
SEEDS = 12


@pytest.mark.parametrize("story", STORIES, ids=lambda one: one.name)
async def test_an_undisturbed_story_ends_as_it_should(story: Story) -> None:
    await SAGA.undisturbed(story)


@pytest.mark.parametrize("cut", ["before", "after"])
@pytest.mark.parametrize("story", STORIES, ids=lambda one: one.name)
async def test_power_lost_at_any_move_leaves_both_or_neither(story: Story, cut: str) -> None:
    await SAGA.power_lost(story, cut)


@pytest.mark.parametrize("story", STORIES, ids=lambda one: one.name)
async def test_every_word_heard_twice_at_any_move_changes_nothing_more(story: Story) -> None:
    await SAGA.heard_twice(story)


@pytest.mark.parametrize("story", ANY_TIME, ids=lambda one: one.name)
async def test_words_that_come_late_in_any_order_of_the_two(story: Story) -> None:
    await SAGA.in_any_order(story, SEEDS)


def _reacting(react: Callable[[AnyHeard], Any], *also: Any) -> Service:  # noqa: ANN401 - words
    return replace(monitoring, react=react, hears=(*HEARS, *also))


async def test_a_hold_that_a_refusal_forgets_is_seen() -> None:
    def forgetful(heard: AnyHeard) -> Any:  # noqa: ANN401 - commands
        def kept(asked: object) -> object:
            if not isinstance(asked, tuple):
                return asked
            return tuple(one for one in asked if not isinstance(one, ReleaseHold))

        return [kept(one) for one in monitoring.react(heard)]

    story = BY_NAME["reduction refused"]
    world = await play(await founded(_reacting(forgetful)), story, Schedule())
    assert await judged(world, story) == ["P1: still held ['A1']"]


async def test_money_that_moves_without_its_target_is_seen() -> None:
    def hasty(heard: AnyHeard) -> Any:  # noqa: ANN401 - commands
        word = heard.word
        if not isinstance(word, AdjustmentProposed):
            return monitoring.react(heard)
        project = Project(
            code=word.project_code,
            fiscal_year=word.fiscal_year,
            region_code=word.region_code,
            department_code="",
            unit_code=word.unit_code,
        )
        moved = AdjustQuota(
            project=project,
            adjustment_id=word.adjustment_id,
            budget_before=word.budget - word.change,
            budget=word.budget,
            by="hasty",
            now=NOW,
        )
        return [moved]

    story = BY_NAME["reduction refused"]
    world = await play(await founded(_reacting(hasty, AdjustmentProposed)), story, Schedule())
    assert any("quota" in wrong for wrong in await judged(world, story))
