"""Loose ends: what a year may not be closed over, and the whole life of one project."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated, Final

from fastapi import APIRouter, Path
from pydantic import BaseModel

from services.disclosure.api.register_views import (
    EvaluationView,
    ExAnteView,
    ProjectView,
    RecoveryView,
    SelfEvaluationView,
    WarningView,
)
from services.disclosure.api.spans import Asked, FiscalYear
from services.disclosure.api.views import DisclosureView, View, Yuan
from services.disclosure.api.vocabulary import VOCABULARY
from services.disclosure.projections import loop
from services.disclosure.projections.loop import ProjectKey
from services.disclosure.projections.project_watch import ProjectWatchRow
from services.disclosure.projections.span import Span
from shared.http.reading import Read, Reading, ReadingNow

router: Final = APIRouter(tags=["Loop"])

SHOWN_MAX: Final = 20


class OpenKind(StrEnum):
    """Why something is still open."""

    WARNING_OPEN = "WARNING_OPEN"
    RECOVERY_NOT_BOOKED = "RECOVERY_NOT_BOOKED"
    DISCLOSURE_OVERDUE = "DISCLOSURE_OVERDUE"
    BULLETIN_OVERDUE = "BULLETIN_OVERDUE"
    TARGET_MISSING = "TARGET_MISSING"
    SELF_EVALUATION_MISSING = "SELF_EVALUATION_MISSING"


class OpenItems(BaseModel):
    """What is open of one kind: how much, and the first of it."""

    kind: OpenKind
    label: str
    count: int
    first: list[str]


class OpenLoop(BaseModel):
    """Everything that is open; nothing after a clean year."""

    fiscal_year: int
    count: int
    items: list[OpenItems]


class MoneyView(View):
    """The money of a project while the year runs."""

    quota: Yuan
    paid: Yuan
    returned: Yuan
    withdrawn: Yuan
    payments: int


class ProjectLife(BaseModel):
    """A project from the assessment before to the public after; what is missing is named."""

    project: ProjectView
    ex_ante: ExAnteView | None
    money: MoneyView | None
    warnings: list[WarningView]
    self_evaluation: SelfEvaluationView | None
    evaluations: list[EvaluationView]
    recoveries: list[RecoveryView]
    disclosures: list[DisclosureView]
    missing: list[str]


@router.get("/loop/open-items", operation_id="list_open_items")
async def list_open_items(read: ReadingNow, span: Asked) -> OpenLoop:
    """The loose ends of a year, kind by kind, the empty kinds left out."""
    found = [await _open(read, span, kind) for kind in OpenKind]
    items = [one for one in found if one.count]
    return OpenLoop(
        fiscal_year=span.fiscal_year, count=sum(one.count for one in items), items=items
    )


@router.get("/loop/projects/{project_code}/{fiscal_year}", operation_id="get_project_life")
async def get_project_life(
    read: Reading,
    project_code: Annotated[str, Path(min_length=1, max_length=100)],
    fiscal_year: FiscalYear,
) -> ProjectLife:
    """The whole life of a project in one answer."""
    key = ProjectKey(project_code=project_code, fiscal_year=fiscal_year)
    project = await read.one(loop.project(key))
    ex_ante = await read.first(loop.ex_ante(key))
    watch = await read.first(loop.watch(key))
    judged = await read.first(loop.self_evaluation(key))
    told = await read.all(loop.disclosures(key))
    return ProjectLife(
        project=ProjectView.model_validate(project),
        ex_ante=ExAnteView.model_validate(ex_ante) if ex_ante else None,
        money=_money(watch),
        warnings=_views(WarningView, await read.all(loop.warnings(key))),
        self_evaluation=SelfEvaluationView.model_validate(judged) if judged else None,
        evaluations=_views(EvaluationView, await read.all(loop.evaluations(key))),
        recoveries=_views(RecoveryView, await read.all(loop.recoveries(key))),
        disclosures=_views(DisclosureView, told),
        missing=loop.missing(project, judged=judged is not None, told=told),
    )


async def _open(read: Read, span: Span, kind: OpenKind) -> OpenItems:
    loose = loop.OPEN[kind.value]
    return OpenItems(
        kind=kind,
        label=VOCABULARY["OpenItem"][kind.value][0],
        count=await read.scalar(loose.count(span)) or 0,
        first=list(await read.all(loose.first(span, SHOWN_MAX))),
    )


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
