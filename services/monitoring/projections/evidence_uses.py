"""Where else a file was handed in as proof: with other projects, or in other years (R4.7)."""

from typing import Final

from sqlmodel import col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from services.monitoring.projections.warning_steps import EvidenceUseRow

SHOWN_MAX: Final = 200


def uses_in(warning_id: str) -> SelectOfScalar[EvidenceUseRow]:
    """The files that were handed in for a warning."""
    return select(EvidenceUseRow).where(EvidenceUseRow.warning_id == warning_id)


def elsewhere(
    digests: list[str], project_code: str, fiscal_year: int
) -> SelectOfScalar[EvidenceUseRow]:
    """The same files with another project or in another year, at most `SHOWN_MAX` of them."""
    row = EvidenceUseRow
    other = or_(row.project_code != project_code, row.fiscal_year != fiscal_year)
    found = select(row).where(col(row.sha256).in_(digests), other)
    return found.order_by(col(row.submitted_on), col(row.warning_id)).limit(SHOWN_MAX)
