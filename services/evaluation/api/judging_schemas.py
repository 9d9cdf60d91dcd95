"""Bodies of judging: self-evaluations, appraisals, results on record."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from services.evaluation.api.schemas import (
    ITEMS_MAX,
    Body,
    Code,
    DocumentNo,
    Note,
    Number100,
    Share,
    Text,
    Value,
    Year,
)
from services.evaluation.domain.values import Attainment, CauseCode, Subject
from shared.contracts.fields import Day
from shared.domain.grades import Grade


class CauseBody(Body):
    """Why something deviates, and what is done about it."""

    code: CauseCode
    text: Note
    measure: Note = ""


class ReportedBody(Body):
    """One indicator as its unit reports it, with proof."""

    indicator_id: Code
    value: Value | None = None
    attainment: Attainment | None = Field(default=None, description="For a qualitative one.")
    share: Share | None = Field(default=None, description="The point inside the band.")
    evidence: Annotated[
        tuple[Annotated[str, Field(max_length=200)], ...], Field(max_length=50)
    ] = ()
    cause: CauseBody | None = None


class SubmitSelfEvaluationBody(Body):
    """The report of a unit; the money comes from the ledger, the names say who filled what."""

    reports: Annotated[tuple[ReportedBody, ...], Field(min_length=1, max_length=ITEMS_MAX)]
    prepared_by_business: Annotated[str, Field(min_length=1, max_length=100)]
    prepared_by_finance: Annotated[str, Field(min_length=1, max_length=100)]
    execution_cause: CauseBody | None = None
    finished: bool = True
    self_score: Number100 | None = None
    summary: Note = ""


class OpinionBody(Body):
    """What the reviewer says."""

    opinion: Note = ""


class ReasonBody(Body):
    """Why."""

    reason: Text


class AcceptBody(Body):
    """Indicators whose target a reviewer found evidently too low."""

    judged_low: Annotated[tuple[Code, ...], Field(max_length=ITEMS_MAX)] = ()


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


class AnswerBody(Body):
    """What the other side says."""

    agrees: bool
    text: Note = ""


class PriorResultBody(Body):
    """A project's result of a year before the system."""

    project_code: Code
    name: Annotated[str, Field(min_length=1, max_length=200)]
    fiscal_year: Year
    unit_code: Code
    score: Number100
    grade: Grade
    document_no: DocumentNo
    told_on: Day
    execution_rate: Share | None = None
    origin: Annotated[str, Field(pattern=r"^(OFFICIAL|SYNTHETIC)$")] = "OFFICIAL"


class LinkScoreBody(Body):
    """Points for one link of the work."""

    link: Annotated[str, Field(min_length=1, max_length=60)]
    score: Number100
    basis: Note = ""


class ScoreAppraisalBody(Body):
    """Points for every link, with bonus and penalty."""

    subject_code: Code
    fiscal_year: Year
    subject: Subject
    links: Annotated[tuple[LinkScoreBody, ...], Field(min_length=1, max_length=20)]
    bonus: Number100 = Decimal(0)
    penalty: Number100 = Decimal(0)
    reason: Note = ""


class PriorAppraisalBody(Body):
    """A unit's grade of a year before the system."""

    subject_code: Code
    fiscal_year: Year
    grade: Grade
    document_no: DocumentNo
    score: Number100 | None = None
