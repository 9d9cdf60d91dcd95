"""How a project stands at a node: rates, level with all its reasons, and the score.

One pure function over the typed rules (`domain` §4.6; 财预〔2019〕136号 art. 10). Rates are
rounded half up to four decimals before they meet a threshold, so that 60 % stays 60 % when
the reference progress is a repeating fraction.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from services.monitoring.domain.decision_table import Limits, Measured, level_of, rows
from services.monitoring.domain.values import (
    Execution,
    Indicator,
    Level,
    Likelihood,
    Reason,
    ReportedValue,
)
from shared.domain.grades import rounded
from shared.domain.money import ZERO
from shared.domain.rules import MonitoringRules
from shared.domain.scoring import reach

ONE: Final = Decimal(1)
NOTHING: Final = Decimal(0)
FULL_SCORE: Final = Decimal(100)
RATE_STEP: Final = Decimal("0.0001")
OVERDUE_LETTER_POINTS: Final = Decimal(10)  # `domain` §4.6: minus 10 per overdue letter


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """How far one due indicator has come: 1 is on schedule or better."""

    indicator_id: str
    weight: Decimal
    milestone: Decimal | None
    actual: Decimal | None
    completion: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What people found, beside the numbers."""

    compliance_suspected: bool = False
    on_time: bool = True
    completeness: Decimal | None = None
    correction: Decimal | None = None
    overdue_letters: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """The level of a project with everything it was computed from.

    `first` is the first row of the table that is hit, `reasons` are all; what the rows looked at,
    and their limits, is kept since the table can be explained.
    """

    level: Level
    reasons: tuple[Reason, ...]
    t_ref: Decimal
    execution_rate: Decimal
    execution_index: Decimal
    goal_rate: Decimal | None
    gap: Decimal | None
    idle_days: int
    completions: tuple[Completion, ...]
    first: Reason | None = None
    measured: Measured | None = None
    limits: Limits | None = None


def rate(number: Decimal) -> Decimal:
    """A rate as it is compared and published: four decimals, half up."""
    return number.quantize(RATE_STEP, ROUND_HALF_UP)


def milestone_of(indicator: Indicator, node: str, rules: MonitoringRules) -> Decimal | None:
    """What should be reached by a node; `None` where nothing is due yet."""
    codes = [known.code for known in rules.nodes]
    passed = codes[: codes.index(node) + 1]
    stated = [indicator.milestones[code] for code in passed if code in indicator.milestones]
    if stated:
        return stated[-1]
    if not indicator.cumulative or indicator.target_value is None:
        return None
    if _is_ceiling(indicator):
        # A ceiling holds on every day of the year; a share of it would be another promise.
        return indicator.target_value
    return indicator.target_value * rules.reference_progress[node]


def _is_ceiling(indicator: Indicator) -> bool:
    return indicator.lower_is_better or indicator.operator == "<="


def is_due(indicator: Indicator, node: str, rules: MonitoringRules) -> bool:
    """Whether a report at a node must tell of this indicator."""
    if indicator.target_value is None:
        return indicator.cumulative
    return milestone_of(indicator, node, rules) is not None


def completion_of(
    indicator: Indicator, value: ReportedValue, node: str, rules: MonitoringRules
) -> Completion:
    """How far an indicator has come by what was reported."""
    milestone = milestone_of(indicator, node, rules)
    if milestone is None or value.actual is None:
        share = min(ONE, max(NOTHING, value.completion or NOTHING))
    else:
        # On the way to an exact value, being ahead of the milestone is not a deviation.
        operator = ">=" if indicator.operator == "=" else indicator.operator
        ceiling = indicator.lower_is_better
        share = min(ONE, reach(value.actual, milestone, operator, lower_is_better=ceiling))
    return Completion(
        indicator_id=indicator.indicator_id,
        weight=indicator.weight,
        milestone=milestone,
        actual=value.actual,
        completion=rate(share),
    )


def completions(
    indicators: Sequence[Indicator],
    values: Iterable[ReportedValue],
    node: str,
    rules: MonitoringRules,
) -> tuple[Completion, ...]:
    """Every due indicator that was reported, in the order of the target."""
    reported = {value.indicator_id: value for value in values}
    return tuple(
        completion_of(indicator, reported[indicator.indicator_id], node, rules)
        for indicator in indicators
        if indicator.indicator_id in reported and is_due(indicator, node, rules)
    )


def goal_rate(due: Sequence[Completion]) -> Decimal | None:
    """The weighted completion of what is due: 1 is on schedule; `None` where nothing is due."""
    weight = sum((item.weight for item in due), NOTHING)
    if not weight:
        return None
    return rate(sum((item.weight * item.completion for item in due), NOTHING) / weight)


def core_likelihoods(
    indicators: Sequence[Indicator], values: Iterable[ReportedValue]
) -> frozenset[Likelihood]:
    """What the unit expects of its core indicators."""
    core = {indicator.indicator_id for indicator in indicators if indicator.is_core}
    return frozenset(value.likelihood for value in values if value.indicator_id in core)


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """Everything the decision table looks at."""

    node: str
    execution: Execution
    forecast_paid_rate: Decimal | None = None
    due: tuple[Completion, ...] = ()
    likelihoods: frozenset[Likelihood] = frozenset()
    compliance_suspected: bool = False
    not_reported: bool = False


def rate_situation(situation: Situation, rules: MonitoringRules) -> Rating:
    """Level and reasons by the decision table; all reasons are kept, in its order."""
    execution = situation.execution
    t_ref = rules.reference_progress[situation.node]
    x = situation.forecast_paid_rate
    if x is None:
        # Without money to spend there is nothing to be late with.
        x = execution.paid.ratio_to(execution.budget) if execution.budget else t_ref
    ix = rate(x / t_ref)
    g = goal_rate(situation.due)
    found = Measured(
        execution_index=ix,
        goal_rate=g,
        gap=None if g is None else g - min(ONE, ix),
        idle_days=idle_days(execution),
        likelihoods=tuple(sorted(situation.likelihoods)),
        compliance_suspected=situation.compliance_suspected,
        not_reported=situation.not_reported,
    )
    limits = Limits.of(rules)
    reasons = tuple(row.reason for row in rows(found, limits) if row.hit)
    return Rating(
        level=level_of(reasons),
        reasons=reasons,
        t_ref=rate(t_ref),
        execution_rate=rate(x),
        execution_index=ix,
        goal_rate=g,
        gap=found.gap,
        idle_days=found.idle_days or 0,
        completions=situation.due,
        first=next(iter(reasons), None),
        measured=found,
        limits=limits,
    )


def idle_days(execution: Execution) -> int | None:
    """Days since the quota came or money last moved; `None` where there is nothing to pay yet.

    Quota that is not there, is all spent, or belongs to a project that has not begun does not lie
    idle; it does from the later of its coming, the last payment and the beginning of the project.
    """
    since = execution.last_movement_on
    if since is None or execution.quota <= ZERO or execution.available <= ZERO:
        return None
    begins = execution.starts_on
    if begins is not None:
        if begins > execution.as_of_on:
            return None
        since = max(since, begins)
    return (execution.as_of_on - since).days


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """The monitoring score with its parts; `total` is rounded to two decimals."""

    total: Decimal
    timeliness: Decimal
    completeness: Decimal
    execution: Decimal
    goal: Decimal | None
    correction: Decimal
    deducted: Decimal


def score_of(rating: Rating, findings: Findings, rules: MonitoringRules) -> Score:
    """0 to 100; without a goal rate the other parts stand for the whole."""
    points = rules.points
    timeliness = points["timeliness"] if findings.on_time else NOTHING
    completeness = _given(findings.completeness, points["completeness"])
    execution = points["execution"] * min(ONE, rating.execution_index)
    goal = None if rating.goal_rate is None else points["goal"] * rating.goal_rate
    correction = _given(findings.correction, points["correction"])
    deducted = OVERDUE_LETTER_POINTS * findings.overdue_letters
    gained = timeliness + completeness + execution + correction
    if goal is None:
        gained = gained * FULL_SCORE / (FULL_SCORE - points["goal"])
    else:
        gained += goal
    return Score(
        total=rounded(max(NOTHING, gained - deducted)),
        timeliness=timeliness,
        completeness=completeness,
        execution=rounded(execution),
        goal=None if goal is None else rounded(goal),
        correction=correction,
        deducted=deducted,
    )


def _given(points: Decimal | None, most: Decimal) -> Decimal:
    return most if points is None else min(most, max(NOTHING, points))
