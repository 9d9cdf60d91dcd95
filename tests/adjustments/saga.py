"""The saga of an adjustment, played by two services in the smallest moves, and judged at its end.

A story is what people ask for, in order. Between two acts everything may be delivered, or nothing:
that is the schedule's to say. At the end both have changed or neither has, nothing is held any
more, and the money adds up.
"""

import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final

from services.monitoring.domain.adjustment import Adjustment, AdjustmentStatus
from services.monitoring.domain.ledger.commands import IssueQuota
from services.monitoring.domain.ledger.state import Ledger
from services.monitoring.main import service as MONITORING  # noqa: N812 - a constant
from services.targets.domain.adjustment_undoing import undone_id
from services.targets.domain.target_states import Approved
from services.targets.domain.values import ProjectStatus
from services.targets.main import service as TARGETS  # noqa: N812 - a constant
from shared.bus.memory import MemoryBus
from shared.domain.money import ZERO, Money
from shared.domain.refusals import Refusal
from shared.eventstore.memory import MemoryStore
from shared.manifest import Service
from tests.adjustments.house import House, PowerLost, copied, copied_bus
from tests.targets import stories as s
from tests.targets.town import SECOND_GOAL

NOW: Final = datetime(2021, 7, 1, 2, tzinfo=UTC)
BUDGET: Final = s.yuan("7_400_000")
QUOTA: Final = s.yuan("6_000_000")
PROJECTS: Final = ("P1", "P2")
MOVES_MAX: Final = 2_000

type Act = Callable[["World"], Awaitable[object]]
type Move = tuple[str, Callable[[], Awaitable[bool]]]


class Standing:
    """A clock that stands in the middle of the year."""

    def now(self) -> datetime:
        """The morning of 1 July."""
        return NOW


@dataclass(slots=True)
class World:
    """Both services and the feeds between them."""

    targets: House
    monitoring: House
    bus: MemoryBus
    moves: int = 0
    told: list[str] = field(default_factory=list)

    def copy(self) -> "World":
        """Another history from here on."""
        bus = copied_bus(self.bus)
        return World(copied(self.targets, bus), copied(self.monitoring, bus), bus)

    def ways(self) -> Sequence[Move]:
        """Everything that may happen by itself."""
        t, m = self.targets, self.monitoring
        return (
            ("targets number", t.number),
            ("targets tell", t.tell),
            ("monitoring number", m.number),
            ("monitoring tell", m.tell),
            ("monitoring hears targets", lambda: m.hear("targets")),
            ("monitoring hears itself", lambda: m.hear("monitoring")),
            ("targets hear monitoring", lambda: t.hear("monitoring")),
        )

    def restart(self) -> None:
        """Every process begins anew."""
        self.targets.restart()
        self.monitoring.restart()

    async def rest(self) -> None:
        """Everything that was said has been heard."""
        while await self.step_any():
            pass

    async def step_any(self) -> bool:
        """Whatever can happen first."""
        for name, move in self.ways():
            if await move():
                self.told.append(name)
                return True
        return False


async def founded(monitoring: Service = MONITORING, targets: Service = TARGETS) -> World:
    """A county with two projects of one unit whose targets bind, and with money to spend."""
    bus, clock = MemoryBus(patience=0.0), Standing()
    world = World(
        House(targets, bus, MemoryStore(), clock), House(monitoring, bus, MemoryStore(), clock), bus
    )
    for producer in ("targets", "monitoring", "evaluation"):
        await bus.provision(producer)
    above = replace(s.register_region, region_code="653100", parent_code=None, name="喀什地区")
    ground = (above, s.register_region, s.register_unit, s.draft_rules, s.adopt_rules)
    for entry in ground:
        await world.targets.ask(entry, by=entry.by, now=s.NOW)
    for code in PROJECTS:
        goal = SECOND_GOAL if code == "P2" else s.CONTENT.annual_goal
        draft = replace(s.draft_target, content=replace(s.CONTENT, annual_goal=goal))
        steps: tuple[Any, ...] = (
            s.register_project,
            s.assign_all,
            draft,
            s.confirm_goal,
            s.confirm_amounts,
            s.submit_target,
            s.review_target,
            s.check_target,
            s.grade_target,
            s.approve_target,
        )
        for command in steps:
            await world.targets.ask(replace(command, project_code=code), by=command.by, now=s.NOW)
    await world.rest()
    for code in PROJECTS:
        issue = IssueQuota(
            project_code=code,
            fiscal_year=2021,
            document_no=f"Q-{code}",
            amount=QUOTA,
            issued_on=s.NOW.date(),
            by="budget",
            now=s.NOW,
        )
        await world.monitoring.ask(issue, by="budget", now=s.NOW)
    await world.rest()
    return world


@dataclass(frozen=True, slots=True)
class Story:
    """What people ask for in order, and what the adjustment has come to at the end."""

    name: str
    acts: tuple[Act, ...]
    ends: AdjustmentStatus
    change: Money = ZERO
    received: Money = ZERO
    held: bool = False
    """A suspension that nobody ended: its money is meant to stay where it is."""
    more: Money = ZERO
    """Quota that was issued while it was told."""
    known: bool = True
    """Whether the adjustment came to be proposed at all."""


@dataclass(slots=True)
class Schedule:
    """When the power goes: around which move, and on which side of it."""

    at: int = -1
    cut: str = ""
    twice: bool = False


async def play(world: World, story: Story, schedule: Schedule) -> World:
    """Tell a story move by move, with one interruption; then let everything come to rest."""
    for act in story.acts:
        await _until_rest(world, schedule)
        await _move(world, schedule, f"act {act.__qualname__}", partial(_acted, world, act))
    await _until_rest(world, schedule)
    return world


async def play_at_random(world: World, story: Story, seed: int) -> World:
    """Tell it with words that come late, and with the power going every few moves."""
    chance = random.Random(seed)  # noqa: S311 - a schedule, not a secret
    waiting, left = list(story.acts), MOVES_MAX
    while left:
        left -= 1
        if waiting and chance.random() < 0.2:
            waiting = await _tried(world, waiting)
            continue
        name, way = chance.choice(world.ways())
        if chance.random() < 0.1:
            house = chance.choice((world.targets, world.monitoring))
            house.power.cut = chance.choice(("before", "after"))
        try:
            await way()
            world.told.append(name)
        except PowerLost:
            world.restart()
        if not waiting and chance.random() < 0.02:
            break
    assert not waiting, f"seed {seed}: people still wait to act"
    world.targets.power.cut = world.monitoring.power.cut = ""
    world.restart()
    await world.rest()
    return world


async def _tried(world: World, waiting: list[Act]) -> list[Act]:
    """Somebody acts; what has not come yet, or was not answered, is tried again."""
    try:
        await waiting[0](world)
    except PowerLost:
        world.restart()
    except Refusal:
        return waiting
    else:
        return waiting[1:]
    return waiting


async def _acted(world: World, act: Act) -> bool:
    await act(world)
    return True


async def _until_rest(world: World, schedule: Schedule) -> None:
    going = True
    while going:
        going = False
        for name, way in world.ways():
            going |= await _move(world, schedule, name, way)


async def _move(
    world: World, schedule: Schedule, name: str, way: Callable[[], Awaitable[bool]]
) -> bool:
    """One move, which the power may interrupt; it is then made again by a new process."""
    mine = world.moves == schedule.at
    if mine:
        world.targets.power.cut = world.monitoring.power.cut = schedule.cut
    try:
        moved = await way()
    except PowerLost:
        world.restart()
        moved = await way()
    finally:
        world.targets.power.cut = world.monitoring.power.cut = ""
    if moved or mine:
        world.moves += 1
        world.told.append(name)
    if mine:
        world.restart()
        if schedule.twice:
            await world.targets.applied_again(NOW)
            await world.monitoring.applied_again(NOW)
    return moved or mine


async def judged(world: World, story: Story, adjustment_id: str = "A1") -> list[str]:
    """What is wrong at the end; nothing is how it should be."""
    wrong: list[str] = []
    assert world.monitoring.store.parked == world.targets.store.parked == []
    expected = {"P1": story.change, "P2": story.received}
    ids = {"P1": adjustment_id, "P2": f"{adjustment_id}-in"}
    for code, change in expected.items():
        target: Any = await world.targets.state(f"target-{code}-2021")
        ledger: Any = await world.monitoring.state(f"ledger-{code}-2021")
        assert isinstance(ledger, Ledger)
        if not isinstance(target, Approved):
            wrong.append(f"{code}: the target is {type(target).__name__}")
            continue
        if target.budget != ledger.budget or target.budget != BUDGET + change:
            wrong.append(f"{code}: target {target.budget}, ledger {ledger.budget}")
        issued = QUOTA + change + (story.more if code == "P1" else ZERO)
        if ledger.issued != issued:
            wrong.append(f"{code}: quota {ledger.issued}, not {issued}")
        held = [key for key, one in ledger.freezes.items() if one.open and one.adjustment]
        if held != ([adjustment_id] if story.held and code == "P1" else []):
            wrong.append(f"{code}: still held {held}")
        if Money.total(ledger.accounts.values()):
            wrong.append(f"{code}: the accounts do not sum to zero")
        wrong += await _statuses(world, story, code, ids[code], target)
        wrong += await _working(world, story, code)
        if not change and target.indicators != s.CONTENT.indicators:
            wrong.append(f"{code}: the target has other values")
    return wrong


async def _working(world: World, story: Story, code: str) -> list[str]:
    """Whether the work stands still as long as its money does, and no longer."""
    project: Any = await world.targets.state(f"project-{code}")
    stands = project.status is ProjectStatus.SUSPENDED
    return [f"{code}: suspended {stands}"] if stands != (story.held and code == "P1") else []


async def _statuses(world: World, story: Story, code: str, key: str, target: Approved) -> list[str]:
    adjustment: Any = await world.monitoring.state(f"adjustment-{key}")
    desk: Any = await world.monitoring.state(f"adjustment_desk-{code}-2021")
    wrong = [f"{code}: {desk.open.adjustment_id} lies on the desk"] if desk.open else []
    if not isinstance(adjustment, Adjustment):
        if code == "P1" and story.known:
            wrong.append(f"{key} was never proposed")
        return wrong
    if adjustment.status is not story.ends:
        wrong.append(f"{key} is {adjustment.status}, not {story.ends}")
    carried_out = adjustment.status in {
        AdjustmentStatus.EXECUTED,
        AdjustmentStatus.REPORTED,
        AdjustmentStatus.CLOSED,
    }
    changed = key in target.adjusted and undone_id(key) not in target.adjusted
    if carried_out != changed:
        wrong.append(f"{key}: the money says {carried_out}, the target does not")
    return wrong
