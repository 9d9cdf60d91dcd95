"""Simulated bad days of an adjustment (P26): three hundred seeds, and the bugs they must find."""

import pytest
import structlog

from tests.crashing.saga import World
from tests.simulation import saboteurs
from tests.simulation.playing import House, Played, beginnings, play

GATE = range(300)
PARTS = 4
TRIES = range(60)


@pytest.fixture(scope="module")
def world() -> World:
    """Where every seed begins."""
    return beginnings()


@pytest.fixture(autouse=True)
def quiet() -> None:
    """Thousands of faults are logged as what they are; nobody reads it."""
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(50),
        logger_factory=structlog.ReturnLoggerFactory(),
        processors=[lambda _logger, _name, event: str(event)],
        cache_logger_on_first_use=False,
    )


@pytest.mark.parametrize("part", range(PARTS))
def test_whatever_fails_everything_comes_right_when_it_stops(world: World, part: int) -> None:
    for seed in GATE[part::PARTS]:
        played = play(world, seed)
        assert not played.wrong, f"make simulate SEED={seed}: {played.wrong}"
        assert played.answered >= 3


def test_a_seed_runs_the_same_way_to_the_last_byte(world: World) -> None:
    first, again, other = play(world, 1), play(beginnings(), 1), play(world, 2)
    assert first == again
    assert first.digest != other.digest


SABOTEURS = {
    "P1 answers before it commits": (
        House(store=saboteurs.AnswersBeforeCommit),
        {"acknowledged", "saga", "liveness"},
    ),
    "P4 takes any version": (House(store=saboteurs.TakesAnyVersion), {"order"}),
    "P7 moves the cursor later": (
        House(store=saboteurs.MovesCursorLater),
        {"heard", "parked", "defect", "saga", "liveness"},
    ),
    "P8 resumes from what was acknowledged": (House(bus=saboteurs.ResumesFromAck), {"heard"}),
    "P6 publishes blindly": (House(bus=saboteurs.PublishesBlindly), {"feed", "heard", "liveness"}),
    "a deadline is taken off too early": (
        House(store=saboteurs.LetsDeadlinesFall),
        {"deadline", "defect", "saga", "liveness"},
    ),
}


@pytest.mark.parametrize("bug", SABOTEURS)
def test_a_planted_bug_is_found(world: World, bug: str) -> None:
    house, kinds = SABOTEURS[bug]
    found = _first_wrong(world, house)
    assert found is not None, f"{len(TRIES)} seeds found nothing"
    assert kinds & {what.partition(":")[0] for what in found.wrong}, found.wrong


def _first_wrong(world: World, house: House) -> Played | None:
    played = (play(world, seed, house) for seed in TRIES)
    return next((one for one in played if one.wrong), None)
