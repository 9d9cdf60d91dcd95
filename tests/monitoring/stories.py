"""given / when / then for the aggregates of monitoring, and the data its stories share."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import yaml

from services.monitoring.domain.calendar import node_dates
from services.monitoring.domain.rules import RulesInForce
from services.monitoring.domain.values import Indicator, Project, ReportedValue
from services.monitoring.domain.watch import Watch
from shared.domain.decider import Decider
from shared.domain.money import Money
from shared.domain.refusals import Refusal
from shared.domain.rules import RuleSet

UNIT, CLERK, HEAD, LEADER = "iss|unit", "iss|clerk", "iss|head", "iss|leader"
PROJECT = Project(
    code="P1",
    fiscal_year=2021,
    region_code="653101",
    department_code="D1",
    unit_code="U1",
)
RULES_TEXT = """
rule_set: test-2021
grades: {EXCELLENT: 90, GOOD: 80, FAIR: 60, POOR: 0}
weights:
  scheme: A
  A: {EXECUTION: 10, OUTPUT: 50, BENEFIT: 30, SATISFACTION: 10}
qualitative_bands: {MET: ["0.80", "1.00"], PARTLY: ["0.60", "0.80"], NOT: ["0.00", "0.60"]}
over_achievement: {tolerance: "0.30", slope: "0.5", max_reduction: "0.5"}
execution_score: {A: linear, B: [["1.0", 10], ["0.8", 7], ["0.6", 5], ["0.0", 0]]}
pass_line: null
satisfaction: {mode: ratio, bands: [["0.9", "1.0"], ["0.0", "0.0"]]}
ex_ante:
  dimensions: {NECESSITY: 20}
  included_grades: [EXCELLENT, GOOD]
  major_threshold_yuan: "10000000.00"
  scorers_min: 2
  objection_days: 10
monitoring:
  nodes: [{code: M05, cut_off: "05-31"}, {code: M08, cut_off: "08-31"}]
  pre_analysis_lead_months: 1
  t_ref: linear
  red: {ix: "0.60", g: "0.60", gap: "0.30", idle_days: 60}
  blue: {ix: "0.80", g: "0.80", gap: "0.10"}
  letter_on_blue: true
  idle_check: NEVER
  score: {timeliness: 10, completeness: 10, execution: 30, goal: 40, correction: 10}
letters: {ack_wd: 2, plan_wd: {BLUE: 10, RED: 5}, finish_wd: {BLUE: 30, RED: 20}}
self_eval_checks:
  {goal_over_execution: "0.05", unspent: "0.20", arithmetic: "0.5", deviation_cause: "0.10",
   inflated: [5, 10, 20]}
recheck: {sample_ratio: "0.10", min_per_department: 1}
evaluation: {opinion_days_wd: 10, objection_days_wd: 10, decide_days_wd: 15}
linkage:
  budget_year_offset: 2
  EXCELLENT: {cap: null, priority: true}
  GOOD: {cap: prev}
  FAIR: {cap: prev}
  POOR: {cap_factor: "0.90"}
similar_project_cut:
  {POOR: ["0.30", "1.00"], FAIR: ["0.10", "0.30"], GOOD: ["0.00", "0.10"], EXCELLENT: [0, 0]}
recovery: {check_dates: ["09-30", "10-31"], low_rate: "0.50"}
disclosure: {with_budget_days: 20, with_final_accounts_days: 20, key_report_wd: 20, monthly_day: 10}
"""
RULES_JSON: dict[str, Any] = yaml.safe_load(RULES_TEXT)
RULE_SET = RuleSet.parse(RULES_JSON, 1)
MONITORING = RULE_SET.monitoring
RULES = RulesInForce(
    version=1,
    name="test-2021",
    legal_basis="财预〔2019〕136号",
    monitoring=RULE_SET.monitoring,
    letters=RULE_SET.letters,
    deviation_tolerance=RULE_SET.checks.deviation_cause,
)
ROAD = Indicator(
    indicator_id="road",
    name="道路里程",
    operator=">=",
    target_value=Decimal(24),
    weight=Decimal(50),
    is_core=True,
)
TRUST = Indicator(
    indicator_id="trust",
    name="群众满意",
    operator="QUALITATIVE",
    target_value=None,
    weight=Decimal(40),
)
NODES = tuple(node_dates(node, 2021, MONITORING.lead_months, "653101") for node in MONITORING.nodes)
WATCH = Watch(
    project=PROJECT,
    name="农村道路",
    unit_name="疏附县交通局",
    department_name="喀什地区交通运输局",
    budget=Money.parse("3000000.00"),
    target_version=1,
    indicators=(ROAD, TRUST),
    nodes=NODES,
)
"""A project of three million yuan: half a year of road, and the trust of those who use it."""


def at(month: int, day: int, hour: int = 4) -> datetime:
    """An instant of 2021; four in the morning of UTC is noon in the office."""
    return datetime(2021, month, day, hour, tzinfo=UTC)


def on(month: int, day: int) -> date:
    """A day of 2021."""
    return date(2021, month, day)


def yuan(amount: int) -> Money:
    """Whole yuan."""
    return Money(amount * 100)


def value(indicator: str, actual: str | None = None, **more: Any) -> ReportedValue:  # noqa: ANN401
    """A reported value with its proof."""
    number = None if actual is None else Decimal(actual)
    return ReportedValue(indicator_id=indicator, actual=number, **{"evidence": ("ab12",), **more})


@dataclass(frozen=True, slots=True)
class Story:
    """Facts first, then a command, then what came of it."""

    decider: Decider[Any, Any, Any]
    facts: tuple[Any, ...] = ()
    consulted: tuple[object, ...] | None = None

    def given(self, *facts: object) -> "Story":
        """What has happened."""
        return replace(self, facts=(*self.facts, *facts))

    def knowing(self, *states: object) -> "Story":
        """What the consulted streams say, in their order."""
        return replace(self, consulted=states)

    def when(self, command: object) -> "Told":
        """Ask."""
        if self.consulted is not None:
            command = self.decider.inform(command, self.consulted)
        return Told(self, command)

    def after(self, *commands: object) -> "Story":
        """What has happened, by commands."""
        story = self
        for command in commands:
            story = story.given(*story.when(command).facts())
        return story

    @property
    def state(self) -> Any:  # noqa: ANN401 - whatever the aggregate is
        """Where the aggregate stands."""
        return self.decider.fold(self.facts)


@dataclass(frozen=True, slots=True)
class Told:
    """A command in a situation."""

    story: Story
    command: object

    def facts(self) -> Sequence[Any]:
        """What became true."""
        return self.story.decider.decide(self.command, self.story.state)

    def then(self, *facts: object) -> None:
        """Exactly this became true."""
        assert list(self.facts()) == list(facts)

    def then_nothing(self) -> None:
        """It is already so."""
        self.then()

    def then_refused(self, refusal: type[Refusal]) -> None:
        """It is refused for this reason, in both languages."""
        with pytest.raises(refusal) as caught:
            self.facts()
        assert caught.type is refusal
        assert refusal.title().endswith(".")
        assert refusal.title_zh not in {Refusal.title_zh, ""}

    def then_explains(
        self, refusal: type[Refusal], pointer: str | None = None, **details: object
    ) -> None:
        """It is refused for this reason, at this field, with exactly these values."""
        with pytest.raises(refusal) as caught:
            self.facts()
        said = caught.value
        assert (type(said), said.pointer, said.details) == (refusal, pointer, details)

    def then_names(self, *names: str) -> None:
        """These facts became true, by name; and asking again adds nothing."""
        facts = self.facts()
        assert [type(fact).__name__ for fact in facts] == list(names)
        again = self.story.given(*facts).when(self.command)
        assert list(again.facts()) == []
