"""The names of plans and of the subjects in them: one plan per region, period and kind."""

from services.evaluation.domain.effectiveness.framework import Period
from services.evaluation.domain.values import Subject
from shared.domain.decider import Reference

PARTS = 4


def plan_id(region_code: str, fiscal_year: int, period: Period, subject: Subject) -> str:
    """`653100-2021H1-COUNTY`."""
    return f"{region_code}-{fiscal_year}{period.value}-{subject.value}"


def plan_reference(plan: str) -> Reference:
    """Where a plan stands."""
    return Reference("effectiveness_plan", plan)


def effectiveness_id(plan: str, subject_code: str) -> str:
    """`653100-2021H1-COUNTY-653121`."""
    return f"{plan}-{subject_code}"


def standing_reference(plan: str, subject_code: str) -> Reference:
    """Where the evaluation of one subject stands."""
    return Reference("effectiveness", effectiveness_id(plan, subject_code))


def plan_of(effectiveness: str) -> str:
    """The plan that the evaluation of a subject belongs to."""
    return "-".join(effectiveness.split("-")[: PARTS - 1])


def subject_of(effectiveness: str) -> str:
    """Whom it evaluates; nothing where the name is not one of ours."""
    parts = effectiveness.split("-", PARTS - 1)
    return parts[-1] if len(parts) == PARTS else ""
