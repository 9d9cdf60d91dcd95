"""Questions about accountability: the list by age, and one case."""

from datetime import date
from typing import Final

from fastapi import APIRouter
from sqlmodel import col

from services.evaluation.api.case_views import CaseFileView, CaseView
from services.evaluation.domain.case_messages import Rung
from services.evaluation.projections import case_register
from services.evaluation.projections.case_register import CaseRow
from shared.domain.refusals import NotFound
from shared.domain.workdays import business_date
from shared.http.pages import Page, PageRequest
from shared.http.policy import BUREAU_ROLES, OVERSIGHT_ROLES, Role
from shared.http.reading import Read, Reading

router: Final = APIRouter(tags=["Accountability"])
KEEPERS: Final = frozenset({Role.FB_SUPERVISION, Role.FB_LEADER, Role.COUNTY_FB, Role.DISCIPLINE})
"""Who may see whom a measure met."""


NOT_EVALUATED: Final = BUREAU_ROLES | OVERSIGHT_ROLES
"""A clue is no accusation: only they see it before somebody made a case of it."""


def _sees_clues(read: Read) -> bool:
    return bool(read.person.roles & NOT_EVALUATED)


def _receives(read: Read) -> bool:
    """Whether it is the discipline body: it receives transferred cases only (`domain` §1.1)."""
    return read.scope.roles == {Role.DISCIPLINE}


def _today(read: Read) -> date:
    return read.as_of or business_date(read.runtime.clock.now())


@router.get("/cases", operation_id="list_cases")
async def list_cases(
    read: Reading, page: PageRequest, *, status: str | None = None, open_only: bool = False
) -> Page[CaseView]:
    """Accountability cases and clues, the oldest first, with what each waits for."""
    mine = read.scope.where(
        region=CaseRow.region_code, department=CaseRow.department_code, unit=CaseRow.unit_code
    )
    query = case_register.cases(status=status, open_only=open_only).where(mine)
    if not _sees_clues(read):
        query = query.where(CaseRow.status != "CLUE")
    if _receives(read):
        query = case_register.transferred(query)
    today = _today(read)
    order = (col(CaseRow.opened_on),)
    return await read.page(query, page, order=order, into=lambda row: CaseView.of(row, today))


@router.get("/cases/{case_id}", operation_id="get_case")
async def get_case(read: Reading, case_id: str) -> CaseFileView:
    """One case with its measures."""
    row = await read.one(case_register.case(case_id))
    read.check(row.region_code, department=row.department_code, unit=row.unit_code)
    if row.status == "CLUE" and not _sees_clues(read):
        raise NotFound
    measures = await read.all(case_register.measures(case_id))
    if _receives(read) and Rung.TRANSFER not in {measure.rung for measure in measures}:
        raise NotFound
    read.tag(row.version)
    shows_posts = bool(read.person.roles & KEEPERS)
    return CaseFileView.with_measures(row, measures, _today(read), posts=shows_posts)
