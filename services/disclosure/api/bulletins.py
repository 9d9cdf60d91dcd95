"""A month's bulletin: composed from what was heard, and read back as it was told."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Path

from services.disclosure.api.schemas import BulletinLine, IssueBulletinBody
from services.disclosure.api.spans import RegionCode, ScopeName, ScopeQuery, Today
from services.disclosure.api.views import BulletinView
from services.disclosure.domain.bulletin import Month
from services.disclosure.projections.bulletin_register import bulletin
from services.disclosure.projections.month_work import WORKS
from services.disclosure.projections.span import Span
from shared.http.reading import Reading

router: Final = APIRouter(tags=["Bulletins and reports"])

Year = Annotated[int, Path(ge=2000, le=2100, examples=[2021])]
MonthNumber = Annotated[int, Path(ge=1, le=12, examples=[3])]
QUIET: Final = "当月无新增绩效管理事项"


def month_of_path(region: RegionCode, year: Year, month: MonthNumber) -> Month:
    """The month that the address names."""
    return Month(region_code=region, year=year, month=month)


AskedMonth = Annotated[Month, Depends(month_of_path)]


@router.get("/bulletins/{region}/{year}/{month}/draft", operation_id="draft_bulletin")
async def draft_bulletin(
    read: Reading, day: Today, at: AskedMonth, scope: ScopeQuery = ScopeName.TREE
) -> IssueBulletinBody:
    """The bulletin as the registers would have it: read it, mend it, `POST /v1/bulletins`."""
    tree = scope is ScopeName.TREE
    span = Span(region_code=at.region_code, fiscal_year=at.year, tree=tree, as_of=day)
    lines = []
    for work in WORKS:
        [(units, projects)] = await read.rows(work.in_month(span, at))
        if projects:
            line = BulletinLine(work=work.name, units=units, projects=projects, result=work.done)
            lines.append(line)
    quiet = [BulletinLine(work="日常绩效管理", result=QUIET)]
    return IssueBulletinBody(
        region_code=at.region_code, year=at.year, month=at.month, lines=lines or quiet
    )


@router.get("/bulletins/{bulletin_id}", operation_id="get_bulletin")
async def get_bulletin(
    read: Reading,
    bulletin_id: Annotated[
        str, Path(pattern=r"^.{2,12}-\d{4}-\d{2}$", examples=["653100-2021-03"])
    ],
) -> BulletinView:
    """The bulletin of a month, by its number."""
    row = await read.one(bulletin(bulletin_id))
    read.tag(row.version)
    return BulletinView.model_validate(row)
