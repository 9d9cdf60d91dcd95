"""Findings about what a unit says: unproven, unexplained, somebody else's, in another unit."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from services.evaluation.domain.findings.scored import shown
from services.evaluation.domain.findings.words import Examined, Finding, Noticed, Step, step
from services.evaluation.domain.scores import value_of
from services.evaluation.domain.values import (
    OBJECTIVE_CAUSES,
    Attainment,
    Cause,
    Indicator,
    Reported,
)
from shared.domain.rules import CheckRules
from shared.domain.scoring import ONE, deviation

TEN_THOUSAND: Final = 10_000
EXECUTION: Final = "execution"
CHARACTERS_MIN: Final = 30  # `domain` §4.10, where no rule set says another number


def missing_evidence(case: Examined, _checks: CheckRules) -> Iterator[Noticed]:
    """A value is told and nothing proves it."""
    unproven = [one.indicator_id for one in case.reports.values() if _unproven(one)]
    if unproven:
        yield Noticed(
            finding=Finding.MISSING_EVIDENCE,
            steps=tuple(step(name, "a value without proof has no points", 0) for name in unproven),
        )


def _unproven(reported: Reported) -> bool:
    told = reported.value is not None or reported.attainment is not None
    return told and not reported.evidence


def explained(cause: Cause | None, characters: int = CHARACTERS_MIN) -> bool:
    """Whether a cause says enough to be one."""
    return cause is not None and len(cause.text.strip()) >= characters


def dodged_cause(case: Examined, checks: CheckRules) -> Iterator[Noticed]:
    """A deviation goes unexplained, or every shortfall is somebody else's fault."""
    rows = [(name, cause) for name, _, cause in deviating(case, checks)]
    unexplained = [
        (name, cause) for name, cause in rows if not explained(cause, checks.cause_characters)
    ]
    shortfalls = [(name, cause) for name, short, cause in deviating(case, checks) if short]
    objective = all(cause is None or cause.code in OBJECTIVE_CAUSES for _, cause in shortfalls)
    if not unexplained and not (shortfalls and objective):
        return
    told = unexplained or shortfalls
    yield Noticed(
        finding=Finding.DODGED_CAUSE,
        steps=(
            *(_cause_step(name, cause) for name, cause in told),
            step("limit", "characters of a cause ≥ limit", checks.cause_characters),
            step("objective only", "every shortfall is somebody else's", not unexplained),
        ),
    )


def dodged(case: Examined, checks: CheckRules) -> bool:
    """Whether it is."""
    return any(dodged_cause(case, checks))


def _cause_step(name: str, cause: Cause | None) -> Step:
    code = "none" if cause is None else cause.code.value
    return step(name, f"characters of its cause, {code}", len(cause.text.strip()) if cause else 0)


def deviating(case: Examined, checks: CheckRules) -> Iterator[tuple[str, bool, Cause | None]]:
    """What needs a cause, whether it falls short, and the cause: money first, as in the form."""
    if case.machine.execution_rate < ONE - checks.unspent:
        yield EXECUTION, True, case.execution_cause
    for indicator in case.indicators:
        reported = case.reports.get(indicator.indicator_id)
        if reported is None:
            continue
        if falls_short(indicator, reported, checks.deviation_cause):
            yield indicator.indicator_id, True, reported.cause
        elif deviates(indicator, reported, checks.deviation_cause):
            yield indicator.indicator_id, False, reported.cause


def deviates(indicator: Indicator, reported: Reported, limit: Decimal) -> bool:
    """Whether a value lies further from its target than needs no cause."""
    value = value_of(indicator, reported)
    if indicator.target_value is None or value is None:
        return False
    return abs(deviation(value, indicator.target_value)) > limit


def falls_short(indicator: Indicator, reported: Reported, limit: Decimal) -> bool:
    """Whether it deviates on the bad side."""
    if indicator.target_value is None:
        return reported.attainment is Attainment.NOT
    value = value_of(indicator, reported)
    if value is None:
        return True
    if not deviates(indicator, reported, limit):
        return False
    below = value < indicator.target_value
    bettered_below = indicator.lower_is_better or indicator.operator == "<="
    return indicator.operator == "=" or below != bettered_below


def copy_paste(case: Examined, checks: CheckRules) -> Iterator[Noticed]:
    """Its text is that of another report, or of last year's."""
    found = [one for one in case.alike if one.likeness >= checks.likeness]
    if found and case.characters >= checks.likeness_characters:
        yield Noticed(
            finding=Finding.COPY_PASTE,
            steps=(
                *(step(one.project_code, "shared ÷ mean pairs", one.likeness) for one in found),
                step("limit", "likeness ≥ limit", checks.likeness),
                step("characters", f"≥ {checks.likeness_characters} compared", case.characters),
            ),
        )


def magnitude(case: Examined, checks: CheckRules) -> Iterator[Noticed]:
    """A value is off by 10,000 or its square, as if 元 had been told for 万元."""
    found = [
        told
        for indicator in case.indicators
        if (told := _off(indicator, case.reports.get(indicator.indicator_id), checks))
    ]
    if found:
        limit = step("slack", "10,000 give or take this factor", checks.magnitude_slack)
        yield Noticed(finding=Finding.MAGNITUDE, steps=(*found, limit))


def _off(indicator: Indicator, reported: Reported | None, checks: CheckRules) -> Step | None:
    value = value_of(indicator, reported) if reported else None
    if not value or not indicator.target_value:
        return None
    small, large = sorted((abs(value), abs(indicator.target_value)))
    for whole in (TEN_THOUSAND, TEN_THOUSAND**2):
        if (
            small * whole / checks.magnitude_slack
            <= large
            <= small * whole * checks.magnitude_slack
        ):
            ratio = shown(abs(value / indicator.target_value))
            return step(indicator.indicator_id, f"{value} ÷ {indicator.target_value}", ratio)
    return None
