"""The core problem page: what was not reached, by the points it cost, each with cause and cure.

Source: `domain` §6.3. It lists every indicator that deviates by more than a tenth and the
execution where less than 80 % was spent, so that a report cannot talk around them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from services.evaluation.domain.scores import EXECUTION_POINTS, Machine, value_of
from services.evaluation.domain.self_evaluation.refusals import (
    CauseMissing,
    CauseTooShort,
    CureMissing,
)
from services.evaluation.domain.values import (
    OBJECTIVE_CAUSES,
    Attainment,
    Cause,
    Indicator,
    Operator,
    Reported,
)
from shared.domain.rules import CheckRules
from shared.domain.scoring import NOTHING, ONE, deviation

CHARACTERS_MIN: Final = 30  # `domain` §4.10, where no rule set says another number
EXECUTION: Final = "EXECUTION"
WHOLE: Final = Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class CoreProblem:
    """One row of the page; `subject` is an indicator, or EXECUTION.

    `short`: it lies on the bad side of its target; what went too far is listed beside it.
    """

    subject: str
    name: str
    deviation: Decimal | None
    lost: Decimal
    cause: Cause | None
    short: bool = True


def core_problems(
    indicators: Sequence[Indicator],
    reports: Mapping[str, Reported],
    machine: Machine,
    execution_cause: Cause | None,
    checks: CheckRules,
) -> tuple[CoreProblem, ...]:
    """The rows, the dearest first."""
    rows = list(_of_goals(indicators, reports, machine, checks.deviation_cause))
    if machine.execution_rate < ONE - checks.unspent:
        rows.append(
            CoreProblem(
                subject=EXECUTION,
                name="预算执行率",
                deviation=machine.execution_rate - ONE,
                lost=EXECUTION_POINTS - machine.execution_score,
                cause=execution_cause,
            )
        )
    return tuple(sorted(rows, key=lambda row: -row.lost))


def _of_goals(
    indicators: Sequence[Indicator],
    reports: Mapping[str, Reported],
    machine: Machine,
    limit: Decimal,
) -> Sequence[CoreProblem]:
    scored = {line.indicator_id: line.score for line in machine.lines}
    found: list[CoreProblem] = []
    for indicator in indicators:
        reported = reports.get(indicator.indicator_id)
        away = _away(indicator, reported)
        if reported is None or away is None or abs(away) <= limit:
            continue
        found.append(
            CoreProblem(
                subject=indicator.indicator_id,
                name=indicator.name,
                deviation=away,
                lost=indicator.weight - scored.get(indicator.indicator_id, NOTHING),
                cause=reported.cause,
                short=_falls_short(indicator, reported, away),
            )
        )
    return found


def _away(indicator: Indicator, reported: Reported | None) -> Decimal | None:
    """How far it is from its target; a quality that was met is not, one without a value is."""
    if reported is None:
        return None
    if indicator.target_value is None:
        if reported.attainment is None or reported.attainment is Attainment.MET:
            return None
        return (reported.share or NOTHING) - ONE
    value = value_of(indicator, reported)
    return -ONE if value is None else deviation(value, indicator.target_value)


def _falls_short(indicator: Indicator, reported: Reported, away: Decimal) -> bool:
    """Whether it deviates on the bad side; of an exact target both sides are."""
    if indicator.target_value is None or value_of(indicator, reported) is None:
        return True
    better_below = indicator.lower_is_better or indicator.operator is Operator.AT_MOST
    return indicator.operator is Operator.EXACTLY or (away > 0) is better_below


def expect_explained(
    problems: Sequence[CoreProblem], places: Mapping[str, int], characters: int
) -> None:
    """Every row has its cause, in so many characters, with shares, measure, day and owner."""
    for problem in problems:
        place = places.get(problem.subject)
        pointer = "/execution_cause" if place is None else f"/reports/{place}/cause"
        cause = problem.cause
        if cause is None:
            raise CauseMissing(
                f"{problem.name} deviates and has no cause",
                pointer=pointer,
                remedy="State code, text, shares, measure, day and owner of the cause.",
                subject=problem.subject,
                deviation=None if problem.deviation is None else str(problem.deviation),
            )
        if not explained(cause, characters):
            raise CauseTooShort(
                f"{problem.name}: {len(cause.text.strip())} characters",
                pointer=f"{pointer}/text",
                remedy=f"Explain it in {characters} characters or more.",
                subject=problem.subject,
            )
        missing = _missing(cause)
        if missing:
            raise CureMissing(
                f"{problem.name}: {', '.join(missing)}",
                pointer=f"{pointer}/{missing[0]}",
                remedy="State objective and subjective share (100 in all), measure, day, owner.",
                subject=problem.subject,
                missing=missing,
            )


def _missing(cause: Cause) -> list[str]:
    said = {
        "objective": _shares_are_whole(cause),
        "measure": bool(cause.measure.strip()),
        "due_on": cause.due_on is not None,
        "owner": bool(cause.owner.strip()),
    }
    return [name for name, is_said in said.items() if not is_said]


def _shares_are_whole(cause: Cause) -> bool:
    if cause.objective is None or cause.subjective is None:
        return False
    return min(cause.objective, cause.subjective) >= 0 and (
        cause.objective + cause.subjective == WHOLE
    )


def explained(cause: Cause | None, characters: int) -> bool:
    """Whether a cause says enough to be one."""
    return cause is not None and len(cause.text.strip()) >= characters


def blames_others(cause: Cause | None) -> bool:
    """Whether a cause, or none, leaves nothing to the unit itself."""
    return cause is None or cause.code in OBJECTIVE_CAUSES or cause.objective == WHOLE
