"""Questions about warnings."""

from typing import Annotated, Final

from fastapi import APIRouter, Query
from pydantic import BaseModel

from services.monitoring.api.explaining import explanations
from services.monitoring.api.views import (
    ExplanationView,
    WarningExplanationView,
    WarningView,
)
from services.monitoring.api.vocabulary import VOCABULARY
from services.monitoring.domain.values import Level, Source
from services.monitoring.projections import warning_board as warnings
from services.monitoring.projections.monitoring_statistics import LEVELS
from services.monitoring.projections.warning_board import WarningRow
from shared.http.pages import Page, PageRequest
from shared.http.reading import Read, Reading

router: Final = APIRouter(tags=["Warnings"])
YearAsked = Annotated[int, Query(ge=2000, le=2100)]


class LevelView(BaseModel):
    """One of the two warning levels."""

    code: str
    zh: str
    en: str


async def _warning(read: Read, warning_id: str) -> WarningRow:
    row = await read.one(warnings.warning(warning_id))
    read.check(row.region_code, department=row.department_code, unit=row.unit_code)
    read.tag(row.version)
    return row


@router.get("/warning-levels", operation_id="list_warning_levels")
async def list_warning_levels() -> list[LevelView]:
    """The levels there are warnings of: exactly two, and no yellow."""
    labels = VOCABULARY["Level"]
    return [LevelView(code=code, zh=labels[code][0], en=labels[code][1]) for code in LEVELS]


@router.get("/warnings", operation_id="list_warnings")
async def list_warnings(  # noqa: PLR0913 - every parameter is a filter
    read: Reading,
    page: PageRequest,
    *,
    fiscal_year: YearAsked | None = None,
    level: Level | None = None,
    status: str | None = None,
    source: Source | None = None,
    project_code: str | None = None,
) -> Page[WarningView]:
    """The warnings that match everything asked for."""
    mine = read.scope.where(
        region=WarningRow.region_code,
        department=WarningRow.department_code,
        unit=WarningRow.unit_code,
    )
    query = warnings.warnings(
        fiscal_year=fiscal_year,
        level=level,
        status=status,
        source=source,
        project_code=project_code,
    )
    return await read.page(query.where(mine), page, into=WarningView.of)


@router.get("/warnings/{warning_id}", operation_id="get_warning")
async def get_warning(read: Reading, warning_id: str) -> WarningView:
    """One warning: how it stands and what is due when."""
    return WarningView.of(await _warning(read, warning_id))


@router.get("/warnings/{warning_id}/explanation", operation_id="explain_warning")
async def explain_warning(read: Reading, warning_id: str) -> WarningExplanationView:
    """Why a unit was warned: reasons, rule version, legal basis and every value behind them."""
    row = await _warning(read, warning_id)
    record_id = f"{row.project_code}-{row.fiscal_year}-{row.node}"
    computed = await explanations(read, record_id)
    return WarningExplanationView(
        warning_id=warning_id,
        case=row.explanation,
        computed=[ExplanationView.of(item) for item in computed],
    )
