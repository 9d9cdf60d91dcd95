"""Bodies of judging: self-evaluations, evaluations, appraisals, results on record."""

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
from services.evaluation.domain.evaluation_messages import Measure, Part
from services.evaluation.domain.values import Attainment, CauseCode, Kind, Subject
from shared.contracts.fields import Day, Yuan
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
    function_code: Annotated[str, Field(pattern=r"^[0-9]{0,7}$")] = ""
    track_pro_code: Annotated[str, Field(max_length=60)] = ""
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
