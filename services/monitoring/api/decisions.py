"""A recorded rating, row by row, as the decision table looked at it."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec

from services.monitoring.api.record_views import DecisionView, InputFact, TableRowView
from services.monitoring.domain.decision_table import Limits, Measured, rows
from services.monitoring.projections.monitoring_register import ExplanationRow

RULE: Final = "/monitoring"


def decision_of(row: ExplanationRow, inputs: Sequence[InputFact]) -> DecisionView:
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
    measured = msgspec.convert(rating["measured"], Measured, strict=False)
    limits = msgspec.convert(rating["limits"], Limits, strict=False)
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
