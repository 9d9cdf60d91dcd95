"""Bodies of commands: strict, a typo is a 422."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from shared.contracts.fields import Day

REGION_CODE = Field(min_length=2, max_length=12, examples=["653100"])
NUMBER = Field(min_length=1, max_length=100, pattern=r"^[A-Za-z0-9._-]+$")
TEXT_MAX = 2_000
FIELDS_MAX = 50

Text = Annotated[str, Field(min_length=1, max_length=TEXT_MAX)]
Count = Annotated[int, Field(ge=0, le=10_000_000)]
Content = Annotated[dict[str, JsonValue], Field(max_length=FIELDS_MAX)]


class Body(BaseModel):
    """Unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", strict=True)


class PrepareDisclosureBody(Body):
    """What the unit says beside the decided facts: causes, links, evidence."""

    supplement: Content = Field(default_factory=dict, examples=[{"report_url": "https://…"}])


class ReviewSecrecyBody(Body):
    """The result of the secrecy review."""

    cleared: bool
    opinion: Text = Field(examples=["不涉密，可以公开"])


class PublishDisclosureBody(Body):
    """Where it is shown. With an opinion the secrecy of a prepared item is cleared first."""

    url: str = Field(default="", max_length=TEXT_MAX)
    opinion: Text | None = Field(default=None, examples=["不涉密，可以公开"])


class WithholdDisclosureBody(Body):
    """Why it is not told, who decided that, and until when."""

    legal_basis: Text = Field(examples=["预算法第十四条（涉及国家秘密）"])
    authority: Text = Field(examples=["喀什地区保密局"])
    expires_on: Day


class CorrectDisclosureBody(Body):
    """The fields that replace published ones, and why."""

    fields: Content = Field(min_length=1)
    reason: Text


class BulletinLine(Body):
    """A piece of work of the month."""

    work: Text
    units: Count = 0
    projects: Count = 0
    result: Text


class IssueBulletinBody(Body):
    """The bulletin of a month; `GET …/draft` composes its lines from what was heard."""

    region_code: str = REGION_CODE
    year: int = Field(ge=2000, le=2100)
    month: int = Field(ge=1, le=12)
    lines: list[BulletinLine] = Field(min_length=1, max_length=100)


class ReportFigure(Body):
    """A figure as it is told."""

    id: str = Field(min_length=1, max_length=10)
    label: Text
    value: str = Field(max_length=TEXT_MAX)
    unit: str = Field(max_length=50)


class IssueAnnualReportBody(Body):
    """The report of a year with the figures that it stands for."""

    region_code: str = REGION_CODE
    fiscal_year: int = Field(ge=2000, le=2100)
    figures: list[ReportFigure] = Field(min_length=1, max_length=200)
