"""实效评价: how well a few units and counties manage performance, judged, told and ranked.

The framework is fixed before its period starts; the figures are those of the cut-off. What the
system could not compute is judged with a document, the subject may object, another person makes
the score final, and the ranking is told to everybody.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from deploy.demo.cast import Cast, Unit
from deploy.demo.people import Office
from deploy.demo.scenario import Scenario
from deploy.demo.stage import Person, PlayFailed, Row, Stage, line

UNITS_MAX: Final = 6
COUNTIES_MAX: Final = 4
COMPUTED_SECONDS_MAX: Final = 120.0
LOOK_SECONDS: Final = 0.2
OPEN: Final = frozenset({"NOT_SAID", "NOT_DUE"})
BEST, STEP, LEAST = Decimal("0.96"), Decimal("0.03"), Decimal("0.70")
CENT: Final = Decimal("0.01")
LAST_DAYS: Final = {"H1": (6, 30), "YEAR": (12, 31)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Who is judged by whom, for which period."""

    office: Office
    fiscal_year: int
    period: str
    kind: str
    subjects: tuple[str, ...]

    @property
    def id(self) -> str:
        """As evaluation names it."""
        return f"{self.office.region_code}-{self.fiscal_year}{self.period}-{self.kind}"

    @property
    def names(self) -> list[str]:
        """The evaluation of each subject."""
        return [f"{self.id}-{subject}" for subject in self.subjects]

    def document(self, number: int) -> str:
        """Nobody shall take an invented document for a real one."""
        return f"喀财绩效〔{self.fiscal_year}〕{self.period}-{number}号（示例）"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standings:
    """The half-year of the region's own units; the year of counties, which rests on their units."""

    half_year: tuple[Plan, ...]
    of_units: tuple[Plan, ...]
    counties: tuple[Plan, ...]


def standings(scenario: Scenario, cast: Cast) -> Standings:
    """Some units of the region's departments, and some counties with some of theirs."""
    year = scenario.fiscal_year
    root, *counties = [code for code, _ in scenario.regions]
    chosen = counties[:COUNTIES_MAX]

    def plan(code: str, period: str, kind: str, subjects: Iterable[str]) -> Plan:
        return Plan(
            office=Office(code), fiscal_year=year, period=period, kind=kind, subjects=(*subjects,)
        )

    of_units = [plan(code, "YEAR", "BUDGET_UNIT", _units(cast, code)) for code in chosen]
    return Standings(
        half_year=(plan(root, "H1", "BUDGET_UNIT", _units(cast, root)),),
        of_units=tuple(of_units),
        counties=(plan(root, "YEAR", "COUNTY", chosen),) if chosen else (),
    )


def _units(cast: Cast, region_code: str) -> list[str]:
    """The first unit of each of the first departments."""
    first: dict[str, Unit] = {}
    for unit in cast.units:
        if unit.region_code == region_code:
            first.setdefault(unit.department_code, unit)
    return [unit.code for unit in list(first.values())[:UNITS_MAX]]


async def plan_all(stage: Stage, planned: Standings) -> None:
    """Before the year: the plans are issued and what earns how many points is fixed."""
    await stage.heard("evaluation", "targets")
    plans = (*planned.half_year, *planned.of_units, *planned.counties)
    await asyncio.gather(*(_issue(stage, plan) for plan in plans))


async def _issue(stage: Stage, plan: Plan) -> None:
    year = plan.fiscal_year
    issued = {
        "subject": plan.kind,
        "fiscal_year": year,
        "period": plan.period,
        "subjects": plan.subjects,
        "cut_off_on": date(year, *LAST_DAYS[plan.period]).isoformat(),
        "document_no": plan.document(1),
    }
    office = plan.office
    rows = [line(issued)]
    await stage.imported("evaluation", "issue_effectiveness_plan", office.performance, rows)
    rows = [line({}, plan_id=plan.id)]
    await stage.imported("evaluation", "fix_indicators", office.leader, rows)


async def score(stage: Stage, plans: Sequence[Plan]) -> None:
    """After the cut-off: people judge what nothing said, and the subjects are told."""
    await asyncio.gather(*(_score(stage, plan) for plan in plans))


async def _score(stage: Stage, plan: Plan) -> None:
    office = plan.office
    await _computed(stage, plan)
    explained = [
        await stage.get("evaluation", f"/v1/effectiveness/{name}/explanation", office.performance)
        for name in plan.names
    ]
    rows: list[Row] = []
    for place, one in enumerate(explained):
        judged = _judged(plan, one["lines"], max(LEAST, BEST - STEP * place))
        rows.append(line({"judged": judged}, effectiveness_id=one["effectiveness_id"]))
    await stage.imported("evaluation", "score_effectiveness", office.performance, rows)
    told = _each(plan, {"document_no": plan.document(2)})
    await stage.imported("evaluation", "open_objection_window", office.performance, told)


async def _computed(stage: Stage, plan: Plan) -> None:
    """The clock cuts the figures off; that is the service's own work, and takes a moment."""
    path = f"/v1/effectiveness?plan_id={plan.id}&limit=1000"
    try:
        async with asyncio.timeout(COMPUTED_SECONDS_MAX):
            while True:
                found = stage.pages("evaluation", path, plan.office.performance)
                computed = [one["status"] == "AUTO_SCORED" async for one in found]
                if len(computed) == len(plan.subjects) and all(computed):
                    return
                await asyncio.sleep(LOOK_SECONDS)
    except TimeoutError:
        message = f"evaluation: the figures of {plan.id} were not looked up"
        raise PlayFailed(message) from None


def _judged(plan: Plan, lines: Sequence[dict[str, Any]], share: Decimal) -> list[dict[str, object]]:
    return [
        {
            "aspect": one["aspect"],
            "score": str((Decimal(one["points"]) * share).quantize(CENT)),
            "basis": "查阅台账和资料",
            "document_no": plan.document(2),
        }
        for one in lines
        if one["source"] in OPEN
    ]


async def conclude(stage: Stage, plans: Sequence[Plan]) -> None:
    """Nobody objected in time: another person makes the scores final."""

    async def one(plan: Plan) -> None:
        decider = plan.office.second_performance
        await stage.imported("evaluation", "conclude_effectiveness", decider, _each(plan, {}))

    await asyncio.gather(*(one(plan) for plan in plans))


def _each(plan: Plan, body: Mapping[str, object]) -> list[Row]:
    return [line(body, effectiveness_id=name) for name in plan.names]


async def rank(stage: Stage, plans: Sequence[Plan]) -> None:
    """Final scores are ranked; the ranking is published, used, and put before the public."""
    for plan in plans:
        office = plan.office
        act = _acting(stage, plan)
        await act("rank_effectiveness", office.performance, {})
        await act("publish_effectiveness", office.leader, {"document_no": plan.document(3)})
        used = {"document_no": plan.document(4), "use": "作为改进管理和安排培训的依据（示例）"}
        await act("apply_effectiveness", office.leader, used)
        await stage.heard("disclosure", "evaluation", region_code=office.region_code)
        item = f"RANKING-{plan.id}-1"
        prepared = [line({}, item_id=item)]
        preparer = office.second_performance
        await stage.imported("disclosure", "prepare_disclosure", preparer, prepared)
        told = [line({"opinion": "不涉密，可以公开"}, item_id=item)]
        await stage.imported("disclosure", "publish_disclosure", office.performance, told)


def _acting(stage: Stage, plan: Plan) -> Callable[[str, Person, Mapping[str, object]], Any]:
    async def act(operation: str, person: Person, body: Mapping[str, object]) -> None:
        await stage.imported("evaluation", operation, person, [line(body, plan_id=plan.id)])

    return act
