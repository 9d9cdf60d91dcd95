"""Bodies of judging: self-evaluations, evaluations, appraisals, results on record."""

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
from services.evaluation.domain.evaluation_messages import Measure, Part
from services.evaluation.domain.values import Kind
from shared.contracts.fields import Day, Yuan


class ReasonBody(Body):
    """Why."""

    reason: Text


class RecheckBody(Body):
    """The score after a look at the evidence itself."""

    score: Number100
    reason: Text
    document_no: Annotated[str, Field(max_length=100)] = ""


class ObjectionBody(Body):
    """Why the unit does not agree."""

    text: Text


class DecideObjectionBody(Body):
    """The final score."""

    score: Number100
    reason: Text


class SelectBody(Body):
    """What is to be evaluated, and by whom."""

    evaluation_id: Code
    kind: Kind
    project_code: Code
    fiscal_year: Year
    notice_no: DocumentNo
    evaluator: Annotated[str, Field(max_length=200)] = ""


class PlanItemBody(Body):
    """One item of the framework with its points."""

    item_id: Code
    part: Part
    name: Annotated[str, Field(min_length=1, max_length=200)]
    points: Number100
    measure: Measure = Measure.JUDGED


class PlanBody(Body):
    """The framework of one evaluation; its points sum to 100."""

    items: Annotated[tuple[PlanItemBody, ...], Field(min_length=1, max_length=ITEMS_MAX)]


class ItemScoreBody(Body):
    """Points for an item, and on what they rest."""

    item_id: Code
    score: Number100
    basis: Note = ""


class ScoreBody(Body):
    """The preliminary conclusion; measured items are computed from the money."""

    received: Yuan
    paid: Yuan
    scores: Annotated[tuple[ItemScoreBody, ...], Field(max_length=ITEMS_MAX)]
    answer_by: Day


class AnswerBody(Body):
    """What the other side says."""

    agrees: bool
    text: Note = ""


class ConcludeBody(Body):
    """Items whose points change after the exchange of opinions."""

    corrections: Annotated[tuple[ItemScoreBody, ...], Field(max_length=ITEMS_MAX)] = ()


class FileReportBody(Body):
    """The report as it went to the archive."""

    report_no: DocumentNo
    report_sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
