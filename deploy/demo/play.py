"""The year, act by act, in the order in which it happens."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any, Final

from deploy.demo import judge, opening, promise, tell, watch
from deploy.demo.cast import Cast, Project, assemble
from deploy.demo.fates import Fates, tell_fates
from deploy.demo.people import Office
from deploy.demo.scenario import Scenario
from deploy.demo.stage import Stage

DECEMBER: Final = 12

type Groups = list[tuple[Office, list[Project]]]


@dataclass(slots=True)
class Play:
    """A scenario on a stage."""

    stage: Stage
    scenario: Scenario
    say: Callable[[str], None]
    cast: Cast = field(init=False)
    fates: Fates = field(init=False)
    groups: Groups = field(init=False)

    def __post_init__(self) -> None:
        """Assemble the cast."""
        self.cast = assemble(self.scenario)
        self.fates = tell_fates(self.scenario, self.cast)
        ordered = sorted(self.cast.projects, key=lambda p: (p.region_code, p.unit.code))
        self.groups = [
            (Office(code), list(group)) for code, group in groupby(ordered, lambda p: p.region_code)
        ]

    @property
    def year(self) -> int:
        """The fiscal year that is played."""
        return self.scenario.fiscal_year

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
        await self._act("libraries", opening.fill_libraries(stage, scenario))
        await self._act("policies and ideas", tell.write_rules(stage, scenario))
        await self._act("projects", promise.register_projects(stage, scenario, cast.projects))
        await self._act("targets: draft to grade", promise.promise_targets(stage, scenario, cast))

    async def _first_half(self) -> None:
        stage, scenario, groups, fates = self.stage, self.scenario, self.groups, self.fates
        year = self.year
        self.say(f"{year}: the money and the year")
        await self._act(
            "targets approved with their budgets",
            promise.approve_targets(stage, scenario, self.cast),
        )
        await self._act("quota issued", watch.issue_quotas(stage, scenario, groups))
        await self._act("targets disclosed", tell.publish(stage, groups, "TARGET", year, "targets"))
        await self._bulletins(1, 2, 3)
        await self._ahead("M05", date(year, 4, 29), date(year, 1, 1))
        await self._bulletins(4)
        await self._node("M05", date(year, 6, 2), date(year, 4, 29))
        await self._bulletins(5)
        await self._act("money and targets adjusted", watch.adjust(stage, scenario, groups, fates))
        await self._bulletins(6)

    async def _second_half(self) -> None:
        stage, scenario, groups = self.stage, self.scenario, self.groups
        year = self.year
        await self._ahead("M08", date(year, 7, 30), date(year, 6, 2))
        await self._bulletins(7)
        await self._node("M08", date(year, 9, 2), date(year, 7, 30))
        await self._bulletins(8)
        await stage.set_clock(date(year, 9, 15))
        await self._act(
            "new projects assessed", promise.assess_new_projects(stage, scenario, self.cast)
        )
        await self._act("told from above", judge.record_from_above(stage, scenario))
        await self._bulletins(9)
        await self._act("idle money recovered", judge.recover(stage, scenario, self.fates))
        await self._act(
            "results bind the coming budget", judge.apply_prior_results(stage, scenario, self.cast)
        )
        await self._bulletins(10, 11)
        await stage.set_clock(date(year, 12, 20))
        await self._pay(date(year, 12, 15), date(year, 9, 2))
        await self._act("training", tell.train(stage, scenario))
        await self._act("publicity", tell.publicise(stage, scenario))

    async def _year_after(self) -> dict[str, Any]:
        stage, scenario, groups, fates = self.stage, self.scenario, self.groups, self.fates
        year = self.year
        self.say(f"{year + 1}: the reckoning")
        await self._bulletins(12)
        await stage.set_clock(date(year + 1, 3, 10))
        await self._act(
            "self-evaluations", judge.evaluate_themselves(stage, scenario, groups, fates)
        )
        await self._act("re-checks", judge.recheck(stage, scenario, groups))
        day = date(year + 1, 3, 20)
        await stage.set_clock(day)
        chosen = await self._act(
            "finance evaluations",
            judge.evaluate_key_projects(stage, scenario, groups, fates, day),
        )
        await self._act(
            "self-evaluations disclosed",
            tell.publish(stage, groups, "SELF_EVALUATION", year, "evaluation"),
        )
        await self._act(
            "finance reports disclosed",
            tell.publish(stage, chosen, "FINANCE_REPORT", year, "evaluation"),
        )
        await stage.heard("disclosure", "targets", "monitoring", "evaluation", "disclosure")
        figures: dict[str, Any] = await self._act(
            "annual report", tell.report_the_year(stage, scenario)
        )
        return figures

    async def _bulletins(self, *months: int) -> None:
        """Each month is told by the eighth of the next."""
        for month in months:
            following = date(self.year + month // DECEMBER, month % DECEMBER + 1, 8)
            await self.stage.set_clock(following)
            await tell.issue_bulletins(self.stage, self.scenario, month)

    async def _pay(self, before: date, after: date) -> None:
        await self._act(
            f"payments to {before:%m-%d}",
            watch.pay(self.stage, self.scenario, self.groups, self.fates, before, after),
        )

    async def _ahead(self, node: str, today: date, paid_to: date) -> None:
        """One month before a node: who will miss it is warned and put right."""
        await self._pay(today, paid_to)
        await self.stage.set_clock(today)
        await self._act(
            f"{node}: analysis ahead",
            watch.analyse_ahead(self.stage, self.scenario, self.groups, node),
        )
        await self._act(f"{node}: letters and cures", self._answer(today))

    async def _node(self, node: str, today: date, paid_to: date) -> None:
        """The node itself: reports, reviews, warnings and their cure."""
        await self._pay(today, paid_to)
        await self.stage.set_clock(today)
        await self._act(
            f"{node}: reports and reviews",
            watch.report_node(self.stage, self.scenario, self.groups, self.fates, node),
        )
        await self._act(f"{node}: letters and cures", self._answer(today))

    async def _answer(self, today: date) -> None:
        await self.stage.heard("monitoring", "monitoring")
        for office, _ in self.groups:
            await watch.answer_warnings(self.stage, self.scenario, office, today, verify=True)
