"""The scenario file: the totals a year must come to, and nothing about how.

A scenario holds totals; every item is invented so that they come out exactly, and marked
SYNTHETIC. `scaled` plays the same year smaller: it derives the figures from the scaled totals.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, Self

import yaml

from shared.domain.money import Money

type Section = Mapping[str, Any]

DEFAULT: Final = Path(__file__).with_name("kashgar-2021.yaml")
RULES: Final = Path(__file__).with_name("rule-set-v1.yaml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One year of one region, as totals."""

    name: str
    fiscal_year: int
    seed: int
    region: Section
    units: int
    libraries: Section
    policies: Section
    ex_ante: Section
    targets: Section
    monitoring: Section
    evaluation: Section
    recoveries: Section
    budget_cuts: Section
    external: Section
    disclosure: Section
    publicity: Section
    trainings: Section
    expected: Mapping[str, str | list[str]]

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read a scenario file."""
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        sections = {
            key: raw[key]
            for key in cls.__dataclass_fields__
            if key not in {"name", "seed"} and key in raw
        }
        return cls(name=raw["scenario"], seed=raw["random_seed"], **sections)

    @property
    def regions(self) -> list[tuple[str, str]]:
        """Code and name of the region and of its counties, the region first."""
        own = (str(self.region["code"]), str(self.region["name"]))
        return [own, *((str(c["code"]), str(c["name"])) for c in self.region["counties"])]

    def scaled(self, projects: int) -> "Scenario":
        """The same year with this many projects; what depends on their number shrinks along."""
        share = projects / self.targets["projects"]

        def fewer(count: int, least: int = 1) -> int:
            return int(min(count, max(least, round(count * share))))

        def less(yuan: str) -> str:
            return str(Money(round(Money.parse(yuan).fen * share)))

        ex_ante = self.ex_ante
        recoveries, cuts, evaluation = self.recoveries, self.budget_cuts, self.evaluation
        grades = {g: fewer(ex_ante[g]) if ex_ante[g] else 0 for g in _GRADES}
        smaller = replace(
            self,
            units=fewer(self.units, len(self.regions)),
            targets={
                "projects": projects,
                "budget_yuan": less(self.targets["budget_yuan"]),
            },
            ex_ante={
                **grades,
                "units": fewer(ex_ante["units"]),
                "projects": sum(grades.values()),
                "assessed_yuan": less(ex_ante["assessed_yuan"]),
                "reduced_yuan": less(ex_ante["reduced_yuan"]),
            },
            monitoring={**self.monitoring, "adjustments": fewer(self.monitoring["adjustments"])},
            evaluation={
                **evaluation,
                "finance_key_evaluations": fewer(evaluation["finance_key_evaluations"]),
            },
            recoveries={
                "units": fewer(recoveries["units"]),
                "projects": fewer(recoveries["projects"]),
                "amount_yuan": less(recoveries["amount_yuan"]),
            },
            budget_cuts={
                **cuts,
                "units": fewer(cuts["units"]),
                "projects": fewer(cuts["projects"]),
                "amount_yuan": less(cuts["amount_yuan"]),
            },
        )
        return replace(smaller, expected={**self.expected, **smaller.totals()})

    def totals(self) -> dict[str, str | list[str]]:
        """The expected figures that depend on the number of projects."""
        return {
            "F05": str(self.ex_ante["units"]),
            "F06": str(self.ex_ante["projects"]),
            "F07": self.ex_ante["assessed_yuan"],
            "F08": str(self.ex_ante["excellent"]),
            "F09": str(self.ex_ante["good"]),
            "F10": self.ex_ante["reduced_yuan"],
            "F17": str(self.targets["projects"]),
            "F18": self.targets["budget_yuan"],
            "F26": str(self.recoveries["units"]),
            "F27": str(self.recoveries["projects"]),
            "F28": self.recoveries["amount_yuan"],
            "F29": str(self.budget_cuts["units"]),
            "F30": str(self.budget_cuts["projects"]),
            "F31": self.budget_cuts["amount_yuan"],
        }


_GRADES: Final = ("excellent", "good", "fair", "poor")


def read_rules() -> dict[str, Any]:
    """The rule set that the demo adopts."""
    rules = yaml.safe_load(RULES.read_text(encoding="utf-8"))
    return dict(rules)
