"""Indicators and codes in the published language."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from services.targets.domain.values import Indicator
from shared.contracts import targets as said


def indicators(bound: Sequence[Indicator]) -> tuple[said.Indicator, ...]:
    """As everybody else reads them."""
    return tuple(
        said.Indicator(
            indicator_id=indicator.indicator_id,
            level1=code(indicator.level1),
            level2=indicator.level2.value,
            name=indicator.name,
            operator=code(indicator.operator),
            target_value=indicator.target_value,
            unit=indicator.unit,
            lower_is_better=indicator.lower_is_better,
            weight=indicator.weight,
            is_core=indicator.is_core,
            cumulative=indicator.cumulative,
            milestones=indicator.milestones,
        )
        for indicator in bound
    )


def code(value: StrEnum) -> Any:  # noqa: ANN401 - the contract closes the set again
    """A code as text."""
    return value.value
