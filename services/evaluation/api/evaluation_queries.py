"""Questions about department and finance evaluations, their reports, and what falls due."""

import asyncio
from base64 import b64decode
from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Response

from services.evaluation.api.evaluation_views import (
    EvaluationExplanationView,
    EvaluationView,
    ExplainedItem,
    FrameworkItemView,
    FrameworkView,
    ReportView,
    StepView,
)
from services.evaluation.api.rules_in_force import rules_in_force
from services.evaluation.domain.judging.framework import items_of, weights_of
from services.evaluation.domain.judging.reportfile import ReportFileEntered, reportfile_decider
from services.evaluation.domain.judging.values import Stage
from services.evaluation.projections import (
    evaluation_register,
    evaluation_reports,
    judging_steps,
)
from services.evaluation.projections.evaluation_register import EvaluationRow
from services.evaluation.projections.evaluation_reports import EvaluationReportRow
from services.evaluation.projections.judging_facts import plain_json
from shared.domain.money import Money
from shared.domain.refusals import NotFound
from shared.http.facts import said_in
from shared.http.pages import Page, PageRequest
from shared.http.reading import Read, Reading
from shared.http.routes import refusals
from shared.http.workbooks import DOCX, download

router: Final = APIRouter(tags=["Evaluations"])
Year = Annotated[int | None, Query(ge=2000, le=2100)]
YearAsked = Annotated[int, Query(ge=2000, le=2100)]
PDF: Final = "application/pdf"
_BINARY: Final = {"schema": {"type": "string", "format": "binary"}}


class ReportForm(StrEnum):
    """The file that was submitted, or the same report as a document to work with."""

    PDF = "pdf"
    DOCX = "docx"


def _mine(read: Read, row: Any) -> Any:  # noqa: ANN401 - any row with an owner
    return read.scope.where(
        region=row.region_code, department=row.department_code, unit=row.unit_code
    )


@router.get("/evaluations", operation_id="list_evaluations")
async def list_evaluations(
    read: Reading,
    page: PageRequest,
    *,
    fiscal_year: Year = None,
    kind: str | None = None,
    status: str | None = None,
) -> Page[EvaluationView]:
    """The register of department and finance evaluations."""
    query = evaluation_register.evaluations(fiscal_year=fiscal_year, kind=kind, status=status)
    return await read.page(query.where(_mine(read, EvaluationRow)), page, into=EvaluationView.of)


@router.get(
    "/evaluation-framework", operation_id="get_evaluation_framework", responses=refusals(409)
)
async def get_evaluation_framework(
    read: Reading, fiscal_year: YearAsked, stage: Stage = Stage.GENERAL
) -> FrameworkView:
    """The framework of items that the rules of the year lay down, at a stage of the project."""
    region = read.scope.region_code or ""
    known = await rules_in_force(read, region, fiscal_year)
    framework = known.rule_set.judging.framework
    items = items_of(framework, stage)
    weights = {part.value: points for part, points in weights_of(items).items()}
    return FrameworkView(
        fiscal_year=fiscal_year,
        stage=stage.value,
        rule_set_version=known.version,
        legal_basis=known.legal_basis,
        result_points_min=framework.result_points_min,
        weights=weights,
        items=[FrameworkItemView.model_validate(plain_json(item)) for item in items],
    )


async def _evaluation(read: Read, evaluation_id: str) -> EvaluationRow:
    row = await read.one(evaluation_register.evaluation(evaluation_id))
    read.check(row.region_code, department=row.department_code, unit=row.unit_code)
    read.tag(row.version)
    return row


@router.get("/evaluations/{evaluation_id}", operation_id="get_evaluation")
async def get_evaluation(read: Reading, evaluation_id: str) -> EvaluationView:
    """One evaluation."""
    return EvaluationView.of(await _evaluation(read, evaluation_id))


@router.get("/evaluations/{evaluation_id}/explanation", operation_id="explain_evaluation")
async def explain_evaluation(read: Reading, evaluation_id: str) -> EvaluationExplanationView:
    """Why it came out so: the rules by version, the money, and every item with its basis."""
    row = await _evaluation(read, evaluation_id)
    plan, why = row.plan or {}, row.explanation or {}
    scored = [one for one in await read.all(judging_steps.steps_of(f"evaluation-{evaluation_id}"))
              if one.fact == "EvaluationScored"]  # fmt: skip
    money = scored[-1].detail if scored else {}
    given = {one["item_id"]: one for one in why.get("scores", [])}
    return EvaluationExplanationView(
        evaluation_id=evaluation_id,
        status=row.status,
        score=row.score,
        grade=row.grade,
        rule_set_version=row.rule_set_version,
        legal_basis=row.legal_basis or plan.get("legal_basis", ""),
        stage=row.stage,
        methods=plan.get("methods", []),
        standards=plan.get("standards", []),
        weights={part: Decimal(points) for part, points in plan.get("weights", {}).items()},
        received=money.get("received"),
        paid=money.get("paid"),
        execution_rate=_rate(money),
        items=[_explained(item, given.get(item["item_id"], {})) for item in plan.get("items", [])],
        reply=why.get("reply", ""),
    )


def _explained(item: Mapping[str, Any], given: Mapping[str, Any]) -> ExplainedItem:
    return ExplainedItem(
        **{name: item[name] for name in ("item_id", "part", "level2", "name", "measure")},
        points=Decimal(item["points"]),
        score=Decimal(given["score"]) if given else None,
        basis=given.get("basis", ""),
        deduction=given.get("deduction", ""),
        evidence=given.get("evidence", []),
    )


def _rate(money: Mapping[str, Any]) -> Decimal | None:
    """Paid ÷ received: the execution rate of this framework."""
    if not money:
        return None
    paid, received = Money.parse(money["paid"]), Money.parse(money["received"])
    return paid.ratio_to(received).quantize(Decimal("0.0001"))


@router.get("/evaluations/{evaluation_id}/steps", operation_id="list_evaluation_steps")
async def list_evaluation_steps(read: Reading, evaluation_id: str) -> list[StepView]:
    """Every step that was taken: who, when, and what was said."""
    await _evaluation(read, evaluation_id)
    rows = await read.all(judging_steps.steps_of(f"evaluation-{evaluation_id}"))
    return [StepView.of(row) for row in rows]


async def _report(read: Read, evaluation_id: str) -> EvaluationReportRow:
    row = await read.one(evaluation_reports.report(evaluation_id))
    read.check(row.region_code, department=row.department_code, unit=row.unit_code)
    return row


@router.get("/evaluations/{evaluation_id}/report", operation_id="get_evaluation_report")
async def get_evaluation_report(read: Reading, evaluation_id: str) -> ReportView:
    """The report word for word as it was submitted, with its fingerprints."""
    return ReportView.of(await _report(read, evaluation_id))


@router.get(
    "/evaluations/{evaluation_id}/report/file",
    operation_id="get_evaluation_report_file",
    response_class=Response,
    responses={200: {"description": "The file.", "content": {PDF: _BINARY, DOCX: _BINARY}}},
)
async def get_evaluation_report_file(
    read: Reading,
    evaluation_id: str,
    file_format: Annotated[
        ReportForm, Query(alias="format", description="As it was submitted, or to work with.")
    ] = ReportForm.PDF,
) -> Response:
    """The file of a report. The PDF is byte for byte the one that was submitted."""
    row = await _report(read, evaluation_id)
    kept = await said_in(read, f"{reportfile_decider.category}-{evaluation_id}")
    content = await asyncio.to_thread(_content, row.content, kept, file_format)
    read.immutable()
    kind = PDF if file_format is ReportForm.PDF else DOCX
    answer = download(content, kind, f"{row.report_no}.{file_format}")
    answer.headers["etag"] = f'"{sha256(content).hexdigest()}"'
    answer.headers["cache-control"] = read.response.headers["cache-control"]
    return answer


def _content(said: Mapping[str, Any], kept: Sequence[object], form: ReportForm) -> bytes:
    if form is ReportForm.DOCX:
        # Who asks for a document to work with pays for writing it.
        from services.evaluation.api.forms.report_paper import report_paper  # noqa: PLC0415
        from shared.documents.paper import write_docx  # noqa: PLC0415

        return write_docx(report_paper(said))
    parts = [one for one in kept if isinstance(one, ReportFileEntered)]
    if not parts:
        raise NotFound
    return b"".join(b64decode(part.pdf_base64) for part in parts)
