"""The decision table of the warnings, row by row (`domain` §4.6).

Every row says what it looks at, where its limit is and whether it is hit. Whoever has the listed
values can find the level again: `level_of` of the rows that are hit is the level of the rating.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from services.monitoring.domain.values import Level, Likelihood, Reason
from shared.domain.rules import MonitoringRules


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The thresholds of a rule set version, kept with every rating that was made by them."""

    red_execution: Decimal
    red_goal: Decimal
    red_gap: Decimal
    red_idle_days: int
    blue_execution: Decimal
    blue_goal: Decimal
    blue_gap: Decimal

    @classmethod
    def of(cls, rules: MonitoringRules) -> "Limits":
        """Those of the rules in force."""
        return cls(**{name: getattr(rules, name) for name in cls.__slots__})


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What the table looks at: the two rates, the days without a payment, what people found.

    `idle_days` is `None` where there is nothing to pay: no quota, all of it spent, or a project
    that has not begun.
    """

    execution_index: Decimal
    goal_rate: Decimal | None = None
    gap: Decimal | None = None
    idle_days: int | None = None
    likelihoods: tuple[Likelihood, ...] = ()
    compliance_suspected: bool = False
    not_reported: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """One row: its number, its reason and level, what it looked at, its limit, and the answer."""

    number: int
    reason: Reason
    level: Level
    condition: str
    value: str
    limit: str
    hit: bool


RED: Final = frozenset(list(Reason)[: list(Reason).index(Reason.IDLE) + 1])
"""The reasons that make an important warning: those until IDLE in the order of the table."""


def rows(found: Measured, limits: Limits) -> Sequence[TableRow]:
    """The eleven rows that warn, in their order; where none is hit, all is well (row 12)."""
    told = (*_by_people(found), *_red_by_numbers(found, limits), *_blue(found, limits))
    return [
        TableRow(
            number=number,
            reason=reason,
            level=Level.RED if reason in RED else Level.BLUE,
            condition=condition,
            value=value,
            limit=limit,
            hit=hit,
        )
        for number, (reason, condition, value, limit, hit) in enumerate(told, 1)
    ]


type _Told = tuple[Reason, str, str, str, bool]


def _by_people(found: Measured) -> Iterable[_Told]:
    expected = ",".join(sorted(found.likelihoods))
    impossible = Likelihood.IMPOSSIBLE in found.likelihoods
    suspected, silent = found.compliance_suspected, found.not_reported
    return (
        (Reason.COMPLIANCE, "compliance_suspected", _flag(suspected), "true", suspected),
        (Reason.NOT_REPORTED, "not_reported", _flag(silent), "true", silent),
        (Reason.TARGET_UNREACHABLE, "likelihood", expected, "IMPOSSIBLE", impossible),
    )


def _red_by_numbers(found: Measured, limits: Limits) -> Iterable[_Told]:
    ix, g, gap, idle = found.execution_index, found.goal_rate, found.gap, found.idle_days
    far = gap is not None and abs(gap) >= limits.red_gap
    lying = idle is not None and idle >= limits.red_idle_days
    return (
        (
            Reason.EXECUTION_SLOW,
            "ix < limit",
            _text(ix),
            _text(limits.red_execution),
            ix < limits.red_execution,
        ),
        (
            Reason.GOAL_SLOW,
            "g < limit",
            _text(g),
            _text(limits.red_goal),
            g is not None and g < limits.red_goal,
        ),
        (Reason.MISMATCH, "|gap| >= limit", _text(gap), _text(limits.red_gap), far),
        (
            Reason.IDLE,
            "days without a payment >= limit",
            _text(idle),
            str(limits.red_idle_days),
            lying,
        ),
    )


def _blue(found: Measured, limits: Limits) -> Iterable[_Told]:
    ix, g, gap = found.execution_index, found.goal_rate, found.gap
    behind = limits.red_execution <= ix < limits.blue_execution
    goals_behind = g is not None and limits.red_goal <= g < limits.blue_goal
    apart = gap is not None and limits.blue_gap < abs(gap) < limits.red_gap
    uncertain = Likelihood.POSSIBLE in found.likelihoods
    return (
        (
            Reason.EXECUTION_BEHIND,
            "from <= ix < below",
            _text(ix),
            _range(limits.red_execution, limits.blue_execution),
            behind,
        ),
        (
            Reason.GOAL_BEHIND,
            "from <= g < below",
            _text(g),
            _range(limits.red_goal, limits.blue_goal),
            goals_behind,
        ),
        (
            Reason.MISMATCH_MINOR,
            "above < |gap| < below",
            _text(gap),
            _range(limits.blue_gap, limits.red_gap),
            apart,
        ),
        (
            Reason.UNCERTAIN,
            "likelihood",
            ",".join(sorted(found.likelihoods)),
            "POSSIBLE",
            uncertain,
        ),
    )


def level_of(reasons: Iterable[Reason]) -> Level:
    """The highest level that is hit."""
    hit = set(reasons)
    if not hit:
        return Level.NORMAL
    return Level.RED if RED & hit else Level.BLUE


def _text(number: Decimal | int | None) -> str:
    return "" if number is None else format(number, "f" if isinstance(number, Decimal) else "d")


def _range(low: Decimal, high: Decimal) -> str:
    return f"{_text(low)}..{_text(high)}"


def _flag(value: bool) -> str:  # noqa: FBT001 - it is written, not obeyed
    return "true" if value else "false"
