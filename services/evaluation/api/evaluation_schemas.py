"""Bodies of department and finance evaluations, step by step."""

from typing import Annotated

from pydantic import Field

from services.evaluation.api.schemas import (
    ITEMS_MAX,
    Body,
    Code,
    DocumentNo,
    Note,
    Number100,
    Text,
    Year,
)
from services.evaluation.domain.judging.values import Measure, Method, Part, Stage, Standard
from services.evaluation.domain.values import Kind
from shared.contracts.fields import Day, WrittenNumber, Yuan

Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", description="SHA-256 of the file.")]
Name = Annotated[str, Field(min_length=1, max_length=200)]
Chapter = Annotated[str, Field(min_length=1, max_length=20_000)]
Points = Annotated[WrittenNumber, Field(ge=0, le=100, max_digits=5, decimal_places=2)]
Quantity = Annotated[WrittenNumber, Field(ge=0, max_digits=20, decimal_places=6)]
Evidence = Annotated[tuple[Code, ...], Field(max_length=50, description="Numbers of materials.")]
MATERIALS_MAX = 500


class SelectBody(Body):
    """What is to be evaluated, and by whom. With `notice_no` the notice goes out at once."""

    evaluation_id: Code
    kind: Kind
    project_code: Code
    fiscal_year: Year
    notice_no: Annotated[str, Field(max_length=100)] = ""
    evaluator: Annotated[str, Field(max_length=200)] = ""


class NoticeBody(Body):
    """The notice to the evaluated party."""

    notice_no: DocumentNo
    materials_wanted: Note = ""


class PlanItemBody(Body):
    """One item of the framework with its points, and what the score sheet says of it."""

    item_id: Code
    part: Part
    name: Name
    points: Points
    measure: Measure = Measure.JUDGED
    level2: Annotated[str, Field(max_length=200)] = ""
    explanation: Note = ""
    key_points: Note = ""
    standard: Note = ""


class PlanBody(Body):
    """The plan of one evaluation. Without items those of the rule set at the stage are taken."""

    items: Annotated[tuple[PlanItemBody, ...], Field(max_length=ITEMS_MAX)] = ()
    stage: Stage = Stage.GENERAL
    methods: Annotated[tuple[Method, ...], Field(max_length=len(Method))] = ()
    standards: Annotated[tuple[Standard, ...], Field(max_length=len(Standard))] = ()


class MaterialBody(Body):
    """One file that was collected."""

    number: Code
    name: Name
    sha256: Digest
    source: Annotated[str, Field(max_length=200)] = ""


class CollectBody(Body):
    """What came in."""

    materials: Annotated[tuple[MaterialBody, ...], Field(min_length=1, max_length=MATERIALS_MAX)]


class SiteVisitBody(Body):
    """What was seen on site."""

    visited_on: Day
    place: Name
    visitors: Annotated[tuple[Name, ...], Field(min_length=1, max_length=50)]
    findings: Text
    materials: Annotated[tuple[MaterialBody, ...], Field(max_length=MATERIALS_MAX)] = ()


class ItemScoreBody(Body):
    """Points for an item, on what they rest, and why points were taken off."""

    item_id: Code
    score: Number100
    basis: Note = ""
    deduction: Note = ""
    evidence: Evidence = ()


class FigureBody(Body):
    """What a measured item is computed from."""

    item_id: Code
    planned: Quantity | None = None
    actual: Quantity | None = None
    qualified: Quantity | None = None
    planned_cost: Yuan | None = None
    actual_cost: Yuan | None = None
    evidence: Evidence = ()


class ScoreBody(Body):
    """The preliminary conclusion; measured items are computed from money and figures."""

    received: Yuan
    paid: Yuan
    scores: Annotated[tuple[ItemScoreBody, ...], Field(max_length=ITEMS_MAX)]
    figures: Annotated[tuple[FigureBody, ...], Field(max_length=ITEMS_MAX)] = ()
    answer_by: Day | None = Field(
        default=None, description="Left out: the longest term of the rule set, in working days."
    )


class ConcludeBody(Body):
    """Items whose points change after the exchange of opinions, and the reply to them."""

    corrections: Annotated[tuple[ItemScoreBody, ...], Field(max_length=ITEMS_MAX)] = ()
    reply: Note = ""


class ChaptersBody(Body):
    """What is written of the report (10号 annex 3); scores and steps are known."""

    overview: Chapter
    goals: Chapter
    purpose: Chapter
    principles: Chapter
    process: Chapter
    decision: Chapter
    implementation: Chapter
    output: Chapter
    benefit: Chapter
    experience: Chapter
    problems: Chapter
    advice: Chapter
    other: Annotated[str, Field(max_length=20_000)] = ""


class SubmitReportBody(Body):
    """The report with its number. It is printed now and never again."""

    report_no: DocumentNo
    agency: Name
    chapters: ChaptersBody
    lead_evaluator: Annotated[str, Field(max_length=100)] = Field(
        default="", description="Who signs; with a third party its lead evaluator does."
    )


class FileReportBody(Body):
    """The archive. What is stated has to be what was submitted."""

    report_no: Annotated[str, Field(max_length=100)] = ""
    report_sha256: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")] = ""
    archive_no: Annotated[str, Field(max_length=100)] = ""


class RecheckEvaluationBody(Body):
    """The score after a look at the evidence itself."""

    score: Number100
    reason: Text
    document_no: Annotated[str, Field(max_length=100)] = ""


class ObjectBody(Body):
    """Why the evaluated party does not agree with the result."""

    text: Text


class DecideBody(Body):
    """The final score."""

    score: Number100
    reason: Text
