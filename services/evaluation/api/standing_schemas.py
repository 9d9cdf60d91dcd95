"""Bodies of standing: appraisals, rankings, what superiors said, results of earlier years."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from services.evaluation.api.schemas import (
    SUBJECTS_MAX,
    Body,
    Code,
    DocumentNo,
    Note,
    Number100,
    Share,
    Text,
    Year,
)
from services.evaluation.domain.values import Subject
from shared.contracts.fields import Day
from shared.domain.grades import Grade

IssuingBody = Annotated[str, Field(min_length=1, max_length=200)]
Extent = Annotated[str, Field(min_length=1, max_length=200, description="What it covers.")]


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


class RankingLineBody(Body):
    """A subject as a line of the form."""

    subject: Code


class RankingBody(Body):
    """Whose concluded appraisals are ranked: a list, or the lines of the form."""

    ranking_id: Code
    subject: Subject
    fiscal_year: Year
    period: Annotated[str, Field(min_length=1, max_length=20)]
    subjects: Annotated[tuple[Code, ...], Field(max_length=SUBJECTS_MAX)] = ()
    lines: Annotated[tuple[RankingLineBody, ...], Field(max_length=SUBJECTS_MAX)] = ()
    corrects: Code | None = Field(default=None, description="The ranking that was wrong.")
    reason: Note = ""
    document_no: Annotated[str, Field(max_length=100)] = ""


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
    issuing_body: IssuingBody
    scope: Extent
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
    issuing_body: IssuingBody
    scope: Extent


class SupersedeRankingBody(ExternalRankingBody):
    """A newer document; everything as it says it, and the number of the one it replaces."""

    replaces: DocumentNo
    reason: Text


class SupersedeScoreBody(ExternalScoreBody):
    """A newer document; everything as it says it, and the number of the one it replaces."""

    replaces: DocumentNo
    reason: Text
