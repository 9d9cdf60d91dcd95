"""Counting alarms: groups of warnings that turned out alike, forecasts beside what came."""

from typing import Any, Final

from sqlmodel import String, cast, col, func, select
from sqlmodel.sql.expression import Select

from services.monitoring.projections.monitoring_register import RecordRow
from services.monitoring.projections.warning_outcomes import OutcomeRow

NORMAL: Final = "NORMAL"


def _text(column: Any) -> Any:  # noqa: ANN401 - a column of JSON
    return cast(column, String)


def outcome_groups(fiscal_year: int, mine: Any) -> Select[Any]:  # noqa: ANN401 - a condition
    """Region, source, reasons, and how they turned out; how many."""
    parts = (
        col(OutcomeRow.region_code),
        col(OutcomeRow.source),
        _text(OutcomeRow.reasons),
        col(OutcomeRow.cancelled),
        col(OutcomeRow.dismissal_code),
        col(OutcomeRow.upgraded),
    )
    counted: Select[Any] = select(*parts, func.count())  # type: ignore[call-overload]
    return counted.where(col(OutcomeRow.fiscal_year) == fiscal_year, mine).group_by(*parts)


def forecast_groups(fiscal_year: int, mine: Any) -> Select[Any]:  # noqa: ANN401 - a condition
    """Region, node, reasons that were foreseen, reasons that came; how many.

    Only records that were analysed ahead and then judged say anything.
    """
    parts = (
        col(RecordRow.region_code),
        col(RecordRow.node),
        _text(RecordRow.forecast_reasons),
        _text(RecordRow.reasons),
    )
    counted: Select[Any] = select(*parts, func.count())  # type: ignore[call-overload]
    return counted.where(
        col(RecordRow.fiscal_year) == fiscal_year,
        col(RecordRow.forecast_level).is_not(None),
        col(RecordRow.level).is_not(None),
        mine,
    ).group_by(*parts)
