"""How the invented projects fare: who is on time, who is behind, who gives money back.

The shares come from the scenario. Slow projects come first in every unit that gives money
back, so that the recoveries fall on exactly as many units and projects as the scenario says.
"""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from random import Random
from typing import Final

from deploy.demo.cast import Cast, Project
from deploy.demo.scenario import Scenario
from deploy.demo.split import spread, uneven
from shared.domain.money import Money

FIRST_NODE: Final = "M05"


class Pace(Enum):
    """How fast the money goes and the work with it: (month, day, share of the budget)."""

    ON_TIME = ((2, 20, 10), (4, 20, 18), (5, 20, 16), (7, 10, 16), (8, 20, 10), (11, 20, 27))
    BEHIND = ((2, 20, 10), (4, 20, 12), (5, 20, 10), (7, 10, 24), (8, 20, 12), (11, 20, 12))
    SLOW = ((2, 20, 5), (4, 20, 5), (5, 20, 2), (7, 10, 8), (8, 20, 5), (11, 20, 5))

    def reach(self, node: str) -> float:
        """The share of what is due at a node that such a project has reached.

        One that is behind in May puts it right after its letter; a slow one never does.
        """
        behind = 0.75 if node == FIRST_NODE else 1.0
        return {"ON_TIME": 1.0, "BEHIND": behind, "SLOW": 0.4}[self.name]

    @property
    def reach_at_year_end(self) -> float:
        """The share of the target reached in the end."""
        return {"ON_TIME": 1.0, "BEHIND": 0.9, "SLOW": 0.5}[self.name]


PERCENT: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """One payment of the treasury."""

    id: str
    project: Project
    amount: Money
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """Money a slow project gives back."""

    id: str
    project: Project
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Fates:
    """The year of every project."""

    paces: dict[str, Pace]
    recoveries: list[Recovery]

    def of(self, project: Project) -> Pace:
        """How a project fares."""
        return self.paces[project.code]


def tell_fates(scenario: Scenario, cast: Cast) -> Fates:
    """Decide who is slow and who gives money back; the same cast has the same fates."""
    by_unit: dict[str, list[Project]] = {}
    for project in cast.projects:
        by_unit.setdefault(project.unit.code, []).append(project)
    giving = _giving(scenario, list(by_unit.values()))
    total = len(cast.projects)
    slow = max(round(total * scenario.monitoring["shares"]["red"]), len(giving))
    behind = round(total * scenario.monitoring["shares"]["blue"])
    chosen = {project.code for project in giving}
    # Every n-th of the others, so that all regions have some.
    others = [project for project in cast.projects if project.code not in chosen]
    step = max(1, len(others) // max(1, slow - len(giving) + behind))
    picked = others[::step][: slow - len(giving) + behind]
    paces = {project.code: Pace.ON_TIME for project in cast.projects}
    paces |= {project.code: Pace.BEHIND for project in picked[slow - len(giving) :]}
    paces |= {project.code: Pace.SLOW for project in (*giving, *picked[: slow - len(giving)])}
    amounts = uneven(
        Money.parse(scenario.recoveries["amount_yuan"]),
        len(giving),
        Random(scenario.seed + 1),  # noqa: S311 - invention, not secrecy
    )
    recoveries = [
        Recovery(id=f"R{scenario.fiscal_year}{n:06d}", project=project, amount=amount)
        for n, (project, amount) in enumerate(zip(giving, amounts, strict=True), start=1)
    ]
    return Fates(paces=paces, recoveries=recoveries)


def _giving(scenario: Scenario, units: list[list[Project]]) -> list[Project]:
    """The projects that give money back, from exactly as many units as the scenario says."""
    wanted = scenario.recoveries
    shares = spread(wanted["projects"], wanted["units"])
    step = max(1, len(units) // wanted["units"])
    places = units[::step][: wanted["units"]]
    able = sorted(places, key=len, reverse=True)
    return [project for unit, share in zip(able, shares, strict=True) for project in unit[:share]]


def payments(project: Project, pace: Pace, year: int) -> list[Payment]:
    """What the treasury pays for a project in the year."""
    return [
        Payment(
            id=f"ZF{project.code}{number}",
            project=project,
            amount=Money(project.budget.fen * share // PERCENT),
            on=date(year, month, day),
        )
        for number, (month, day, share) in enumerate(pace.value, start=1)
    ]
