"""Findings about what a unit says: unproven, unexplained, somebody else's, in another unit."""

from collections.abc import Iterator
from typing import Final

from services.evaluation.domain.findings.scored import shown
from services.evaluation.domain.findings.words import Examined, Finding, Noticed, Step, step
from services.evaluation.domain.scores import value_of
from services.evaluation.domain.self_evaluation.core_problems import (
    CoreProblem,
    blames_others,
    core_problems,
    explained,
)
from services.evaluation.domain.values import Indicator, Reported
from shared.domain.rules import CheckRules

TEN_THOUSAND: Final = 10_000


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


def dodged_cause(case: Examined, checks: CheckRules) -> Iterator[Noticed]:
    """A core problem is unexplained, or every shortfall is said to be somebody else's fault.

    Source: `domain` §4.10, §6.3. What is examined are the rows of the core problem page, so that
    the page, the finding and the return of the report never disagree.
    """
    rows = core_problems(case.indicators, case.reports, case.machine, case.execution_cause, checks)
    unexplained = [row for row in rows if not explained(row.cause, checks.cause_characters)]
    # Where nothing fell short, what went too far and still cost points is looked at instead.
    short = [row for row in rows if row.short] or [row for row in rows if row.lost > 0]
    blamed = bool(short) and all(blames_others(row.cause) for row in short)
    if not unexplained and not blamed:
        return
    yield Noticed(
        finding=Finding.DODGED_CAUSE,
        steps=(
            *(_cause_step(row) for row in unexplained or short),
            step("limit", "characters of a cause ≥ limit", checks.cause_characters),
            step("objective only", "every shortfall is somebody else's", not unexplained),
        ),
    )


def _cause_step(row: CoreProblem) -> Step:
    code = "none" if row.cause is None else row.cause.code.value
    characters = len(row.cause.text.strip()) if row.cause else 0
    return step(row.subject, f"characters of its cause, {code}", characters)


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
