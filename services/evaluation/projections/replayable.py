"""What of a year can be replayed: accepted reports, decided caps, and the scores they came from.

A region stands for everything below it, by its code (GB/T 2260): 653100 for 653121 as well.
"""

from typing import Any

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.evaluation.projections.appraisal_board import AppraisalRow
from services.evaluation.projections.linkage_board import LinkageRow
from services.evaluation.projections.self_evaluation_register import SelfEvaluationRow

CONCLUDED = "CONCLUDED"


def below(region_code: str) -> str:
    """What the codes of a region and everything below it begin with."""
    return region_code.removesuffix("00").removesuffix("00")


def _within(column: Any, region_code: str) -> Any:  # noqa: ANN401 - a column, a condition
    return col(column).startswith(below(region_code), autoescape=True)


def reports(region_code: str, fiscal_year: int, limit: int) -> SelectOfScalar[str]:
    """The ids of the reports that have a score."""
    return (
        select(SelfEvaluationRow.self_evaluation_id)
        .where(
            col(SelfEvaluationRow.fiscal_year) == fiscal_year,
            col(SelfEvaluationRow.machine_score).is_not(None),
            _within(SelfEvaluationRow.region_code, region_code),
        )
        .order_by(col(SelfEvaluationRow.self_evaluation_id))
        .limit(limit)
    )


def linkages(region_code: str, fiscal_year: int) -> SelectOfScalar[LinkageRow]:
    """The caps that follow from the year."""
    return (
        select(LinkageRow)
        .where(
            col(LinkageRow.basis_fiscal_year) == fiscal_year,
            _within(LinkageRow.region_code, region_code),
        )
        .order_by(col(LinkageRow.linkage_id))
    )


def appraised(region_code: str, fiscal_year: int) -> SelectOfScalar[AppraisalRow]:
    """The units that were appraised here; what came on paper keeps its grade."""
    return select(AppraisalRow).where(
        col(AppraisalRow.fiscal_year) == fiscal_year,
        col(AppraisalRow.status) == CONCLUDED,
        _within(AppraisalRow.region_code, region_code),
    )
