"""The saga of an adjustment, played by two services and judged at its end.

At the end both have changed or neither has, nothing is held any more, and the money adds up.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final

from services.monitoring.domain.adjustment import Adjustment, AdjustmentStatus
from services.monitoring.domain.ledger.commands import IssueQuota
from services.monitoring.domain.ledger.state import Ledger
from services.monitoring.main import service as MONITORING  # noqa: N812 - a constant
from services.targets.domain.adjustment_undoing import undone_id
from services.targets.domain.target_states import Approved
from services.targets.domain.values import ProjectStatus
from services.targets.main import service as TARGETS  # noqa: N812 - a constant
from shared.domain.money import ZERO, Money
from shared.manifest import Service
from tests.crashing.saga import Act, Saga, World, built
from tests.targets import stories as s
from tests.targets.town import SECOND_GOAL

NOW: Final = datetime(2021, 7, 1, 2, tzinfo=UTC)
BUDGET: Final = s.yuan("7_400_000")
QUOTA: Final = s.yuan("6_000_000")
PROJECTS: Final = ("P1", "P2")


async def founded(monitoring: Service = MONITORING, targets: Service = TARGETS) -> World:
    """A county with two projects of one unit whose targets bind, and with money to spend."""
    world = await built(NOW, targets, monitoring)
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


async def judged(world: World, story: Story, adjustment_id: str = "A1") -> list[str]:
    """What is wrong at the end; nothing is how it should be."""
    wrong: list[str] = []
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


SAGA: Final = Saga(founded, judged)
