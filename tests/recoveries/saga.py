"""The saga of a recovery, played by evaluation and monitoring in the smallest moves.

A story is what people ask for, in order. Between two acts everything may be delivered, or nothing:
that is the schedule's to say. At the end what is booked here is what the ledger gave, to the fen,
and nothing was given twice.
"""

import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final

from services.evaluation.domain.funds.funds import Funds
from services.evaluation.domain.recovery.events import RecoveryBooked
from services.evaluation.domain.recovery.states import Approved, Booked, Reopened
from services.evaluation.domain.self_evaluation.messages import OpenSelfEvaluation
from services.evaluation.main import service as EVALUATION  # noqa: N812 - a constant
from services.monitoring.domain.ledger.commands import (
    IssueQuota,
    OpenLedger,
    ReturnPayment,
    SettlePayment,
)
from services.monitoring.domain.ledger.commitment_commands import (
    RegisterCommitment,
    VerifyCommitment,
)
from services.monitoring.domain.ledger.state import Ledger
from services.monitoring.domain.values import Project as MonitoredProject
from services.monitoring.main import service as MONITORING  # noqa: N812 - a constant
from shared.bus.memory import MemoryBus
from shared.domain.money import ZERO, Money
from shared.domain.refusals import Refusal
from shared.eventstore.memory import MemoryStore
from shared.manifest import Service
from tests.adjustments.house import House, PowerLost, copied, copied_bus
from tests.evaluation.story import DEPT, PROJECT, REGION, UNIT, yuan
from tests.evaluation.test_records import adopt

NOW: Final = datetime(2021, 10, 9, 2, tzinfo=UTC)
CLAIM: Final = "P1-2021-1"
MOVES_MAX: Final = 2_000
UNSPENT: Final = yuan(290)
LEDGER: Final = MonitoredProject(
    code="P1", fiscal_year=2021, region_code=REGION, department_code=DEPT, unit_code=UNIT
)

type Act = Callable[["World"], Awaitable[object]]
type Move = tuple[str, Callable[[], Awaitable[bool]]]


class Standing:
    """A clock that stands on an October morning."""

    def now(self) -> datetime:
        """9 October."""
        return NOW


@dataclass(slots=True)
class World:
    """Both services and the feeds between them."""

    evaluation: House
    monitoring: House
    bus: MemoryBus
    moves: int = 0
    told: list[str] = field(default_factory=list)

    def copy(self) -> "World":
        """Another history from here on."""
        bus = copied_bus(self.bus)
        return World(copied(self.evaluation, bus), copied(self.monitoring, bus), bus)

    def ways(self) -> Sequence[Move]:
        """Everything that may happen by itself."""
        e, m = self.evaluation, self.monitoring
        return (
            ("evaluation number", e.number),
            ("evaluation tell", e.tell),
            ("monitoring number", m.number),
            ("monitoring tell", m.tell),
            ("monitoring hears evaluation", lambda: m.hear("evaluation")),
            ("monitoring hears itself", lambda: m.hear("monitoring")),
            ("evaluation hears monitoring", lambda: e.hear("monitoring")),
            ("evaluation hears itself", lambda: e.hear("evaluation")),
        )

    def restart(self) -> None:
        """Every process begins anew."""
        self.evaluation.restart()
        self.monitoring.restart()

    async def rest(self) -> None:
        """Everything that was said has been heard."""
        while await self.step_any():
            pass

    async def step_any(self) -> bool:
        """Whatever can happen first."""
        for _name, move in self.ways():
            if await move():
                return True
        return False


async def founded(evaluation: Service = EVALUATION, monitoring: Service = MONITORING) -> World:
    """V5: quota 500, paid 210, a verified contract of 150."""
    bus, clock = MemoryBus(patience=0.0), Standing()
    world = World(
        House(evaluation, bus, MemoryStore(), clock),
        House(monitoring, bus, MemoryStore(), clock),
        bus,
    )
    for producer in ("targets", "monitoring", "evaluation", "disclosure"):
        await bus.provision(producer)
    known = OpenSelfEvaluation(project=PROJECT, by="heard", now=NOW)
    for heard in (adopt(1), known):
        await world.evaluation.ask(heard, by="heard", now=NOW)
    of: dict[str, Any] = {"project_code": "P1", "fiscal_year": 2021, "now": NOW}
    day = NOW.date()
    for command in (
        OpenLedger(
            project=LEDGER,
            budget=yuan(500),
            fund_type_code="111",
            direct_fund_flag="",
            by="heard",
            now=NOW,
        ),
        IssueQuota(**of, document_no="Q1", amount=yuan(500), issued_on=day, by="budget"),
        SettlePayment(**of, payment_id="Z1", amount=yuan(210), settled_on=day, by="bank"),
        RegisterCommitment(
            **of,
            contract_no="HT1",
            amount=yuan(150),
            supplier="施工队",
            evidence=("a" * 64,),
            signed_on=day,
            by="unit",
        ),
        VerifyCommitment(**of, contract_no="HT1", by="bureau"),
    ):
        await world.monitoring.ask(command, by=str(command.by), now=NOW)
    await world.rest()
    return world


@dataclass(frozen=True, slots=True)
class Story:
    """What people ask for in order, and what the money has come to at the end."""

    name: str
    acts: tuple[Act, ...]
    booked: Money = ZERO
    left: Money = UNSPENT
    open_claims: Money = ZERO
    reopened: bool = False


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
        await _move(world, schedule, act.__qualname__, partial(_acted, world, act))
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
            house = chance.choice((world.evaluation, world.monitoring))
            house.power.cut = chance.choice(("before", "after"))
        try:
            await way()
            world.told.append(name)
        except PowerLost:
            world.restart()
        if not waiting and chance.random() < 0.02:
            break
    assert not waiting, f"seed {seed}: people still wait to act"
    world.evaluation.power.cut = world.monitoring.power.cut = ""
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
        world.evaluation.power.cut = world.monitoring.power.cut = schedule.cut
    try:
        moved = await way()
    except PowerLost:
        world.restart()
        moved = await way()
    finally:
        world.evaluation.power.cut = world.monitoring.power.cut = ""
    if moved or mine:
        world.moves += 1
        world.told.append(name)
    if mine:
        world.restart()
        if schedule.twice:
            await world.evaluation.applied_again(NOW)
            await world.monitoring.applied_again(NOW)
    return moved or mine


async def judged(world: World, story: Story) -> list[str]:
    """What is wrong at the end; nothing is how it should be."""
    assert world.monitoring.store.parked == world.evaluation.store.parked == []
    recovery: Any = await world.evaluation.state(f"recovery-{CLAIM}")
    funds: Any = await world.evaluation.state("funds-P1-2021")
    ledger: Any = await world.monitoring.state("ledger-P1-2021")
    assert isinstance(ledger, Ledger)
    assert isinstance(funds, Funds)
    wrong: list[str] = []
    booked = recovery.booking.amount if isinstance(recovery, Booked) else ZERO
    if booked != story.booked:
        wrong.append(f"booked {booked}, not {story.booked}")
    if ledger.issued - ledger.quota != story.booked:
        wrong.append(f"the ledger gave {ledger.issued - ledger.quota}, not {story.booked}")
    if ledger.available != story.left:
        wrong.append(f"{ledger.available} is left, not {story.left}")
    if funds.quota != ledger.quota or funds.committed != ledger.committed:
        wrong.append(f"heard of {funds.quota} and {funds.committed}, not what the ledger holds")
    if Money.total(funds.claims.values()) != story.open_claims:
        wrong.append(f"claimed is {Money.total(funds.claims.values())}")
    if isinstance(recovery, Approved) or isinstance(recovery, Reopened) != story.reopened:
        wrong.append(f"the claim is {type(recovery).__name__}")
    if Money.total(ledger.accounts.values()):
        wrong.append("the accounts do not sum to zero")
    return [*wrong, *await _told_once(world)]


async def _told_once(world: World) -> list[str]:
    """A recovery is booked once, and said once."""
    entries = await world.evaluation.store.read_ledger(0, 100_000)
    codec = EVALUATION.aggregates.codec
    facts = [codec.event(entry.event) for entry in entries]
    booked = [fact for fact in facts if isinstance(fact, RecoveryBooked)]
    return [f"booked {len(booked)} times"] if len(booked) > 1 else []


def returned(amount: Money, return_id: str = "T1") -> ReturnPayment:
    """The unit pays back what it was ordered to."""
    return ReturnPayment(
        project_code="P1",
        fiscal_year=2021,
        payment_id="Z1",
        return_id=return_id,
        amount=amount,
        returned_on=NOW.date(),
        recovery_id=CLAIM,
        source_id=return_id,
        by="bank",
        now=NOW,
    )


def renamed(command: Any, **changes: object) -> Any:  # noqa: ANN401 - any command
    """The same command about the claim of the saga."""
    return replace(command, now=NOW, **changes)
