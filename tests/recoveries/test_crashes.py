"""Whatever fails at whichever moment of a recovery: nothing is lost, nothing is doubled (R6.6)."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from services.evaluation.domain.funds.messages import NoteQuota
from services.evaluation.domain.recovery.commands import BookRecovery
from services.evaluation.main import service as evaluation
from shared.manifest import Service
from shared.messages import AnyHeard
from tests.crashing.saga import Schedule, play
from tests.recoveries.acts import STORIES
from tests.recoveries.saga import SAGA, Story, founded, judged

BY_NAME = {story.name: story for story in STORIES}
ANY_TIME = [story for story in STORIES if "less" not in story.name]
"""Where two wish for the same money, who comes first decides; these end the same way always."""
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


@pytest.mark.parametrize("story", ANY_TIME, ids=lambda one: one.name)
async def test_words_that_come_late_in_any_order_of_the_two(story: Story) -> None:
    await SAGA.in_any_order(story, SEEDS)


def _reacting(react: Callable[[AnyHeard], Any]) -> Service:
    return replace(evaluation, react=react)


async def test_a_booking_whose_word_is_forgotten_is_seen() -> None:
    def forgetful(heard: AnyHeard) -> Any:  # noqa: ANN401 - commands
        return [one for one in evaluation.react(heard) if not isinstance(one, BookRecovery)]

    story = BY_NAME["withdrawn and used"]
    short = replace(story, acts=story.acts[:-1])
    world = await play(await founded(_reacting(forgetful)), short, Schedule())
    assert await judged(world, short) == [
        "booked 0.00, not 1400000.00",
        "claimed is 1400000.00",
        "the claim is Approved",
    ]


async def test_a_quota_that_counts_each_time_it_is_heard_is_seen() -> None:
    def trusting(heard: AnyHeard) -> Any:  # noqa: ANN401 - commands
        commands = evaluation.react(heard)
        return [
            replace(one, version=10_000 + id(one)) if isinstance(one, NoteQuota) else one
            for one in commands
        ]

    story = BY_NAME["claimed and not approved"]
    start = await founded(_reacting(trusting))
    world = await play(start.copy(), story, Schedule(at=0, twice=True))
    assert any("heard of" in wrong for wrong in await judged(world, story))
