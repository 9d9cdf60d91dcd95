"""Reading who answers, what waits for whom, how long it lay on which desk, and what came back."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query
from sqlmodel import col, select

from services.targets.api.applied_rules import clocks_of
from services.targets.api.duty_views import (
    DelayByOffice,
    DelegationView,
    DeskDelay,
    DutyView,
    MatrixView,
    ReturnCount,
    Returns,
    TaskView,
)
from services.targets.api.filters import Extent, Filters, FiscalYear, Region
from services.targets.api.reach import check_region, own_rows
from services.targets.api.tasks import STEPS, Found, tasks_of
from services.targets.api.translation import by_year
from services.targets.domain.duties import EVERY_STEP, Desk, workdays_between
from services.targets.domain.office_clock import Lateness, OfficeClock
from services.targets.domain.values import TargetStatus
from services.targets.projections import desk_stays, return_register
from services.targets.projections import responsibility_matrix as matrix
from services.targets.projections.delegation_register import (
    DelegationRow,
    delegation,
    held_by,
)
from services.targets.projections.ex_ante_register import ExAnteRow
from services.targets.projections.narrowing import narrowed
from services.targets.projections.project_register import ProjectRow, project_row
from services.targets.projections.target_register import TargetRow
from shared.domain.refusals import NotFound
from shared.domain.workdays import business_date
from shared.http.pages import Page, PageRequest
from shared.http.reading import Read, Reading

router = APIRouter(tags=["Responsibility"])

TENTH: Final = Decimal("0.1")
AT_BUREAU: Final = frozenset(
    {TargetStatus.REVIEWED, TargetStatus.CHECKED, TargetStatus.TO_COMPLETE, TargetStatus.READY}
)


@router.get("/v1/responsibilities/{responsibility_id}", operation_id="get_responsibility")
async def get_responsibility(read: Reading, responsibility_id: str) -> MatrixView:
    """Who answers for each step of a project's year, and for which nobody does."""
    project_code, fiscal_year = by_year(responsibility_id)
    project = await read.one(project_row(project_code))
    read.check(project.region_code, department=project.department_code, unit=project.unit_code)
    rows = await read.all(matrix.of_all([responsibility_id]))
    if not rows:
        raise NotFound
    read.tag(max(row.version for row in rows))
    held = matrix.by_step(rows)
    missing = [step for step in EVERY_STEP if step not in held]
    return MatrixView(
        responsibility_id=responsibility_id,
        project_code=project_code,
        fiscal_year=fiscal_year,
        region_code=project.region_code,
        unit_code=project.unit_code,
        complete=not missing,
        missing=missing,
        steps={step: DutyView.model_validate(row) for step, row in held.items()},
    )


@router.get("/v1/delegations", operation_id="list_delegations")
async def list_delegations(
    read: Reading, page: PageRequest, filters: Filters
) -> Page[DelegationView]:
    """The delegations one may see, over or not."""
    row = DelegationRow
    rows = narrowed(
        select(row).where(own_rows(read, row)),
        row,
        region=filters.region,
        tree=filters.tree,
        unit=filters.unit,
    )
    return await read.page(rows, page, into=DelegationView.model_validate)


@router.get("/v1/delegations/{delegation_id}", operation_id="get_delegation")
async def get_delegation(read: Reading, delegation_id: str) -> DelegationView:
    """One delegation."""
    row = await read.one(delegation(delegation_id))
    read.check(row.region_code, department=row.department_code, unit=row.unit_code)
    read.tag(row.version)
    return DelegationView.model_validate(row)


@router.get("/v1/tasks", operation_id="list_tasks")
async def list_tasks(
    read: Reading,
    person: Annotated[str, Query(min_length=1, max_length=100, examples=["李强"])],
) -> list[TaskView]:
    """What waits for a person, named or by delegation: targets and ex-ante reports.

    The later steps of a year wait in the services that know where they stand.
    """
    today = _today(read)
    given = await read.all(held_by(person, today))
    people = {person, *(row.delegator for row in given)}
    ids = {row.responsibility_id for row in await read.all(matrix.naming(people, STEPS))}
    codes = {by_year(one)[0] for one in ids}
    mine = select(ProjectRow).where(col(ProjectRow.project_code).in_(codes))
    projects = await read.all(mine.where(own_rows(read, ProjectRow)))
    found = Found(
        duties=await read.all(matrix.of_all(ids)),
        projects=projects,
        targets=await read.all(select(TargetRow).where(col(TargetRow.target_id).in_(ids))),
        assessments=await read.all(select(ExAnteRow).where(col(ExAnteRow.assessment_id).in_(ids))),
        delegations=given,
        clocks=await clocks_of(read, {(p.region_code, p.fiscal_year) for p in projects}),
    )
    return tasks_of(person, found, today)


@router.get("/v1/statistics/delay-by-office", operation_id="get_delay_by_office")
async def get_delay_by_office(
    read: Reading, region: Region, fiscal_year: FiscalYear, scope: Extent = Extent.TREE
) -> DelayByOffice:
    """How many working days targets lay with each office, and what lies there too long now.

    A unit and a department are told of their own targets.
    """
    check_region(read, region)
    mine = own_rows(read, TargetRow)
    tree = scope is Extent.TREE
    stays = await read.all(desk_stays.by_length(region, fiscal_year, tree=tree).where(mine))
    waiting = await read.all(desk_stays.waiting(region, fiscal_year, tree=tree).where(mine))
    regions = {region, *(row[0] for row in (*stays, *waiting))}
    found = await clocks_of(read, {(one, fiscal_year) for one in regions})
    clocks = {one: clock for (one, _), clock in found.items()}
    left, lying = _left(stays, clocks), _lying(waiting, clocks, _today(read))
    return DelayByOffice(
        region_code=region,
        fiscal_year=fiscal_year,
        scope=scope,
        reminder_workdays=clocks[region].reminder_workdays,
        listed_workdays=clocks[region].listed_workdays,
        desks=[_delay(desk, left[desk], lying[desk]) for desk in Desk],
    )


@router.get("/v1/statistics/returns", operation_id="get_return_statistics")
async def get_return_statistics(
    read: Reading, region: Region, fiscal_year: FiscalYear, scope: Extent = Extent.TREE
) -> Returns:
    """What was returned to its sender, by reason and by the office that had to mend it.

    A unit and a department are told of their own.
    """
    check_region(read, region)
    counted = [
        ReturnCount(step=step, reason=reason, office=office, count=count)
        for step in STEPS
        for reason, office, count in await read.all(
            return_register.counts(
                step.value, region, fiscal_year, tree=scope is Extent.TREE
            ).where(own_rows(read, return_register.THINGS[step.value]))
        )
    ]
    return Returns(
        region_code=region,
        fiscal_year=fiscal_year,
        scope=scope,
        total=sum(one.count for one in counted),
        reasons=sorted(counted, key=lambda one: (-one.count, one.step, one.reason)),
    )


type _Clocks = Mapping[str, OfficeClock]


@dataclass(slots=True)
class _Late:
    """Stays on one desk by how late they were, and their working days together."""

    stays: Counter[Lateness] = field(default_factory=Counter)
    workdays: int = 0

    @property
    def reminders(self) -> int:
        """What is listed had its reminder before."""
        return self.stays[Lateness.REMINDER] + self.stays[Lateness.LISTED]


def _left(rows: Iterable[Any], clocks: _Clocks) -> dict[Desk, _Late]:
    """The stays that ended, by the rules of their regions."""
    found = {desk: _Late() for desk in Desk}
    for region_code, desk, workdays, stays in rows:
        late = found[Desk(desk)]
        late.stays[clocks[region_code].lateness(workdays)] += stays
        late.workdays += workdays * stays
    return found


def _lying(rows: Iterable[Any], clocks: _Clocks, today: date) -> dict[Desk, _Late]:
    """How many targets lie on each desk, by the rules of their regions."""
    found = {desk: _Late() for desk in Desk}
    for region_code, *station, count in rows:
        for desk, since in _desks(station):
            days = 0 if since is None else workdays_between(since, today, region_code)
            found[desk].stays[clocks[region_code].lateness(days)] += count
    return found


def _desks(station: Sequence[Any]) -> list[tuple[Desk, date | None]]:
    status, business_open, finance_open, business_since, finance_since, since = station
    if status == TargetStatus.SUBMITTED:
        return [(Desk.DEPARTMENT, since)]
    if status in AT_BUREAU:
        return [(Desk.BUREAU, since)]
    open_ = [(Desk.BUSINESS, business_since)] if business_open else []
    open_ += [(Desk.FINANCE, finance_since)] if finance_open else []
    return open_ or [(Desk.HEAD, since)]


def _delay(desk: Desk, left: _Late, lying: _Late) -> DeskDelay:
    stays = left.stays.total()
    mean = Decimal(left.workdays) / stays if stays else Decimal(0)
    return DeskDelay(
        desk=desk,
        stays=stays,
        workdays=left.workdays,
        mean_workdays=mean.quantize(TENTH),
        reminders=left.reminders,
        listed=left.stays[Lateness.LISTED],
        waiting=lying.stays.total(),
        waiting_reminders=lying.reminders,
        waiting_listed=lying.stays[Lateness.LISTED],
    )


def _today(read: Read) -> date:
    """The day the answer is about."""
    return read.as_of or business_date(read.runtime.clock.now())
