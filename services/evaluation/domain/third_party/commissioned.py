"""What a report has to know of the third party that did the work."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Commissioned:
    """The institution that seals, the person who signs, and whether the work was accepted."""

    name: str
    lead_evaluator: str
    accepted: bool


def commissioned(states: Sequence[object]) -> Commissioned | None:
    """The assignment among the states a decision consulted."""
    # The messages of an assignment know of evaluations, not the other way round.
    from services.evaluation.domain.third_party.assignment_messages import (  # noqa: PLC0415
        Assignment,
    )

    found = next((one for one in states if isinstance(one, Assignment)), None)
    if found is None:
        return None
    contract = found.commissioned
    return Commissioned(
        name=contract.name,
        lead_evaluator=contract.lead_evaluator.name,
        accepted=found.accepted is not None,
    )
