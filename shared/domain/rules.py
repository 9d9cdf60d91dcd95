"""The rule set: weights, bands, thresholds and deadlines as data, with a version.

Source: `domain` §10. A value is changed by adopting a version, never by deploying code; every
computed result names the version that produced it. `RuleSet.parse` reads the published form
(the `rules` of `RuleSetAdopted`); what it cannot read it refuses with the path of the field.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from shared.domain.grades import Grade
from shared.domain.judging_rules import JudgingRules
from shared.domain.money import Money
from shared.domain.rule_node import Node

EXECUTION: Final = "EXECUTION"
KEY_PROJECT: Final = Money(1_000_000_000)
POOR_ALLOWED: Final = (Decimal("0.70"), Decimal("0.95"))
SIMILAR_NAME, DUPLICATE_NAME = Decimal("0.60"), Decimal("0.75")


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightRules:
    """Points of the level-1 parts by scheme; without `EXECUTION` they sum to 90."""

    scheme: str
    points: Mapping[str, Mapping[str, Decimal]]
    no_satisfaction_goes_to: str = "BENEFIT"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoringRules:
    """How an indicator and the execution are scored (`domain` §4.3, §4.4).

    `count_unit_transfer`: whether money on the unit's own account counts as spent (D: no).
    """

    over_tolerance: Decimal
    over_slope: Decimal
    over_reduction_max: Decimal
    execution_steps: Sequence[tuple[Decimal, Decimal]]
    pass_line: Decimal | None
    satisfaction_mode: str
    satisfaction_bands: Sequence[tuple[Decimal, Decimal]]
    qualitative_bands: Mapping[str, tuple[Decimal, Decimal]]
    count_unit_transfer: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ExAnteRules:
    """Ex-ante assessment (`domain` §3.1, §4.8)."""

    dimensions: Mapping[str, Decimal]
    included_grades: frozenset[Grade]
    major_threshold: Money
    scorers_min: int
    objection_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitoringNode:
    """A node of the year: its code and the month and day of its cut-off."""

    code: str
    month: int
    day: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitoringRules:
    """Dual monitoring, its warnings and its score (`domain` §4.6)."""

    nodes: Sequence[MonitoringNode]
    lead_months: int
    reference_progress: Mapping[str, Decimal]
    red_execution: Decimal
    red_goal: Decimal
    red_gap: Decimal
    red_idle_days: int
    blue_execution: Decimal
    blue_goal: Decimal
    blue_gap: Decimal
    letter_on_blue: bool
    points: Mapping[str, Decimal]
    history_cases_min: int = 5
    """So many like projects of earlier years make a history to forecast by (D)."""
    idle_check: str = "DAY"
    """How often lying money is looked for: each working DAY, each WEEK, NEVER (D)."""
    key_project: Money = KEY_PROJECT
    """From ten million yuan on, a review checks a project in depth (136号 art. 9; amount D)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterRules:
    """Working days to acknowledge, to plan and to finish, by level (`domain` §3.5).

    `number` is the pattern of 发文字号 and `short_names` has the names of regions in it (喀地);
    `verify_days` are those of the bureau to check a cure. All three are D and may be left out.
    """

    acknowledge_days: int
    plan_days: Mapping[str, int]
    finish_days: Mapping[str, int]
    number: str = "{short}财绩预〔{year}〕{serial}号"
    short_names: Mapping[str, str] = field(default_factory=dict)
    verify_days: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRules:
    """Limits of the self-evaluation checks (`domain` §4.10).

    What has a default is D and may be left out: a cause of fewer characters explains nothing,
    fewer indicators may well be perfect, `reach_median` and `reach_max` are where a target looks
    too low, texts from `likeness` on say the same where they have `likeness_characters`, a value
    is told in another unit where it is off by 10,000 give or take `magnitude_slack`, and an
    inflated or seriously inflated project costs its unit the points of `penalties`.
    """

    goal_over_execution: Decimal
    unspent: Decimal
    arithmetic: Decimal
    deviation_cause: Decimal
    inflated: tuple[Decimal, Decimal, Decimal]
    recheck_ratio: Decimal
    recheck_per_department_min: int
    cause_characters: int = 30
    perfect_indicators: int = 5
    reach_median: Decimal = Decimal("1.30")
    reach_max: Decimal = Decimal(2)
    likeness: Decimal = Decimal("0.90")
    likeness_characters: int = 60
    magnitude_slack: Decimal = Decimal(3)
    penalties: tuple[Decimal, Decimal] = (Decimal(2), Decimal(5))


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkageRules:
    """How a grade binds a coming budget (`domain` §4.9). `None`: no cap."""

    budget_year_offset: int
    cap_factor: Mapping[Grade, Decimal | None]
    priority: frozenset[Grade]
    similar_cut: Mapping[Grade, tuple[Decimal, Decimal]]
    poor_allowed: tuple[Decimal, Decimal] = POOR_ALLOWED
    """Between which factors the cap of 差 lies: a cut of 5 to 30 % (D)."""
    base: str = "INITIAL"
    """Which budget of the year before is meant: as approved first, or as ADJUSTED (D)."""
    answer_days: int = 10
    """Working days that a notified unit has to answer a linkage, a cut or a recovery (D)."""
    similar_name: Decimal = SIMILAR_NAME
    """From this likeness of names on, two applications of one kind are similar (D)."""
    duplicate_name: Decimal = DUPLICATE_NAME
    """From this likeness of names on, two programmes may overlap (D)."""
    fragments_min: int = 3
    """So many like programmes of one unit make a fragmented one (D)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryRules:
    """When money counts as idle (`domain` §4.9)."""

    check_dates: Sequence[tuple[int, int]]
    low_rate: Decimal
    by_clock: bool = True
    """Whether the clock looks for idle money on these days; else only people do (D)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosureRules:
    """Legal terms of disclosure in days (`domain` §3.10)."""

    with_budget_days: int
    with_final_accounts_days: int
    key_report_days: int
    monthly_day: int
    comment_answer_days: int = 15
    """Working days in which a public comment is answered (D)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFundRules:
    """Key funds (`domain` §4.12). Every value has a default, so that older rule sets still hold.

    `pass_on_days` are calendar days: 30 for general and 60 for special money (R1, Budget Law
    art. 52). `industry_share` is the least share of linkage funds for industry (R3: 50 % in the
    practice of 2021 and 2022). `publicity_wd` are the working days of a public notice (D) and
    `group_min` is the smallest group that is told by itself (D).
    """

    pass_on_days: Mapping[str, int] = field(default_factory=lambda: {"GENERAL": 30, "SPECIAL": 60})
    industry_share: Decimal = Decimal("0.50")
    publicity_wd: int = 5
    group_min: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRules:
    """Terms of payment orders to banks. Every value has a default, so that older rule sets hold.

    After `answer_minutes` without an answer an order is unknown (D; `reliability` P17, §9). The
    treasury pays on the same day (实施条例 art. 66, R1): `settle_days` later the bank is asked (D).
    An order that nobody sent lapses after `hold_days` (D; `interfaces` §4).
    """

    answer_minutes: int = 15
    settle_days: int = 1
    hold_days: int = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSet:
    """All rules of a region and a fiscal year."""

    name: str
    grades: Mapping[Grade, Decimal]
    weights: WeightRules
    scoring: ScoringRules
    ex_ante: ExAnteRules
    monitoring: MonitoringRules
    letters: LetterRules
    checks: CheckRules
    linkage: LinkageRules
    recovery: RecoveryRules
    disclosure: DisclosureRules
    opinion_days: int
    objection_days: int
    decide_days: int
    version: int = field(default=0)
    key_funds: KeyFundRules = field(default_factory=KeyFundRules)
    payments: PaymentRules = field(default_factory=PaymentRules)
    judging: JudgingRules = field(default_factory=JudgingRules)

    @classmethod
    def parse(cls, rules: Mapping[str, object], version: int = 0) -> "RuleSet":
        """Read the published form, or refuse with the path of what cannot be read."""
        from shared.domain.rules_reading import read_rule_set  # noqa: PLC0415 - it builds this class

        return read_rule_set(Node(rules), version)
