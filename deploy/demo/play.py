"""The year, act by act, in the order in which it happens."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from deploy.demo import consequences, judge, opening, promise, standing, tell, watch
from deploy.demo.cast import Cast, Project, assemble
from deploy.demo.fates import Fates, tell_fates
from deploy.demo.people import Office
from deploy.demo.scenario import Scenario
from deploy.demo.stage import Stage

DECEMBER: Final = 12
LANES: Final = 3
# As many regions at a time as the process that watches them can keep in mind: what it forgets
# between two acts of a project, it has to read again.
WATCHED_LANES: Final = 2

type Groups = list[tuple[Office, list[Project]]]
type Lane = Callable[[Stage, Scenario, Groups], Awaitable[None]]


@dataclass(slots=True)
class Play:
    """A scenario on a stage."""

    stage: Stage
    scenario: Scenario
    say: Callable[[str], None]
    cast: Cast = field(init=False)
    fates: Fates = field(init=False)
    groups: Groups = field(init=False)
    standings: standing.Standings = field(init=False)

    def __post_init__(self) -> None:
        """Assemble the cast."""
        self.cast = assemble(self.scenario)
        self.fates = tell_fates(self.scenario, self.cast)
        self.groups = promise.by_region(self.cast.projects)
        self.standings = standing.standings(self.scenario, self.cast)

    async def _in_lanes(self, act: Lane, count: int = LANES) -> None:
        """The same act in several regions at a time; each region keeps its own order."""
        lanes = [self.groups[lane::count] for lane in range(count)]
        await asyncio.gather(*(act(self.stage, self.scenario, lane) for lane in lanes if lane))

    @property
    def year(self) -> int:
        """The fiscal year that is played."""
        return self.scenario.fiscal_year

    async def open(self) -> None:
        """Only the beginning: targets approved with their budgets, and quota to spend."""
        await self._prepare()
        await self.stage.set_clock(date(self.year, 1, 26))
        await self._act("targets approved with budgets", self._in_lanes(promise.approve_targets))
        await self._act("quota issued", self._in_lanes(watch.issue_quotas, WATCHED_LANES))

    async def run(self) -> dict[str, Any]:
        """Play it all; answers the figures as disclosure tells them."""
        await self._prepare()
        await self._first_half()
        await self._second_half()
        return await self._year_after()

    async def _act(self, title: str, act: Awaitable[Any]) -> Any:  # noqa: ANN401 - what acts answer
        began, before = time.monotonic(), self.stage.rows_sent
        answer = await act
        rows = self.stage.rows_sent - before
        self.say(f"  {title:<42} {rows:>7,} rows {time.monotonic() - began:6.1f} s")
        return answer

    async def _prepare(self) -> None:
        stage, scenario, cast = self.stage, self.scenario, self.cast
        self.say(f"{self.year - 1}: before the money")
        await self._act("regions, rules, units", opening.open_registers(stage, scenario, cast))
        await asyncio.gather(
            self._act("libraries", opening.fill_libraries(stage, scenario)),
            self._act("policies and ideas", tell.write_rules(stage, scenario)),
            self._act("projects", self._in_lanes(promise.register_projects)),
            self._act("effectiveness planned", standing.plan_all(stage, self.standings)),
        )
        await self._act("targets: draft to grade", self._in_lanes(promise.promise_targets))

    async def _first_half(self) -> None:
        stage, year = self.stage, self.year
        self.say(f"{year}: the money and the year")
        await stage.set_clock(date(year, 1, 20))
        await self._act("targets approved with budgets", self._in_lanes(promise.approve_targets))
        await stage.set_clock(date(year, 1, 26))
        await asyncio.gather(
            self._quotas_and_payments(date(year, 1, 1), date(year, 4, 29)),
            self._act("targets disclosed", self._publish("TARGET", self.groups, "targets")),
        )
        await self._bulletins(1, 2, 3)
        await self._ahead("M05", date(year, 4, 29))
        await self._bulletins(4)
        await self._pay(date(year, 6, 2), date(year, 4, 29))
        await stage.set_clock(date(year, 5, 18))
        # The forms of the node are laid out, 7,524 of them; others have other work meanwhile.
        new_projects = promise.assess_new_projects(stage, self.scenario, self.cast)
        await self._act("M05: forms open; new projects", new_projects)
        await self._node("M05", date(year, 6, 2))
        await self._bulletins(5)
        await self._act(
            "money and targets adjusted",
            watch.adjust(stage, self.scenario, self.groups, self.fates),
        )
        await self._bulletins(6)

    async def _second_half(self) -> None:
        stage, scenario, year = self.stage, self.scenario, self.year
        await asyncio.gather(
            self._pay(date(year, 7, 30), date(year, 6, 2)),
            self._act("half-year scored", standing.score(stage, self.standings.half_year)),
        )
        await self._ahead("M08", date(year, 7, 30))
        await self._bulletins(7)
        await self._pay(date(year, 9, 2), date(year, 7, 30))
        await stage.set_clock(date(year, 8, 18))
        coming_budget = consequences.apply_prior_results(stage, scenario, self.cast)
        await asyncio.gather(
            self._act("M08: forms open; results bind budget", coming_budget),
            self._act("half-year ranked", self._rank(self.standings.half_year)),
        )
        await self._node("M08", date(year, 9, 2))
        await self._bulletins(8)
        await stage.set_clock(date(year, 9, 15))
        await self._act("told from above", consequences.record_from_above(stage, scenario))
        await self._bulletins(9)
        await stage.set_clock(date(year, 10, 9))
        await self._act("idle money recovered", consequences.recover(stage, scenario, self.fates))
        await self._bulletins(10, 11)
        await stage.set_clock(date(year, 12, 20))
        await asyncio.gather(
            self._pay(date(year, 12, 15), date(year, 9, 2)),
            self._act("training", tell.train(stage, scenario)),
            self._act("publicity", tell.publicise(stage, scenario)),
        )

    async def _year_after(self) -> dict[str, Any]:
        stage, scenario, year = self.stage, self.scenario, self.year
        self.say(f"{year + 1}: the reckoning")
        await self._bulletins(12)
        judged = (*self.standings.of_units, *self.standings.counties)
        await self._act("effectiveness scored", standing.score(stage, judged))
        await stage.set_clock(date(year + 1, 3, 10))
        await asyncio.gather(
            self._act("self-evaluations, disclosed", self._in_lanes(self._evaluate)),
            self._act("counties ranked", self._rank_counties()),
        )
        await stage.set_clock(date(year + 1, 3, 20))
        key = judge.evaluate_key_projects(stage, scenario, self.groups, self.fates)
        chosen = await self._act("finance evaluations", key)
        await self._act(
            "finance reports disclosed", self._publish("FINANCE_REPORT", chosen, "evaluation")
        )
        await stage.heard("disclosure", "targets", "monitoring", "evaluation", "disclosure")
        await self._act("everything else disclosed", tell.publish_the_rest(stage, scenario))
        await self._act("the year is closed", tell.close_year(stage, scenario))
        figures: dict[str, Any] = await self._act(
            "annual report", tell.report_the_year(stage, scenario)
        )
        return figures

    async def _rank(self, plans: Sequence[standing.Plan]) -> None:
        await standing.conclude(self.stage, plans)
        await standing.rank(self.stage, plans)

    async def _rank_counties(self) -> None:
        """A county's score rests on those of its units."""
        await standing.conclude(self.stage, self.standings.of_units)
        await self._rank(self.standings.counties)

    async def _evaluate(self, stage: Stage, scenario: Scenario, groups: Groups) -> None:
        for one in groups:
            await judge.evaluate_themselves(stage, scenario, [one], self.fates)
            await judge.recheck(stage, scenario, [one])
            await self._publish("SELF_EVALUATION", [one], "evaluation")

    async def _publish(self, kind: str, groups: Groups, speaker: str) -> None:
        for one in groups:
            await self.stage.heard("disclosure", speaker, region_code=one[0].region_code)
            await tell.publish(self.stage, [one], kind, self.year)

    async def _bulletins(self, *months: int) -> None:
        """Each month is told by the eighth of the next."""
        for month in months:
            following = date(self.year + month // DECEMBER, month % DECEMBER + 1, 8)
            await self.stage.set_clock(following)
            await tell.issue_bulletins(self.stage, self.scenario, month)

    async def _pay(self, before: date, after: date) -> None:
        async def lane(stage: Stage, scenario: Scenario, groups: Groups) -> None:
            await watch.pay(stage, scenario, groups, self.fates, (after, before))

        await self._act(f"payments to {before:%m-%d}", self._in_lanes(lane, WATCHED_LANES))

    async def _quotas_and_payments(self, after: date, before: date) -> None:
        """Whoever has the quota pays; other regions still wait for theirs."""

        async def lane(stage: Stage, scenario: Scenario, groups: Groups) -> None:
            for one in groups:
                await watch.issue_quotas(stage, scenario, [one])
                await watch.pay(stage, scenario, [one], self.fates, (after, before))

        paid = self._in_lanes(lane, WATCHED_LANES)
        await self._act(f"quota issued, payments to {before:%m-%d}", paid)

    async def _ahead(self, node: str, today: date) -> None:
        """One month before a node: who will miss it is warned and put right."""

        async def analyse(stage: Stage, scenario: Scenario, groups: Groups) -> None:
            await watch.analyse_ahead(stage, scenario, groups, node)

        await self.stage.set_clock(today)
        await self._act(f"{node}: analysis ahead, letters, cures", self._warned(analyse, today))

    async def _node(self, node: str, today: date) -> None:
        """The node itself: reports, reviews, warnings and their cure."""

        async def report(stage: Stage, scenario: Scenario, groups: Groups) -> None:
            await watch.report_node(stage, scenario, groups, self.fates, node)

        await self.stage.set_clock(today)
        await self._act(f"{node}: reports, letters, cures", self._warned(report, today))

    async def _warned(self, act: Lane, today: date) -> None:
        """What finds out who is warned; a region answers while the next one is looked at."""

        async def lane(stage: Stage, scenario: Scenario, groups: Groups) -> None:
            looked_at: Groups = []
            for one in groups:
                await act(stage, scenario, [one])
                await self._answer(looked_at, today)
                looked_at = [one]
            await self._answer(looked_at, today)

        await self._in_lanes(lane, WATCHED_LANES)

    async def _answer(self, groups: Groups, today: date) -> None:
        for office, _ in groups:
            code = office.region_code
            await self.stage.heard("monitoring", "monitoring", region_code=code)
            await watch.answer_warnings(self.stage, self.scenario, office, today)
