"""What the world hears when an approved target changes, or does not."""

from services.targets.domain.events.target import TargetAdjusted, TargetAdjustmentRefused
from services.targets.publishing.indicators import indicators
from shared.contracts import targets as said
from shared.contracts.public_event import PublicEvent


def of_adjustment(
    fact: TargetAdjusted | TargetAdjustmentRefused,
) -> PublicEvent:
    """The word for a decided adjustment."""
    if isinstance(fact, TargetAdjusted):
        return _target_adjusted(fact)
    return _adjustment_refused(fact)


def _target_adjusted(fact: TargetAdjusted) -> PublicEvent:
    basis = fact.basis
    return said.TargetAdjusted(
        region_code=basis.region_code,
        project_code=basis.project_code,
        fiscal_year=basis.fiscal_year,
        unit_code=basis.unit_code,
        department_code=basis.department_code,
        adjustment_id=fact.adjustment_id,
        target_version=fact.target_version,
        budget_before=fact.budget_before,
        budget=fact.budget,
        indicators=indicators(fact.indicators),
        reason=fact.reason,
        adjusted_on=fact.adjusted_on,
    )


def _adjustment_refused(fact: TargetAdjustmentRefused) -> PublicEvent:
    return said.TargetAdjustmentRefused(
        region_code=fact.region_code,
        project_code=fact.project_code,
        fiscal_year=fact.fiscal_year,
        unit_code=fact.unit_code,
        adjustment_id=fact.adjustment_id,
        reason=fact.reason,
    )
