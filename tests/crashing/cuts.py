"""The saga of a cut: asked for in targets, judged and proposed here, confirmed, written there.

The result of an earlier year and the request of a coming one arrive in any order; the machine
proposes, people tell the unit and confirm, targets grants what is left. At the end there is one
proposal and one confirmation, and what was granted is what was asked for less the cut.
"""

from collections.abc import Awaitable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

from services.evaluation.domain.cut.commands import AnswerCut, ConfirmCut, NotifyCut, WithdrawCut
from services.evaluation.domain.cut.events import CutConfirmed, CutProposed, CutWithdrawn
from services.evaluation.domain.cut.states import Cut
from services.evaluation.domain.duplicates.finding import DuplicateKind
from services.evaluation.domain.duplicates.messages import (
    CloseDuplicates,
    DecideDuplicates,
    DuplicatesClosed,
    DuplicatesDecided,
    DuplicatesProposed,
    ProposeDuplicates,
)
from services.evaluation.domain.prior_result import RecordPriorResult
from services.evaluation.main import service as EVALUATION  # noqa: N812 - a constant
from services.targets.domain.budget_request_states import ComingBudget
from services.targets.main import service as TARGETS  # noqa: N812 - a constant
from shared.domain.grades import Grade
from shared.domain.money import ZERO, Money
from shared.manifest import Service
from tests.crashing.saga import Act, Saga, World, built
from tests.targets import stories as s
from tests.targets.coming import approve_request, request_budget

NOW: Final = s.NOW
ASKED: Final = s.yuan("8_000_000")
CUT: Final = s.yuan("2_400_000")  # 30 %, the least for 差
ID: Final = "P9-2022"


def _ask(world: World, command: Any, by: str) -> Awaitable[object]:  # noqa: ANN401 - any command
    return world.evaluation.ask(command, by=by, now=NOW)


async def judge(world: World, grade: Grade = Grade.POOR) -> None:
    """The result of 2020 is taken over from its document."""
    result = RecordPriorResult(
        project_code="P0",
        name="校舍维修改造2020年",
        fiscal_year=2020,
        unit_code=s.UNIT_CODE,
        score=Decimal(52),
        grade=grade,
        document_no="绩评〔2021〕1号",
        told_on=date(2021, 2, 1),
        origin="OFFICIAL",
        function_code="2050203",
        by="performance",
        now=NOW,
    )
    await _ask(world, result, "performance")


async def judge_well(world: World) -> None:
    """The same, and it was good."""
    await judge(world, Grade.EXCELLENT)


async def register(world: World) -> None:
    """The unit registers a project of the same type for 2022."""
    particulars = replace(s.PARTICULARS, fiscal_year=2022)
    command = replace(s.register_project, project_code="P9", particulars=particulars)
    await world.targets.ask(command, by=command.by, now=NOW)


async def notify(world: World) -> None:
    """The unit is told."""
    notice = NotifyCut(cut_id=ID, document_no="调1", answer_by=NOW.date(), by="business", now=NOW)
    await _ask(world, notice, "business")


async def answer(world: World) -> None:
    """The unit agrees."""
    await _ask(world, AnswerCut(cut_id=ID, agrees=True, by="head", now=NOW), "head")


async def confirm(world: World) -> None:
    """Another person confirms."""
    await _ask(world, ConfirmCut(cut_id=ID, by="budget", now=NOW), "budget")


async def drop(world: World) -> None:
    """A person finds that it is of another type."""
    await _ask(world, WithdrawCut(cut_id=ID, reason="并非同类", by="budget", now=NOW), "budget")


async def request(world: World) -> None:
    """The unit asks for the money."""
    command = replace(request_budget, project_code="P9", amount=ASKED)
    await world.targets.ask(command, by=command.by, now=NOW)


async def grant(world: World) -> None:
    """The bureau grants what is left; what was granted before a cut is heard is corrected."""
    command = replace(approve_request, project_code="P9")
    await world.targets.ask(command, by=command.by, now=NOW)


@dataclass(frozen=True, slots=True)
class Story:
    """What people ask for in order, and what is cut at the end."""

    name: str
    acts: tuple[Act, ...]
    cut: Money = ZERO
    proposals: int = 1
    granted: bool = True


async def founded(evaluation: Service = EVALUATION, targets: Service = TARGETS) -> World:
    """A county with a unit and its rules, of which evaluation has heard."""
    world = await built(NOW, evaluation, targets)
    above = replace(s.register_region, region_code="653100", parent_code=None, name="喀什地区")
    next_year = replace(s.draft_rules, fiscal_year=2022), replace(s.adopt_rules, fiscal_year=2022)
    ground = (
        above,
        s.register_region,
        s.register_unit,
        s.draft_rules,
        s.adopt_rules,
        *next_year,
    )
    for entry in ground:
        await world.targets.ask(entry, by=entry.by, now=NOW)
    await world.rest()
    return world


async def judged(world: World, story: Story) -> list[str]:
    """What is wrong at the end; nothing is how it should be."""
    wrong: list[str] = []
    facts = await _facts(world)
    counts = {kind: sum(isinstance(one, kind) for one in facts) for kind in _COUNTED}
    expected = {
        CutProposed: story.proposals,
        CutConfirmed: int(story.cut > ZERO),
        CutWithdrawn: int(story.proposals > 0 and not story.cut),
    }
    odd = [kind for kind in _COUNTED if counts[kind] != expected[kind]]
    wrong += [f"{kind.__name__} {counts[kind]} times" for kind in odd]
    coming: Any = await world.targets.state(f"budget_request-{s.UNIT_CODE}-2022")
    assert isinstance(coming, ComingBudget)
    decided = coming.requests["P9"].decided
    if decided is None or decided.granted != ASKED - story.cut:
        wrong.append(f"granted {decided and decided.granted}")
    cut: Any = await world.evaluation.state(f"cut-{ID}")
    if story.cut:
        assert isinstance(cut, Cut)
        if cut.written is None or cut.written.granted != ASKED - story.cut:
            wrong.append("the cut does not stand in the budget")
    return wrong


_COUNTED: Final = (CutProposed, CutConfirmed, CutWithdrawn)


async def _facts(world: World) -> list[object]:
    entries = await world.evaluation.store.read_ledger(0, 100_000)
    codec = world.evaluation.service.aggregates.codec
    return [codec.event(entry.event) for entry in entries]


CONFIRMED: Final = (notify, answer, confirm)
STORIES: Final = (
    Story("judged, then asked for", (judge, register, *CONFIRMED, request, grant), cut=CUT),
    Story("asked for, then judged", (register, judge, *CONFIRMED, request, grant), cut=CUT),
    Story("granted before it is cut", (register, request, grant, judge, *CONFIRMED), cut=CUT),
    Story("dropped by a person", (judge, register, drop, request, grant)),
    Story("well judged", (judge_well, register, request, grant), proposals=0),
)
SAGA: Final = Saga(founded, judged)


async def register_another(world: World) -> None:
    """The unit registers the same work once more."""
    particulars = replace(s.PARTICULARS, fiscal_year=2022, name="校舍维修改造工程")
    command = replace(s.register_project, project_code="P8", particulars=particulars)
    await world.targets.ask(command, by=command.by, now=NOW)


async def propose_group(world: World) -> None:
    """Somebody finds that both are one."""
    command = ProposeDuplicates(
        group_id="G1",
        fiscal_year=2022,
        kind=DuplicateKind.OVERLAP,
        project_codes=("P8", "P9"),
        reason="同一校舍两次申报",
        region_code=s.REGION_CODE,
        by="business",
        now=NOW,
    )
    await _ask(world, command, "business")


async def decide_group(world: World) -> None:
    """Another person decides which is kept."""
    command = DecideDuplicates(group_id="G1", restructure=True, keeps="P9", by="budget", now=NOW)
    await _ask(world, command, "budget")


async def close_group(world: World) -> None:
    """It is done."""
    command = CloseDuplicates(group_id="G1", document_no="调3", by="budget", now=NOW)
    await _ask(world, command, "budget")


@dataclass(frozen=True, slots=True)
class GroupStory:
    """What people ask for of two programmes that overlap."""

    name: str
    acts: tuple[Act, ...]
    facts: tuple[type, ...]


async def grouped(world: World, story: GroupStory) -> list[str]:
    """Each step was taken once, and what was measured is what was registered."""
    facts = [one for one in await _facts(world) if isinstance(one, _OF_GROUP)]
    if [type(one) for one in facts] != list(story.facts):
        return [f"{[type(one).__name__ for one in facts]}"]
    amounts = [one.amount for one in facts if isinstance(one, DuplicatesProposed)]
    return [] if amounts == [Money.total((ASKED, ASKED))] else [f"measured {amounts}"]


_OF_GROUP: Final = (DuplicatesProposed, DuplicatesDecided, DuplicatesClosed)
GROUP: Final = GroupStory(
    "two programmes are joined",
    (register, register_another, propose_group, decide_group, close_group),
    _OF_GROUP,
)
GROUP_SAGA: Final = Saga(founded, grouped)
