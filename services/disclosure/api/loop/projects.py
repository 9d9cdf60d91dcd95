"""The whole life of one project, with the links of the loop that are missing named."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Final

from fastapi import APIRouter, Path
from pydantic import BaseModel, Field

from services.disclosure.api.loop.links import LinkView, links, missing
from services.disclosure.api.loop.lives import life_on
from services.disclosure.api.register_views import (
    CutView,
    EvaluationView,
    ExAnteView,
    ProjectView,
    RecoveryView,
    SelfEvaluationView,
    WarningView,
)
from services.disclosure.api.spans import FiscalYear, Today
from services.disclosure.api.views import DisclosureView, View, Yuan
from services.disclosure.projections import loop
from services.disclosure.projections.loop import ProjectKey
from services.disclosure.projections.project_register import ProjectRow
from services.disclosure.projections.project_watch import ProjectWatchRow
from shared.http.reading import Read, Reading

router: Final = APIRouter(tags=["Loop"])

ProjectCode = Annotated[str, Path(min_length=1, max_length=100)]


class MoneyView(View):
    """The money of a project while the year runs."""

    quota: Yuan
    paid: Yuan
    returned: Yuan
    withdrawn: Yuan
    payments: int


class LetterView(View):
    """A letter and what came of it."""

    warning_id: str
    letter_no: str
    level: str
    issued_on: date
    finish_by: date
    verified_on: date | None
    closed_on: date | None


class AdjustmentView(View):
    """A change of money and target together."""

    adjustment_id: str
    kind: str
    change: Yuan = Field(validation_alias="change_fen")
    proposed_on: date
    outcome: str
    ended_on: date | None


class LinkageView(View):
    """What the result of the unit's year does to a later budget."""

    budget_year: int
    grade: str
    decided_on: date


class ProjectLife(BaseModel):
    """A project from the assessment before to the public after; what is missing is named."""

    links: list[LinkView]
    project: ProjectView
    given_up_on: date | None
    ex_ante: ExAnteView | None
    money: MoneyView | None
    warnings: list[WarningView]
    self_evaluation: SelfEvaluationView | None
    evaluations: list[EvaluationView]
    recoveries: list[RecoveryView]
    letters: list[LetterView]
    adjustments: list[AdjustmentView]
    next_budget: LinkageView | None
    cuts: list[CutView]
    disclosures: list[DisclosureView]
    missing: list[str]


class ProjectLives(BaseModel):
    """Every year of a project."""

    project_code: str
    years: list[ProjectLife]


@router.get("/loop/projects/{project_code}", operation_id="get_project_lives")
async def get_project_lives(read: Reading, day: Today, project_code: ProjectCode) -> ProjectLives:
    """The whole life of a project, year by year, with the links that are missing."""
    rows = await read.all(loop.years(project_code))
    found = rows or [await read.one(loop.years(project_code))]
    lives = [await _life(read, row, read.as_of or day) for row in found]
    return ProjectLives(project_code=project_code, years=lives)


@router.get("/loop/projects/{project_code}/{fiscal_year}", operation_id="get_project_life")
async def get_project_life(
    read: Reading, day: Today, project_code: ProjectCode, fiscal_year: FiscalYear
) -> ProjectLife:
    """The whole life of a project's year in one answer."""
    key = ProjectKey(project_code=project_code, fiscal_year=fiscal_year)
    return await _life(read, await read.one(loop.project(key)), read.as_of or day)


async def _life(read: Read, project: ProjectRow, day: date) -> ProjectLife:
    key = ProjectKey(project_code=project.project_code, fiscal_year=project.fiscal_year)
    life = await life_on(read, project, day)
    found = links(life)
    return ProjectLife(
        links=found,
        project=ProjectView.model_validate(project),
        given_up_on=life.given_up_on,
        ex_ante=_view(ExAnteView, life.ex_ante),
        money=_money(life.watch),
        warnings=_views(WarningView, life.warnings),
        self_evaluation=_view(SelfEvaluationView, life.self_evaluation),
        evaluations=_views(EvaluationView, await read.all(loop.evaluations(key))),
        recoveries=_views(RecoveryView, await read.all(loop.recoveries(key))),
        letters=_views(LetterView, await read.all(loop.letters(key))),
        adjustments=_views(AdjustmentView, await read.all(loop.adjustments(key))),
        next_budget=_view(LinkageView, life.linkage),
        cuts=_views(CutView, life.cuts),
        disclosures=_views(DisclosureView, life.disclosures),
        missing=missing(found),
    )


def _view[V: View](view: type[V], row: object) -> V | None:
    return None if row is None else view.model_validate(row)


def _views[V: View, R](view: type[V], rows: Sequence[R]) -> list[V]:
    return [view.model_validate(row) for row in rows]


def _money(watch: ProjectWatchRow | None) -> MoneyView | None:
    if watch is None:
        return None
    return MoneyView.model_validate(
        {
            "quota": watch.quota_fen,
            "paid": watch.paid_fen,
            "returned": watch.returned_fen,
            "withdrawn": watch.withdrawn_fen,
            "payments": watch.payments,
        }
    )
