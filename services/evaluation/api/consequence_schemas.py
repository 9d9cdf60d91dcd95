"""Bodies of what follows from a result: linkage, recovery, cut, ranking, record, case."""

from typing import Annotated

from pydantic import Field

from services.evaluation.api.schemas import (
    SUBJECTS_MAX,
    Body,
    Code,
    DocumentNo,
    Note,
    Number100,
    Text,
    Year,
)
from services.evaluation.domain.case import Rung
from services.evaluation.domain.values import Subject
from shared.contracts.fields import Day


class RankingBody(Body):
    """Whose concluded appraisals are ranked."""

    ranking_id: Code
    subject: Subject
    fiscal_year: Year
    period: Annotated[str, Field(min_length=1, max_length=20)]
    subjects: Annotated[tuple[Code, ...], Field(min_length=1, max_length=SUBJECTS_MAX)]


class ExternalRankingBody(Body):
    """A rank a superior gave."""

    scheme: Code
    period: Annotated[str, Field(min_length=1, max_length=20)]
    subject: Code
    subject_name: Annotated[str, Field(max_length=200)] = ""
    level: Annotated[str, Field(pattern=r"^(region|county)$")]
    parent: Code | None = None
    rank: Annotated[int, Field(ge=1)] | None = None
    rank_at_most: Annotated[int, Field(ge=1)] | None = None
    document_no: DocumentNo
    told_on: Day
    origin: Annotated[str, Field(pattern=r"^(OFFICIAL|SYNTHETIC)$")] = "OFFICIAL"


class ExternalScoreBody(Body):
    """A review score a superior gave."""

    fund: Code
    kind: Code
    fund_year: Year
    subject: Code
    score: Number100
    rank: Annotated[int, Field(ge=1)] | None = None
    band: Annotated[str, Field(max_length=60)] = ""
    document_no: DocumentNo
    told_on: Day


class OpenCaseBody(Body):
    """Whom a case is about, and what gave rise to it."""

    case_id: Code
    unit_code: Code
    subject: Text
    clue: Text
    opened_on: Day


class RecordMeasureBody(Body):
    """What was decided elsewhere."""

    rung: Rung
    authority: Annotated[str, Field(min_length=1, max_length=200)]
    document_no: DocumentNo
    measured_on: Day
    text: Note = ""


class OutcomeBody(Body):
    """How a case ended."""

    outcome: Text
