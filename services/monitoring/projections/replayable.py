"""What of a year can be replayed: its projects with records and warnings, its direct funds.

A region stands for everything below it, by its code (GB/T 2260): 653100 for 653121 as well.
"""

from typing import Any

from sqlmodel import col, select
from sqlmodel.sql.expression import Select, SelectOfScalar

from services.monitoring.projections.key_fund_batches import BatchRow
from services.monitoring.projections.monitoring_register import RecordRow
from services.monitoring.projections.warning_board import WarningRow
from services.monitoring.projections.watched_projects import WatchedRow


def below(region_code: str) -> str:
    """What the codes of a region and everything below it begin with."""
    return region_code.removesuffix("00").removesuffix("00")


def _within(column: Any, region_code: str) -> Any:  # noqa: ANN401 - a column, a condition
    return col(column).startswith(below(region_code), autoescape=True)


def projects(region_code: str, fiscal_year: int, limit: int) -> SelectOfScalar[WatchedRow]:
    """The watched projects of the year."""
    return (
        select(WatchedRow)
        .where(
            col(WatchedRow.fiscal_year) == fiscal_year, _within(WatchedRow.region_code, region_code)
        )
        .order_by(col(WatchedRow.watch_id))
        .limit(limit)
    )


def records(region_code: str, fiscal_year: int) -> Select[str, str]:
    """The nodes at which a project has a record."""
    return select(RecordRow.project_code, RecordRow.node).where(
        col(RecordRow.fiscal_year) == fiscal_year, _within(RecordRow.region_code, region_code)
    )


def warnings(region_code: str, fiscal_year: int) -> Select[str, str]:
    """The warnings of a project."""
    return select(WarningRow.project_code, WarningRow.warning_id).where(
        col(WarningRow.fiscal_year) == fiscal_year, _within(WarningRow.region_code, region_code)
    )


def batches(region_code: str, fiscal_year: int, limit: int) -> SelectOfScalar[str]:
    """The batches of direct funds that somebody received for the year."""
    return (
        select(BatchRow.batch_id)
        .where(col(BatchRow.fiscal_year) == fiscal_year, _within(BatchRow.region_code, region_code))
        .order_by(col(BatchRow.batch_id))
        .limit(limit)
    )
