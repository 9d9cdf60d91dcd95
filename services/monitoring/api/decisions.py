"""A recorded rating, row by row, as the decision table looked at it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from services.monitoring.api.explaining import Explanation
from services.monitoring.api.record_views import DecisionView, InputFact, TableRowView
from services.monitoring.domain.decision_table import Limits, Measured, rows
from services.monitoring.domain.values import Likelihood

RULE: Final = "/monitoring"


def decision_of(row: Explanation, inputs: Sequence[InputFact]) -> DecisionView:
    """The table as it was read then: with its values and the limits of its rule set version."""
    rating = row.explanation["rating"]
    return DecisionView(
        step=row.step,
        level=rating["level"],
        first=rating.get("first"),
        reasons=rating["reasons"],
        t_ref=rating["t_ref"],
        execution_rate=rating["execution_rate"],
        rows=_rows(rating),
        rule=RULE,
        rule_set_version=row.rule_set_version,
        legal_basis=row.legal_basis,
        event_id=row.event_id,
        inputs=list(inputs),
    )


def _rows(rating: Mapping[str, Any]) -> list[TableRowView]:
    """Ratings from before the table could be explained kept neither values nor limits."""
    if not rating.get("measured") or not rating.get("limits"):
        return []
    measured, limits = _measured(rating["measured"]), _limits(rating["limits"])
    return [
        TableRowView(
            number=one.number,
            reason=one.reason,
            level=one.level,
            condition=one.condition,
            value=one.value,
            limit=one.limit,
            hit=one.hit,
        )
        for one in rows(measured, limits)
    ]


def _measured(told: Mapping[str, Any]) -> Measured:
    return Measured(
        execution_index=Decimal(told["execution_index"]),
        goal_rate=_number(told["goal_rate"]),
        gap=_number(told["gap"]),
        idle_days=told["idle_days"],
        likelihoods=tuple(Likelihood(one) for one in told["likelihoods"]),
        compliance_suspected=told["compliance_suspected"],
        not_reported=told["not_reported"],
    )


def _limits(told: Mapping[str, Any]) -> Limits:
    days = "red_idle_days"
    numbers = {name: Decimal(value) for name, value in told.items() if name != days}
    return Limits(**numbers, red_idle_days=told[days])


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
