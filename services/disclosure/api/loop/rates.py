"""闭环率: how many loops are closed, per unit, department or region."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from services.disclosure.api.report.asked import Listed, Standing, standing
from services.disclosure.api.report.figures import share
from services.disclosure.api.report.year import ratio
from services.disclosure.api.spans import Today
from services.disclosure.projections.closure import LINKS, closure
from shared.http.reading import Reading

router: Final = APIRouter(tags=["Loop"])


class By(StrEnum):
    """Whose loops are counted together."""

    UNIT = "unit"
    DEPARTMENT = "department"
    REGION = "region"


class ClosureRate(BaseModel):
    """The loops of one unit, department or region. `missing` says how many lack which link."""

    code: str = Field(examples=["653100001"])
    projects: int
    closed: int
    rate: str = Field(description="Closed ÷ all.", examples=["0.9500"])
    missing: dict[str, int]


class ClosureRates(Standing):
    """All of them; `total` is over every project of the span."""

    fiscal_year: int
    by: By
    total: ClosureRate
    rates: list[ClosureRate]


@router.get("/loop/closure-rates", operation_id="list_closure_rates")
async def list_closure_rates(
    read: Reading,
    day: Today,
    span: Listed,
    by: Annotated[By, Query(description="Whose loops are counted together.")] = By.UNIT,
) -> ClosureRates:
    """How many loops are closed, and which links the others lack."""
    rows: Sequence[Any] = await read.rows(closure(span, by.value))
    return ClosureRates(
        **(await standing(read, span, day)).model_dump(),
        fiscal_year=span.fiscal_year,
        by=by,
        total=_rate(("", *(sum(row[n] for row in rows) for n in range(1, len(LINKS) + 3)))),
        rates=[_rate(row) for row in rows],
    )


def _rate(row: Sequence[Any]) -> ClosureRate:
    code, projects, closed, *lacking = row
    return ClosureRate(
        code=code,
        projects=projects,
        closed=closed,
        rate=share(ratio(closed, projects)),
        missing={link: count for link, count in zip(LINKS, lacking, strict=True) if count},
    )
