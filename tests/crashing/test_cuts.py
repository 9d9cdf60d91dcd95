"""Whatever fails at whichever moment of a cut: proposed, confirmed and written once (R6.7)."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from services.evaluation.domain.cut.commands import NoteWritten
from services.evaluation.main import service as evaluation
from shared.messages import AnyHeard
from tests.crashing.cuts import (
    GROUP,
    GROUP_SAGA,
    SAGA,
    STORIES,
    Story,
    founded,
    judged,
)
from tests.crashing.saga import Schedule, play

SEEDS = 10


@pytest.mark.parametrize("story", STORIES, ids=lambda one: one.name)
async def test_an_undisturbed_story_ends_as_it_should(story: Story) -> None:
    await SAGA.undisturbed(story)


@pytest.mark.parametrize("cut", ["before", "after"])
@pytest.mark.parametrize("story", STORIES, ids=lambda one: one.name)
async def test_power_lost_at_any_move_loses_and_doubles_nothing(story: Story, cut: str) -> None:
    await SAGA.power_lost(story, cut)


@pytest.mark.parametrize("story", STORIES, ids=lambda one: one.name)
async def test_every_word_heard_twice_at_any_move_changes_nothing_more(story: Story) -> None:
    await SAGA.heard_twice(story)


@pytest.mark.parametrize("story", STORIES, ids=lambda one: one.name)
async def test_words_that_come_late_in_any_order_of_the_two(story: Story) -> None:
    await SAGA.in_any_order(story, SEEDS)


@pytest.mark.parametrize("cut", ["before", "after"])
async def test_programmes_that_overlap_are_joined_once_whatever_fails(cut: str) -> None:
    await GROUP_SAGA.undisturbed(GROUP)
    await GROUP_SAGA.power_lost(GROUP, cut)
    await GROUP_SAGA.heard_twice(GROUP)
    await GROUP_SAGA.in_any_order(GROUP, SEEDS)


def _without(kind: type) -> Callable[[AnyHeard], Any]:
    def react(heard: AnyHeard) -> Any:  # noqa: ANN401 - commands
        return [one for one in evaluation.react(heard) if not isinstance(one, kind)]

    return react


async def test_a_grant_whose_word_is_forgotten_is_seen() -> None:
    story = STORIES[0]
    forgetful = replace(evaluation, react=_without(NoteWritten))
    world = await play(await founded(forgetful), story, Schedule())
    assert await judged(world, story) == ["the cut does not stand in the budget"]
